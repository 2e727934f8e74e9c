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
#: All that is measured, stages first: the first code there and the first behind it, and the first code at a later stage.
PLACES = [(codes.start, codes.stop, codes.stop) for codes in CODES] + [
    (code, code + 1, codes.stop) for codes in CODES for code in codes]


def answer(row):
    """The answer's shape, of a row of how many joined at each stage, and then three figures of each place, medians in milliseconds."""
    joined, rest = list(row[: len(STAGES)]), row[len(STAGES) :]
    figures = zip(rest[::3], rest[1::3], rest[2::3])
    return [joined, [[seen, went_on, None if median is None else round(float(median) * 1000)] for seen, went_on, median in figures]]


def csv():
    """As `load map` reads it."""
    lines = ["kind,name,under,parent"]
    for stage, names in STAGES.items():
        lines += [f"stage,{stage},,", *(f"touchpoint,{name},stage,{stage}" for name in names)]
    return "\n".join(lines) + "\n"
