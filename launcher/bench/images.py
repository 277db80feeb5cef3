"""Images: made by code, loaded from a file, pulled from a registry on this host."""

import os
import subprocess
import time

from imagefile import Image
from items import Figure, item

LOADED = "bench/loaded:latest"


def prepare(work, engines, registry):
    busybox = Image.busybox()
    busybox.save(work / "busybox.tar", "busybox:latest")
    large = Image.large()
    large.save(work / "large.tar", LOADED)
    if registry.port:
        registry.push(large, "bench/pulled")
    for engine in engines:
        engine.cli("load", "-i", str(work / "busybox.tar"))
        engine.registry = registry


def afresh(engine, name, *words):
    """Milliseconds of a command that brings an image which isn't there."""
    try:
        engine.cli("rmi", "-f", name)
    except subprocess.CalledProcessError:
        pass  # it wasn't there
    os.sync()  # or an engine that waits for the disk waits for what the other has left to be written, too
    begin = time.perf_counter()
    engine.cli(*words)
    return (time.perf_counter() - begin) * 1e3


@item(Figure("load", "docker load, 4 layers, 4,000 files, 128 MB", bar=1, runs=5, warm=1))
def load(engine):
    file = engine.socket.parent / "large.tar"
    yield [lambda: afresh(engine, LOADED, "load", "-i", str(file))]
    engine.cli("rmi", LOADED)


@item(Figure("pull", "docker pull, the same, compressed", bar=2 / 3, runs=5, warm=1))
def pull(engine):
    if not engine.registry.port:
        raise RuntimeError("no docker-registry (apt-get install docker-registry)")
    name = f"127.0.0.1:{engine.registry.port}/bench/pulled:latest"
    yield [lambda: afresh(engine, name, "pull", name)]
    engine.cli("rmi", name)


ITEMS = [load, pull]
