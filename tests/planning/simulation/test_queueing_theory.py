"""Against the theory of queues: the exact chain of a queue served in bulk once a month, and where it grows for ever."""

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from scipy.stats import poisson as poisson_law

from roster.planning.simulation.people import DAYS_OF_A_MONTH
from roster.planning.simulation.run import Asked, Simulating
from roster.planning.simulation.terms import Threshold
from roster.planning.simulation.threshold import Search
from roster.planning.simulation.world import World
from tests.planning.simulation.queue import EACH, FirstCome, Forgetting, one_room, queue_of, simulated, terms

LARGEST = 400
"""States of the chain: as many as there could ever be in a queue here."""
MONTHS = [(2027, month) for month in range(3, 13)] + [(2028, 1), (2028, 2)]
DAYS_BEFORE = 10
FOLDER_DAY = date(2027, 2, 19)


def places(year: int, month: int) -> int:
    """Appointments of a month: two on each Wednesday."""
    return EACH * sum(calendar.weekday(year, month, d) == 2 for d in range(1, 1 + calendar.monthrange(year, month)[1]))


def after(queue: np.ndarray, served: int, mean: float) -> np.ndarray:
    """The law of ``max(Q - served, 0) + A`` with A of Poisson's law; ``queue`` is the law of Q, shape (n,)."""
    left = np.zeros_like(queue)
    left[: len(queue) - served] = queue[served:]
    left[0] += queue[:served].sum()
    return np.convolve(left, poisson_law.pmf(np.arange(len(queue)), mean))[: len(queue)]


def exact_queues(a_day: float) -> list[tuple[float, float]]:
    """The mean and the variance of the queue on the last day of each month, worked out exactly."""
    on_list = np.zeros(LARGEST)
    on_list[1] = 1.0  # the one person in the folder
    found, made_on = [], FOLDER_DAY
    for number, (year, month) in enumerate(MONTHS):
        last = date(year, month, calendar.monthrange(year, month)[1])
        at_end = after(on_list, places(year, month), a_day * (last - made_on).days)
        sizes = np.arange(len(at_end))
        mean = float(at_end @ sizes)
        found.append((mean, float(at_end @ sizes**2) - mean**2))
        if number + 1 < len(MONTHS):
            next_made = date(*MONTHS[number + 1], 1) - timedelta(days=DAYS_BEFORE)
            on_list = after(on_list, places(year, month), a_day * (next_made - made_on).days)
            made_on = next_made
    return found


def test_the_exact_chain_comes_to_the_known_mean_of_a_queue_with_one_place() -> None:
    mean, queue = 0.7, np.zeros(LARGEST)
    queue[0] = 1.0
    for _ in range(400):
        queue = after(queue, 1, mean)
    left = queue[1:] @ np.arange(LARGEST - 1)  # who waits after one was served
    assert left == pytest.approx(mean**2 / (2 * (1 - mean)), rel=1e-6)


@pytest.mark.parametrize("a_month", [6.0, 9.5], ids=["with places to spare", "nearly full"])
def test_the_queue_has_the_mean_and_the_spread_of_the_exact_chain_in_every_month(a_month: float) -> None:
    runs = 120
    (found,) = simulated(queue_of(one_room(), terms(a_month)), months=len(MONTHS), runs=runs)
    for number, (mean, variance) in enumerate(exact_queues(a_month / DAYS_OF_A_MONTH)):
        queues = np.array([months[number].after for months in found])
        assert abs(queues.mean() - mean) < 4 * (variance / runs) ** 0.5
        assert 0.5 < queues.var(ddof=1) / variance < 1.7


# -- where it grows for ever ----------------------------------------------------------------------------------


def search(a_month: float, months: int, runs: int, missed: float = 0.0, backlog: int = 3) -> Search:
    """A search for the load with the stand-in."""

    def world_at(load: float) -> World:
        given = terms(a_month, 1, {"missed": {"share": missed}})
        arrivals = given.arrivals.model_copy(update={"load": load})
        return queue_of(one_room(), given.model_copy(update={"arrivals": arrivals}), backlog_months=backlog)

    def simulate(world: World) -> Simulating:
        return Simulating([world], Asked(months, runs, 1), FirstCome(), Forgetting()).run()

    return Search(world_at, simulate, Threshold(runs=runs, precision=0.03), months)


def true_load(a_month: float, months: Sequence[tuple[int, int]], comes: float = 1.0) -> float:
    """Places that people come to, by people referred, in these months."""
    days = sum(calendar.monthrange(*month)[1] for month in months)
    return comes * sum(places(*month) for month in months) / (a_month / DAYS_OF_A_MONTH * days)


@pytest.mark.parametrize("a_month", [5.0, 14.0], ids=["far below", "above"])
def test_the_load_from_which_the_queue_grows_is_found_within_5_percent(a_month: float) -> None:
    found = search(a_month, 12, 6).run()
    truth = true_load(a_month, MONTHS[1:])
    assert found.settled
    assert found.load is not None
    assert abs(found.load.mean / truth - 1) < 0.05
    assert found.load.low is not None
    assert found.load.high is not None
    assert found.load.low - 0.001 < truth < found.load.high + 0.001
    assert found.referred_a_month is not None
    assert found.referred_a_month.mean == pytest.approx(found.load.mean * a_month)
    shrinking = [t.load for t in found.tried if t.verdict == "shrinks"]
    growing = [t.load for t in found.tried if t.verdict == "grows"]
    assert max(shrinking) < truth < min(growing)
    assert found.says.startswith(f"The queue grows without end from {found.load.mean:.2f} (")


def test_where_some_do_not_come_the_queue_grows_from_as_much_less() -> None:
    found = search(9.0, 12, 12, missed=0.25, backlog=6).run()
    assert found.load is not None
    assert abs(found.load.mean / true_load(9.0, MONTHS[1:], comes=0.75) - 1) < 0.05


def test_where_no_load_is_too_much_it_says_so() -> None:
    found = search(0.2, 3, 2).run()
    assert found.load is None
    assert found.says == "The queue does not grow at any load tried, up to 7.6 times the referrals."


def test_where_every_load_is_too_much_it_says_so() -> None:
    found = search(300.0, 3, 2).run()
    assert found.load is None
    assert found.says == "The queue grows at every load tried, down to 0.3 times the referrals."
