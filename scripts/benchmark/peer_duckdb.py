"""DuckDB: a table sorted by customer and time, names as enumerations, the customer's number for their text."""

from . import map_duckdb, shop
from .questions import AFTER_SIGNUP, BEFORE, CREDIT_MS, NOW, STEPS, TOP_PATHS, WEEK_MS, WEEKS, WINDOW_MS

NAME = "DuckDB"
STORE = "duckdb.db"


def version():
    import duckdb

    return duckdb.__version__


def load(data, store):
    """Makes the store; its bytes."""
    import duckdb

    base = duckdb.connect(str(store))
    base.execute("set threads = 2")
    for name, values in [("event_name", shop.EVENTS), ("channel_name", shop.CHANNELS)]:
        base.execute(f"create type {name} as enum ({', '.join(map(repr, values))})")
    base.execute(f"""
        create table events as
        select substr(customer, 2)::integer customer, epoch_ms(time) - {shop.FIRST_MS} ms, event::event_name as event,
               channel::channel_name channel, country, device, revenue
        from read_csv('{data.csv}', header = true, columns = {{
          'customer': 'varchar', 'event': 'varchar', 'time': 'timestamp', 'channel': 'varchar', 'country': 'varchar',
          'device': 'varchar', 'revenue': 'decimal(12, 2)'}})
        order by customer, ms""")
    base.execute("checkpoint")
    base.close()
    return store.stat().st_size


def open_store(store):
    import duckdb

    base = duckdb.connect(str(store), read_only=True)
    base.execute("set threads = 2")
    return base


def formulations():
    """{question: {name: ask}}, where ask takes what open_store gives and returns the answer's shape."""
    asked = {
        "funnel": {"asof joins": (_ASOF + _COUNTS, _row), "running maxima": (_RUNNING + _COUNTS, _row)},
        "channel": {"asof joins": (_ASOF + _grouped("channel"), _rows),
                    "running maxima": (_RUNNING + _grouped("channel"), _rows)},
        "week": {"asof joins": (_ASOF + _WEEKS, _rows), "running maxima": (_RUNNING + _WEEKS, _rows)},
        "paths": {"window": (_PATHS_WINDOW, _paths), "streaming lag": (_PATHS_LAG, _paths)},
        "retention": {"by customer and week": (_RETENTION_WEEKS, _retention), "two earliest": (_RETENTION_TWO, _retention),
                      "streaming lag": (_RETENTION_LAG, _retention)},
        "time": {"asof joins": (_ASOF + _TIMES, _time), "running maxima": (_RUNNING + _TIMES, _time)},
        "days": {"group": (f"select ms // {shop.DAY_MS} d, count(*) from events group by d", _rows)},
        "follows": {"streaming lag": (_FOLLOWS_LAG, _rows)},
        "drivers": {"asof joins": (_DRIVERS, _drivers)},
        "compare": {"asof joins": (_COMPARE, _compare)},
        "attribute": {"windows": (_CREDIT, _credit)},
        **map_duckdb.FORMULATIONS,
    }
    return {
        question: {name: _asking(sql, shape) for name, (sql, shape) in forms.items()} for question, forms in asked.items()}


def _asking(sql, shape):
    return lambda base: shape(base.execute(sql).fetchall())


def _row(rows):
    return list(rows[0])


def _rows(rows):
    return sorted([list(row) for row in rows])


def _paths(rows):
    return [[count, list(path)] for path, count in rows]


def _time(rows):
    [(count, median, p90)] = rows
    return [count, round(median * 1000), round(p90 * 1000)]


def _retention(rows):
    return sorted([week, size, *back[: WEEKS - week]] for week, size, *back in rows)


def _drivers(rows):
    names = {"weekday": "Mon Tue Wed Thu Fri Sat Sun".split()}
    values = {}
    for period, name, value, converted, entered in rows:
        value = names[name][int(value)] if name in names else value
        values.setdefault((name, value), {})[period] = [converted, entered]
    return sorted([*key, *found.get(0, [0, 0]), *found.get(1, [0, 0])] for key, found in values.items())


def _compare(rows):
    return [count for _, *counts in sorted(rows, reverse=True) for count in counts]


