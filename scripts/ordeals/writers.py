"""Lets several write to one workspace at once: what was reported as done is there, and nothing else."""

import shutil
import subprocess

EDITS = 25


def run(workshop, findings, count):
    workshop.each(range(max(1, count // 50)), lambda number: _race(workshop, findings, number))


def _race(workshop, findings, number):
    folder = workshop.copy(f"race-{number}", ("shop.waymark", "more.csv"))
    jobs = [[f"add stage {name}{edit}" for edit in range(EDITS)] for name in "PQ"]
    jobs.append(['load events "more.csv" as main'])
    children = [
        subprocess.Popen(workshop.command("shop.waymark", job), cwd=folder, env=workshop.environment,
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for job in jobs]
    replies = [child.communicate() for child in children]
    findings.count("writers at once", len(children))
    done = [line.split("'")[1] for _, errors in replies for line in errors.splitlines() if line.startswith("added stage")]
    refused = [child for child in children if child.returncode != 0]
    findings.count("of these, told to wait", len(refused))
    story = f"{[child.returncode for child in children]}\n{[errors[-400:] for _, errors in replies]}"
    if any("[workspace.locked]" not in replies[children.index(child)][1] for child in refused):
        findings.keep("unclear errors", story, folder)
    stages = workshop.ask(folder, "shop.waymark", ["show stages", "count"])
    found = [line.split(",")[0] for line in stages.output.splitlines() if line[:1] in "PQ" and line[1:2].isdigit()]
    events = 26_500 if children[2].returncode == 0 else 6_500
    if stages.status != 0 or sorted(found) != sorted(done) or f"\n{events}," not in stages.output:
        findings.keep("lost changes", f"{story}\n{stages.output}\n{stages.errors}\ndone {done}", folder)
    shutil.rmtree(folder)
