"""Files in and out of containers."""

import filecmp
import os

from items import Figure, item

MEGABYTES = 100


@item(
    Figure("cp_in", f"docker cp, {MEGABYTES} MB in", bar=1, runs=5, warm=1),
    Figure("cp_out", f"docker cp, {MEGABYTES} MB out", bar=1, runs=5, warm=1),
)
def copy(engine):
    folder = engine.socket.parent / f"cp-{engine.name}"
    folder.mkdir()
    inward, outward = folder / "in", folder / "out"
    inward.write_bytes(os.urandom(MEGABYTES * 1_000_000))
    name = engine.cli("create", "busybox", "true")
    yield [
        lambda: engine.cli("cp", str(inward), f"{name}:/big"),
        lambda: engine.cli("cp", f"{name}:/big", str(outward)),
    ]
    if outward.exists() and not filecmp.cmp(inward, outward, shallow=False):
        raise RuntimeError("what came out is not what went in")
    engine.cli("rm", name)


ITEMS = [copy]
