"""What the tests of caisson-monitor stand on: a client of its protocol, and containers made of a busybox and overlay."""
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
MONITOR = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "..", "target", "caisson-monitor"))
WORK = tempfile.mkdtemp(prefix="cm-")
PREFIX = "cmt%d" % os.getpid()
RUNTIME_ROOT = os.path.join(WORK, "runtime")
IMAGE = os.path.join(WORK, "image")
GIB = 1 << 30


def make_image():
    for folder in ("bin", "dev", "proc", "sys", "tmp", "etc"):
        os.makedirs(os.path.join(IMAGE, folder))
    shutil.copy("/usr/bin/busybox" if os.path.exists("/usr/bin/busybox") else "/bin/busybox", os.path.join(IMAGE, "bin", "busybox"))
    for name in ("sh", "true", "false", "cat", "echo", "sleep", "md5sum", "head", "stty", "kill", "dd", "ip", "seq", "yes", "ls", "ps", "tail", "printf"):
        os.symlink("busybox", os.path.join(IMAGE, "bin", name))


class Connection:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(30)
        self.socket.connect(path)
        self.buffer = b""

    def send(self, line):
        self.socket.sendall(line.encode() + b"\n")
        return self

    def line(self):
        while b"\n" not in self.buffer:
            got = self.socket.recv(4096)
            if not got:
                return None
            self.buffer += got
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode()

    def ask(self, line):
        return self.send(line).line()

    def read(self, size=65536):
        if self.buffer:
            got, self.buffer = self.buffer, b""
            return got
        return self.socket.recv(size)

    def rest(self):
        parts = []
        while got := self.read():
            parts.append(got)
        return b"".join(parts)

    def half_close(self):
        self.socket.shutdown(socket.SHUT_WR)

    def close(self):
        self.socket.close()


def demux(raw):
    streams = {1: b"", 2: b""}
    at = 0
    while at < len(raw):
        kind, size = struct.unpack(">B3xI", raw[at : at + 8])
        streams[kind] += raw[at + 8 : at + 8 + size]
        at += 8 + size
    assert at == len(raw), "torn frame"
    return streams


class Container:
    count = 0

    def __init__(self, command, *flags, tty=False, edit=None, log=True, overlay=True, lower=None, netns=False):
        Container.count += 1
        self.id = "%s-%d" % (PREFIX, Container.count)
        self.dir = os.path.join(WORK, "c%d" % Container.count)
        os.makedirs(self.dir)
        for folder in ("upper", "work", "rootfs"):
            os.mkdir(self.path(folder))
        self.spec(command, tty, overlay, netns, edit)
        self.flags = ["--id", self.id, "--bundle", self.dir, "--socket", self.path("s"), "--pid-file", self.path("pid"),
            "--monitor-pid-file", self.path("monitor.pid"), "--exit-file", self.path("exit"), "--runtime", "runc",
            "--runtime-root", RUNTIME_ROOT, "--cgroup", "/%s/%s" % (PREFIX, self.id)]
        if log:
            self.flags += ["--log", self.path("log"), "--log-format", "json"]
        if overlay:
            self.flags += ["--rootfs-overlay", "lowerdir=%s,upperdir=%s,workdir=%s" % (lower or IMAGE, self.path("upper"), self.path("work")),
                "--rootfs", self.path("rootfs")]
        if netns:
            self.flags += ["--new-netns"]
        if tty:
            self.flags += ["--tty"]
        self.flags += flags

    def path(self, name):
        return os.path.join(self.dir, name)

    def spec(self, command, tty, overlay, netns, edit):
        subprocess.run(["runc", "spec", "--bundle", self.dir], check=True)
        with open(self.path("config.json")) as file:
            spec = json.load(file)
        spec["process"]["args"] = command if isinstance(command, list) else ["sh", "-c", command]
        spec["process"]["terminal"] = tty
        spec["root"] = {"path": self.path("rootfs") if overlay else IMAGE, "readonly": False}
        spec["linux"]["cgroupsPath"] = "/%s/%s" % (PREFIX, self.id)
        spec["linux"]["namespaces"] = [n for n in spec["linux"]["namespaces"] if n["type"] not in ("network", "cgroup")]
        self.config = spec
        self.netns = netns
        if edit:
            edit(spec)
        self.save()

    def save(self):
        with open(self.path("config.json"), "w") as file:
            json.dump(self.config, file)

    def launch(self):
        done = subprocess.run([MONITOR, *self.flags], capture_output=True, text=True, timeout=30)
        if done.returncode == 0 and self.netns:
            self.config["linux"]["namespaces"].append({"type": "network", "path": "/proc/%d/ns/net" % self.monitor_pid()})
            self.save()
        return done

    def up(self):
        done = self.launch()
        assert done.returncode == 0, done.stderr
        return self

    def connect(self):
        return Connection(self.path("s"))

    def attach(self, stdin=0, stdout=1, stderr=1):
        connection = self.connect()
        assert connection.ask("attach stdin=%d stdout=%d stderr=%d" % (stdin, stdout, stderr)) == "ok"
        return connection

    def start(self):
        self.control = self.connect()
        answer = self.control.ask("start")
        assert answer.startswith("running "), answer
        self.pid = int(answer.split()[1])
        return self

    def exited(self):
        kind, code, number, oom, at = self.control.line().split()
        assert kind == "exited"
        return int(code), int(number), int(oom)

    def cleaned(self):
        self.deleted()
        self.gone()

    def deleted(self):
        assert self.control.line() is None

    def cleaned_after_exit(self):
        self.exited()
        self.cleaned()

    def gone(self):
        deadline = time.time() + 10
        while time.time() < deadline and os.path.exists("/proc/%d" % self.monitor_pid()):
            time.sleep(0.002)
        assert not os.path.exists("/proc/%d" % self.monitor_pid()), "monitor stays"

    def run(self):
        self.up()
        attached = self.attach()
        self.start()
        streams = attached.rest()
        outcome = self.exited()
        self.cleaned()
        return streams, outcome

    def monitor_pid(self):
        with open(self.path("monitor.pid")) as file:
            return int(file.read())

    def worker(self):
        """The guard's child of the same name; None when there is none just now."""
        guard = self.monitor_pid()
        try:
            with open("/proc/%d/task/%d/children" % (guard, guard)) as file:
                for pid in file.read().split():
                    with open("/proc/%s/stat" % pid) as stat:
                        name, state = re.match(r"\d+ \((.*)\) (\S)", stat.read()).groups()
                    if name == "caisson-monitor" and state != "Z":
                        return int(pid)
        except FileNotFoundError:
            return None

    def memory(self, key="Pss"):
        """Of both processes together; what they share counts once in Pss."""
        sizes = []
        for pid in (self.monitor_pid(), self.worker()):
            if pid:
                with open("/proc/%d/smaps_rollup" % pid) as file:
                    sizes.append(int(re.search(r"^%s:\s+(\d+)" % key, file.read(), re.M).group(1)))
        return sum(sizes) if key == "Pss" else max(sizes)

    def log(self, name="log"):
        with open(self.path(name), "rb") as file:
            return [json.loads(line) for line in file.read().splitlines()]

    def exit_file(self):
        with open(self.path("exit")) as file:
            return dict(word.split("=") for word in file.read().split())


