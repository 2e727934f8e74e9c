"""`scripts/bench`: makes the data, asks Waymark and its peers, compares the answers, prints the table."""

import argparse
import json
import sys
from pathlib import Path

from . import data as datasets
from . import measurements, peers, table
from .agreement import AnswersDiffer
from .processes import Patience, ProgramFailed


def main():
    options = _options()
    folder = options.folder.resolve()
    say = lambda text: print(text, file=sys.stderr, flush=True)
    say(f"Making {options.rows:,} events, where they are not there")
    data = datasets.ready(folder / "data", options.rows, options.seed)
    patience = Patience(options.patience)
    bench = measurements.Bench(folder, data, options.waymark.resolve(), options.repetitions, patience, say)

    results = {"head": bench.head(), "limit": bench.scan(), "peers": {}}
    for peer in peers.PEERS:
        results["peers"][peer] = bench.peer(peer, reuse=options.only == "waymark")
    results["waymark"] = bench.waymark()
    results["growth"] = bench.growth(results["waymark"], [rows for rows in options.grow if rows != options.rows])
    results["targets"] = table.targets(results)
    (folder / "results" / "last.json").write_text(json.dumps(results, indent=1) + "\n")
    print(json.dumps(results, indent=1) if options.json else table.text(results))


def _options():
    parser = argparse.ArgumentParser(prog="scripts/bench", usage="scripts/bench --help says how", add_help=False)
    parser.add_argument("rows", nargs="?", type=_count, default=10_000_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=["waymark"])
    parser.add_argument("--grow", action="append", type=_count, default=[])
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--patience", type=float, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--waymark", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    if options.rows < 10_000 or options.repetitions < 3:
        parser.error("at least 10,000 rows and 3 repetitions are needed")
    options.grow = sorted({options.rows // 10, *options.grow})
    return options


def _count(text):
    """Numbers such as 250000, 10M and 500k."""
    factor = {"k": 1_000, "m": 1_000_000}.get(text[-1:].lower(), 1)
    return int(float(text[:-1] if factor > 1 else text) * factor)


if __name__ == "__main__":
    try:
        main()
    except ProgramFailed as failure:
        sys.exit(f"bench: {failure}")
    except AnswersDiffer as difference:
        sys.exit(f"bench: the answers differ\n{difference}")
