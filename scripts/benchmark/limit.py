"""Compiles and runs limit.c, the plain scan that stands as the limit of each question."""

import json
import subprocess
from pathlib import Path

from . import journey_map, shop
from .questions import STEPS


def answers(data, folder, repetitions):
    """{question: {"seconds": [...], "answer": ...}}, the columns warm in memory."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "names.h").write_text(_names())
    source = Path(__file__).with_name("limit.c")
    command = ["cc", "-O3", "-march=native", "-pthread", f"-I{folder}", str(source), "-o", str(folder / "limit")]
    subprocess.run(command, check=True)
    lines = subprocess.run(
        [folder / "limit", data.columns, str(repetitions)], check=True, capture_output=True, text=True).stdout
    results = {}
    for line in lines.splitlines():
        result = json.loads(line)
        key = result.pop("key")
        if key in ("channel", "follows"):
            result["answer"].sort()
        results[key] = result
    return results


def _names():
    def texts(name, values):
        return f"static const char *{name}[] = {{" + ", ".join(f'"{value}"' for value in values) + "};"

    def codes(name, values):
        return f"static const int {name}[] = {{" + ", ".join(str(value) for value in values) + "};"

    stages = [place for place, names in enumerate(journey_map.STAGES.values()) for _ in names]
    return "\n".join([
        f"#define EVENTS {len(shop.EVENTS)}", f"#define CHANNELS {len(shop.CHANNELS)}",
        f"#define SIGNUP {shop.EVENTS.index('signup')}", f"#define STAGES {len(journey_map.STAGES)}",
        f"#define TOUCHPOINTS {len(journey_map.TOUCHPOINTS)}",
        texts("event_names", shop.EVENTS), texts("channel_names", shop.CHANNELS),
        codes("step_codes", map(shop.EVENTS.index, STEPS)),
        codes("touchpoint_codes", map(shop.EVENTS.index, journey_map.TOUCHPOINTS)), codes("touchpoint_stages", stages), ""])
