"""Whether all give the same answers: everyone's are held against those of the C scan, or of the first who is asked what it is not."""

import json

from .questions import QUESTIONS, observed


class AnswersDiffer(Exception):
    pass


def require(name, answers, scan, last_ms):
    """Raises with the differences between two results of {question: {"answer": ...}}, of which each may lack some."""
    differing = []
    for question in QUESTIONS:
        if question.key not in answers or question.key not in scan:
            continue
        found, expected = (_comparable(question.key, result[question.key]["answer"], last_ms) for result in (answers, scan))
        if found != expected:
            texts = [str(answer)[:2000] for answer in (found, expected)]
            differing.append(f"{name} answers '{question.title}' with\n  {texts[0]}\nand the C scan with\n  {texts[1]}")
    if differing:
        raise AnswersDiffer("\n".join(differing))


def require_funnel(name, answer, scan):
    """The same for the one question of a cold start."""
    expected = scan[QUESTIONS[0].key]["answer"]
    if answer != expected:
        raise AnswersDiffer(f"{name} answers '{QUESTIONS[0].title}' after its start with {answer}, the C scan with {expected}")


def _comparable(question, answer, last_ms):
    plain = json.loads(json.dumps(answer))
    return observed(plain, last_ms) if question == "retention" else plain
