"""Tests of the benchmark harness: planners, general solvers, sums, tables and pictures."""
