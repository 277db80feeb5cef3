"""The two engines, started and stopped by the benchmark."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time

import memory

PATIENCE = 180


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=PATIENCE)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


class Engine:
    """An engine on a UNIX socket. programs: beginnings of the names of the processes that are it."""

    def __init__(self, name, sock, programs):
        self.name = name
        self.socket = sock
        self.programs = programs
        self.env = dict(os.environ, DOCKER_HOST=f"unix://{sock}")

    def cli(self, *words):
        """Runs the docker CLI and answers what it printed."""
        done = subprocess.run(["docker", *words], env=self.env, capture_output=True, check=True, timeout=PATIENCE, text=True)
        return done.stdout.strip()

    def shell(self, line):
        return subprocess.run(line, shell=True, env=self.env, capture_output=True, check=True, timeout=PATIENCE, text=True).stdout

    def connection(self):
        return UnixConnection(self.socket)

    def call(self, method, path, body=None, connection=None):
        """One request; a given connection is kept. Answers the body's bytes."""
        used = connection or self.connection()
        try:
            text = None if body is None else json.dumps(body)
            used.request(method, path, body=text, headers={"Content-Type": "application/json"})
            response = used.getresponse()
            data = response.read()
        finally:
            if connection is None:
                used.close()
        if response.status >= 400:
            raise RuntimeError(f"{method} {path}: {response.status} {data[:200].decode(errors='replace')}")
        return data

    def memory(self):
        """Its own processes' memory, in MB."""
        return memory.proportional(self.programs)

    def remove_all(self):
        ids = [one["Id"] for one in json.loads(self.call("GET", "/containers/json?all=1"))]
        with self.connection_pool() as pool:
            list(pool.map(lambda one: self.call("DELETE", f"/containers/{one}?force=1&v=1"), ids))

    @staticmethod
    def connection_pool(workers=8):
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(workers)

    def await_answer(self, alive):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                self.call("GET", "/_ping")
                return
            except (OSError, RuntimeError, http.client.HTTPException):
                if not alive():
                    break
                time.sleep(0.1)
        raise RuntimeError(f"{self.name} does not answer")


class Caisson(Engine):
    def __init__(self, root, work):
        super().__init__("Caisson", work / "caisson.sock", ("java", "postgres", "caisson-monitor"))
        self.root = root
        self.data = work / "caisson"

    def start(self):
        print("Starting Caisson", file=sys.stderr)
        self._launcher("up", "--no-hello", env=dict(os.environ, CAISSON_AOT="off"))

    def stop(self):
        self._launcher("down")

    def _launcher(self, command, *words, env=None):
        line = [self.root / "caisson", command, "--data", self.data, "--socket", self.socket, *words]
        subprocess.run(line, env=env, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


class Dockerd(Engine):
    """Debian's. Its bridge has a network of its own, so that both engines can serve side by side."""

    def __init__(self, work):
        super().__init__("dockerd", work / "docker.sock", ("dockerd", "containerd", "docker-proxy"))
        self.home = work / "docker"
        self.process = None

    def missing(self):
        """Why there is none, or None."""
        absent = [name for name in ("dockerd", "containerd", "runc", "iptables") if not shutil.which(name)]
        return f"{', '.join(absent)} not installed (apt-get install docker.io)" if absent else None

    def start(self):
        print("Starting dockerd", file=sys.stderr)
        self.home.mkdir()
        (self.home / "daemon.json").write_text("{}")
        log = (self.home / "log").open("w")
        line = [
            "dockerd", "--config-file", self.home / "daemon.json", "--data-root", self.home / "data",
            "--exec-root", self.home / "exec", "-p", self.home / "pid", "-H", f"unix://{self.socket}",
            "--bip", "10.251.0.1/16", "--cgroup-parent", f"/{self.home.parent.name}",
        ]
        self.process = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            self.await_answer(lambda: self.process.poll() is None)
        except RuntimeError as error:
            tail = (self.home / "log").read_text().strip().splitlines()[-1:]
            raise RuntimeError(f"{error}: {' '.join(tail)}") from None

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
