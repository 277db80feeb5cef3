"""Measures a Caisson, and a dockerd beside it: started by ./caisson bench."""

import argparse
import json
import sys
from pathlib import Path

import archives
import containers
import crowd
import images
import phases
import streams
from engines import Caisson, Dockerd
from items import Plan
from registry import Registry
from table import Table

PLAN = Plan([*containers.ITEMS, *crowd.FIFTY, *streams.ITEMS, *archives.ITEMS, *images.ITEMS, *crowd.LARGE])


def main():
    options = arguments()
    if options.list:
        print("\n".join(f"{figure.name:16} {figure.title}" for figure in PLAN.figures()))
        return 0
    wanted = set(filter(None, options.only.split(",")))
    unknown = wanted - PLAN.names() - {"phases"}
    if unknown or options.runs < 1:
        print(f"caisson: no such figure: {' '.join(unknown)} (./caisson bench --list)", file=sys.stderr)
        return 2
    return 0 if options.check else measure(options, wanted)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=Path)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--json", default="")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--check", action="store_true", help="only whether the options make sense")
    return parser.parse_args()


def measure(options, wanted):
    """Prints the table as far as it got, also when a start fails or somebody interrupts."""
    table = Table(sys.stdout)
    caisson, docker = Caisson(options.root, options.work), Dockerd(options.work)
    try:
        caisson.start()
        engines = [caisson]
        reason = docker.missing()
        if reason:
            print(f"caisson: only Caisson's figures: {reason}", file=sys.stderr)
        else:
            docker.start()
            engines.append(docker)
        with Registry(options.work) as registry:
            images.prepare(options.work, engines, registry)
            PLAN.run(engines, options.runs, wanted, table.add)
            if not wanted or "phases" in wanted:
                table.phases(phases.measure(caisson, options.runs))
    except Exception as error:
        print(f"caisson: {error}", file=sys.stderr)
        return 1
    finally:
        if options.json:
            Path(options.json).write_text(json.dumps(table.document(), indent=2) + "\n")
        docker.stop()
        caisson.stop()
    return 0 if table.complete() else 1


if __name__ == "__main__":
    sys.exit(main())
