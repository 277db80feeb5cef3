"""What is measured, and how both engines take turns."""

import contextlib
import statistics
import sys
import time
from dataclasses import dataclass, field

WARM_UP = 3


@dataclass(frozen=True)
class Figure:
    """One row of the table. bar: what Caisson's figure divided by Docker's must reach; limit: the same for Caisson's alone."""

    name: str
    title: str
    unit: str = "ms"
    bar: float | None = None
    limit: float | None = None
    runs: int | None = None
    warm: int | None = None
    caisson_only: bool = False

    @property
    def more_is_better(self):
        return self.unit.endswith("/s")


@dataclass(frozen=True)
class Item:
    """Figures that share their preparation.

    prepare(engine) is a generator: it yields one function per figure and cleans up when it goes on. A function that
    answers a number has measured itself; of others the time is taken.
    """

    name: str
    figures: tuple[Figure, ...]
    prepare: object

    def chosen(self, wanted):
        """The figures that were asked for, by their own names or the item's; all when nothing was."""
        every = not wanted or self.name in wanted
        return [figure for figure in self.figures if every or figure.name in wanted]


@dataclass
class Outcome:
    figure: Figure
    values: dict[str, list[float]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def p50(self, engine):
        values = self.values.get(engine)
        return statistics.median(values) if values else None


def item(*figures):
    return lambda prepare: Item(prepare.__name__, figures, contextlib.contextmanager(prepare))


class Plan:
    def __init__(self, items):
        self.items = items

    def figures(self):
        return [figure for one in self.items for figure in one.figures]

    def names(self):
        return {figure.name for figure in self.figures()} | {one.name for one in self.items}

    def run(self, engines, runs, wanted, report):
        for one in self.items:
            chosen = one.chosen(wanted)
            if chosen:
                alone = all(figure.caisson_only for figure in chosen)
                measure(one, chosen, engines[:1] if alone else engines, runs, report)


def measure(one, chosen, engines, runs, report):
    """What a preparation fails with is every figure's error; what cleaning up fails with is only told."""
    failed, steps = {}, {}
    with contextlib.ExitStack() as stack:
        for engine in engines:
            try:
                print(f"  {one.name}: preparing {engine.name}", file=sys.stderr, flush=True)
                steps[engine.name] = enter(stack, one.prepare(engine))
            except Exception as error:
                failed[engine.name] = told(error)
        for index, figure in enumerate(one.figures):
            if figure in chosen:
                outcome = Outcome(figure, errors=dict(failed))
                take_turns(outcome, {name: found[index] for name, found in steps.items()}, runs)
                report(outcome)


def enter(stack, preparation):
    found = preparation.__enter__()

    def leave():
        try:
            preparation.__exit__(None, None, None)
        except Exception as error:
            print(f"caisson: cleaning up: {told(error)}", file=sys.stderr)

    stack.callback(leave)
    return found


def take_turns(outcome, steps, runs):
    figure = outcome.figure
    count = runs if figure.runs is None else min(runs, figure.runs)
    warm = WARM_UP if figure.warm is None else figure.warm
    print(f"  {figure.name} ...", file=sys.stderr, flush=True)
    for turn in range(warm + count):
        for name, step in steps.items():
            if name in outcome.errors:
                continue
            try:
                value = timed(step)
            except Exception as error:
                outcome.errors[name] = told(error)
                outcome.values.pop(name, None)
                continue
            if turn >= warm:
                outcome.values.setdefault(name, []).append(value)


def timed(step):
    begin = time.perf_counter()
    value = step()
    took = (time.perf_counter() - begin) * 1e3
    return value if isinstance(value, float) else took


def told(error):
    words = str(getattr(error, "stderr", None) or error).strip()
    return words.splitlines()[-1][:160] if words else type(error).__name__
