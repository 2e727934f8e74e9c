"""The table for people, and the targets: which line of the issue holds."""

from statistics import geometric_mean, median

from . import peers
from .processes import QUIET
from .questions import QUESTIONS


#: Those of whose ratios the mean is taken.
_RATED = [question for question in QUESTIONS if question.funnels is None and question.rated]


def targets(results):
    """[{what, value, target, stretch, unit, holds}]: what was aimed at and what was reached."""
    waymark, others = results["waymark"], results["peers"].values()
    ratios = [_ratio(results, question) for question in _RATED]
    funnel = QUESTIONS[0].key
    scan = median(results["limit"]["ask"][funnel]["seconds"])
    duckdb = results["peers"]["duckdb"]
    load = median(waymark["load"]["seconds"])
    cold = min(median(peer["cold"]["seconds"]) for peer in others)
    lines = [
        _at_least("questions, geometric mean of the ratios", geometric_mean(ratios), 20, 30, "times"),
        _at_least("the weakest question", min(ratios), 8, 12, "times"),
        _at_least("funnel against the C scan", scan / median(waymark["ask"][funnel]["seconds"]), 1, 2, "times"),
        _at_least("load against DuckDB's", median(duckdb["load"]["seconds"]) / load, 5, 8, "times"),
        _at_least("cold start to answer", cold / median(waymark["cold"]["seconds"]), 10, 20, "times"),
        _at_most("disk against DuckDB's", waymark["load"]["store bytes"] / duckdb["load"]["store bytes"] * 100, 100, "%"),
        _at_most("append of 1 % against the load", median(waymark["append"]["seconds"]) / load * 100, 5, "%"),
    ]
    for question in QUESTIONS:
        if question.funnels is not None:
            funnels = median(waymark["ask"][question.key]["seconds"]) / median(waymark["ask"][funnel]["seconds"])
            lines.append(_at_most(f"{question.title} against the funnel", funnels, question.funnels, "times"))
    points = results["growth"]
    for smaller, larger in zip(points, points[1:]):
        for what in ["load", "questions"]:
            growth = larger[what] / smaller[what] / (larger["rows"] / smaller["rows"]) * 100
            sizes = f"{_millions(smaller['rows'])} to {_millions(larger['rows'])} events"
            lines.append(_at_most(f"{what}, {sizes}, time per event", growth, 115, "%"))
    return lines


def _at_least(what, value, target, stretch, unit):
    return {"what": what, "value": value, "at least": target, "stretch": stretch, "unit": unit, "holds": value >= target}


def _at_most(what, value, target, unit):
    return {"what": what, "value": value, "at most": target, "unit": unit, "holds": value <= target}


def _ratio(results, question):
    """How many times the fastest peer takes that is asked."""
    fastest = min(median(peer["ask"][question.key]["seconds"]) for peer in results["peers"].values() if question.key in peer["ask"])
    return fastest / median(results["waymark"]["ask"][question.key]["seconds"])


def text(results):
    """Everything, for the screen."""
    return "\n\n".join([_head(results), _questions(results), _stores(results), _growth(results), _targets(results)])


def _head(results):
    head = results["head"]
    versions = [f"Waymark {results['waymark']['version']}"] + [
        f"{peers.module(peer).NAME} {result['version']}" for peer, result in results["peers"].items()]
    lines = [
        f"{head['date']}, {head['machine']}",
        ", ".join(versions),
        f"{head['rows']:,} events of {head['customers']:,} customers, {head['csv bytes'] / 1e6:,.0f} MB of CSV, "
        f"seed {head['seed']}",
        f"medians of {head['repetitions']} warm runs ± half their range; every answer is the same in all",
    ]
    kept = [result["date"] for result in results["peers"].values() if result["kept"]]
    if kept:
        lines.append(f"the peers were not asked in this run: their figures are kept, the oldest from {min(kept)}")
    loudest = max(_others(results))
    lines.append(
        "the machine was quiet" if loudest < QUIET
        else f"the machine was NOT quiet: other programs used up to {loudest:.0%} of it, so times are too long")
    return "\n".join(lines)


