"""The small region with a roster that people were told."""

from datetime import datetime

from roster.instance import Instance
from roster.store.models import Month
from roster.store.months import instance_of
from roster.store.publishing import Offer, publish
from roster.web.demonstration import SYSTEM
from roster.web.terms import terms
from tests.web import rosters
from tests.web.moments import NOW


def published(month: Month, now: datetime = NOW) -> Instance:
    """Publish the roster; the data after that."""
    answer = publish(month, Offer(rosters.a_roster(), 0), SYSTEM, terms().rules, terms().preferences, now)
    assert answer.outcome == "published"
    month.refresh_from_db()
    return instance_of(month)


def now(month: Month) -> Instance:
    """The data as they are."""
    month.refresh_from_db()
    return instance_of(month)
