"""Tests of entering: what a process has that was entered is what the runtime gives it, in every respect that can be seen."""
import json
import os
import re
import subprocess

from harness import *  # noqa: F403

CAPABILITIES = ["CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
    "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER", "SYS_MODULE",
    "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME",
    "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP"]
LIMITS = {"RLIMIT_CPU": 0, "RLIMIT_CORE": 4, "RLIMIT_NPROC": 6, "RLIMIT_NOFILE": 7}
LOOK = r"""
cat /proc/self/status | /bin/busybox egrep -v '^(Name|Vm|Rss|Huge|Pid|PPid|Tgid|NStgid|NSpid|NSpgid|NSsid|Threads|State|FDSize|SigQ|.*ctxt|CoreD)'
for f in cgroup limits oom_score_adj mountinfo; do echo "== $f"; cat /proc/self/$f; done
for n in /proc/self/ns/*; do echo "$n $(/bin/busybox readlink $n)"; done
echo "== cwd $(/bin/busybox readlink /proc/self/cwd) root $(/bin/busybox readlink /proc/self/root)"; umask
echo "== env"; /bin/busybox env
echo "== fds"; for n in 0 1 2 3 4 5 6 7 8 9; do [ -e /proc/$$/fd/$n ] && echo "$n $(/bin/busybox readlink /proc/$$/fd/$n | /bin/busybox sed 's/[0-9]*]/N/') $(/bin/busybox stat -L -c '%u %g %a' /proc/$$/fd/$n)"; done
echo "== session"; set -- $(cat /proc/$$/stat); [ $1 = $5 ] && [ $1 = $6 ] && echo leads; echo "tty $7"
echo "== keys"; /bin/busybox awk '{print $4,$5,$6,$7,$8,$9}' /proc/keys 2>/dev/null
echo "== size"; stty size 2>/dev/null
"""


def bits(names):
    return "%x" % sum(1 << CAPABILITIES.index(name[4:]) for name in names or [])


def plan(process, seccomp, **more):
    entries = [("arg", value) for value in process["args"]] + [("env", value) for value in process["env"]]
    entries += [("uid", process["user"]["uid"]), ("gid", process["user"]["gid"]), ("cwd", process["cwd"])]
    entries += [("group", group) for group in process["user"].get("additionalGids", [])]
    entries += [(name, bits(process["capabilities"].get(name))) for name in ("bounding", "effective", "permitted", "inheritable", "ambient")]
    entries += [("limit", "%d %d %d" % (LIMITS[limit["type"]], limit["soft"], limit["hard"])) for limit in process.get("rlimits", [])]
    if process.get("noNewPrivileges"):
        entries.append(("no-new-privileges", 1))
    if "oomScoreAdj" in process:
        entries.append(("oom-score", process["oomScoreAdj"]))
    if process.get("consoleSize"):
        entries += [("rows", process["consoleSize"]["height"]), ("columns", process["consoleSize"]["width"])]
    if seccomp:
        entries.append(("seccomp", seccomp))
    return b"".join(b"%s=%s\0" % (key.encode(), str(value).encode()) for key, value in entries)


class Added(Container):
    """A process in a container: entered, or (native=False) added by the runtime."""

    def __init__(self, container, args, native=True, tty=False, seccomp=None, **changes):
        Container.__init__(self, "true", "--exec-process", "", overlay=False, log=False, tty=tty)
        process = dict(container.config["process"], args=args, terminal=tty, **changes)
        with open(self.path("process.json"), "w") as file:
            json.dump(process, file)
        self.flags[1] = container.id
        self.flags[self.flags.index("--exec-process") + 1] = self.path("process.json")
        if native:
            with open(self.path("plan"), "wb") as file:
                file.write(plan(process, seccomp))
            self.flags += ["--enter", self.path("plan")]

    def was_entered(self):
        return not os.path.exists(self.path("pid"))

    def result(self):
        """Of a process that has no terminal: its output, its exit code, and whether it was entered."""
        raw, outcome = self.run()
        return demux(raw)[1].decode(), outcome[0], self.was_entered()

    def screen(self):
        self.up()
        attached = self.attach()
        self.start()
        text = attached.rest().decode()
        self.cleaned_after_exit()
        return text, self.was_entered()


