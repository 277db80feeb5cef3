"""Many containers at a time."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

from items import Figure, item

FIFTY_AT_ONCE = 50
LISTINGS = 1000
CLI_LISTINGS = 100
STARTER = Path(__file__).with_name("starter.py")
SLEEPER = ("busybox", "sleep", "3600")


def start_all(engine, count):
    """By the CLI, eight at a time; answers the ids."""
    with engine.connection_pool() as pool:
        return list(pool.map(lambda _: engine.cli("run", "-d", *SLEEPER), range(count)))


def starts_per_second(engine):
    begin = time.perf_counter()
    start_all(engine, FIFTY_AT_ONCE)
    took = time.perf_counter() - begin
    engine.remove_all()
    return FIFTY_AT_ONCE / took


@item(Figure("parallel50", "50 times docker run -d, 8 at a time", "/s", bar=3, runs=3, warm=1))
def parallel(engine):
    yield [lambda: starts_per_second(engine)]
    engine.remove_all()


@item(
    Figure("memory50", "memory with 50 containers", "MB", bar=1, runs=1, warm=0),
    Figure("ps_cli", "docker ps of 50"),
    Figure("list_api", "GET /containers/json of 50", bar=1, runs=100),
    Figure("inspect_api", "GET /containers/ID/json", runs=100),
    Figure("ps_under_load", "GET /containers/json, p99 of 1,000 beside starts", limit=50, runs=1, warm=0),
    Figure("ps_cli_load", "docker ps, p99 of 100 beside 50 starts at once", runs=1, warm=0),
)
def fifty(engine):
    ids = start_all(engine, FIFTY_AT_ONCE)
    connection = engine.connection()
    yield [
        engine.memory,
        lambda: engine.cli("ps"),
        lambda: engine.call("GET", "/containers/json", connection=connection),
        lambda: engine.call("GET", f"/containers/{ids[0]}/json", connection=connection),
        lambda: beside_starts(engine, lambda: engine.call("GET", "/containers/json", connection=connection), LISTINGS),
        lambda: beside_starts(engine, lambda: engine.cli("ps"), CLI_LISTINGS),
    ]
    connection.close()
    engine.remove_all()


def beside_starts(engine, listing, count):
    """The 99th percentile in ms of listings while another process keeps fifty starts under way."""
    starter = subprocess.Popen([sys.executable, STARTER, engine.socket, str(FIFTY_AT_ONCE)], stdout=subprocess.PIPE)
    try:
        starter.stdout.readline()
        took = sorted(one(listing) for _ in range(count))
        if starter.poll() is not None:
            raise RuntimeError("the starts failed beside the listings")
    finally:
        starter.terminate()
        starter.wait()
    return took[count * 99 // 100 - 1]


def one(work):
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1e3


def fill(engine, running, count):
    """Starts as many as are missing, then the median of twenty more, which don't stay."""
    running.extend(start_all(engine, count - len(running)))
    made = [engine.cli("create", *SLEEPER) for _ in range(20)]
    took = [one(lambda name=name: engine.call("POST", f"/containers/{name}/start")) for name in made]
    engine.cli("rm", "-f", *made)
    return statistics.median(took)


def seconds(work):
    return one(work) / 1e3


@item(
    Figure("start_at_10", "start over the API beside 10", caisson_only=True, runs=1, warm=0),
    Figure("start_at_100", "  beside 100", caisson_only=True, runs=1, warm=0),
    Figure("start_at_500", "  beside 500", caisson_only=True, runs=1, warm=0),
    Figure("list_500", "GET /containers/json of 500", caisson_only=True),
    Figure("memory_500", "memory with 500 containers", "MB", caisson_only=True, runs=1, warm=0),
    Figure("remove_500", "all 500 removed, 8 at a time", "s", caisson_only=True, runs=1, warm=0),
)
def many(engine):
    running = []
    yield [
        *(lambda count=count: fill(engine, running, count) for count in (10, 100, 500)),
        lambda: engine.call("GET", "/containers/json"),
        engine.memory,
        lambda: seconds(engine.remove_all),
    ]
    engine.remove_all()


FIFTY = [parallel, fifty]
LARGE = [many]
