"""Kills Waymark while it changes a workspace or writes a file: at random instants, and before every call that changes a file."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

#: Calls after which a disk is another.
CALLS = "write,pwrite64,ftruncate,fsync,fdatasync,unlink,rename,renameat2,link,linkat,openat,fchmod"


@dataclass
class Deed:
    """Something that is done to `shop.waymark`, or to the file `result` beside it."""

    name: str
    statements: list
    files: tuple = ("shop.waymark",)
    result: str = "shop.waymark"
    before: object = None
    after: object = None
    seconds: float = 0
    calls: dict = field(default_factory=dict)


DEEDS = [
    Deed("load", ['load events "more.csv" as again'], ("shop.waymark", "more.csv")),
    Deed("append", ['load events "more.csv" as main'], ("shop.waymark", "more.csv")),
    Deed("people", ['load customers "crm2.csv"'], ("shop.waymark", "crm2.csv")),
    Deed("answers", ['load survey "nps2.csv" as asked'], ("shop.waymark", "nps2.csv")),
    Deed("erase", ["forget customer c17"]),
    Deed("edit", ["set touchpoint Basket emotion 2 channel web, email"]),
    Deed("remove", ["remove stage Awareness"]),
    Deed("undo", ["undo 3"]),
    Deed("snapshot", ["snapshot second"]),
    Deed("name", ["let $w = 30d"]),
    Deed("forget", ["forget events other"]),
    Deed("save", ['save "copy.waymark"'], result="copy.waymark"),
    Deed("begin", ['new workspace "fresh.waymark"'], result="fresh.waymark"),
    Deed("seal", ["show stages"], ("old.waymark",), result="old.waymark"),
    Deed("export", ['export events to "out.csv"'], ("shop.waymark", "out.csv"), result="out.csv"),
    Deed("draw", ['export map to "out.csv" as svg'], ("shop.waymark", "out.csv"), result="out.csv"),
]


def run(workshop, findings, count):
    (workshop.base / "out.csv").write_text("what was there before\n")
    os.chmod(workshop.base / "out.csv", 0o600)
    _old_workspace(workshop)
    for deed in DEEDS:
        _rehearse(workshop, deed)
    dice = random.Random(workshop.seed)
    jobs = []
    for number in range(count):
        deed = DEEDS[number % len(DEEDS)]
        if number // len(DEEDS) % 2:
            jobs.append((number, deed, dice.random() * deed.seconds * 1.1, None))
        else:
            call = dice.choice(sorted(deed.calls))
            jobs.append((number, deed, None, (call, dice.randint(1, deed.calls[call]))))
    workshop.each(jobs, lambda job: _kill(workshop, findings, *job))


def _old_workspace(workshop):
    """A file in the format before this one, as it is in the tests."""
    dump = (workshop.root / "Tests/WorkspaceTests/Fixtures/format-2.sql").read_text()
    database = sqlite3.connect(workshop.base / "old.waymark")
    database.executescript(dump)
    database.close()


def _state(workshop, folder, deed):
    """What is to be compared: the answers of a workspace, the text of another file; None where there is none."""
    path = folder / deed.result
    if not path.exists():
        return None, None
    if path.suffix != ".waymark":
        return None, (path.read_text(), oct(path.stat().st_mode))
    if deed.name == "begin":
        reply = workshop.ask(folder, deed.result, ["show results", ".zone"])
        return reply, reply.output
    if deed.name == "seal":
        reply = workshop.ask(folder, deed.result, ["show map", "show diff since first", "show results", "count", ".zone"])
        return reply, reply.output
    return workshop.answers(folder, deed.result)


def _opened(deed):
    return "old.waymark" if deed.name == "seal" else None if deed.name == "begin" else "shop.waymark"


def _rehearse(workshop, deed):
    """Does it unharmed: what is there before and after, how long it takes, which calls it makes."""
    folder = workshop.copy(f"rehearsal-{deed.name}", deed.files)
    # A look at a workspace may change it: what is read here is another copy.
    deed.before = _state(workshop, workshop.copy(f"before-{deed.name}", deed.files), deed)[1]
    began = time.monotonic()
    reply = workshop.ask(folder, _opened(deed), deed.statements)
    deed.seconds = time.monotonic() - began
    deed.after = _state(workshop, folder, deed)[1]
    if reply.status != 0:
        raise SystemExit(f"{deed.statements} fails by itself: {reply.errors}")
    folder = workshop.copy(f"rehearsal-{deed.name}", deed.files)
    trace = folder / "trace"
    workshop.run(["strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={CALLS}"]
                 + workshop.command(_opened(deed), deed.statements), folder)
    # Counted for each thread, as the blow is.
    threads = {}
    for thread, call in re.findall(r"^(\d+) +(\w+)\(", trace.read_text(), re.M):
        threads[thread, call] = threads.get((thread, call), 0) + 1
    for (_, call), calls in threads.items():
        deed.calls[call] = max(deed.calls.get(call, 0), calls)


def _kill(workshop, findings, number, deed, instant, blow):
    folder = workshop.copy(f"kill-{number}", deed.files)
    words = workshop.command(_opened(deed), deed.statements)
    if blow:
        story = f"{deed.statements} killed before its {blow[1]}. {blow[0]}"
        words = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={blow[0]}", "-e",
                 f"inject={blow[0]}:signal=KILL:when={blow[1]}"] + words
        reply = workshop.run(words, folder)
        findings.count("kills before a call that changes a file")
        if reply.status is None:
            findings.keep("hangs", story, folder)
    else:
        story = f"{deed.statements} killed after {instant:.4f} s"
        child = subprocess.Popen(words, cwd=folder, env=workshop.environment, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(instant)
        child.send_signal(signal.SIGKILL)
        child.wait()
        findings.count("kills at random instants")
    _judge(workshop, findings, folder, deed, story)


def _judge(workshop, findings, folder, deed, story):
    reply, state = _state(workshop, folder, deed)
    if reply and reply.has_crashed:
        return findings.keep("crashes", f"{story}\n{reply.errors}", folder)
    if reply and reply.status is None:
        return findings.keep("hangs", story, folder)
    if state not in (deed.before, deed.after):
        return findings.keep(
            "files neither as before nor as after", f"{story}\n{reply.errors if reply else ''}\n{state}", folder)
    # The same once more: nothing may be left of the first attempt.
    again = workshop.ask(folder, _opened(deed), deed.statements)
    known = ["[workspace.exists]", "[load.again]", "[events.unknown]", "[workspace.name-taken]", "[map.element-unknown]",
             "[undo.none]", "[customer.unknown]"]
    if again.status != 0 and not any(code in again.errors for code in known):
        return findings.keep("unclear errors", f"{story}\nafterwards: {again.errors}", folder)
    left = sorted(path.name for path in folder.iterdir())
    if left != sorted({*deed.files, deed.result}):
        return findings.keep("leftovers", f"{story}\n{left}", folder)
    _clean(folder)


def _clean(folder: Path):
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
