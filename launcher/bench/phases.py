"""Where the time of a start goes, by the platform's own metrics."""

import re

LINE = re.compile(r'^caisson_start_phase_seconds_(sum|count)\{([^}]*)\} (\S+)$')
PHASE = re.compile(r'phase="([^"]*)"')


def measure(caisson, runs):
    """Mean milliseconds per phase of this many starts."""
    before = read(caisson)
    for _ in range(runs):
        caisson.cli("run", "--rm", "busybox", "true")
    after = read(caisson)
    means = {}
    for phase, (total, count) in after.items():
        earlier_total, earlier_count = before.get(phase, (0, 0))
        if count > earlier_count:
            means[phase] = (total - earlier_total) / (count - earlier_count) * 1e3
    return means


def read(caisson):
    found = {}
    for line in caisson.call("GET", "/q/metrics").decode().splitlines():
        match = LINE.match(line)
        phase = match and PHASE.search(match.group(2))
        if phase:
            figures = found.setdefault(phase.group(1), [0.0, 0.0])
            figures[0 if match.group(1) == "sum" else 1] += float(match.group(3))
    return found
