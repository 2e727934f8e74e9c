"""Polars: a Parquet file sorted by customer and time, names as enumerations, read lazily."""

import os

from . import journey_map, shop
from .questions import AFTER_SIGNUP, STEPS, TOP_PATHS, WEEK_MS, WEEKS, WINDOW_MS

NAME = "Polars"
STORE = "polars.parquet"

# Polars reads this when it is imported.
os.environ.setdefault("POLARS_MAX_THREADS", "2")


def version():
    import polars

    return polars.__version__


def load(data, store):
    """Makes the store; its bytes."""
    import polars as pl

    kinds = {name: pl.String for name in ["customer", "event", "time", "channel", "country", "device"]}
    time = pl.col("time").str.to_datetime("%Y-%m-%d %H:%M:%S%.3f", time_unit="ms").cast(pl.Int64)
    (pl.scan_csv(data.csv, schema={**kinds, "revenue": pl.Float64})
     .select(
        pl.col("customer").str.slice(1).cast(pl.UInt32), (time - shop.FIRST_MS).alias("ms"),
        pl.col("event").cast(pl.Enum(shop.EVENTS)), pl.col("channel").cast(pl.Enum(shop.CHANNELS)),
        "country", "device", "revenue")
     .sort("customer", "ms")
     .sink_parquet(store, engine="streaming"))
    return store.stat().st_size


def open_store(store):
    import polars

    return polars.scan_parquet(store)


def formulations():
    """{question: {name: ask}}, where ask takes what open_store gives and returns the answer's shape."""
    asked = {
        "funnel": {"filled forward": _funnel}, "channel": {"filled forward": _channel}, "week": {"filled forward": _week},
        "paths": {"shifted": _paths}, "retention": {"shifted": _retention},
        "time": {"filled forward": _time}, "days": {"group": _days}, "follows": {"shifted": _follows},
        "map": {"twice": _map},
    }
    return {
        question: {f"{name}, {engine}": _asking(ask, engine) for name, ask in forms.items()
                   for engine in ["streaming", "in-memory"]}
        for question, forms in asked.items()}


def _asking(ask, engine):
    return lambda events: ask(events, lambda frame: frame.collect(engine=engine))


