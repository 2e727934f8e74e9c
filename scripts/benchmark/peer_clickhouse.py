"""ClickHouse, in the process (chDB): a MergeTree ordered by customer and time, one part, names as enumerations."""

import json

from . import journey_map, shop
from .questions import AFTER_SIGNUP, STEPS, TOP_PATHS, WEEK_MS, WEEKS, WINDOW_MS

NAME = "ClickHouse"
STORE = "clickhouse"


def version():
    import chdb

    return chdb.engine_version if isinstance(getattr(chdb, "engine_version", None), str) else chdb.__version__


def _enumeration(names):
    return "Enum8(" + ", ".join(f"'{name}' = {code}" for code, name in enumerate(names)) + ")"


def load(data, store):
    """Makes the store; its bytes, without the parts that were merged and will be removed."""
    base = open_store(store)
    base.query("create database bench")
    base.query(f"""
        create table bench.events (
          customer UInt32, ms UInt64 codec(Delta, LZ4), event {_enumeration(shop.EVENTS)},
          channel {_enumeration(shop.CHANNELS)}, country LowCardinality(String), device LowCardinality(String),
          revenue Nullable(Decimal(12, 2)))
        engine = MergeTree order by (customer, ms)""")
    base.query(f"""
        insert into bench.events
        select toUInt32(substring(customer, 2)), toUnixTimestamp64Milli(time) - {shop.FIRST_MS}, event, channel,
               country, device, revenue
        from file('{data.csv}', 'CSVWithNames', 'customer String, event String, time DateTime64(3, \\'UTC\\'),
          channel String, country String, device String, revenue Nullable(Decimal(12, 2))')
        settings max_threads = 2, max_insert_threads = 2""")
    base.query("optimize table bench.events final")
    size = base.query("select sum(bytes_on_disk) from system.parts where active and database = 'bench'", "TSV")
    base.close()
    return int(str(size))


def open_store(store):
    from chdb import session

    return session.Session(str(store))


def formulations():
    """{question: {name: ask}}, where ask takes what open_store gives and returns the answer's shape."""
    asked = {
        "funnel": {"windowFunnel": (_FUNNEL, _row)},
        "channel": {"arrays": (_grouped("toString(cast(toInt8(intDiv(start, 4) % 8), "
                                        f"'{_escaped(_enumeration(shop.CHANNELS))}'))"), _rows)},
        "week": {"arrays": (_grouped(f"intDiv(intDiv(start, 32), {WEEK_MS})", "count(), countIf(depth >= 4)"), _rows)},
        "paths": {"arrays": (_PATHS, _paths)},
        "retention": {"two earliest": (_RETENTION_TWO, _retention), "by customer and week": (_RETENTION_WEEKS, _retention)},
        "time": {"arrays": (_TIMES, _time)},
        "days": {"group": (f"select intDiv(ms, {shop.DAY_MS}) d, count() from bench.events group by d", _rows)},
        "follows": {"arrays": (_FOLLOWS_ARRAYS, _rows), "window": (_FOLLOWS_WINDOW, _rows)},
        "map": {"arrays": (_MAP, lambda rows: journey_map.answer(rows[0]))},
    }
    return {
        question: {
            f"{name}{suffix}": _asking(f"{sql} settings max_threads = 2, optimize_aggregation_in_order = {in_order}", shape)
            for name, (sql, shape) in forms.items() for in_order, suffix in [(0, ""), (1, ", in order")]}
        for question, forms in asked.items()}


def _asking(sql, shape):
    def ask(base):
        lines = str(base.query(sql, "JSONCompactEachRow")).splitlines()
        return shape([[_plain(value) for value in json.loads(line)] for line in lines])

    return ask


def _plain(value):
    """Numbers of 64 bits come as text."""
    return int(value) if isinstance(value, str) and value.isdigit() else value


def _escaped(text):
    return text.replace("'", "\\'")


def _row(rows):
    return rows[0]


def _rows(rows):
    return sorted(rows)


def _paths(rows):
    return [[count, path] for path, count in rows]


def _time(rows):
    [(count, (median, p90))] = rows
    return [count, round(float(median) * 1000), round(float(p90) * 1000)]


def _retention(rows):
    return sorted(row[: 2 + WEEKS - row[0]] for row in rows)


_IN_STEPS = f"event in {tuple(STEPS)}"
_DEPTHS = ", ".join(f"countIf(depth >= {depth})" for depth in range(1, 5))

_FUNNEL = f"""
    select {_DEPTHS} from (
      select windowFunnel({WINDOW_MS})(ms, {', '.join(f"event = '{step}'" for step in STEPS)}) depth
      from bench.events where {_IN_STEPS} group by customer)"""

# windowFunnel says how deep a chain goes and not where it began; so an array per customer, of numbers that hold an event's
# time, channel and step, runs through arrayFill, which repeats the latest start until the next one.
_STEP = "transform(toInt8(event), " + str([shop.EVENTS.index(step) for step in STEPS]) + ", [0, 1, 2, 3], 0)"
_CHAINS = f"""
    with arraySort(groupArray(ms * 32 + toUInt8(channel) * 4 + toUInt64({_STEP}))) as steps,
      arrayFill(x -> x % 4 = 0, steps) as s1,
      arrayMap((x, s) -> if(x % 4 = 1 and s % 4 = 0 and intDiv(x, 32) - intDiv(s, 32) <= {WINDOW_MS}, s + 1, 0), steps, s1) as c2,
      arrayFill(x -> x > 0, c2) as s2,
      arrayMap((x, s) -> if(x % 4 = 2 and s > 0 and intDiv(x, 32) - intDiv(s, 32) <= {WINDOW_MS}, s, 0), steps, s2) as c3,
      arrayFill(x -> x > 0, c3) as s3,
      arrayMap((x, s) -> if(x % 4 = 3 and s > 0 and intDiv(x, 32) - intDiv(s, 32) <= {WINDOW_MS}, s, 0), steps, s3) as c4,
      arrayFirst(x -> x % 4 = 0, steps) as f1, arrayFirst(x -> x > 0, c2) as f2, arrayFirst(x -> x > 0, c3) as f3,
      arrayFirstIndex(x -> x > 0, c4) as bought"""


