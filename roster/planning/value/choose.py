"""Which candidates are tried: the best of each kind, then of each site, coach and skill, then their next best days."""

from collections.abc import Iterable, Sequence

from roster.domain import Practice
from roster.planning.value.candidates import Candidate, Kind
from roster.planning.value.estimate import Estimates


def promising(candidates: Iterable[Candidate], estimates: Estimates) -> list[Candidate]:
    """Those of which it is not estimated that they save nothing, those that promise most first.

    Of equals the earlier comes first; what has no estimate comes last.
    """
    return sorted((c for c in candidates if estimates.get(c.name) != 0.0), key=lambda c: -_promise(c, estimates))


def best_of_each(candidates: Iterable[Candidate], estimates: Estimates) -> list[Candidate]:
    """For each site, coach, skill and limit the best candidate (the best day), those that promise most first."""
    return _firsts(sorted(candidates, key=lambda c: -_promise(c, estimates)))


def chosen(in_order: Sequence[Candidate], most: int) -> list[Candidate]:
    """At most so many of these: the first of each kind, then of each site, coach, skill and limit, then the next."""
    kinds: dict[Kind, Candidate] = {}
    for candidate in in_order:
        kinds.setdefault(candidate.kind, candidate)
    wanted = list(dict.fromkeys([*kinds.values(), *_firsts(in_order), *in_order]))
    return wanted[:most]


def for_practices(in_order: Iterable[Candidate], practices: Iterable[Practice]) -> list[Candidate]:
    """The first session of these at the site of each practice."""
    sites = {practice.site_id for practice in practices}
    return _firsts([c for c in in_order if c.kind == "session" and c.about in sites])


def _firsts(in_order: Iterable[Candidate]) -> list[Candidate]:
    """The first candidate of each site, coach, skill and limit."""
    first: dict[tuple[Kind, str], Candidate] = {}
    for candidate in in_order:
        first.setdefault(candidate.subject, candidate)
    return list(first.values())


def _promise(candidate: Candidate, estimates: Estimates) -> float:
    return estimates.get(candidate.name, -1.0)
