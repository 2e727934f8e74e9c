"""The questions: what each means, how Waymark is asked, and the one shape in which answers are compared.

Shapes are lists of plain values, rows sorted, so that they are the same after a trip through JSON:

    funnel       [customers of depth >= 1, 2, 3, 4]
    by channel   [[channel, customers of depth >= 1, 2, 3, 4] ...]
    per week     [[week, entered, converted] ...]
    paths        [[customers, [event ...]] ...], the most customers first
    retention    [[week, customers, back in week 0, 1 ...] ...], weeks that the data ends in left out
    time         [customers, median in microseconds, 90 % quantile in microseconds]
    days         [[day, events] ...]
    follows      [[event, next event, times] ...]
    map          [[[customers who joined at a stage, median microseconds to a later one] ...], [[seen, went on to a later stage] ...]], the
                 second of the stages and then the touchpoints, in map order
    drivers      [[property, value, converted, entered, both of the period before] ...]
    compare      [converted, entered, both of the other group]
    attribute    [[channel, conversions by the first touch, by the last, by all alike, to six digits] ...], (direct) those without any
    conform      [[customers, without deviation, fitness, fitness of several stages],
                  [[skipped, returned to, left] ...] by stage, [[stage, from, customers, seen at the last stage] ...]], where `from` is
                 the stage of the visit before, START, or SKIPPED; a fitness has nine digits behind the point

Stages are numbered from 0.
Weeks and days count from the first day of the data, a Monday; those without anybody or anything have no row.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Callable

from . import journey_map
from .shop import DAY_MS, FIRST_MS

STEPS = ["visit", "product_viewed", "cart_added", "purchase"]
WINDOW_MS = 7 * DAY_MS
WEEK_MS = 7 * DAY_MS
#: Weeks that the data touches.
WEEKS = 13
#: Events that a path holds besides the signup that it starts with.
AFTER_SIGNUP = 5
TOP_PATHS = 20
#: First and last day, from the first one of the data, of two periods.
NOW, BEFORE = (35, 62), (7, 34)
#: How far back a touch may lie.
CREDIT_MS = 30 * DAY_MS
#: What stands for the stage before, where a deviation has none.
START, SKIPPED = -1, -2

_FUNNEL = " -> ".join(STEPS) + " within 7d"
_MONDAY = date(1970, 1, 1) + timedelta(days=FIRST_MS // DAY_MS)



def _days(first, last):
    return f"{_MONDAY + timedelta(days=first)} .. {_MONDAY + timedelta(days=last)}"


@dataclass(frozen=True)
class Question:
    key: str
    title: str
    #: In Waymark's language.
    statement: str
    #: From the tables of Waymark's JSON to the shape above.
    shape: Callable[[dict], list]
    #: Where its aim is not how many times a peer takes: how many times it may take what the plain funnel does.
    funnels: int | None = None
    #: Whether its ratio counts in the mean.
    rated: bool = True


def _week(name):
    """Place of a week such as 2025-W36."""
    year, week = name.split("-W")
    return (date.fromisocalendar(int(year), int(week), 1) - _MONDAY).days // 7


def _by_channel(tables):
    groups = {}
    for row in tables["by channel"]:
        groups.setdefault(row["channel"], []).append(row["customers"])
    return sorted([channel] + counts for channel, counts in groups.items())


def _paths(tables):
    shape = []
    for row in tables["rows"]:
        names = [value for name, value in row.items() if name not in ("customers", "share")]
        path = [name for name in names if name is not None]
        if path != ["(other)"]:
            shape.append([row["customers"], path])
    return shape


def _retention(tables):
    weeks = {}
    for row in tables["rows"]:
        if row["week"] == "all" or not row["customers"]:
            continue
        week = weeks.setdefault(row["week"], [_week(row["week"]), row["customers"]])
        if row["after"] is not None:
            week.append(row["returned"])
    return list(weeks.values())


def _time(tables):
    [row] = tables["time"]
    return [row["customers"], round(row["median (s)"] * 1e6), round(row["p90 (s)"] * 1e6)]


def _microseconds(row):
    seconds = row["median to a later stage (s)"]
    return None if seconds is None else round(seconds * 1e6)


def _map(tables):
    stages, touchpoints = tables["stages"], tables["touchpoints"]
    return [
        [[row["joined"], _microseconds(row)] for row in stages],
        [[row["seen"], row["seen"] - row["left"]] for row in [*stages, *touchpoints]]]


def _conform(tables):
    [whole] = tables["journeys"]
    customers = whole["customers"]
    names = list(journey_map.STAGES)

    def deviation(text):
        words = text.split()
        return [names.index(words[1]), SKIPPED] if words[0] == "skipped" else [
            names.index(words[2]), START if words[4] == "(start)" else names.index(words[4])]

    return [
        [customers, round(whole["without deviation"] * customers), round(whole["fitness"], 9),
         round(whole["fitness of several stages"], 9)],
        [[row["skipped"], row["returned to"], row["left"]] for row in tables["stages"]],
        sorted([*deviation(row["deviation"]), row["customers"], round(row["conversion"] * row["customers"])]
               for row in tables["deviations"])]


def _counted(rate, whole):
    return [0 if rate is None else round(rate * whole), whole]


def _drivers(tables):
    shape = []
    for row in tables["rows"]:
        name, value, now, of, _, before, of_before, *_ = row.values()
        shape.append([name, value, *_counted(now, of), *_counted(before, of_before)])
    return sorted(shape)


def _compare(tables):
    _, one, of, other, of_other, *_ = tables["rows"][0].values()
    return [*_counted(one, of), *_counted(other, of_other)]


def _attribute(tables):
    return sorted(
        [row["channel"], row["first"], row["last"], round(row["linear"], 6)] for row in tables["credit"])


def observed(rows, last_ms):
    """Retention rows without the weeks that end after the last event, as Waymark leaves them out."""
    whole_weeks = last_ms // WEEK_MS
    return [row[: 2 + max(0, whole_weeks - row[0])] for row in rows]


QUESTIONS = [
    Question("funnel", "4-step funnel in 7 days", f"funnel {_FUNNEL}",
             lambda tables: [row["customers"] for row in tables["steps"]]),
    Question("channel", "the same by channel", f"funnel {_FUNNEL} by channel", _by_channel),
    Question("week", "the same per week", f"funnel {_FUNNEL} per week",
             lambda tables: [
                 [_week(row["week"]), row["entered"], row["converted"]] for row in tables["per week"] if row["entered"]]),
    Question("paths", "top 20 paths after signup",
             f"paths from signup depth {AFTER_SIGNUP + 1} top {TOP_PATHS} using events", _paths),
    Question("retention", "weekly retention", "retention of * per week", _retention),
    Question("time", "time to convert, median and p90", f"time {_FUNNEL}", _time),
    Question("days", "events by day", "count per day",
             lambda tables: [
                 [(date.fromisoformat(row["day"]) - _MONDAY).days, row["events"]] for row in tables["per day"] if row["events"]]),
    Question("follows", "directly-follows counts", "flow using events",
             lambda tables: sorted([row["from"], row["to"], row["times"]] for row in tables["transitions"]
                                   if row["to"] != "(end)")),
    Question("map", "map of 14 touchpoints", "show map with metrics", _map, funnels=2),
    Question("conform", "designed and lived journeys", "conform top 100", _conform, funnels=4),
    Question("drivers", "who is behind a change", f"drivers of funnel {_FUNNEL} during {_days(*NOW)} vs {_days(*BEFORE)} top 1000",
             _drivers, rated=False),
    Question("compare", "two groups compared", f"compare funnel {_FUNNEL} between device = phone and device = desktop", _compare,
             rated=False),
    Question("attribute", "credit by three models", "attribute purchase to channel within 30d using first, last, linear top 20",
             _attribute, rated=False),
]
