"""starter.py SOCKET COUNT: keeps COUNT starts under way until it is terminated; prints a line when the first have begun."""

import json
import signal
import sys
import threading

from engines import Engine

BODY = {"Image": "busybox", "Cmd": ["sleep", "3600"]}


def go_on(engine, stop, ready):
    connection = engine.connection()
    while not stop.is_set():
        name = json.loads(engine.call("POST", "/containers/create", BODY, connection))["Id"]
        ready.set()
        engine.call("POST", f"/containers/{name}/start", connection=connection)
        engine.call("DELETE", f"/containers/{name}?force=1", connection=connection)


def main(path, count):
    engine = Engine("load", path, ())
    stop, ready = threading.Event(), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    threads = [threading.Thread(target=go_on, args=(engine, stop, ready)) for _ in range(count)]
    for thread in threads:
        thread.start()
    ready.wait()
    print("ready", flush=True)
    for thread in threads:
        thread.join()


main(sys.argv[1], int(sys.argv[2]))