def _credit(rows):
    return sorted([channel, first, last, round(linear, 6)] for channel, first, last, linear in rows)


# Chains by joins: each event of a step takes the latest chain of the steps before it; `start` is where that began.
_ASOF = f"""
with visited as (select customer, ms, ms as start, channel from events where event = '{STEPS[0]}')
""" + "".join(f""",
{name} as (
  select e.customer, e.ms, b.start, b.channel
  from (select customer, ms from events where event = '{step}') e
  asof join {before} b on e.customer = b.customer and e.ms >= b.ms where e.ms - b.start <= {WINDOW_MS})
""" for before, name, step in [
    ("visited", "viewed", STEPS[1]), ("viewed", "carted", STEPS[2]), ("carted", "bought", STEPS[3])])

# Chains by running maxima over the sorted table: a key of customer and time makes the latest start the largest one, and
# another customer's start too far away to be within the window.
_RUNNING = f"""
with keyed as (
  select customer, ms, event, channel, customer::bigint << 34 | ms as key from events where event in {tuple(STEPS)}),
r1 as (select *, max(case when event = '{STEPS[0]}' then key << 3 | enum_code(channel) end) over sofar s1 from keyed
  window sofar as (rows between unbounded preceding and current row)),
r2 as (select *, case when event = '{STEPS[1]}' and key - (s1 >> 3) <= {WINDOW_MS} then s1 end c2 from r1),
r3 as (select *, max(c2) over (rows between unbounded preceding and current row) s2 from r2),
r4 as (select *, case when event = '{STEPS[2]}' and key - (s2 >> 3) <= {WINDOW_MS} then s2 end c3 from r3),
r5 as (select *, max(c3) over (rows between unbounded preceding and current row) s3 from r4),
r6 as (select *, case when event = '{STEPS[3]}' and key - (s3 >> 3) <= {WINDOW_MS} then s3 end c4 from r5),
""" + ",".join(f"""
{name} as (
  select customer, ms, ({start} >> 3) & {2**34 - 1} as start, enum_range(null::channel_name)[({start} & 7) + 1] as channel
  from r6 where {start} is not null {condition})
""" for name, start, condition in [
    ("visited", "s1", f"and event = '{STEPS[0]}'"), ("viewed", "c2", ""), ("carted", "c3", ""), ("bought", "c4", "")])

_COUNTS = "select " + ", ".join(
    f"(select count(distinct customer) from {name})" for name in ["visited", "viewed", "carted", "bought"])

# The deepest chain of each customer, its last event the earliest: `place` is largest for it.
_DEEPEST = ", chains as (" + " union all ".join(
    f"select customer, {depth}::bigint << 34 as base, ms, start, channel from {name}"
    for depth, name in enumerate(["visited", "viewed", "carted", "bought"], 1)) + ")"


def _grouped(group):
    depths = ", ".join(f"count(*) filter (place > {depth}::bigint << 34)" for depth in range(4))
    return _DEEPEST + f"""
        select g, {depths}
        from (select max(base - ms) place, arg_max({group}, base - ms) g from chains group by customer) group by g"""


_WEEKS = _DEEPEST + f"""
    select g, count(*), count(*) filter (place > 3::bigint << 34)
    from (select max(base - ms) place, arg_max(start, base - ms) // {WEEK_MS} g from chains group by customer) group by g"""

_TIMES = """
    select count(*), quantile_cont(d, 0.5), quantile_cont(d, 0.9)
    from (select arg_min(ms - start, ms) d from bought group by customer)"""

_TOP_PATHS = f"""
    , paths as (select list(event order by ms)[1:{AFTER_SIGNUP + 1}] path from kept group by customer)
    select path, count(*) n from paths group by path order by n desc, path limit {TOP_PATHS}"""

_PATHS_WINDOW = """
    with signed as (select customer, min(ms) since from events where event = 'signup' group by customer),
    after as (
      select e.customer, e.ms, e.event, lag(e.event) over (partition by e.customer order by e.ms) before
      from events e join signed s on e.customer = s.customer where e.ms >= s.since),
    kept as (select * from after where before is null or before <> event)""" + _TOP_PATHS

