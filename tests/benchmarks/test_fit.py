"""The exponent of growth: least squares on logarithms, with its spread over seeds."""

import pytest

from benchmarks.fit import Sample, growth


def test_the_exponent_of_an_exact_power_is_found() -> None:
    fit = growth(Sample(1, size, 3 * size**1.5) for size in (10, 100, 1000))
    assert fit is not None
    assert fit.exponent == pytest.approx(1.5)
    assert fit.factor == pytest.approx(3)
    assert fit.at(400) == pytest.approx(3 * 400**1.5)
    assert str(fit) == "n^1.50"


def test_the_spread_is_that_of_single_seeds() -> None:
    samples = [Sample(1, size, size) for size in (10, 100)] + [Sample(2, size, size**2) for size in (10, 100)]
    assert str(growth(samples)) == "n^1.50 (1.00 to 2.00)"


def test_a_seed_with_one_size_counts_in_the_whole_and_not_in_the_spread() -> None:
    samples = [Sample(1, 10, 10), Sample(1, 100, 100), Sample(2, 100, 100)]
    assert str(growth(samples)) == "n^1.00"


def test_one_size_has_no_exponent() -> None:
    assert growth([Sample(1, 10, 5), Sample(2, 10, 7)]) is None
    assert growth([]) is None
