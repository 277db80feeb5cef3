"""Debian's docker-registry on loopback, filled by its HTTP API."""

import http.client
import json
import shutil
import socket
import subprocess
import time

from imagefile import digest

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip"


class Registry:
    """Serves while it is entered; port is None where the program isn't installed."""

    def __init__(self, work):
        self.home = work / "registry"
        self.port = None
        self.process = None

    def __enter__(self):
        if shutil.which("docker-registry"):
            with socket.create_server(("127.0.0.1", 0)) as free:
                self.port = free.getsockname()[1]
            self._serve()
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.kill()
            self.process.wait()

    def _serve(self):
        self.home.mkdir()
        config = self.home / "config.yml"
        config.write_text(
            "version: 0.1\nlog: {level: error}\n"
            f"storage: {{filesystem: {{rootdirectory: {self.home}/data}}}}\n"
            f'http: {{addr: "127.0.0.1:{self.port}"}}\n'
        )
        log = (self.home / "log").open("w")
        self.process = subprocess.Popen(["docker-registry", "serve", config], stdout=log, stderr=log)
        for _ in range(100):
            try:
                self._request("GET", "/v2/", 200)
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("docker-registry does not answer")

    def push(self, image, repository):
        layers = [self._blob(repository, data, LAYER) for data in image.compressed()]
        config = self._blob(repository, image.config, CONFIG)
        manifest = json.dumps({"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": layers})
        self._request("PUT", f"/v2/{repository}/manifests/latest", 201, manifest.encode(), MANIFEST)

    def _blob(self, repository, data, kind):
        started = self._request("POST", f"/v2/{repository}/blobs/uploads/", 202)
        where = started.getheader("Location").split("/", 3)[3]
        self._request("PUT", f"/{where}{'&' if '?' in where else '?'}digest={digest(data)}", 201, data)
        return {"mediaType": kind, "size": len(data), "digest": digest(data)}

    def _request(self, method, path, expected, body=None, kind="application/octet-stream"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body=body, headers={"Content-Type": kind})
        response = connection.getresponse()
        response.read()
        connection.close()
        if response.status != expected:
            raise RuntimeError(f"{method} {path}: {response.status}")
        return response