_PATHS_LAG = """
    with signed as (select customer, min(ms) since from events where event = 'signup' group by customer),
    pairs as (select customer, ms, event, lag(event) over () before from events),
    kept as (
      select p.customer, p.ms, p.event from pairs p join signed s on p.customer = s.customer
      where p.ms = s.since or (p.ms > s.since and p.before <> p.event))""" + _TOP_PATHS

_BACK = ", ".join(f"count(*) filter (mask >> (cohort + {n}) & 1 = 1)" for n in range(1, WEEKS))

_RETENTION_WEEKS = f"""
    with weeks as (select customer, ms // {WEEK_MS} w, count(*) n from events group by all),
    people as (select min(w) cohort, bit_or(1 << w) mask, arg_min(n, w) n from weeks group by customer)
    select cohort, count(*), count(*) filter (n > 1), {_BACK} from people group by cohort"""

_RETENTION_TWO = f"""
    with people as (
      select min(ms, 2) firsts, bit_or(1 << (ms // {WEEK_MS})) mask from events group by customer),
    cohorts as (select firsts[1] // {WEEK_MS} cohort, firsts[2] // {WEEK_MS} again, mask from people)
    select cohort, count(*), count(*) filter (again = cohort), {_BACK} from cohorts group by cohort"""

_RETENTION_LAG = f"""
    with pairs as (select customer, ms // {WEEK_MS} w, lag(customer) over () = customer later from events),
    people as (select min(w) cohort, bit_or(case when later then 1 << w else 0 end) mask from pairs group by customer)
    select cohort, count(*), count(*) filter (mask >> cohort & 1 = 1), {_BACK} from people group by cohort"""

_FOLLOWS_LAG = """
    select before, event, count(*)
    from (select customer, event, lag(event) over () before, lag(customer) over () owner from events)
    where owner = customer group by all"""

# The deepest chain of each customer that began in some days, from the first event of it that may begin one.
def _driven(period, first, last):
    inside = f"ms >= {first * shop.DAY_MS} and ms < {(last + 1) * shop.DAY_MS}"
    values = ", ".join(f"('{name}', {value})" for name, value in [
        ("channel", "e.channel::varchar"), ("country", "e.country"), ("device", "e.device"),
        ("weekday", f"(e.ms // {shop.DAY_MS} % 7)::varchar"), ("hour", "(e.ms // 3600000 % 24)::varchar")])
    return _ASOF.replace(f"event = '{STEPS[0]}'", f"event = '{STEPS[0]}' and {inside}", 1) + _DEEPEST + f""",
        deepest as (
          select customer, max(base - ms) > 3::bigint << 34 done, arg_max(start, base - ms) ms from chains group by customer)
        select {period} period, name, value, count(*) filter (done) converted, count(*) entered
        from deepest join events e using (customer, ms), lateral (values {values}) told(name, value) group by name, value"""


_DRIVERS = f"select * from ({_driven(0, *NOW)}) union all select * from ({_driven(1, *BEFORE)})"

# By the first device that a customer was seen with.
_COMPARE = _ASOF + _DEEPEST + """
    , depths as (select customer, max(base - ms) > 3::bigint << 34 done from chains group by customer),
    devices as (select customer, arg_min(device, ms) device from events group by customer)
    select device, count(*) filter (done), count(*) from depths join devices using (customer)
    where device in ('phone', 'desktop') group by device"""

_CREDIT = f"""
    with numbered as (
      select customer, ms, channel, event = 'purchase' goal,
             coalesce(sum((event = 'purchase')::integer) over (
               partition by customer order by ms rows between unbounded preceding and 1 preceding), 0) number
      from events),
    goals as (select customer, number, ms as until from numbered where goal),
    touches as (
      select customer, number, n.ms, n.channel, lag(n.channel) over (partition by customer, number order by n.ms) before
      from numbered n join goals using (customer, number) where not goal and until - n.ms <= {CREDIT_MS}),
    paths as (
      select customer, number, channel, row_number() over path place, count(*) over whole length
      from touches where before is null or before <> channel
      window path as (partition by customer, number order by ms), whole as (partition by customer, number))
    select channel::varchar, count(*) filter (place = 1), count(*) filter (place = length), sum(1.0::double / length)
    from paths group by channel
    union all
    select '(direct)', count(*), count(*), count(*) from goals anti join paths using (customer, number)"""
