"""Fills the disk: what was there stays, what was begun is not there, and the error says so."""

import os
import random
import resource
import shutil
import signal
import subprocess

from .kills import DEEDS, _opened, _state


def run(workshop, findings, count):
    disk = workshop.folder / "disk"
    disk.mkdir()
    dice = random.Random(workshop.seed)
    has_disks = _mount(disk, 64)
    if has_disks:
        _unmount(disk)
    for number in range(max(len(DEEDS), count // 10)):
        deed = DEEDS[number % len(DEEDS)]
        folder = workshop.copy(f"full-{number}", deed.files)
        needed = sum(path.stat().st_size for path in folder.iterdir()) // 1024
        room = dice.randrange(0, max(64, needed))
        story = f"{deed.statements} with {room} KB left"
        if has_disks:
            _on_a_small_disk(workshop, findings, deed, folder, disk, needed + room, story)
        else:
            reply = workshop.ask(folder, _opened(deed), deed.statements, before=lambda: _limit(needed + room))
            findings.count("limits of file size")
            _judge(workshop, findings, folder, deed, reply, story)
        shutil.rmtree(folder)


def _on_a_small_disk(workshop, findings, deed, folder, disk, size, story):
    # A tmpfs takes whole pages, and one for each folder.
    _mount(disk, size + 8 + 4 * len(deed.files))
    try:
        for file in deed.files:
            shutil.copy(folder / file, disk / file)
        reply = workshop.ask(disk, _opened(deed), deed.statements)
        findings.count("full disks")
        left = {path.name for path in disk.iterdir()} - {*deed.files, deed.result}
        if left:
            findings.keep("leftovers", f"{story}\n{left}", disk)
        # With room again, as whoever frees some finds it.
        shutil.rmtree(folder)
        shutil.copytree(disk, folder)
        _judge(workshop, findings, folder, deed, reply, story)
    finally:
        _unmount(disk)


def _judge(workshop, findings, folder, deed, reply, story):
    if reply.status is None:
        return findings.keep("hangs", story, folder)
    if reply.has_crashed:
        return findings.keep("crashes", f"{story}\nstatus {reply.status}\n{reply.errors}", folder)
    if reply.status != 0:
        findings.count("of these, too small")
        if not any(code in reply.errors for code in ("[workspace.disk-full]", "[file.unwritable]", "[load.spill]")):
            findings.keep("unclear errors", f"{story}\n{reply.errors}", folder)
    expected = [deed.after] if reply.status == 0 else [deed.before, deed.after] if deed.name == "seal" else [deed.before]
    found, state = _state(workshop, folder, deed)
    if state not in expected:
        findings.keep("files neither as before nor as after", f"{story}\n{found}\n{state}", folder)


def _mount(disk, kilobytes):
    words = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "none", str(disk)]
    return subprocess.run(words, stderr=subprocess.DEVNULL).returncode == 0


def _unmount(disk):
    subprocess.run(["umount", str(disk)], check=True)


def _limit(kilobytes):
    # The writing fails, as on a full disk.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, kilobytes * 1024))
    os.umask(0o022)
