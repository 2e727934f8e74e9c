"""Runs the peers, each stage in a process of its own: `python -m benchmark.peers PEER STAGE …` is that process.

A peer is a module with NAME, STORE, version(), load(data, store), open_store(store) and formulations().
"""

import importlib
import json
import shutil
import sys
import time
from pathlib import Path

from . import data as datasets
from . import processes
from .questions import QUESTIONS

PEERS = ["duckdb", "clickhouse", "polars"]


def module(peer):
    return importlib.import_module(f"benchmark.peer_{peer}")


def version(peer):
    return processes.run([*_command(peer), "version"], _environment()).output.strip()


def load(peer, data, store):
    """Loads the CSV into the peer's own sorted store, new, and prints the store's bytes."""
    shutil.rmtree(store, ignore_errors=True) if store.is_dir() else store.unlink(missing_ok=True)
    return _stage(peer, "load", data, store)


def ask(peer, data, store, repetitions):
    """{question: {"seconds", "answer", "formulation"}} of each question's fastest formulation, and the session's use."""
    used = _stage(peer, "ask", data, store, repetitions)
    return json.loads(used.output.splitlines()[-1]), used


def start_and_ask(peer, data, store, formulation):
    """A process that starts, opens the store, answers the first question by this formulation and ends."""
    return _stage(peer, "cold", data, store, formulation)


def cold_answer(used):
    return json.loads(used.output.splitlines()[-1])


def _stage(peer, stage, data, store, *rest):
    return processes.run(
        [*_command(peer), stage, data.folder.parent, data.rows, data.seed, store, *rest], _environment())


def _command(peer):
    return [sys.executable, "-m", "benchmark.peers", peer]


def _environment():
    return {"PYTHONPATH": str(Path(__file__).parent.parent)}


def _ask_here(peer, store, repetitions):
    base = peer.open_store(store)
    fastest = {}
    for question, forms in peer.formulations().items():
        for name, asking in forms.items():
            answer = asking(base)
            seconds = []
            for _ in range(repetitions):
                began = time.perf_counter()
                again = asking(base)
                seconds.append(time.perf_counter() - began)
                assert again == answer, f"{peer.NAME} answers '{question}' by {name} in more than one way"
            result = {"seconds": seconds, "answer": answer, "formulation": name}
            before = fastest.get(question)
            if before is not None and before["answer"] != answer:
                raise AssertionError(f"{peer.NAME}: {name} and {before['formulation']} differ on '{question}'")
            if before is None or sorted(seconds)[repetitions // 2] < sorted(before["seconds"])[repetitions // 2]:
                fastest[question] = result
    return fastest


def _main(peer, stage, *rest):
    peer = module(peer)
    if stage == "version":
        print(peer.version())
        return
    root, rows, seed, store, *rest = rest
    store = Path(store)
    if stage == "load":
        print(peer.load(datasets.ready(root, int(rows), int(seed)), store))
    elif stage == "ask":
        print(json.dumps(_ask_here(peer, store, int(rest[0]))))
    else:
        first = QUESTIONS[0].key
        print(json.dumps(peer.formulations()[first][rest[0]](peer.open_store(store))))


if __name__ == "__main__":
    _main(*sys.argv[1:])