def _grouped(group, counts=_DEPTHS):
    return f"""{_CHAINS}
        select {group} g, {counts} from (
          select multiIf(bought > 0, 4, f3 > 0, 3, f2 > 0, 2, 1) depth,
                 multiIf(bought > 0, c4[bought], f3 > 0, f3, f2 > 0, f2, f1) start
          from bench.events where {_IN_STEPS} group by customer having countIf(event = '{STEPS[0]}') > 0)
        group by g"""


_TIMES = f"""{_CHAINS}
    select count(), quantilesExactInclusive(0.5, 0.9)(toInt64(d)) from (
      select intDiv(steps[bought], 32) - intDiv(c4[bought], 32) d
      from bench.events where {_IN_STEPS} group by customer having bought > 0)"""

_NAME_CODES = f"'{_escaped(_enumeration(shop.EVENTS))}'"
_SIGNUP = shop.EVENTS.index("signup")
_PATHS = f"""
    select arrayMap(x -> toString(cast(toInt8(x), {_NAME_CODES})), path) p, count() n from (
      select arraySort(groupArray(ms * 32 + toUInt8(event))) g, arrayFirstIndex(x -> x % 32 = {_SIGNUP}, g) i,
             arraySlice(arrayCompact(arrayMap(x -> toUInt8(x % 32), arraySlice(g, i))), 1, {AFTER_SIGNUP + 1}) path
      from bench.events where customer in (select customer from bench.events where event = 'signup') group by customer)
    group by path order by n desc, path limit {TOP_PATHS}"""

_BACK = ", ".join(f"countIf(bitTest(mask, cohort + {n}))" for n in range(1, WEEKS))
_MASK = f"groupBitOr(bitShiftLeft(toUInt32(1), intDiv(ms, {WEEK_MS}))) mask"
_RETENTION_TWO = f"""
    select cohort, count(), countIf(again = cohort), {_BACK} from (
      select groupArraySorted(2)(ms) firsts, {_MASK}, intDiv(firsts[1], {WEEK_MS}) cohort,
             if(length(firsts) = 2, intDiv(firsts[2], {WEEK_MS}), 99) again
      from bench.events group by customer)
    group by cohort"""
_RETENTION_WEEKS = f"""
    select cohort, count(), countIf(n > 1), {_BACK} from (
      select customer, min(w) cohort, groupBitOr(bitShiftLeft(toUInt32(1), w)) mask, argMin(c, w) n from (
        select customer, intDiv(ms, {WEEK_MS}) w, count() c from bench.events group by customer, w)
      group by customer)
    group by cohort"""

_FOLLOWS_ARRAYS = f"""
    select toString(cast(toInt8(pair.1), {_NAME_CODES})) a, toString(cast(toInt8(pair.2), {_NAME_CODES})) b, count() from (
      select arrayMap(x -> toUInt8(x % 32), arraySort(groupArray(ms * 32 + toUInt8(event)))) g,
             arrayJoin(arrayZip(arrayPopBack(g), arrayPopFront(g))) pair
      from bench.events group by customer)
    group by pair"""
_FOLLOWS_WINDOW = """
    select toString(event), toString(next), count() from (
      select event, leadInFrame(event) over w next, leadInFrame(1) over w has from bench.events
      window w as (partition by customer order by ms rows between unbounded preceding and unbounded following))
    where has = 1 group by event, next"""

# An array per customer, of numbers that hold an event's time and its touchpoint's code; 0 is none.
_CODES = [shop.EVENTS.index(name) for name in journey_map.TOUCHPOINTS]
_CODE = f"transform(toInt8(event), {_CODES}, {list(range(len(_CODES)))}, 0)"
_MAP = "with " + ", ".join(
    f"arrayFirst(x -> x % 16 >= {codes.start} and x % 16 < {codes.stop}, g) as f{stage}, "
    f"if(f{stage} > 0, arrayFirst(x -> x > f{stage} and x % 16 >= {codes.stop}, g), 0) as n{stage}"
    for stage, codes in enumerate(journey_map.CODES)
) + ", arrayMap(x -> x % 16, g) as codes select " + ", ".join(
    [f"countIf(earliest >= {codes.start} and earliest < {codes.stop}), "
     f"quantileExactInclusiveIf(0.5)(toInt64(t{stage}) - toInt64(s{stage}), t{stage} > 0)"
     for stage, codes in enumerate(journey_map.CODES)]
    + [f"countIf(bitAnd(met, {2**stop - 2**first}) > 0), countIf(bitAnd(met, {2**stop - 2**first}) > 0 and furthest >= {later})"
       for first, stop, later in journey_map.PLACES]
) + " from (select met, arrayMin(codes) earliest, arrayMax(codes) furthest, " + ", ".join(
    f"intDiv(f{stage}, 16) s{stage}, intDiv(n{stage}, 16) t{stage}" for stage in range(len(journey_map.STAGES))
) + f""" from (
      select arraySort(groupArray((ms + 1) * 16 + {_CODE})) g, groupBitOr(bitShiftLeft(toUInt32(1), {_CODE})) met
      from bench.events where event in {tuple(journey_map.TOUCHPOINTS)} group by customer))"""
