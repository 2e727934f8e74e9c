"""usage: python3 make.py

Writes the tables beside it: what scipy and statsmodels say of distributions and intervals, each number with all its digits.
mpmath with 60 digits has the last word where scipy is less right than 1e-13: such rows end in `mpmath`.

Needs scipy, statsmodels and mpmath (made with 1.17.1, 0.15.0, 1.4.1).
"""
import pathlib

import mpmath
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

mpmath.mp.dps = 60
HERE = pathlib.Path(__file__).parent

DEGREES = [1, 1.5, 2, 2.7, 3, 4, 5, 7.25, 10, 19, 29.5, 30, 99, 199, 250.3, 999, 1001, 1500, 3000, 12345.6, 99999, 100001, 1e6, 1e9]
PROBABILITIES = [10.0**-exponent for exponent in (300, 200, 100, 50, 30, 20, 15, 12, 9, 7, 5, 4, 3)]
PROBABILITIES += [0.005, 0.01, 0.025, 0.05, 0.0749, 0.0751, 0.1, 0.2, 0.2499, 0.25, 0.2501, 0.3, 0.4, 0.45, 0.499, 0.4999999]
PROBABILITIES += [1 - probability for probability in PROBABILITIES if probability >= 1e-15]
VALUES = [0.0, 1e-12, 1e-5, 0.01, 0.1, 0.5, 0.9, 1, 1.2, 1.5, 1.7, 2, 2.5, 3, 5, 6.3, 7.7, 8, 10.9, 12, 20, 30, 37]
VALUES += [-value for value in VALUES if value]


def normal_below(z):
    return mpmath.erfc(-mpmath.mpf(z) / mpmath.sqrt(2)) / 2


def student_below(t, degrees):
    t, degrees = mpmath.mpf(t), mpmath.mpf(degrees)
    if t == 0:
        return mpmath.mpf(1) / 2
    far = student_beyond(abs(t), degrees)
    return far if t < 0 else 1 - far


def student_beyond(t, degrees):
    """By the hypergeometric series in 1 / (1 + t²/ν), whose terms have one sign."""
    x = degrees / (degrees + t * t)
    front = x ** (degrees / 2) * mpmath.sqrt(1 - x) * mpmath.gammaprod([degrees / 2 + mpmath.mpf(1) / 2], [degrees / 2, mpmath.mpf(1) / 2])
    return front / degrees * mpmath.hyp2f1(degrees / 2 + mpmath.mpf(1) / 2, 1, degrees / 2 + 1, x)


def student_density(t, degrees):
    degrees = mpmath.mpf(degrees)
    return (
        mpmath.gammaprod([(degrees + 1) / 2], [degrees / 2])
        / mpmath.sqrt(degrees * mpmath.pi)
        * (1 + t * t / degrees) ** (-(degrees + 1) / 2)
    )


def refined(start, wanted, below, density):
    """A quantile from one of about its size, by Newton's method on the logarithms of the smaller side and of the quantile."""
    wanted, sign = (mpmath.mpf(wanted), -1) if wanted < 0.5 else (1 - mpmath.mpf(wanted), 1)
    place = mpmath.log(abs(mpmath.mpf(start)))
    for _ in range(200):
        t = mpmath.exp(place)
        found = below(-t)
        step = mpmath.log(found / wanted) * found / density(t) / t
        place += max(-1, min(1, step))
        if abs(step) < mpmath.mpf(10) ** -30:
            return t * sign
    raise ArithmeticError(f"no quantile of {wanted}")


def chosen(by_scipy, exact):
    """What the fixture says, and who said it."""
    exact = mpmath.mpf(exact)
    if exact == by_scipy or (exact != 0 and abs(mpmath.mpf(by_scipy) / exact - 1) < 1e-13):
        return repr(float(by_scipy)), "scipy"
    return repr(float(exact)), "mpmath"


def write(name, columns, rows):
    lines = ["\t".join(columns)] + ["\t".join(str(cell) for cell in row) for row in rows]
    (HERE / name).write_text("\n".join(lines) + "\n")


def normal():
    for z in VALUES:
        yield "below", "", repr(float(z)), *chosen(stats.norm.cdf(z), normal_below(z))
    for p in PROBABILITIES:
        start = stats.norm.ppf(p)
        exact = refined(start, p, normal_below, lambda z: mpmath.exp(-z * z / 2) / mpmath.sqrt(2 * mpmath.pi))
        yield "quantile", "", repr(p), *chosen(start, exact)


def student():
    for degrees in DEGREES:
        for t in VALUES:
            yield "below", repr(float(degrees)), repr(float(t)), *chosen(stats.t.cdf(t, degrees), student_below(t, degrees))
        for p in PROBABILITIES:
            z = stats.norm.ppf(p)
            start = mpmath.sqrt(degrees * mpmath.expm1(mpmath.mpf(z) ** 2 / degrees))
            exact = refined(start, p, lambda t: student_below(t, degrees), lambda t: student_density(t, degrees))
            yield "quantile", repr(float(degrees)), repr(p), *chosen(stats.t.ppf(p, degrees), exact)


def intervals():
    for count, whole in [(0, 5), (5, 5), (1, 2), (7, 10), (41, 60), (812, 1000), (123456, 200000)]:
        yield "csat", f"{count} {whole}", *map(repr, map(float, proportion_confint(count, whole, 0.05, "wilson")))
    for counts in [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (9, 1, 0), (0, 3, 7), (40, 35, 25), (600, 250, 150), (123456, 65432, 43210)]:
        p, n, d = counts[0] + 0.75, counts[1] + 1.5, counts[2] + 0.75
        adjusted = DescrStatsW([1, 0, -1], weights=[p, n, d], ddof=0)
        half = stats.norm.ppf(0.975) * (adjusted.var / (p + n + d)) ** 0.5
        low, high = max(-1.0, adjusted.mean - half), min(1.0, adjusted.mean + half)
        yield "nps", " ".join(map(str, counts)), repr(float(low)), repr(float(high))
    for scores in [(0, 0, 0, 0, 0, 1, 1), (1, 0, 0, 0, 0, 0, 1), (0, 0, 2, 3, 5, 7, 4), (12, 30, 44, 51, 203, 187, 96), (0, 0, 0, 0, 0, 0, 9)]:
        described = DescrStatsW([1, 2, 3, 4, 5, 6, 7], weights=scores)
        yield "ces", " ".join(map(str, scores)), *map(repr, map(float, described.tconfint_mean(0.05)))


write("distributions.tsv", ["question", "degrees", "of", "answer", "by"], [*normal(), *student()])
write("intervals.tsv", ["score", "answers", "low", "high"], intervals())
