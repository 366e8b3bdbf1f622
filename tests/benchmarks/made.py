"""Runs for tests, made by hand."""

from benchmarks.runs import Point, Run

OURS = Run(
    instance="pilot, seed 1",
    way="roster solve",
    seed=1,
    limit=60.0,
    seconds=12.0,
    points=(Point(2.0, 2_000, None), Point(3.0, 1_000, 900), Point(8.0, 1_000, 960), Point(12.0, 980, 980)),
    best=980,
    bound=980,
    memory=400,
)
HIGHS = Run(
    instance="pilot, seed 1",
    way="HiGHS",
    seed=1,
    limit=40.0,
    seconds=40.0,
    points=(Point(1.0, None, 500), Point(20.0, 1_000, 500), Point(40.0, 1_000, 950)),
    best=1_000,
    bound=950,
    memory=1_200,
)
GREEDY = Run(
    instance="pilot, seed 1",
    way="greedy planner",
    seed=1,
    limit=40.0,
    seconds=1.0,
    points=(Point(1.0, 1_225, None),),
    best=1_225,
    bound=None,
    memory=100,
)
CRASHED = Run(
    instance="pilot, seed 1",
    way="SCIP",
    seed=1,
    limit=40.0,
    seconds=7.0,
    points=(),
    best=None,
    bound=None,
    memory=None,
    says="crashed: SIGSEGV",
)
RUNS = [OURS, HIGHS, GREEDY, CRASHED]