def _chains(events):
    """A row per event of the steps, with `s1`: the key of the latest start that reaches step 1 so far, `c2` … `c4`: the start
    of the chain that this event completes to that depth. A key holds customer, time and channel; another customer's start is
    too far away to be within the window."""
    import polars as pl

    event, key = pl.col("event"), pl.col("key")
    rows = events.filter(event.is_in(STEPS)).select(
        "customer", "event",
        ((pl.col("customer").cast(pl.Int64) * 2**34 + pl.col("ms")) * 8 + pl.col("channel").to_physical().cast(pl.Int64))
        .alias("key"))
    rows = rows.with_columns(pl.when(event == STEPS[0]).then(key).forward_fill().alias("s1"))
    for depth in (2, 3, 4):
        start = pl.col(f"s{depth - 1}")
        reached = (event == STEPS[depth - 1]) & ((key // 8 - start // 8) <= WINDOW_MS)
        rows = rows.with_columns(pl.when(reached).then(start).alias(f"c{depth}"))
        rows = rows.with_columns(pl.col(f"c{depth}").forward_fill().alias(f"s{depth}"))
    return rows


def _starts(events):
    """A row per customer with a visit: depth and the key of the reported chain's start."""
    import polars as pl

    firsts = _chains(events).group_by("customer").agg(
        pl.col("key").filter(pl.col("event") == STEPS[0]).first().alias("f1"),
        *[pl.col(f"c{depth}").drop_nulls().first().alias(f"f{depth}") for depth in (2, 3, 4)]
    ).filter(pl.col("f1").is_not_null())
    reached = [pl.col(f"f{depth}").is_not_null() for depth in (2, 3, 4)]
    return firsts.select(
        (1 + sum(flag.cast(pl.UInt8) for flag in reached)).alias("depth"),
        pl.coalesce("f4", "f3", "f2", "f1").alias("start"))


def _depths():
    import polars as pl

    return [(pl.col("depth") >= depth).sum().alias(f"d{depth}") for depth in range(1, 5)]


def _funnel(events, collect):
    import polars as pl

    found = _chains(events).group_by("customer").agg(
        (pl.col("event") == STEPS[0]).any().alias("d1"),
        *[pl.col(f"c{depth}").is_not_null().any().alias(f"d{depth}") for depth in (2, 3, 4)])
    return list(collect(found.select(pl.col(f"d{depth}").sum() for depth in range(1, 5))).row(0))


def _channel(events, collect):
    import polars as pl

    rows = collect(_starts(events).group_by((pl.col("start") % 8).alias("g")).agg(_depths())).rows()
    return sorted([shop.CHANNELS[code], *depths] for code, *depths in rows)


def _week(events, collect):
    import polars as pl

    week = pl.col("start") // 8 % 2**34 // WEEK_MS
    counts = [pl.len().alias("n"), (pl.col("depth") == 4).sum().alias("converted")]
    return sorted(list(row) for row in collect(_starts(events).group_by(week.alias("g")).agg(counts)).rows())


def _time(events, collect):
    import polars as pl

    took = _chains(events).filter(pl.col("c4").is_not_null()).group_by("customer").agg(
        (pl.col("key") // 8 - pl.col("c4") // 8).first().alias("d"))
    quantiles = [pl.col("d").quantile(share, "linear").alias(str(share)) for share in (0.5, 0.9)]
    [(count, median, p90)] = collect(took.select(pl.len(), *quantiles)).rows()
    return [count, round(median * 1000), round(p90 * 1000)]


def _paths(events, collect):
    import polars as pl

    rows = events.select("customer", "ms", "event", pl.col("event").shift(1).alias("before"))
    since = events.filter(pl.col("event") == "signup").group_by("customer").agg(pl.col("ms").min().alias("since"))
    kept = rows.join(since, on="customer", maintain_order="left").filter(
        (pl.col("ms") == pl.col("since")) | ((pl.col("ms") > pl.col("since")) & (pl.col("before") != pl.col("event"))))
    paths = kept.group_by("customer").agg(pl.col("event").cast(pl.String).head(AFTER_SIGNUP + 1).alias("path"))
    counted = paths.select(pl.col("path").list.join(" ")).group_by("path").len()
    top = counted.sort(["len", "path"], descending=[True, False]).head(TOP_PATHS)
    return [[count, path.split(" ")] for path, count in collect(top).rows()]


def _retention(events, collect):
    """Cohorts by each customer's first row, weeks of return by the others."""
    import polars as pl

    rows = events.select("customer", (pl.col("ms") // WEEK_MS).alias("w"), pl.col("customer").shift(1).alias("owner"))
    is_first = (pl.col("owner") != pl.col("customer")).fill_null(True)
    people = rows.group_by("customer").agg(
        pl.col("w").min().alias("cohort"),
        *[((pl.col("w") == week) & ~is_first).any().alias(f"w{week}") for week in range(WEEKS)])
    counts = [pl.len().alias("size"), *[pl.col(f"w{week}").sum() for week in range(WEEKS)]]
    rows = collect(people.group_by("cohort").agg(counts)).rows()
    return sorted([cohort, size, *back[cohort:]] for cohort, size, *back in rows)


def _days(events, collect):
    import polars as pl

    rows = collect(events.group_by((pl.col("ms") // shop.DAY_MS).alias("d")).len()).rows()
    return sorted(list(row) for row in rows)


def _follows(events, collect):
    import polars as pl

    rows = events.select(
        "customer", "event", pl.col("customer").shift(1).alias("owner"), pl.col("event").shift(1).alias("before"))
    pairs = rows.filter(pl.col("owner") == pl.col("customer")).group_by("before", "event").len()
    return sorted(list(row) for row in collect(pairs).rows())


def _map(events, collect):
    """The first instant at each place by customer, and what came after that at a stage by a second look at the events."""
    import polars as pl

    places, code, ms = list(enumerate(journey_map.PLACES)), pl.col("code"), pl.col("ms")
    codes = [journey_map.TOUCHPOINTS.index(name) if name in journey_map.TOUCHPOINTS else 0 for name in shop.EVENTS]
    rows = events.filter(pl.col("event").is_in(journey_map.TOUCHPOINTS)).select(
        "customer", "ms", pl.col("event").to_physical().replace_strict(range(len(codes)), codes, return_dtype=pl.Int8).alias("code"))
    firsts = rows.group_by("customer").agg(
        code.max().alias("furthest"), code.min().alias("earliest"),
        *[pl.when(code >= first, code < stop).then(ms).min().alias(f"f{place}") for place, (first, stop, _) in places])
    nexts = rows.join(firsts, on="customer").group_by("customer").agg(
        pl.col("furthest", "earliest", *[f"f{place}" for place, _ in places]).first(),
        *[pl.when(code >= later, ms > pl.col(f"f{place}")).then(ms).min().alias(f"n{place}")
          for place, (_, _, later) in places[: len(journey_map.STAGES)]])
    figures = []
    for stage, codes in enumerate(journey_map.CODES):
        took = pl.col(f"n{stage}") - pl.col(f"f{stage}")
        figures += [pl.col("earliest").is_in(list(codes)).sum().alias(f"j{stage}"), took.quantile(0.5, "linear").alias(f"m{stage}")]
    for place, (_, _, later) in places:
        first = pl.col(f"f{place}")
        figures += [first.count(), (first.is_not_null() & (pl.col("furthest") >= later)).sum().alias(f"w{place}")]
    return journey_map.answer(collect(nexts.select(figures)).row(0))
