"""Images as values: layers as tar archives, and their configuration."""

import gzip
import hashlib
import io
import json
import random
import shutil
import subprocess
import tarfile

LAYERS = 4
FILES = 1000
SIZE = 32_000


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


class Image:
    def __init__(self, layers):
        self.layers = layers
        self.config = json.dumps({
            "architecture": "amd64",
            "os": "linux",
            "config": {"Cmd": ["sh"], "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]},
            "rootfs": {"type": "layers", "diff_ids": [digest(layer) for layer in layers]},
            "history": [{"created_by": "bench"} for _ in layers],
        }).encode()

    @classmethod
    def busybox(cls):
        """Debian's static busybox with its applets linked."""
        program = shutil.which("busybox")
        if not program:
            raise RuntimeError("no busybox on this host: apt-get install busybox-static")
        applets = subprocess.run([program, "--list"], capture_output=True, check=True, text=True).stdout.split()
        layer = Layer()
        for folder in ("bin", "etc", "proc", "sys", "dev", "tmp", "root"):
            layer.folder(folder)
        with open(program, "rb") as file:
            layer.file("bin/busybox", file.read(), 0o755)
        for applet in applets:
            if applet != "busybox":
                layer.link(f"bin/{applet}", "/bin/busybox")
        layer.file("etc/passwd", b"root:x:0:0:root:/root:/bin/sh\n")
        layer.file("etc/group", b"root:x:0:\n")
        return cls([layer.bytes()])

    @classmethod
    def large(cls):
        """Files of which a half can be compressed, the same ones every time."""
        chance = random.Random(7)
        return cls([cls._layer(chance, index) for index in range(LAYERS)])

    @staticmethod
    def _layer(chance, index):
        layer = Layer()
        layer.folder(f"layer{index}")
        for number in range(FILES):
            if number % 50 == 0:
                layer.folder(f"layer{index}/{number // 50}")
            noise = chance.randbytes(SIZE // 2)
            layer.file(f"layer{index}/{number // 50}/{number}", noise + noise[:50] * (SIZE // 100))
        return layer.bytes()

    def save(self, path, name):
        """As docker save writes it."""
        with tarfile.open(path, "w") as archive:
            names = [f"{digest(layer)[7:]}/layer.tar" for layer in self.layers]
            for layer, entry in zip(self.layers, names):
                add(archive, entry, layer)
            add(archive, "config.json", self.config)
            manifest = [{"Config": "config.json", "RepoTags": [name], "Layers": names}]
            add(archive, "manifest.json", json.dumps(manifest).encode())

    def compressed(self):
        return [gzip.compress(layer, 6, mtime=0) for layer in self.layers]


class Layer:
    def __init__(self):
        self.buffer = io.BytesIO()
        self.archive = tarfile.open(fileobj=self.buffer, mode="w")

    def folder(self, name):
        info = tarfile.TarInfo(name)
        info.type, info.mode = tarfile.DIRTYPE, 0o755
        self.archive.addfile(info)

    def file(self, name, data, mode=0o644):
        add(self.archive, name, data, mode)

    def link(self, name, target):
        info = tarfile.TarInfo(name)
        info.type, info.linkname, info.mode = tarfile.SYMTYPE, target, 0o777
        self.archive.addfile(info)

    def bytes(self):
        self.archive.close()
        return self.buffer.getvalue()


def add(archive, name, data, mode=0o644):
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(data), mode
    archive.addfile(info, io.BytesIO(data))