def host(edit=None, tty=False):
    """A container that waits, with everything that its processes inherit."""
    def change(spec):
        process = spec["process"]
        process["oomScoreAdj"] = 77
        process["rlimits"] = [{"type": "RLIMIT_NOFILE", "soft": 500, "hard": 600}, {"type": "RLIMIT_CORE", "soft": 0, "hard": 5}]
        process["noNewPrivileges"] = False
        process["env"] = ["PATH=/nowhere:/bin", "HOME=/root", "A=1 2", "EMPTY="]
        spec["root"]["readonly"] = False
        if edit:
            edit(spec)
    return Container("cat", "--stdin-open", edit=change, netns=True).up().start()


def end(container):
    container.connect().ask("close-stdin")
    container.exited()
    container.cleaned()


FILTER = {"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"],
    "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 5}]}


def compare(container, **changes):
    ours, code, entered = Added(container, ["sh", "-c", LOOK], **changes).result()
    changes.pop("seccomp", None)
    theirs, _, other = Added(container, ["sh", "-c", LOOK], native=False, **changes).result()
    assert entered and not other, (entered, other)
    assert len(ours) > 2000, ours
    for mine, its in zip(ours.splitlines(), theirs.splitlines()):
        equal(mine, its)
    equal(ours, theirs)


def test_entered_is_as_by_the_runtime():
    container = host()
    compare(container)
    compare(container, user={"uid": 7, "gid": 8, "additionalGids": [8, 30, 31]}, cwd="/tmp")
    with open("/proc/self/status") as file:
        ours = int(re.search(r"CapPrm:\s+(\w+)", file.read()).group(1), 16)
    everything = ["CAP_" + name for bit, name in enumerate(CAPABILITIES) if ours >> bit & 1]
    compare(container, capabilities={"bounding": everything, "effective": everything, "permitted": everything})
    compare(container, user={"uid": 7, "gid": 8}, capabilities={name: ["CAP_KILL", "CAP_NET_BIND_SERVICE"]
        for name in ("bounding", "effective", "permitted", "inheritable", "ambient")})
    compare(container, noNewPrivileges=True)
    end(container)


def test_entered_with_the_containers_filter():
    container = host(lambda spec: spec["linux"].update(seccomp=FILTER))
    cache = container.path("filter")
    for changes in ({}, {"noNewPrivileges": True}, {"user": {"uid": 7, "gid": 8}}):
        compare(container, seccomp=cache, **changes)
    equal(os.stat(cache).st_mode & 0o777, 0o600)
    for native in (True, False):
        text, code, _ = Added(container, ["sh", "-c", "/bin/busybox mkdir /tmp/x 2>&1"], native=native, seccomp=cache).result()
        assert code == 1 and "Input/output error" in text, text
    end(container)


def test_entered_with_every_namespace():
    def edit(spec):
        spec["linux"]["namespaces"].append({"type": "cgroup"})
    container = host(edit)
    compare(container)
    end(container)


def test_entered_with_a_terminal():
    container = host()
    for uid in (0, 7):
        looks = [Added(container, ["sh", "-c", LOOK + "; tty; echo x >/dev/tty"], native=native, tty=True, user={"uid": uid, "gid": uid},
            consoleSize={"height": 31, "width": 97}).screen() for native in (True, False)]
        equal([entered for _, entered in looks], [True, False])
        assert "31 97" in looks[0][0] and "/dev/pts/0" in looks[0][0], looks[0][0]
        equal(looks[0][0], looks[1][0])
    end(container)


