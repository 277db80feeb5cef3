"""Output of containers, to the log and to who is attached."""

import time

from items import Figure, item

LINES = 'i=0; while [ $i -lt 64 ]; do head -c 750000 /dev/zero | tr "\\0" x | fold -w 99; i=$((i+1)); done'
ATTACHED = 'docker run --rm --log-driver none busybox sh -c "dd if=/dev/zero bs=65536 count=8000 2>/dev/null" | wc -c'


def rate(engine, line, least):
    """MB/s of what a shell line prints; it must be this many bytes."""
    begin = time.perf_counter()
    count = int(engine.shell(line))
    took = time.perf_counter() - begin
    if count < least:
        raise RuntimeError(f"{count} bytes came of {least}")
    return count / 1e6 / took


@item(Figure("logs", "docker logs, 48 MB in lines of 99", "MB/s", bar=5, runs=3, warm=1))
def logs(engine):
    name = engine.cli("run", "-d", "busybox", "sh", "-c", LINES)
    engine.cli("wait", name)
    yield [lambda: rate(engine, f"docker logs {name} | wc -c", 48_000_000)]
    engine.cli("rm", name)


@item(Figure("attach", "docker run, 524 MB of output", "MB/s", bar=3, runs=5, warm=1))
def attach(engine):
    yield [lambda: rate(engine, ATTACHED, 65536 * 8000)]


ITEMS = [logs, attach]
