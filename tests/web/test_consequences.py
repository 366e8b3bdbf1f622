"""What is lost with a visit: where there is said to be room, one of those who lose theirs accepts it and has time."""

from roster.store.models import Month
from roster.store.told import visits_told
from roster.web.consequences import loss_of, loss_words
from roster.web.terms import terms
from tests.web.told import published


def test_other_visits_are_at_places_that_are_accepted_and_have_the_time(month: Month) -> None:
    told_instance = published(month)
    told = visits_told(month, told_instance)
    people = told_instance.people
    for lost in told:
        loss = loss_of(told_instance, told, {lost.session_id}, terms().rules)
        assert loss.people == len(lost.appointments)
        assert 0 <= loss.nowhere <= loss.people
        assert bool(loss.rooms) == (loss.nowhere < loss.people)
        for room in loss.rooms:
            free = room.visit.end - room.visit.start - sum(a.end - a.start for a in room.visit.appointments)
            fit = [
                a
                for a in lost.appointments
                if room.visit.place.site_id in told_instance.accepted_sites(people[a.referral_id])
                and room.visit.date not in people[a.referral_id].away
                and a.end - a.start <= free
            ]
            assert room.visit.session_id != lost.session_id
            assert 1 <= room.people <= len(fit)


def test_where_everything_is_lost_nobody_has_room(month: Month) -> None:
    instance = published(month)
    told = visits_told(month, instance)
    loss = loss_of(instance, told, {v.session_id for v in told}, terms().rules)
    assert loss.people == loss.nowhere == sum(len(v.appointments) for v in told) > 0
    assert "No other visit that is planned has room for them as it is." in loss_words(loss)
