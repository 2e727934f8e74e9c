"""Takes all the measurements of one run: loads, questions, cold starts, appends, growth."""

import datetime
import hashlib
import json
import os
import platform
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Callable

from . import data as datasets
from . import agreement, journey_map, limit, peers, processes, questions, waymark
from .questions import QUESTIONS

COLD_STARTS = 7
#: Loads of which the median counts; of very large data one.
LOADS = 3
LARGE = 50_000_000
#: The memory that Waymark may use for stores while it works on very large data.
LARGE_BUDGET = "4GB"


@dataclass
class Bench:
    folder: Path
    data: datasets.Data
    program: Path
    repetitions: int
    patience: processes.Patience
    say: Callable[[str], None]
    _scanned: dict = field(default_factory=dict)

    def head(self):
        """The machine, the day and the data."""
        return {
            "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"), "machine": _machine(),
            "rows": self.data.rows, "customers": self.data.customers, "csv bytes": self.data.csv_bytes, "seed": self.data.seed,
            "fingerprint": self.data.fingerprint, "repetitions": self.repetitions,
        }

    def scan(self):
        """The C scan, whose answers all others must give."""
        self.patience.wait_for_quiet()
        self._scanned = limit.answers(self.data, self.folder / "limit", self.repetitions)
        return {"ask": self._scanned}

    def peer(self, peer, reuse):
        """A peer's figures; with `reuse` the kept ones of the same data, if there are any."""
        module = peers.module(peer)
        kept = self.folder / "results" / self.data.fingerprint / f"{peer}.json"
        maker = _hash(module.__file__, questions.__file__, journey_map.__file__)
        if reuse and kept.exists():
            result = json.loads(kept.read_text())
            if result.get("maker") == maker:
                self._require_agreement(module.NAME, result)
                return {**result, "kept": True}
        store = self._store(module.STORE)
        version = peers.version(peer)
        self.say(f"{module.NAME} {version}: loading")
        loads = self._repeated(self._loads(), lambda: peers.load(peer, self.data, store), [self.data.csv])
        self.say(f"{module.NAME} {version}: asking")
        self.patience.wait_for_quiet()
        asked, used = peers.ask(peer, self.data, store, self.repetitions)
        formulation = asked[QUESTIONS[0].key]["formulation"]
        cold = self._repeated(
            COLD_STARTS, lambda: peers.start_and_ask(peer, self.data, store, formulation), [store])
        result = {
            "version": version, "date": self.head()["date"], "maker": maker, "kept": False,
            "load": {**_summary(loads), "store bytes": int(loads[-1].output.split()[-1])},
            "ask": asked,
            "session": {"peak MB": used.peak_mb, "others": processes.share_of_others([used])},
            "cold": {**_summary(cold), "answer": peers.cold_answer(cold[-1])},
        }
        self._require_agreement(module.NAME, result)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(result) + "\n")
        return result

    def waymark(self):
        workspace = self._store("events.waymark")
        self.say(f"Waymark {waymark.version(self.program)}: loading")
        loaded = self._waymark_load(self.data, workspace)
        self.say("Waymark: appending")
        appends = self._repeated(LOADS, lambda: waymark.append(self.program, self.data, workspace), [])
        self.say("Waymark: asking")
        asked = self._waymark_ask(self.data, workspace)
        cold = self._repeated(COLD_STARTS, lambda: waymark.start_and_ask(self.program, workspace), [workspace])
        result = {
            "version": waymark.version(self.program), "date": self.head()["date"], "load": loaded, **asked,
            "append": {**_summary(appends), "rows": self.data.later_rows},
            "cold": {**_summary(cold), "answer": waymark.cold_answer(cold[-1])},
        }
        self._require_agreement(waymark.NAME, result)
        return result

    def growth(self, own, sizes):
        """Load and questions of other sizes beside this run's own: a list of {rows, load, questions, peak MB}, by rows."""
        points = [_point(self.data.rows, own)]
        for rows in sizes:
            self.say(f"Waymark: {rows:,} events")
            data = datasets.ready(self.folder / "data", rows, self.data.seed)
            workspace = self._store("events.waymark", data)
            result = {"load": self._waymark_load(data, workspace), **self._waymark_ask(data, workspace)}
            scanned = limit.answers(data, self.folder / "limit", 1)
            agreement.require(waymark.NAME, result["ask"], scanned, data.last_ms)
            points.append(_point(rows, result))
            waymark.new_workspace(workspace)
        return sorted(points, key=lambda point: point["rows"])

    def _require_agreement(self, name, result):
        agreement.require(name, result["ask"], self._scanned, self.data.last_ms)
        self._scanned = {**result["ask"], **self._scanned}
        agreement.require_funnel(name, result["cold"]["answer"], self._scanned)

    def _waymark_load(self, data, workspace):
        budget = LARGE_BUDGET if data.rows >= LARGE else None
        loads = self._repeated(
            self._loads(data), lambda: waymark.load(self.program, data.csv, waymark.new_workspace(workspace), budget),
            [data.csv])
        return {**_summary(loads), "store bytes": processes.size(workspace)}

    def _waymark_ask(self, data, workspace):
        budget = LARGE_BUDGET if data.rows >= LARGE else None
        self.patience.wait_for_quiet()
        asked, used = waymark.ask(self.program, workspace, self.folder / "answers", self.repetitions, budget)
        return {"ask": asked, "session": {"peak MB": used.peak_mb, "others": processes.share_of_others([used])}}

    def _loads(self, data=None):
        return LOADS if (data or self.data).rows < LARGE else 1

    def _store(self, name, data=None):
        store = self.folder / "stores" / (data or self.data).fingerprint / name
        store.parent.mkdir(parents=True, exist_ok=True)
        return store

    def _repeated(self, times, measure, files):
        """What `measure` used each time: the files that it reads in the page cache, nothing left to write, and the machine
        quiet, if it gets so."""
        uses = []
        for _ in range(times):
            for file in files:
                processes.warm(file)
            os.sync()
            self.patience.wait_for_quiet()
            uses.append(measure())
        return uses


def _summary(uses):
    return {
        "seconds": [use.seconds for use in uses], "cpu": median(use.cpu for use in uses),
        "peak MB": max(use.peak_mb for use in uses), "others": processes.share_of_others(uses),
    }


def _point(rows, result):
    return {
        "rows": rows, "load": median(result["load"]["seconds"]),
        "questions": sum(median(answer["seconds"]) for answer in result["ask"].values()),
        "load peak MB": result["load"]["peak MB"], "session peak MB": result["session"]["peak MB"],
    }


def _hash(*paths):
    return hashlib.sha256(b"".join(Path(path).read_bytes() for path in paths)).hexdigest()[:16]


def _machine():
    with open("/proc/cpuinfo") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    with open("/proc/meminfo") as file:
        memory = round(int(file.readline().split()[1]) / 2**20)
    name = names[0] if names else platform.machine()
    return f"{os.cpu_count()} cores of {name}, {memory} GiB, {platform.system()}"
