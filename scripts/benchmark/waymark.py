"""Waymark, through its command: loads, sessions and cold starts."""

import json
import os
import re
import shutil
from pathlib import Path

from . import journey_map, processes
from .questions import QUESTIONS

NAME = "Waymark"
_LOAD = 'load events "{}" customer customer time time event event'
_TIMING = re.compile(r"([\d.]+) (ms|s)")


def version(program):
    return processes.run([program, "--version"]).output.split()[1]


def load(program, csv, workspace, budget=None):
    """Loads a CSV into a workspace file, new or there already."""
    return processes.run([program, workspace, *_budget(budget), "-c", _LOAD.format(csv)])


def new_workspace(path):
    """The path, with nothing there."""
    for file in [path, Path(f"{path}-wal"), Path(f"{path}-shm")]:
        file.unlink(missing_ok=True)
    return path


def append(program, data, workspace):
    """Loads the later events into a copy of the workspace."""
    copy = new_workspace(workspace.with_name("appended.waymark"))
    shutil.copy(workspace, copy)
    os.sync()
    used = load(program, data.later_csv, copy)
    new_workspace(copy)
    return used


def ask(program, workspace, folder, repetitions, budget=None):
    """One session that asks every question once to warm up and `repetitions` times more.

    {question: {"seconds": [...], "answer": ...}}, and what the session used. Seconds are the shell's own `.timer`: from the
    statement's text to the answer written out as JSON.
    """
    folder.mkdir(parents=True, exist_ok=True)
    journeys = folder / "journeys.csv"
    journeys.write_text(journey_map.csv())
    lines = [] if budget is None else [f".memory {budget}"]
    lines += [f'load map "{journeys}"', ".timer on", ".mode json"]
    for question in QUESTIONS:
        lines.append(f'.output "{_answers(folder, question)}"')
        lines += [question.statement] * (1 + repetitions)
    script = folder / "questions.way"
    script.write_text("\n".join(lines) + "\n")
    used = processes.run([program, workspace, script])
    timings = [_seconds(line) for line in used.errors.splitlines() if _TIMING.fullmatch(line)]
    timings += [_seconds(line) for line in used.output.splitlines() if _TIMING.fullmatch(line)]
    timed = lines[lines.index(".timer on"):]
    if len(timings) != len(timed):
        raise processes.ProgramFailed(f"{len(timings)} timings for {len(timed)} statements:\n{used.errors[-2000:]}")
    results = {}
    for question in QUESTIONS:
        seconds = [taken for line, taken in zip(timed, timings) if line == question.statement][1:]
        answers = _documents(_answers(folder, question).read_text())
        if any(answer != answers[0] for answer in answers):
            raise AssertionError(f"Waymark answers '{question.statement}' in more than one way")
        results[question.key] = {"seconds": seconds, "answer": question.shape(answers[0]["tables"])}
    return results, used


def start_and_ask(program, workspace):
    """From the start of the command to its end: opens the workspace and answers the first question."""
    return processes.run([program, workspace, "--mode", "json", "-c", QUESTIONS[0].statement])


def cold_answer(used):
    return QUESTIONS[0].shape(json.loads(used.output)["tables"])


def _budget(budget):
    return ["-c", f".memory {budget}"] if budget else []


def _answers(folder, question):
    return folder / f"{question.key}.json"


def _seconds(line):
    number, unit = _TIMING.fullmatch(line).groups()
    return float(number) / (1000 if unit == "ms" else 1)


def _documents(text):
    """JSON documents that follow one another."""
    decoder, place, found = json.JSONDecoder(), 0, []
    text = text.strip()
    while place < len(text):
        document, place = decoder.raw_decode(text, place)
        found.append(document)
        while place < len(text) and text[place].isspace():
            place += 1
    return found
