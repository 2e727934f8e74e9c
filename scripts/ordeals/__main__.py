"""`scripts/torture`: prepares workspaces, puts them to all ordeals, prints what came of it."""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from . import damage, disks, kills, writers
from .findings import Findings
from .workshop import Workshop


def main():
    options = _options()
    folder = options.folder.resolve()
    folder.mkdir(exist_ok=True)
    shutil.rmtree(folder / "found", ignore_errors=True)
    findings = Findings(folder / "found", options.seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=_quick_folder(folder), prefix="waymark-torture-") as place:
        workshop = Workshop(Path(place), options.waymark.resolve(), options.root, options.seed)
        workshop.prepare()
        for ordeal in (kills, damage, disks, writers):
            ordeal.run(workshop, findings, options.count)
    print(findings.text(time.monotonic() - began))
    return 1 if findings.found else 0


def _quick_folder(folder):
    """Where a thousand files are written without waiting for a disk, if there is such a place."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else folder


def _options():
    parser = argparse.ArgumentParser(prog="scripts/torture", usage="scripts/torture --help says how", add_help=False)
    parser.add_argument("count", nargs="?", type=int, default=100)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--waymark", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--root", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
