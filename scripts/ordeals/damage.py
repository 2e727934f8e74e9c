"""Damages workspaces in every way a disk may, and sees that no answer is another without a word."""

import random
import shutil

from .workshop import QUESTIONS, without_times

PAGE = 16 * 1024


def run(workshop, findings, count):
    expected = {}
    for question in QUESTIONS:
        expected[question] = without_times(workshop.ask(workshop.base, "shop.waymark", [question]).output)
    edited = workshop.copy("edited")
    workshop.ask(edited, "shop.waymark", [EDIT])
    changed = {question: without_times(workshop.ask(edited, "shop.waymark", [question]).output) for question in QUESTIONS}
    whole = (workshop.base / "shop.waymark").read_bytes()
    # Most of a file is room: three of four blows are to hit what is written.
    written = [offset for offset in range(len(whole)) if whole[offset]]

    def hit(number):
        dice = random.Random(f"{workshop.seed} {number}")
        folder = workshop.copy(f"damage-{number}")
        bytes_, story = _blow(dice, bytearray(whole), written, number)
        (folder / "shop.waymark").write_bytes(bytes_)
        findings.count("damaged files")
        shutil.copy(folder / "shop.waymark", folder / "as-damaged")
        if _judge(workshop, findings, folder, story, expected, dice):
            # Nothing was noticed: then it is none, even for what comes next.
            reply = workshop.ask(folder, "shop.waymark", [EDIT])
            if reply.status == 0 and not reply.is_noticed:
                findings.count("of these, edited afterwards")
                _judge(workshop, findings, folder, story + "\nand edited", changed, dice, is_again=True)
            elif not _is_clear(findings, folder, story, reply):
                return
        shutil.rmtree(folder)

    workshop.each(range(count), hit)


EDIT = "add stage Tomorrow"


def _blow(dice, file, written, number):
    """Harms the bytes in place; gives them with the story."""
    pages = len(file) // PAGE
    page = dice.randrange(pages)
    start = page * PAGE
    kind = ["bit", "bit", "bit", "header", "header", "bytes", "zero", "swap", "copy", "cut", "noise"][number % 11]
    if kind == "bit":
        offset = dice.choice(written) if dice.random() < 0.75 else dice.randrange(len(file))
        file[offset] ^= 1 << dice.randrange(8)
        return file, f"bit of byte {offset} (page {offset // PAGE + 1}) flipped"
    if kind == "header":
        # What directs everything else: the head of the file and of each page.
        offset = start + dice.randrange(100 if page == 0 else 40)
        file[offset] = dice.randrange(256)
        return file, f"byte {offset} (page {page + 1}) set to {file[offset]}"
    if kind == "bytes":
        length = dice.randint(2, 64)
        offset = min(dice.choice(written), len(file) - length)
        file[offset:offset + length] = dice.randbytes(length)
        return file, f"{length} bytes at {offset} (page {offset // PAGE + 1}) set at random"
    if kind == "zero":
        length = dice.choice([512, 4096, PAGE])
        start += dice.randrange(PAGE // length) * length
        file[start:start + length] = bytes(length)
        return file, f"{length} bytes at {start} (page {page + 1}) zeroed"
    if kind == "swap":
        other = dice.randrange(pages) * PAGE
        file[start:start + PAGE], file[other:other + PAGE] = file[other:other + PAGE], file[start:start + PAGE]
        return file, f"pages {page + 1} and {other // PAGE + 1} swapped"
    if kind == "copy":
        other = dice.randrange(pages) * PAGE
        file[start:start + PAGE] = file[other:other + PAGE]
        return file, f"page {other // PAGE + 1} written over page {page + 1}"
    if kind == "cut":
        length = max(1, dice.choice([start, dice.randrange(len(file))]))
        return file[:length], f"cut to {length} bytes"
    file[start:start + 512] = dice.randbytes(512)
    return file, f"512 bytes at {start} (page {page + 1}) set at random"


def _judge(workshop, findings, folder, story, expected, dice, is_again=False):
    """Asks everything in some order; whether all was answered rightly and nothing noticed."""
    questions = dice.sample(QUESTIONS, len(QUESTIONS))
    reply = workshop.ask(folder, "shop.waymark", questions)
    if not _is_clear(findings, folder, story, reply):
        return False
    output = without_times(reply.output)
    if reply.is_noticed:
        if not is_again:
            findings.count("of these, told of" if reply.status == 0 else "of these, refused as a whole or in part")
        # What was answered before the first word of it.
        if reply.status == 0 or output == "" or _is_beginning(output, questions, expected):
            return False
        if "[workspace.altered]" in reply.errors:
            return False
    elif reply.status == 0 and output == "".join(expected[question] for question in questions):
        if not is_again:
            findings.count("of these, with the same answers")
        return True
    findings.keep("silent wrong answers", f"{story}\n{reply.errors}\n{_difference(output, questions, expected)}", folder)
    return False


def _is_beginning(output, questions, expected):
    so_far = ""
    for question in questions:
        if output == so_far:
            return True
        so_far += expected[question]
    return output == so_far


def _difference(output, questions, expected):
    for question in questions:
        answer = expected[question]
        if not output.startswith(answer):
            return f"'{question}' of {questions}\n--- due\n{answer}\n--- came\n{output[:2 * len(answer) + 200]}"
        output = output[len(answer):]
    return f"more than was asked for:\n{output}"


def _is_clear(findings, folder, story, reply):
    if reply.status is None:
        findings.keep("hangs", story, folder)
    elif reply.has_crashed:
        findings.keep("crashes", f"{story}\nstatus {reply.status}\n{reply.errors}", folder)
    elif reply.status != 0 and not reply.is_noticed:
        findings.keep("unclear errors", f"{story}\n{reply.errors}", folder)
    else:
        return True
    return False
