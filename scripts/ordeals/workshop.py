"""Runs Waymark on workspaces that were made for it, and tells what they answer."""

import os
import random
import resource
import shutil
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

#: What is asked of a workspace: all that it holds shows in one of these. Times of the history are the clock's, so they are left out.
QUESTIONS = [
    "show map", "show stages", "show touchpoints", "show pains", "show goals", "show kpis", "show links",
    "show touchpoint Basket", "show history", "show diff", "show diff since first", "show segments", "show steps",
    "show $main", "count", "count per week", "count by device", "value of amount by vip",
    "funnel visit -> Basket -> pay within $w", "funnel visit -> purchase for segment vips", "paths", "flow",
    "retention of visit then purchase", "show events", "dropoff visit -> purchase", "show customer c17", ".zone",
    "show map with metrics", "conform", "show customers", "count by customer.plan", "nps", "nps by touchpoint",
    "answers", "value of amount by device for customer.plan = pro", "describe spend", "check map",
]
PATIENCE = 30


@dataclass
class Reply:
    """How a run ended: the status, or minus the signal; None where it did not."""

    status: int | None
    output: str
    errors: str

    @property
    def has_crashed(self):
        return self.status is not None and (self.status < 0 or self.status > 3 and self.status != 130)

    @property
    def is_noticed(self):
        """Whether people are told, in words with a code, that something is not as it should be."""
        return "[workspace." in self.errors or "[store." in self.errors or "[map." in self.errors


class Workshop:
    def __init__(self, folder, program, root, seed):
        self.folder, self.program, self.root, self.seed = folder, program, root, seed
        self.base = folder / "base"
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}

    def prepare(self):
        """Makes `base/shop.waymark` with something of everything, and files to load into it."""
        self.base.mkdir()
        dice = random.Random(1)
        self._events(self.base / "events.csv", dice, 0, 6_000)
        self._events(self.base / "later.csv", dice, 6_000, 500)
        self._events(self.base / "more.csv", dice, 8_000, 20_000)
        self._people(self.base, dice)
        made = self.ask(self.base, None, [
            'new workspace "shop.waymark"', 'load events "events.csv"', "new map shop", "add stage Awareness",
            "add stage Buying", "add touchpoint Ad to Awareness emotion 1 channel email",
            "add touchpoint Basket to Buying emotion -1", "link touchpoint Basket to cart",
            'add pain "Too slow" to Basket severity 4 owner Ann', "add goal Growth as count purchase",
            "add kpi Share target 10% as funnel visit -> purchase", "snapshot first", "add stage Leaving",
            "rename touchpoint Ad to Banner", "add stage Undone", "undo", "define step pay as purchase",
            "define segment vips as vip = true", "let $w = 7d", "funnel visit -> cart within $w as main",
            ".zone Europe/Oslo", 'load events "later.csv" as other', 'load events "later.csv" as main', "use events main",
            'load customers "crm.csv"', 'load survey "nps.csv" as asked', 'load spend "ads.csv"'])
        if made.status != 0:
            raise SystemExit(f"the workspace cannot be made: {made.errors}")
        for question in QUESTIONS:
            reply = self.ask(self.base, "shop.waymark", [question])
            if reply.status != 0 or reply.is_noticed or not reply.output:
                raise SystemExit(f"'{question}' has no answer as it is: {reply.errors}")

    def _events(self, path, dice, first, count):
        with open(path, "w") as file:
            file.write("user,time,event,device,amount,vip\n")
            for number in range(first, first + count):
                user = f"c{dice.randrange(count // 6)}"
                time = f"2025-0{1 + number % 6}-{1 + dice.randrange(28):02d} {dice.randrange(24):02d}:{dice.randrange(60):02d}:07"
                event = dice.choices(["visit", "cart", "purchase", "return"], [8, 4, 2, 1])[0]
                amount = f"{dice.randrange(10_000) / 100}" if event == "purchase" else ""
                device = dice.choice(["phone", "desktop", "tablet", ""])
                file.write(f"{user},{time},{event},{device},{amount},{dice.choice(['true', 'false', ''])}\n")

    def _people(self, folder, dice):
        """Customers, answers and costs, and others of the first two that come later."""
        for suffix, first in [("", 0), ("2", 200)]:
            with open(folder / f"crm{suffix}.csv", "w") as file:
                file.write("id,plan,seats\n")
                for number in range(first, first + 400):
                    file.write(f"c{number},{dice.choice(['pro', 'trial', ''])},{dice.randrange(40)}\n")
            with open(folder / f"nps{suffix}.csv", "w") as file:
                file.write("customer,time,score,comment\n")
                for number in range(300):
                    user = f"c{dice.randrange(500)}" if number % 7 else ""
                    time = f"2025-0{1 + number % 6}-{1 + dice.randrange(28):02d} 10:00:00"
                    file.write(f"{user},{time},{dice.randrange(11)},said {number}\n")
        with open(folder / "ads.csv", "w") as file:
            file.write("channel,from,to,cost\n")
            for month in range(1, 7):
                file.write(f"email,2025-0{month}-01,2025-0{month}-28,{dice.randrange(900)}\n")

    def copy(self, name, files=("shop.waymark",)):
        """A folder of its own with these files of the base."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for file in files:
            shutil.copy(self.base / file, folder / file)
        return folder

    def command(self, file, statements):
        words = [str(self.program), "--mode", "csv"] + ([file] if file else [])
        for statement in statements:
            words += ["-c", statement]
        return words

    def ask(self, folder, file, statements, before=None):
        """Runs statements in a folder, at most `PATIENCE` seconds."""
        return self.run(self.command(file, statements), folder, before)

    def run(self, words, folder, before=None):
        def limit():
            # What a damaged file may make of its lengths.
            resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if before:
                before()

        child = subprocess.Popen(
            words, cwd=folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, preexec_fn=limit, start_new_session=True)
        try:
            output, errors = child.communicate(timeout=PATIENCE)
            status = child.returncode
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            (output, errors), status = child.communicate(), None
        return Reply(status, output.decode(errors="replace"), errors.decode(errors="replace"))

    def answers(self, folder, file="shop.waymark"):
        """What a workspace answers to all questions; the reply, and the text to compare."""
        reply = self.ask(folder, file, QUESTIONS)
        return reply, without_times(reply.output)

    def each(self, jobs, work):
        """Does the work for each job on all processors."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(work, jobs))


def without_times(output):
    """The same without the second column of the history."""
    lines, is_history = [], False
    for line in output.split("\n"):
        is_history = line.startswith("change,when,") or is_history and line[:1].isdigit()
        lines.append(",".join(line.split(",")[:1] + line.split(",")[2:]) if is_history else line)
    return "\n".join(lines)
