"""Writes gudhi_summaries.csv: summaries of one diagram by GUDHI's representations.

    /usr/bin/python3 gudhi_summaries.py > gudhi_summaries.csv

needs Debian's python3-gudhi, python3-sklearn and python3-pot.
"""

import math
import platform

import gudhi
import gudhi.representations as r
import numpy as np
from gudhi.wasserstein import wasserstein_distance as distance
from gudhi.wasserstein.barycenter import lagrangian_barycenter

# Ties, nested and touching intervals, and births and deaths on the values of the grid.
intervals = [(0, 2), (0, 2), (0, 1), (0.5, 1.5), (1, 2), (2, 3), (0.25, 3.5), (1.1, 1.3), (2.2, 3.9)]
rng = np.random.default_rng(3)
for _ in range(12):
    birth = round(3 * rng.random(), 3)
    intervals.append((birth, round(birth + 0.01 + rng.random(), 3)))
diagram = np.array(intervals)

lines = [("births", diagram[:, 0]), ("deaths", diagram[:, 1])]


def add(name, method):
    lines.append((name, np.ravel(method(diagram))))


grid = dict(resolution=33, sample_range=[0.0, 4.0])
add("landscape", r.Landscape(num_landscapes=4, **grid))
add("landscape of all levels", r.Landscape(num_landscapes=25, **grid))
add("silhouette", r.Silhouette(**grid))
add("silhouette of power 2", r.Silhouette(weight=lambda x: (x[1] - x[0]) ** 2, **grid))
add("betti", r.BettiCurve(**grid))
add("entropy", r.Entropy())
add("entropy curve", r.Entropy(mode="vector", normalized=False, **grid))
add("entropy curve normalized", r.Entropy(mode="vector", normalized=True, **grid))
add("image", r.PersistenceImage(bandwidth=0.3, weight=lambda x: x[1], resolution=[7, 5], im_range=[0, 3, 0, 2]))

# Barycenters from the first diagram, and the mean of their squared distances: GUDHI's own "energy"
# is the mean of the distances. GUDHI matches with POT.
for case, (count, size) in enumerate([(3, 4), (4, 6), (5, 8)]):
    diagrams = []
    for i in range(count):
        births = rng.random(size + i % 2)
        diagrams.append(np.stack([births, births + 0.05 + rng.random(len(births))], axis=1))
        lines.append((f"mean {case} births {i}", diagrams[-1][:, 0]))
        lines.append((f"mean {case} deaths {i}", diagrams[-1][:, 1]))
    mean = lagrangian_barycenter(diagrams, init=0)
    mean = mean[np.lexsort((mean[:, 1], mean[:, 0]))]
    lines.append((f"mean {case} births", mean[:, 0]))
    lines.append((f"mean {case} deaths", mean[:, 1]))
    lines.append((f"mean {case} variance", [np.mean([distance(mean, d, order=2, internal_p=2) ** 2 for d in diagrams])]))

# The upper tail of the normal distribution, by the C library's erfc.
z = np.arange(0, 40, 0.37)
lines.append(("z", z))
lines.append(("tail", [math.erfc(x / math.sqrt(2)) / 2 for x in z]))

print(f"# GUDHI {gudhi.__version__} on Python {platform.python_version()}: gudhi_summaries.py in this folder")
for name, values in lines:
    print(name + "," + ",".join(repr(float(v)) for v in values))
