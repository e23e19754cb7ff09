"""Writes figures.json: clouds of points, and what others say of them.

    python3 -m venv venv
    venv/bin/pip install POT==0.9.7.post1 scipy==1.17.1 scikit-learn==1.9.1 numpy==2.4.6
    venv/bin/python make_figures.py

The test TestFigures holds this package to these numbers, to 1e-6. Do not edit
the file by hand; change this script and run it again.
"""

import json

import numpy as np
import ot
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist, pdist
from scipy.stats import energy_distance, multivariate_normal, sem
from sklearn.metrics.pairwise import rbf_kernel

rng = np.random.default_rng(20231107)
WIDTHS = 6  # of the kernel, each half of the one before


def ring(n, sharp):
    a = rng.integers(8, size=n) * np.pi / 4
    return 5 * np.stack([np.cos(a), np.sin(a)], 1) + sharp * rng.normal(size=(n, 2))


def exact(points):
    """Multiples of 1/1024 are the same in float32, float64 and few digits."""
    return np.round(points * 1024) / 1024


def without_diagonal(k):
    n = len(k)
    return (k.sum() - np.trace(k)) / (n * (n - 1))


def compare(name, x, y):
    x, y = exact(x), exact(y)
    n, m, d = len(x), len(y), x.shape[1]
    h = float(np.sqrt(np.var(y, axis=0).mean()))
    kernel = lambda a, b: sum(rbf_kernel(a, b, gamma=0.5 / (h / 2**k) ** 2) for k in range(WIDTHS)) / WIDTHS
    case = {
        "name": name,
        "d": d,
        "x": x.T.ravel().tolist(),  # [d × n]
        "y": y.T.ravel().tolist(),  # [d × m]
        "bandwidth": h,
        # scikit-learn; the estimator of Gretton et al. 2012, equation 3
        "mmd2": without_diagonal(kernel(x, x)) + without_diagonal(kernel(y, y)) - 2 * kernel(x, y).mean(),
        # SciPy's distances in the formula of Székely and Rizzo 2013, without bias
        "energy": 2 * cdist(x, y).mean() - pdist(x).mean() - pdist(y).mean(),
    }
    if d == 1:
        # the root of the biased form: pairs of a point with itself count as 0
        case["scipy_energy"] = energy_distance(x[:, 0], y[:, 0])
    if n == m:
        cost = ot.dist(x, y, metric="sqeuclidean")
        case["pot_w2"] = float(np.sqrt(ot.emd2(ot.unif(n), ot.unif(m), cost, numItermax=10**7)))
        rows, cols = linear_sum_assignment(cdist(x, y, "sqeuclidean"))
        case["scipy_w2"] = float(np.sqrt(((x[rows] - y[cols]) ** 2).sum(1).mean()))
        directions = rng.normal(size=(16, d))
        directions /= np.linalg.norm(directions, axis=1, keepdims=True)
        case["directions"] = directions.ravel().tolist()  # [16 × d]
        case["pot_sliced"] = float(ot.sliced_wasserstein_distance(x, y, projections=directions.T, p=2))
    return case


def count(name, weights, x, x0, y0, cell):
    """weights is [h × w], row 0 at the bottom."""
    x = exact(x)
    h, w = weights.shape
    edges = (y0 + cell * np.arange(h + 1), x0 + cell * np.arange(w + 1))
    hits = np.histogram2d(x[:, 1], x[:, 0], bins=edges)[0]
    mass = weights / weights.sum()
    heavy = np.sort(mass.ravel())[::-1]
    least = heavy[np.searchsorted(np.cumsum(heavy), 0.99)]
    inside = mass >= least
    return {
        "name": name,
        "w": w,
        "h": h,
        "x0": x0,
        "y0": y0,
        "cell": cell,
        "weights": weights.ravel().tolist(),
        "x": x.T.ravel().tolist(),
        "mass": mass[inside].sum(),
        "inside": hits[inside].sum() / len(x),
        "coverage": mass[inside & (hits > 0)].sum() / mass[inside].sum(),
        "expected": (mass * (1 - (1 - mass) ** len(x)))[inside].sum() / mass[inside].sum(),
    }


def likelihood(n):
    q = multivariate_normal([0.5, -1], [[2, 0.3], [0.3, 0.5]])
    log_density = q.logpdf(rng.normal(size=(n, 2)))
    return {"log_density": log_density.tolist(), "nll": -log_density.mean(), "error": sem(log_density)}


few = rng.normal(size=(7, 2))  # places that many points share
hill = np.exp(-0.5 * ((np.arange(12) - 5) ** 2)[None, :] / 4 - 0.5 * ((np.arange(10) - 4) ** 2)[:, None] / 2)
figures = {
    "clouds": [
        compare("normal to ring", rng.normal(size=(64, 2)), ring(64, 0.3)),
        compare("like", rng.normal(size=(300, 2)), rng.normal(size=(300, 2))),
        compare("clusters", ring(96, 0.01), ring(96, 0.01)),
        compare("duplicates", few[rng.integers(7, size=60)], few[rng.integers(7, size=60)] + 1),
        compare("ties", rng.integers(5, size=(80, 2)), rng.integers(1, 6, size=(80, 2))),
        compare("on a line", rng.normal(size=(90, 1)), rng.exponential(size=(90, 1))),
        compare("in space", rng.normal(size=(50, 3)), 2 * rng.normal(size=(50, 3)) + 1),
        compare("fewer", rng.normal(size=(30, 2)), rng.normal(size=(45, 2)) + 0.5),
        compare("fewer, on a line", rng.normal(size=(30, 1)), rng.normal(size=(45, 1)) + 0.5),
    ],
    "cells": [
        count("hill", np.round(1000 * hill), rng.normal(size=(150, 2)) * 0.7 + [0.1, 0.2], -1.5, -1.25, 0.25),
        count("checkerboard", (np.indices((6, 8)).sum(0) % 2).astype(float), rng.uniform(-2, 2, size=(40, 2)), -2, -1.5, 0.5),
        count("one cell", np.array([[3.0]]), rng.uniform(-0.5, 1.5, size=(30, 2)), 0, 0, 1),
    ],
    "likelihood": likelihood(200),
}


def text(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=float)


def member(part):
    """One line per cloud or field, for a readable difference."""
    return "{" + ",\n".join(f"{text(k)}:{text(v)}" for k, v in part.items()) + "}"


with open("figures.json", "w", encoding="utf-8") as f:
    f.write('{"clouds":[' + ",\n".join(map(member, figures["clouds"])))
    f.write('],\n"cells":[' + ",\n".join(map(member, figures["cells"])))
    f.write('],\n"likelihood":' + member(figures["likelihood"]) + "}\n")
