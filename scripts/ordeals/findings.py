"""Counts what was done, and keeps what should not have come of it."""

import shutil
import threading
from collections import Counter


class Findings:
    def __init__(self, folder, seed):
        self.folder, self.seed = folder, seed
        self.found = Counter()
        self.done = Counter()
        self._lock = threading.Lock()

    def count(self, what, by=1):
        with self._lock:
            self.done[what] += by

    def keep(self, kind, story, folder):
        """`kind` is one of `KINDS`; `folder` holds the files as they are now."""
        with self._lock:
            self.found[kind] += 1
            target = self.folder / f"{sum(self.found.values())}-{kind.replace(' ', '-')}"
        shutil.copytree(folder, target, symlinks=True, ignore_dangling_symlinks=True)
        (target / "story.txt").write_text(f"{story}\n\nscripts/torture --seed {self.seed}\n")

    def text(self, seconds):
        lines = [f"seed {self.seed}, {seconds:.0f} s"]
        lines += [f"{count:8,}  {what}" for what, count in self.done.items()]
        lines += [f"{self.found[kind]:8,}  {kind}" for kind in KINDS]
        if self.found:
            lines.append(f"kept in {self.folder}")
        return "\n".join(lines)


#: What must not happen, in the words of the last lines.
KINDS = [
    "silent wrong answers", "crashes", "hangs", "files neither as before nor as after", "leftovers", "lost changes",
    "unclear errors",
]
