"""Runs programs and says what they used, and whether the machine was quiet meanwhile."""

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass

_TICKS = os.sysconf("SC_CLK_TCK")
#: Share of the machine that others may use while it counts as quiet.
QUIET = 0.08


@dataclass
class Use:
    """What one run of a program took."""

    seconds: float
    cpu: float
    peak_mb: float
    #: Processor seconds of other programs meanwhile; counted in ticks, so a short run's may be off by one, even below 0.
    others: float
    output: str
    errors: str


class ProgramFailed(Exception):
    pass


def run(command, environment=None):
    """Runs a program to its end."""
    with open(os.devnull) as nothing, _scratch() as output, _scratch() as errors:
        busy, began = _busy(), time.perf_counter()
        child = subprocess.Popen(
            [str(word) for word in command], stdin=nothing, stdout=output, stderr=errors,
            env={**os.environ, **(environment or {})})
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        cpu = used.ru_utime + used.ru_stime
        others = _busy() - busy - cpu
        texts = [_text(output), _text(errors)]
    if child.returncode != 0:
        raise ProgramFailed(f"{command[0]} ended with {child.returncode}:\n{texts[1][-4000:]}")
    return Use(seconds, cpu, used.ru_maxrss / 1024, others, *texts)


def share_of_others(uses):
    """Share of the machine that other programs used during these runs."""
    return max(0.0, sum(use.others for use in uses)) / (os.cpu_count() * sum(use.seconds for use in uses))


class Patience:
    """Waits for a quiet machine, in all of a run at most `seconds`."""

    def __init__(self, seconds):
        self.left = seconds

    def wait_for_quiet(self):
        while self.left > 0:
            busy = _busy()
            time.sleep(0.5)
            if (_busy() - busy) / (0.5 * os.cpu_count()) < QUIET:
                return
            self.left -= 0.5


def size(path):
    """Bytes of a file or of all files in a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def warm(path):
    """Reads files once, so that they lie in the page cache for everyone alike."""
    for file in [path] if path.is_file() else sorted(path.rglob("*")):
        if file.is_file():
            with open(file, "rb", buffering=0) as opened:
                while opened.read(1 << 24):
                    pass


def _scratch():
    return tempfile.TemporaryFile()


def _text(file):
    file.seek(0)
    return file.read().decode(errors="replace")


def _busy():
    """Seconds that all processors have worked since the machine started."""
    with open("/proc/stat") as file:
        ticks = [int(text) for text in file.readline().split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / _TICKS
