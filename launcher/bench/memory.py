"""Memory of processes: their share of every page (PSS), so that shared ones count once."""

import os
from pathlib import Path


def proportional(programs):
    """In MB, of all processes whose program's name begins with one of these."""
    return sum(share(pid) for pid in processes(programs)) / 1024


def processes(programs):
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and program(entry).startswith(tuple(programs)):
            yield entry


def program(entry):
    try:
        words = (entry / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    return os.path.basename(words[0].decode(errors="replace").rstrip(":"))


def share(entry):
    try:
        lines = (entry / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
