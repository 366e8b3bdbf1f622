"""A coach's diary: the days with their visits in the order of the road, and how long each stretch of road takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from roster.instance import Instance
from roster.store.told import ToldVisit


@dataclass(frozen=True)
class Stage:
    """A visit, and how many minutes the road to it takes; None where that is not known any more."""

    visit: ToldVisit
    road_minutes: int | None


@dataclass(frozen=True)
class DiaryDay:
    """A day: its visits in order, and how many minutes the road back takes."""

    date: date
    stages: tuple[Stage, ...]
    back_minutes: int | None


def diary_of(instance: Instance, told: Iterable[ToldVisit], coach_id: str) -> list[DiaryDay]:
    """The days on which the coach has visits that people were told of."""
    mine = [v for v in told if v.coach_id == coach_id]
    return [_day(instance, coach_id, day, list(on_day)) for day, on_day in groupby(mine, key=lambda v: v.date)]


def _day(instance: Instance, coach_id: str, day: date, visits: list[ToldVisit]) -> DiaryDay:
    at, stages = coach_id, []
    for visit in visits:
        stages.append(Stage(visit, _minutes(instance, at, visit.place.site_id)))
        at = visit.place.site_id
    return DiaryDay(day, tuple(stages), _minutes(instance, at, coach_id))


def _minutes(instance: Instance, from_id: str, to_id: str) -> int | None:
    known = instance.site.keys() | instance.coach.keys()
    return instance.minutes_between(from_id, to_id) if {from_id, to_id} <= known else None
