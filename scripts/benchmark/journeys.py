"""Makes the benchmark's data: customers' journeys through a made-up shop, the same for the same seed.

Shape, after what shops and apps see: journeys' lengths follow a power law (most are short, a few have thousands of events);
events come in sessions with a channel and a device each; customers keep a country and lean to a channel; they buy more or
less readily; people arrive over 90 days, more of them by day. Instants have milliseconds, and no customer has two events at
one instant, so every engine sees the same order.
"""

from dataclasses import dataclass

import numpy as np

from .shop import (
    CHANNEL_WEIGHTS, COUNTRIES, DAY_MS, DAYS, DEVICE_WEIGHTS, EAGERNESS, EAGERNESS_WEIGHTS, EVENTS, LONGEST_JOURNEY, TICKETS,
    TRANSITIONS)


def _lottery():
    """A table [eagerness, last event + 1, ticket] of next events; row 0 is for the beginning of a session."""
    lines = dict(line.split(None, 1) for line in TRANSITIONS.strip().splitlines())
    table = np.empty((len(EAGERNESS), len(lines), TICKETS), np.uint8)
    for row, state in enumerate(["(session)", *EVENTS]):
        entries = [choice.split() for choice in lines[state].split(", ")]
        codes = np.array([EVENTS.index(name) for name, _ in entries], np.uint8)
        for kind, eagerness in enumerate(EAGERNESS):
            weights = [float(text.rstrip("!")) * (eagerness if "!" in text else 1) for _, text in entries]
            ends = np.round(np.cumsum(weights) / np.sum(weights) * TICKETS).astype(int)
            table[kind, row] = np.repeat(codes, np.diff(ends, prepend=0))
    return table


LOTTERY = _lottery()


@dataclass
class Journeys:
    """Parallel columns, a row per event, sorted by customer and time."""

    #: Number of the customer, from 0 without gaps.
    customer: np.ndarray
    #: Milliseconds after shop.FIRST_MS.
    ms: np.ndarray
    #: Places in EVENTS, CHANNELS, COUNTRIES and DEVICES.
    event: np.ndarray
    channel: np.ndarray
    country: np.ndarray
    device: np.ndarray
    #: Cents; 0 where the event has no revenue.
    cents: np.ndarray

    def __len__(self):
        return len(self.ms)

    def taken(self, rows):
        """The same columns with only these rows (a mask or places)."""
        return Journeys(**{name: column[rows] for name, column in vars(self).items()})

    def by_time(self):
        """Places of the rows in the order of time, equal instants by customer."""
        return np.argsort(self.ms, kind="stable")


def make(rows, seed):
    """Exactly `rows` events."""
    random = np.random.default_rng(seed)
    lengths = _lengths(rows, random)
    first = np.cumsum(lengths) - lengths
    customer = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    is_first = np.zeros(rows, bool)
    is_first[first] = True
    opens_session = is_first | (random.random(rows, np.float32) < 0.2)
    event = _events(lengths, first, opens_session, random)
    ms = _instants(lengths, first, customer, is_first, opens_session, random)

    session = np.cumsum(opens_session) - 1
    owner = customer[opens_session]
    channel = _leaning(CHANNEL_WEIGHTS, 0.6, len(lengths), owner, random)[session]
    device = _leaning(DEVICE_WEIGHTS, 0.85, len(lengths), owner, random)[session]
    country = _drawn(1 / np.arange(1, len(COUNTRIES) + 1), len(lengths), random)[customer]
    cents = np.zeros(rows, np.int64)
    bought = event == EVENTS.index("purchase")
    cents[bought] = np.clip(random.lognormal(8.4, 0.75, bought.sum()), 100, 900_000)
    return Journeys(customer, ms, event, channel, country, device, cents)


def _lengths(rows, random):
    """Journeys' lengths, adding up to `rows`: Lomax distributed, on average about 20, half of them below 8."""
    customers = rows // 12 + 16
    lengths = np.minimum(random.pareto(1.6, customers) * 12 + 1, LONGEST_JOURNEY).astype(np.int64)
    ends = np.cumsum(lengths)
    assert ends[-1] >= rows, "too few customers drawn"
    lengths = lengths[: np.searchsorted(ends, rows) + 1]
    lengths[-1] -= lengths.sum() - rows
    return lengths


def _events(lengths, first, opens_session, random):
    """Event codes: every journey draws its next event by its last one; all journeys take their k-th step together."""
    eagerness = _drawn(EAGERNESS_WEIGHTS, len(lengths), random)
    longest_first = np.argsort(-lengths, kind="stable")
    starts, kinds, falling = first[longest_first], eagerness[longest_first], -lengths[longest_first]
    event = np.empty(lengths.sum(), np.uint8)
    for step in range(lengths.max()):
        going = np.searchsorted(falling, -step)
        here = starts[:going] + step
        last = np.where(opens_session[here], 0, event[here - 1].astype(np.int64) + 1)
        event[here] = LOTTERY[kinds[:going], last, random.integers(0, TICKETS, going)]
    return event


def _instants(lengths, first, customer, is_first, opens_session, random):
    """Milliseconds after shop.FIRST_MS, rising within a journey; one that would outlast the 90 days is drawn together."""
    rows = len(customer)
    busy = np.minimum(1.0, 40.0 / lengths).astype(np.float32)
    gap = np.exp(random.standard_normal(rows, np.float32) * 1.1 + np.log(38_000))
    pause = np.exp(random.standard_normal(rows, np.float32) + np.log(1.4 * DAY_MS)) * busy[customer]
    after = np.cumsum(np.where(is_first, 0, np.where(opens_session, pause, gap)), dtype=np.float64)
    after -= after[first][customer]

    day = random.choice(DAYS, len(lengths), p=_shares(np.where(np.arange(DAYS) < 4, 4, 1 + np.arange(DAYS) / 150)))
    hour = random.choice(24, len(lengths), p=_shares(2 + np.sin((np.arange(24) - 8) / 24 * 2 * np.pi)))
    start = day * DAY_MS + hour * 3_600_000 + random.integers(0, 3_600_000, len(lengths))
    span = np.maximum(after[first + lengths - 1], 1)
    room = (DAYS * DAY_MS - start - lengths - 1) * random.uniform(0.4, 1, len(lengths))
    after *= np.minimum(1, room / span)[customer]
    # Adding the place in the journey makes equal milliseconds differ.
    return after.astype(np.int64) + start[customer] + (np.arange(rows) - first[customer])


def _shares(weights):
    return np.asarray(weights, float) / np.sum(weights)


def _drawn(weights, count, random):
    return random.choice(len(weights), count, p=_shares(weights)).astype(np.uint8)


def _leaning(weights, share, customers, owner, random):
    """A value per session: mostly the customer's own one, else any. `owner` is each session's customer."""
    own = _drawn(weights, customers, random)[owner]
    return np.where(random.random(len(owner), np.float32) < share, own, _drawn(weights, len(owner), random))
