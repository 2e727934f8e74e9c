"""The map that the benchmark's events are measured on: stages in their order, each with touchpoints that bear the names of events."""

STAGES = {
    "Discover": ["ad_clicked", "newsletter_opened", "visit", "app_opened"],
    "Explore": ["search", "product_viewed", "reviews_read", "wishlist_added"],
    "Choose": ["cart_added", "coupon_redeemed"],
    "Buy": ["checkout_started", "purchase"],
    "Keep": ["delivered", "review_written"],
}
#: In map order: the place of a touchpoint here is its code, so that codes at later stages are larger.
TOUCHPOINTS = [name for names in STAGES.values() for name in names]

_ENDS = [sum(map(len, list(STAGES.values())[: place + 1])) for place in range(len(STAGES))]
#: By stage, the codes of its touchpoints.
CODES = [range(end - len(names), end) for end, names in zip(_ENDS, STAGES.values())]
#: All that is measured, stages first: the first code there and the first behind it, and the first code at a later stage. The times that
#: people take are asked of stages.
PLACES = [(codes.start, codes.stop, codes.stop) for codes in CODES] + [
    (code, code + 1, codes.stop) for codes in CODES for code in codes]


def answer(row):
    """The answer's shape, of a row of two figures of each stage, the median in milliseconds, and then two of each place."""
    figures, counts = row[: 2 * len(STAGES)], row[2 * len(STAGES) :]
    stages = [[joined, None if median is None else round(float(median) * 1000)] for joined, median in zip(figures[::2], figures[1::2])]
    return [stages, [[seen, went_on] for seen, went_on in zip(counts[::2], counts[1::2])]]


def csv():
    """As `load map` reads it."""
    lines = ["kind,name,under,parent"]
    for stage, names in STAGES.items():
        lines += [f"stage,{stage},,", *(f"touchpoint,{name},stage,{stage}" for name in names)]
    return "\n".join(lines) + "\n"
