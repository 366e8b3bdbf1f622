"""Which candidates are tried: the best of each kind first, then those of other sites, coaches and skills."""

from collections.abc import Iterable, Sequence

from roster.domain import Practice
from roster.planning.value.candidates import Candidate, Kind
from roster.planning.value.estimate import Estimates


def best_of_each(candidates: Iterable[Candidate], estimates: Estimates) -> list[Candidate]:
    """For each site, coach, skill and limit the best candidate (the best day), those that promise most first.

    Those that promise nothing are left out; of equals the first counts. What has no estimate comes last.
    """
    best: dict[tuple[Kind, str], Candidate] = {}
    for candidate in candidates:
        kept = best.get(candidate.subject)
        if kept is None or _promise(candidate, estimates) > _promise(kept, estimates):
            best[candidate.subject] = candidate
    found = [c for c in best.values() if estimates.get(c.name) != 0.0]
    return sorted(found, key=lambda c: -_promise(c, estimates))


def chosen(best: Sequence[Candidate], most: int) -> list[Candidate]:
    """At most so many of these, in their order: the first of each kind, and then of all."""
    seen: set[Kind] = set()
    first: list[Candidate] = []
    for candidate in best:
        if candidate.kind not in seen:
            seen.add(candidate.kind)
            first.append(candidate)
    wanted = {c.name for c in [*first, *(c for c in best if c not in first)][:most]}
    return [c for c in best if c.name in wanted]


def for_practices(best: Iterable[Candidate], practices: Iterable[Practice]) -> list[Candidate]:
    """The best session at the site of each practice, where one promises anything."""
    sites = {practice.site_id for practice in practices}
    return [c for c in best if c.kind == "session" and c.about in sites]


def _promise(candidate: Candidate, estimates: Estimates) -> float:
    return estimates.get(candidate.name, -1.0)