def _others(results):
    for result in [results["waymark"], *results["peers"].values()]:
        yield from (result[part]["others"] for part in ["load", "session", "cold"])


def _questions(results):
    columns = ["Waymark"] + [peers.module(peer).NAME for peer in results["peers"]] + ["C scan", "fastest peer ÷ Waymark"]
    rows = []
    for question in QUESTIONS:
        engines = [results["waymark"], *results["peers"].values(), results["limit"]]
        cells = [_time(engine["ask"][question.key]["seconds"]) if question.key in engine["ask"] else "–" for engine in engines]
        rows.append([question.title, *cells, f"{_ratio(results, question):.1f}"])
    mean = geometric_mean([_ratio(results, question) for question in _RATED])
    rows.append([f"geometric mean of the first {len(_RATED)}", *[""] * (len(columns) - 1), f"{mean:.1f}"])
    return _aligned([["question", *columns], *rows])


def _stores(results):
    names = ["Waymark"] + [peers.module(peer).NAME for peer in results["peers"]]
    engines = [results["waymark"], *results["peers"].values()]
    megabytes = results["head"]["csv bytes"] / 1e6
    rows = [
        ["", *names],
        ["load CSV to store"] + [_time(engine["load"]["seconds"]) for engine in engines],
        ["  rate"] + [f"{megabytes / median(engine['load']['seconds']):,.0f} MB/s" for engine in engines],
        ["  peak memory"] + [f"{engine['load']['peak MB']:,.0f} MB" for engine in engines],
        ["  on disk"] + [f"{engine['load']['store bytes'] / 1e6:,.1f} MB" for engine in engines],
        ["start, open, funnel, exit"] + [_time(engine["cold"]["seconds"]) for engine in engines],
        ["session of all questions, peak"] + [f"{engine['session']['peak MB']:,.0f} MB" for engine in engines],
        ["append of 1 %", _time(results["waymark"]["append"]["seconds"])] + ["–"] * (len(names) - 1),
    ]
    return _aligned(rows)


def _growth(results):
    rows = [["Waymark's growth", "load", "all questions", "load's memory", "session's memory"]]
    for point in results["growth"]:
        rows.append([
            f"{point['rows']:,} events", _seconds(point["load"]), _seconds(point["questions"]),
            f"{point['load peak MB']:,.0f} MB", f"{point['session peak MB']:,.0f} MB"])
    return _aligned(rows)


def _targets(results):
    rows = [["target, for 10 M events", "reached", "aim", ""]]
    for line in results["targets"]:
        aim = f"at least {line['at least']}" if "at least" in line else f"at most {line['at most']}"
        stretch = line.get("stretch")
        verdict = "holds" if line["holds"] else "DOES NOT HOLD"
        if stretch and line["value"] >= stretch:
            verdict += f", and the stretch of {stretch}"
        rows.append([line["what"], f"{line['value']:.1f} {line['unit']}", f"{aim} {line['unit']}", verdict])
    return _aligned(rows, left=[0, 3])


def _time(seconds):
    """Median and half the range, in per cent of it."""
    middle = median(seconds)
    return f"{_seconds(middle)} ±{(max(seconds) - min(seconds)) / 2 / middle:4.0%}"


def _seconds(value):
    """Three digits."""
    if value < 0.00995:
        return f"{value * 1e3:.2f} ms"
    if value < 0.0995:
        return f"{value * 1e3:.1f} ms"
    return f"{value * 1e3:.0f} ms" if value < 0.995 else f"{value:.2f} s"


def _millions(rows):
    return f"{rows / 1e6:g} M"


def _aligned(rows, left=(0,)):
    """Columns of the same width, numbers to the right, a line under the first row."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [cell.ljust(width) if column in left else cell.rjust(width)
                 for column, (cell, width) in enumerate(zip(row, widths))]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(lines)