def equal(actual, expected):
    assert actual == expected, "%r instead of %r" % (actual, expected)


def until(condition, what, seconds=10):
    deadline = time.time() + seconds
    while not condition():
        assert time.time() < deadline, "not in time: " + what
        time.sleep(0.005)


def mounts():
    with open("/proc/self/mountinfo") as file:
        return file.read()


def pull_output(container, size):
    """Reads the frames with a C consumer (dd) so that this script is not what is measured."""
    attached = container.attach()
    attached.socket.settimeout(None)  # dd shares the open file: it must be a blocking one
    began = time.time()
    container.start()
    peak = 0
    reader = subprocess.Popen(["dd", "of=/dev/null", "bs=256K"], stdin=attached.socket, stderr=subprocess.PIPE)
    while reader.poll() is None:
        try:
            peak = max(peak, container.memory("Rss"))
        except (FileNotFoundError, ProcessLookupError, AttributeError):
            pass
        time.sleep(0.05)
    took = time.time() - began
    copied = int(re.search(rb"(\d+) bytes", reader.stderr.read()).group(1))
    assert copied > size, copied
    container.exited()
    container.cleaned()
    assert peak < 2500, peak
    return "%d MB/s, peak RSS %d KiB" % (size / 1e6 / took, peak)


def make_text():
    """A file of ordinary lines in the image; its size."""
    text = os.path.join(IMAGE, "text")
    if not os.path.exists(text):
        with open(text, "wb") as file:
            file.write(b"".join(b"%08d the quick brown fox jumps over the lazy dog, again and again and again\n" % i for i in range(200000)))
    return os.path.getsize(text)


def remove_leftovers():
    for name in os.listdir(RUNTIME_ROOT) if os.path.isdir(RUNTIME_ROOT) else []:
        subprocess.run(["runc", "--root", RUNTIME_ROOT, "delete", "--force", name], stderr=subprocess.DEVNULL)
    for root, folders, files in os.walk(WORK):
        for name in files:
            if name == "monitor.pid":
                pid = int(open(os.path.join(root, name)).read())
                try:
                    with open("/proc/%d/comm" % pid) as comm:
                        if comm.read().strip() == "caisson-monitor":
                            os.kill(pid, signal.SIGKILL)
                except FileNotFoundError:
                    pass
    for controller in os.listdir("/sys/fs/cgroup"):
        group = "/sys/fs/cgroup/%s/%s" % (controller, PREFIX)
        if os.path.isdir(group):
            for child in os.listdir(group):
                if os.path.isdir(os.path.join(group, child)):
                    os.rmdir(os.path.join(group, child))
            os.rmdir(group)
    if os.path.isdir("/sys/fs/cgroup/" + PREFIX):
        os.rmdir("/sys/fs/cgroup/" + PREFIX)
    shutil.rmtree(WORK, ignore_errors=True)
