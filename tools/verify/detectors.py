"""Called by detectors.mjs: detectors.py <folder>. Writes what statsmodels and SciPy say of its series and its cases."""
import csv
import json
import os
import sys

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.tsa.seasonal import STL

folder = sys.argv[1]


def path(name):
    return os.path.join(folder, name)


def columns(name):
    with open(path(name), newline="") as file:
        rows = list(csv.reader(file))
    return {key: np.array([float(row[i]) for row in rows[1:]]) for i, key in enumerate(rows[0])}


answer = {"stl": {}, "glm": {}, "residual": {}}
for name, counts in columns("series.csv").items():
    for robust in (False, True):
        fit = STL(np.log1p(counts), period=52, seasonal=11, robust=robust).fit()
        answer["stl"][f"{name}/{robust}"] = [list(fit.seasonal), list(fit.trend), list(fit.weights)]
    resid = fit.resid
    spread = 1.4826 * stats.median_abs_deviation(resid)
    answer["residual"][name] = list((resid - np.median(resid)) / spread)
    time = np.arange(len(counts))
    design = np.column_stack(
        [np.ones(len(counts)), time / 52, np.sin(2 * np.pi * time / 52), np.cos(2 * np.pi * time / 52)]
    )
    try:
        glm = sm.GLM(counts, design, family=sm.families.Poisson()).fit(scale="X2", tol=1e-12)
        answer["glm"][name] = [list(glm.params), list(glm.bse), float(glm.scale)]
    except Exception as error:  # perfect separation and the like
        answer["glm"][name] = str(error)

with open(path("cases.json")) as file:
    cases = json.load(file)
answer["poissonMeansTest"] = [float(stats.poisson_means_test(*case).pvalue) for case in cases["poissonMeansTest"]]
answer["poissonInterval"] = [
    [float(stats.chi2.ppf(0.025, 2 * k) / 2) if k else 0.0, float(stats.chi2.ppf(0.975, 2 * k + 2) / 2)]
    for k in cases["poissonInterval"]
]
answer["benjaminiHochberg"] = [list(multipletests(ps, method="fdr_bh")[1]) for ps in cases["benjaminiHochberg"]]
answer["poissonQuantile"] = [float(stats.poisson.ppf(p, mean)) for p, mean in cases["poissonQuantile"]]
answer["poissonUpperTail"] = [float(stats.poisson.sf(k - 1, mean)) for k, mean in cases["poissonUpperTail"]]
answer["negativeBinomialQuantile"] = [
    float(stats.nbinom.ppf(p, size, prob)) for p, size, prob in cases["negativeBinomialQuantile"]
]
answer["negativeBinomialUpperTail"] = [
    float(stats.nbinom.sf(k - 1, size, prob)) for k, size, prob in cases["negativeBinomialUpperTail"]
]
answer["normalQuantile"] = [float(stats.norm.ppf(p)) for p in cases["normalQuantile"]]
answer["kendallTauB"] = [float(stats.kendalltau(a, b)[0]) for a, b in cases["kendallTauB"]]
with open(path("python.json"), "w") as file:
    json.dump(answer, file)