def test_not_entered_in_the_runtimes_words():
    def edit(spec):
        spec["root"]["readonly"] = False
    container = host(edit)
    for args, changes in ((["nope"], {}), (["/etc"], {}), (["/nope"], {}), (["true"], {"cwd": "/nowhere"}), (["true"], {"cwd": "/bin/sh"}),
            (["sh"], {"env": ["PATH=bin", "HOME=/"]}), (["/etc/text"], {})):
        answers = []
        for native in (True, False):
            added = Added(container, args, native=native, **changes).up()
            answers.append(added.connect().ask("start"))
            container_gone(added)
        equal(answers[0], answers[1])
        assert answers[0].startswith("failed "), answers
    terminal = Added(container, ["nope"], tty=True).up()
    assert "executable file not found" in terminal.connect().ask("start")
    container_gone(terminal)
    container.connect().send("kill 9")
    container.cleaned_after_exit()
    added = Added(container, ["true"]).up()
    assert added.connect().ask("start").startswith("failed ")


def container_gone(added):
    until(lambda: not os.path.exists(added.path("s")), "the monitor goes")


def test_a_pause_is_the_runtimes_affair():
    container = host()
    subprocess.run(["runc", "--root", RUNTIME_ROOT, "pause", container.id], check=True)
    added = Added(container, ["true"]).up()
    answer = added.connect().ask("start")
    assert "paused" in answer, answer
    subprocess.run(["runc", "--root", RUNTIME_ROOT, "resume", container.id], check=True)
    end(container)


def test_entered_program_cannot_be_written():
    """Of what was run in a container to enter it there is no way back to the host's file (CVE-2019-5736)."""
    container = host()
    before = open(MONITOR, "rb").read()
    text, code, entered = Added(container, ["/proc/self/exe"]).result()
    assert entered and code == 1, (text, code)  # the monitor itself, from memory, which misses its options
    open(os.path.join(container.path("upper"), "script"), "w").write("#!/proc/self/exe\n")
    os.chmod(os.path.join(container.path("upper"), "script"), 0o755)
    Added(container, ["/script"]).result()
    os.symlink("/proc/self/exe", os.path.join(container.path("upper"), "link"))
    for program in ("/proc/self/exe", "/link"):
        process = Added(container, [program, "--id"])
        process.run()
    equal(open(MONITOR, "rb").read(), before)
    # Whoever catches the process in the act has it by its file: that is sealed.
    watcher = Added(container, ["sh", "-c", "i=0; while [ $i -lt 3000 ]; do i=$((i+1)); for p in /proc/[0-9]*; do "
        "case \"$(/bin/busybox readlink $p/exe)\" in *monitor*) echo \"$(/bin/busybox readlink $p/exe)\"; "
        "(exec 3>$p/exe && echo bad >&3) 2>&1;; esac; done; [ -e /tmp/stop ] && break; done"])
    watcher.up()
    attached = watcher.attach()
    watcher.start()
    for _ in range(5):
        Added(container, ["true"]).result()
    Added(container, ["sh", "-c", ": >/tmp/stop"]).result()
    seen = demux(attached.rest())[1].decode()
    assert os.path.realpath(MONITOR) not in seen, seen
    equal(open(MONITOR, "rb").read(), before)
    end(container)


def test_entered_ends_with_its_container():
    container = host()
    added = Added(container, ["sleep", "100"]).up().start()
    container.connect().send("kill 9")
    equal(added.exited(), (137, 9, 0))
    added.cleaned()
    container.cleaned_after_exit()


def test_entered_takes_input_and_signals():
    container = host()
    added = Added(container, ["sh", "-c", "cat; echo err >&2; exit 9"])
    added.flags += ["--stdin-open", "--stdin-once"]
    added.up()
    attached = added.attach(stdin=1)
    added.start()
    attached.socket.sendall(b"x" * 300000)
    attached.half_close()
    streams = demux(attached.rest())
    equal((len(streams[1]), streams[2]), (300000, b"err\n"))
    equal(added.exited(), (9, 0, 0))
    equal(added.was_entered(), True)
    added.cleaned()
    sleeper = Added(container, ["sleep", "100"]).up().start()
    equal(sleeper.connect().ask("kill 15"), "ok")
    equal(sleeper.exited(), (143, 15, 0))
    sleeper.cleaned()
    end(container)
