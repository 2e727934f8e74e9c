"""The two questions of the map in DuckDB's SQL."""

from . import shop
from .journey_map import CODES, PLACES, STAGES, TOUCHPOINTS, answer
from .questions import SKIPPED, START

_LAST = len(STAGES) - 1
_EVENTS = f"event in {tuple(TOUCHPOINTS)}"


def _looked_up(values):
    """The value of an event on the map, by its place in the enumeration."""
    places = {name: value for name, value in zip(TOUCHPOINTS, values)}
    return f"{[places.get(name, 0) for name in shop.EVENTS]}[enum_code(event)::integer + 1]"


_STAGE_OF = [stage for stage, codes in enumerate(CODES) for _ in codes]
_ON_MAP = f"select customer, ms, {_looked_up(range(len(TOUCHPOINTS)))} code from events where {_EVENTS}"


def _places(rows):
    """From rows of a place and its two figures; what is said of stages alone stands at places below 0."""
    found = {place: figures for place, *figures in rows}
    return answer([figure for stage in range(len(STAGES)) for figure in found.get(-1 - stage, [0, None])]
                  + [figure for place in range(len(PLACES)) for figure in found.get(place, [0, 0])])


# The first instant at each place by customer, and what came after that at a stage by a second look at the events.
_TWICE = f"""
    with onmap as ({_ON_MAP}),
    firsts as (select customer, max(code) furthest, min(code) earliest, """ + ", ".join(
    f"min(ms) filter (code >= {first} and code < {stop}) f{place}" for place, (first, stop, _) in enumerate(PLACES)
) + """ from onmap group by customer),
    nexts as (select customer, any_value(furthest) furthest, any_value(earliest) earliest, """ + ", ".join(
    f"any_value(f{place}) f{place}" + (f", min(ms) filter (code >= {later} and ms > f{place}) n{place}" if place <= _LAST else "")
    for place, (_, _, later) in enumerate(PLACES)
) + """ from onmap join firsts using (customer) group by customer)
    select """ + ", ".join(
    [f"count(*) filter (earliest >= {codes.start} and earliest < {codes.stop}), quantile_cont(n{stage} - f{stage}, 0.5)"
     for stage, codes in enumerate(CODES)]
    + [f"count(f{place}), count(f{place}) filter (furthest >= {later})"
       for place, (_, _, later) in enumerate(PLACES)]) + " from nexts"


# A row for each customer and place, and the event that comes next behind a stage at a later one by a join to the nearest.
_ASOF = f"""
    with onmap as ({_ON_MAP}),
    places(place, first, stop, bound) as (values {', '.join(str((place, *bounds)) for place, bounds in enumerate(PLACES))}),
    codes as (select customer, code, min(ms) since from onmap group by all),
    people as (select customer, max(code) furthest, min(code) earliest from codes group by customer),
    firsts as (
      select customer, place, bound, min(since) since from codes join places on code >= first and code < stop group by all),
    later as (select customer, bound, ms from onmap join (select distinct bound from places) on code >= bound),
    nexts as (
      select place, l.ms - since took
      from (from firsts where place <= {_LAST}) f
      asof join later l on f.customer = l.customer and f.bound = l.bound and since < l.ms),
    joined as (select {_STAGE_OF}[earliest + 1] place, count(*) n from people group by 1)
    select place, count(*), count(*) filter (furthest >= bound) from firsts join people using (customer) group by place
    union all
    select -1 - place, coalesce(any_value(n), 0), quantile_cont(took, 0.5)
    from (from places where place <= {_LAST}) left join joined using (place) left join nexts using (place) group by place"""

# Journeys that are at the same stages one after another are one trace, which is aligned once. A visit's `len` is how many stages in
# order can be matched from it on, found from the last stage to the first; then each match is the nearest visit that leaves as many.
_TRACES = f"""
    with onmap as (select customer, ms, {_looked_up(_STAGE_OF)} stage from events where {_EVENTS}),
    pairs as (select customer, ms, stage, lag(stage) over () before, lag(customer) over () owner from onmap),
    traces as (
      select list(stage order by ms) trace from pairs
      where owner is distinct from customer or before <> stage group by customer),
    kinds as materialized (select row_number() over () id, trace, count(*) n from traces group by trace),
    rows{_LAST + 1} as (select id, unnest(trace) stage, generate_subscripts(trace, 1) place, null::integer len from kinds)""" + "".join(f""",
    rows{stage} as (
      select id, stage, place,
             case when stage = {stage} then 1 + coalesce(max(len) over (partition by id order by place desc), 0) else len end len
      from rows{stage + 1})""" for stage in range(_LAST, -1, -1)) + f""",
    visits as materialized (select *, lag(stage) over (partition by id order by place) before from rows0),
    wholes as materialized (
      select id, any_value(n) n, min(stage) low, max(stage) high, max(len) most, max(place) length,
             2 * most::double / (length + high - low + 1) fitness
      from visits join kinds using (id) group by id),
    match1 as (
      select id, max(len) len, min((8 - len)::bigint << 32 | place << 4 | stage) & {2**32 - 1} spot
      from visits group by id)""" + "".join(f""",
    match{number} as (
      select m.id, v.len, min(place << 4 | stage) spot from match{number - 1} m
      join visits v on v.id = m.id and v.len = m.len - 1 and place > spot >> 4 and stage > spot & 15 group by all)"""
    for number in range(2, _LAST + 2)) + """,
    matched as materialized (select id, spot >> 4 place, spot & 15 stage from (""" + " union all ".join(
    f"select id, spot from match{number}" for number in range(1, _LAST + 2)) + f""")),
    deviations as (
      select id, stage, {SKIPPED} before from wholes, range({_LAST + 1}) stages(stage) where stage between low and high
        and not exists (from matched m where m.id = wholes.id and m.stage = stages.stage)
      union all
      select distinct id, stage, coalesce(before, {START}) from visits anti join matched using (id, place)),
    counted as materialized (select id, stage, before, n, high from deviations join wholes using (id))
    select 0, sum(n), sum(n) filter (most = length and most = high - low + 1), sum(n * fitness), sum(n) filter (high > low),
           sum(n * fitness) filter (high > low) from wholes
    union all select 1, high, sum(n), 0, 0, 0 from wholes group by high
    union all select 2, stage, sum(n), 0, 0, 0
    from (select distinct id, stage, n from counted where before > stage) group by stage
    union all select 3, stage, before, sum(n), sum(n) filter (high = {_LAST}), 0 from counted group by stage, before"""


def _conform(rows):
    [(_, customers, straight, fitness, several, of_several)] = [row for row in rows if row[0] == 0]
    left, returned = ({row[1]: int(row[2]) for row in rows if row[0] == part} for part in (1, 2))
    deviations = sorted([int(value or 0) for value in row[1:5]] for row in rows if row[0] == 3)
    skipped = {stage: count for stage, before, count, _ in deviations if before == SKIPPED}
    return [
        [int(customers), int(straight), round(fitness / int(customers), 9), round(of_several / int(several), 9)],
        [[skipped.get(stage, 0), returned.get(stage, 0), left.get(stage, 0)] for stage in range(_LAST + 1)],
        deviations]


FORMULATIONS = {
    "map": {"twice": (_TWICE, lambda rows: answer(rows[0])), "asof join": (_ASOF, _places)},
    "conform": {"windows over traces": (_TRACES, _conform)},
}
