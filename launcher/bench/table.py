"""The result, for people and for programs."""

import math
import statistics

HEAD = ("what", "Caisson p50", "dockerd p50", "ratio", "bar", "")
WIDTHS = (46, 14, 14, 8, 8, 5)


class Table:
    def __init__(self, out):
        self.out = out
        self.outcomes = []
        self.starts = {}

    def add(self, outcome):
        if not self.outcomes:
            self._line(HEAD)
        self.outcomes.append(outcome)
        self._line(cells(outcome))
        for engine, error in outcome.errors.items():
            print(f"    {engine}: {error}", file=self.out, flush=True)

    def phases(self, means):
        self.starts = means
        print("\nA start's phases, mean ms (some run side by side)", file=self.out)
        for phase, mean in means.items():
            print(f"  {phase:20} {mean:8.1f}", file=self.out)

    def complete(self):
        return bool(self.outcomes or self.starts) and not any("Caisson" in one.errors for one in self.outcomes)

    def _line(self, words):
        first, *rest = words
        text = first.ljust(WIDTHS[0]) + "".join(word.rjust(width) for word, width in zip(rest, WIDTHS[1:]))
        print(text.rstrip(), file=self.out, flush=True)

    def document(self):
        return {"figures": [entry(one) for one in self.outcomes], "start_phases_ms": self.starts}


def ratio(outcome):
    ours, theirs = outcome.p50("Caisson"), outcome.p50("dockerd")
    return ours / theirs if ours and theirs else None


def met(outcome):
    """Whether the bar is reached; None where there is none, or nothing to compare."""
    figure = outcome.figure
    if figure.limit is not None:
        ours = outcome.p50("Caisson")
        return None if ours is None else ours <= figure.limit
    value = ratio(outcome)
    if figure.bar is None or value is None:
        return None
    return value >= figure.bar if figure.more_is_better else value <= figure.bar


def cells(outcome):
    figure, value, verdict = outcome.figure, ratio(outcome), met(outcome)
    sign = ">=" if figure.more_is_better else "<="
    if figure.limit is not None:
        bar = f"<={figure.limit:g}{figure.unit}"
    else:
        bar = "" if figure.bar is None else f"{sign}{figure.bar:.2f}"
    return (
        figure.title,
        shown(outcome.p50("Caisson"), figure.unit),
        shown(outcome.p50("dockerd"), figure.unit),
        "" if value is None else f"{value:.2f}",
        bar,
        "" if verdict is None else " yes" if verdict else " NO",
    )


def shown(value, unit):
    if value is None:
        return "-"
    return f"{value:.{1 if value < 100 else 0}f} {unit}"


def entry(outcome):
    figure = outcome.figure
    return {
        "name": figure.name,
        "title": figure.title.strip(),
        "unit": figure.unit,
        "bar": figure.bar,
        "limit": figure.limit,
        "ratio": ratio(outcome),
        "met": met(outcome),
        "engines": {name: summary(values) for name, values in outcome.values.items()},
        "errors": outcome.errors,
    }


def summary(values):
    ranked = sorted(values)
    tenth = ranked[max(0, math.ceil(len(ranked) * 0.9) - 1)]
    return {"p50": statistics.median(ranked), "min": ranked[0], "p90": tenth, "n": len(ranked)}
