"""Writes exact.tsv: velocities and log-densities in closed form, with 40 digits,
for the test of "inkflow field --exact" and "inkflow loglik --exact". It shares
nothing with the Go code but the definitions. Needs mpmath.

    python3 exact.py > exact.tsv
"""
from mpmath import mp, mpf, erfc, exp, log, sqrt, pi, sin, cos, quad, nstr

mp.dps = 40

# A path: t -> alpha, sigma and their derivatives.


def polynomial(n):
    return lambda t: (t**n, 1 - t**n, n * t ** (n - 1), -n * t ** (n - 1))


def cosine(t):
    h = pi / 2
    return sin(h * t), cos(h * t), h * cos(h * t), -h * sin(h * t)


def linearvp(t):
    s = sqrt(1 - t * t)
    return t, s, mpf(1), -t / s


def beta(lo, hi, sub=False):
    def path(t):
        s = 1 - t
        total, rate = lo * s + (hi - lo) * s * s / 2, lo + (hi - lo) * s
        a = exp(-total / 2)
        if sub:
            return a, 1 - a * a, rate * a / 2, -rate * a * a
        sigma = sqrt(1 - a * a)
        return a, sigma, rate * a / 2, -rate * a * a / sigma / 2

    return path


def ve(lo, hi):
    def path(t):
        sigma = lo * (hi / lo) ** (1 - t)
        return mpf(1), sigma, mpf(0), -sigma * log(hi / lo)

    return path


PATHS = {
    "condot": polynomial(1),
    "polynomial": polynomial(2),
    "polynomial:n=3": polynomial(3),
    "cosine": cosine,
    "linearvp": linearvp,
    "vp": beta(mpf("0.1"), 20),
    "vp:min=0.5,max=8": beta(mpf("0.5"), 8),
    "subvp": beta(mpf("0.1"), 20, sub=True),
    "ve": ve(mpf("0.01"), 10),
    "targetcfm:min=0.1": lambda t: (t, 1 - mpf("0.9") * t, mpf(1), mpf("-0.9")),
}

# A target: (x, alpha, sigma) -> log p(x), E[X1 | x].


def squares(corners, side):
    """Constant on squares: one difference of error functions an axis."""

    def axis(x, lo, alpha, sigma):
        a, b = (alpha * lo - x) / sigma, (alpha * (lo + side) - x) / sigma
        if a > 0:
            mass = (erfc(a / sqrt(2)) - erfc(b / sqrt(2))) / 2
        else:
            mass = (erfc(-b / sqrt(2)) - erfc(-a / sqrt(2))) / 2
        normal = lambda z: exp(-z * z / 2) / sqrt(2 * pi)
        return mass / (alpha * side), (x + sigma * (normal(a) - normal(b)) / mass) / alpha

    def target(x, alpha, sigma):
        if sigma == 0:
            inside = any(all(lo <= v < lo + side for lo, v in zip(c, x)) for c in corners)
            return (-log(len(corners) * side * side) if inside else -mp.inf), None
        p, mean = mpf(0), [mpf(0), mpf(0)]
        for c in corners:
            looks = [axis(x[i], c[i], alpha, sigma) for i in (0, 1)]
            w = looks[0][0] * looks[1][0] / len(corners)
            p += w
            mean = [m + w * l[1] for m, l in zip(mean, looks)]
        return log(p), [m / p for m in mean]

    return target


def modes(centres, std):
    def target(x, alpha, sigma):
        c = alpha**2 * std**2 + sigma**2
        p, mean = mpf(0), [mpf(0), mpf(0)]
        for mu in centres:
            r = [x[i] - alpha * mu[i] for i in (0, 1)]
            w = exp(-(r[0] ** 2 + r[1] ** 2) / (2 * c)) / (2 * pi * c) / len(centres)
            p += w
            mean = [m + w * (mu[i] + alpha * std**2 / c * r[i]) for i, m in enumerate(mean)]
        return log(p), [m / p for m in mean]

    return target


def moons(x, alpha, sigma):
    """Two half circles with noise: integrals over the angle."""
    std = mpf("0.1")
    c = alpha**2 * std**2 + sigma**2
    arcs = (lambda a: (2 * cos(a) - 1, 2 * sin(a) - 1), lambda a: (1 - 2 * cos(a), -2 * sin(a)))

    def integral(what):
        pieces = [pi * k / 40 for k in range(41)]
        return sum(quad(lambda a: what(*arc(a)), pieces, maxdegree=5) for arc in arcs) / (2 * pi)

    weight = lambda u, v: exp(-((x[0] - alpha * u) ** 2 + (x[1] - alpha * v) ** 2) / (2 * c)) / (2 * pi * c)
    p = integral(weight)
    curve = [integral(lambda u, v: u * weight(u, v)) / p, integral(lambda u, v: v * weight(u, v)) / p]
    return log(p), [m + alpha * std**2 / c * (x[i] - alpha * m) for i, m in enumerate(curve)]


side = 1 / mpf("0.45")
TARGETS = {
    "checkerboard": squares([(side * (i - 2), side * (j - 2)) for i in range(4) for j in range(4) if (i + j) % 2 == 0], side),
    "8gaussians": modes([(5 * cos(pi * k / 4), 5 * sin(pi * k / 4)) for k in range(8)], mpf(1)),
    "square.png": squares([(mpf("-1.5"), mpf("-1.5"))], mpf(3)),
    "moons": moons,
}

POINTS = [(0.3, -0.7), (1.0, 0.75), (-5.0, 3.0), (6.0, -5.5)]

if __name__ == "__main__":
    print("# written by exact.py, do not edit")
    print("target\tpath\tt\tx\ty\tux\tuy\tloglik")
    for name, target in TARGETS.items():
        for path, curves in PATHS.items():
            if name == "moons" and path not in ("condot", "vp"):
                continue
            for t in (0.02, 0.5, 0.9):
                for x in POINTS:
                    x = [mpf(v) for v in x]
                    alpha, sigma, d_alpha, d_sigma = curves(mpf(t))
                    _, mean = target(x, alpha, sigma)
                    u = [d_alpha * m + d_sigma * (v - alpha * m) / sigma for v, m in zip(x, mean)]
                    last, _ = target(x, mpf(1), mpf(0))
                    row = [name, path, str(t)] + [nstr(v, 17) for v in (*x, *u, last)]
                    print("\t".join(row))
