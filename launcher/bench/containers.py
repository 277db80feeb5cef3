"""One container after the other."""

from items import Figure, item

TRAP = "trap 'exit 0' TERM; while :; do sleep 0.05; done"


def once(engine, *words):
    return lambda: engine.cli("run", "--rm", *words, "busybox", "true")


@item(Figure("ping", "GET /_ping", runs=100))
def ping(engine):
    connection = engine.connection()
    yield [lambda: engine.call("GET", "/_ping", connection=connection)]
    connection.close()


@item(
    Figure("run_rm_bridge", "docker run --rm busybox true", bar=1 / 3, warm=6),
    Figure("run_rm_none", "  the same, --network none"),
    Figure("run_rm_port", "  the same, -p 127.0.0.1::80"),
)
def run(engine):
    yield [once(engine), once(engine, "--network", "none"), once(engine, "-p", "127.0.0.1::80")]


@item(Figure("create", "docker create", bar=1))
def create(engine):
    made = []
    yield [lambda: made.append(engine.cli("create", "busybox", "true"))]
    engine.cli("rm", *made)


@item(Figure("exec", "docker exec ... true", bar=0.5))
def execute(engine):
    name = engine.cli("run", "-d", "busybox", "sleep", "3600")
    yield [lambda: engine.cli("exec", name, "true")]
    engine.cli("rm", "-f", name)


@item(Figure("stop", "docker stop, of one that heeds SIGTERM", runs=5, warm=1))
def stop(engine):
    names = [engine.cli("run", "-d", "busybox", "sh", "-c", TRAP) for _ in range(6)]
    left = iter(names)
    yield [lambda: engine.cli("stop", next(left))]
    engine.cli("rm", "-f", *names)


ITEMS = [ping, run, create, execute, stop]
