"""Notices: what is not wrong with an instance, but what a manager should know before a roster is made.

Each notice speaks of one kind of thing in one sentence, with the first few ids; its ``ids`` names all of them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from roster.calendar import long_date
from roster.domain import Booking, Referral, Session
from roster.fault import Notice, listed
from roster.instance import Instance
from roster.validity import TABLE_NAMES

_FIRST_FEW = 5


@dataclass(frozen=True)
class _About:
    """An instance, what its tables are called, and the row of each record where it came from a file."""

    instance: Instance
    files: Mapping[str, str]
    rows: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def notice(self, table: str, column: str | None, ids: Iterable[str], says: str, do: str) -> Iterator[Notice]:
        """One notice about these ids, or none where there are none. ``says`` speaks of ``{who}``."""
        found = tuple(dict.fromkeys(ids))
        if not found:
            return
        row = self.rows.get(table, {}).get(found[0]) if len(found) == 1 else None
        says = says.format(who=_few(found), s="" if len(found) == 1 else "s")
        yield Notice(file=self.files[table], row=row, column=column, ids=found, says=says, do=do)

    @cached_property
    def holders(self) -> dict[str, list[str]]:
        """The coaches whose hours and leave let them hold each session of a working day of the month."""
        instance = self.instance
        least = max(instance.settings.policy.min_visit_minutes, 1)
        found: dict[str, list[str]] = {}
        for session in instance.sessions:
            if _in_month(instance, session) and not _is_holiday(instance, session):
                found[session.session_id] = [
                    coach.coach_id
                    for coach in instance.coaches
                    if session.date not in instance.leave_days.get(coach.coach_id, ())
                    and (span := instance.overlap(coach.coach_id, session.session_id)) is not None
                    and span[1] - span[0] >= least
                ]
        return found


def _few(ids: Sequence[str]) -> str:
    if len(ids) <= _FIRST_FEW + 1:
        return listed(ids, "and")
    return f"{', '.join(ids[:_FIRST_FEW])} and {len(ids) - _FIRST_FEW} more"


def notices_of(
    instance: Instance,
    *,
    files: Mapping[str, str] | None = None,
    rows: Mapping[str, Mapping[str, int]] | None = None,
) -> list[Notice]:
    """Everything worth knowing about an instance that has no faults.

    ``files`` says what a person calls each table, ``rows`` gives the row of each id in it.
    """
    about = _About(instance, files or {name: f"{name}.csv" for name in TABLE_NAMES}, rows or {})
    return [notice for look in _LOOKS for notice in look(about)]


# -- people ---------------------------------------------------------------------------------------------------


def _no_consent(about: _About) -> Iterator[Notice]:
    ids = [r.referral_id for r in about.instance.referrals if r.consent == "no"]
    says = f"{len(ids):,} referral{{s}} without consent, left out of everything: {{who}}."
    yield from about.notice("referrals", "consent", ids, says, "Write yes once the person has agreed.")


def _missed(about: _About) -> Iterator[Notice]:
    """See-by dates before the first day on which the person could have an appointment."""
    people = [r for r in about.instance.people.values() if r.see_by is not None and _is_missed(about.instance, r)]
    says = "The see-by date has passed, or falls before the first day on which an appointment can be made: {who}."
    do = "They are seen as soon as it pays, at the price of being late. Nothing is promised for these dates."
    yield from about.notice("referrals", "see_by", [r.referral_id for r in people], says, do)


def _is_missed(instance: Instance, referral: Referral) -> bool:
    first = max(instance.days[0], instance.notice_ends(referral))
    return referral.see_by is not None and (referral.see_by < first or referral.see_by <= referral.referred_on)


def _referred_later(about: _About) -> Iterator[Notice]:
    as_of = about.instance.settings.as_of
    ids = [r.referral_id for r in about.instance.people.values() if r.referred_on > as_of]
    says = f"Referred after {long_date(as_of)}, the day on which the roster is made: {{who}}."
    yield from about.notice("referrals", "referred_on", ids, says, "Check the day of the referral.")


def _looks_like_a_name(about: _About) -> Iterator[Notice]:
    """Ids of two or more words of letters. The ids are not repeated: they may be names."""
    for table, column in (("referrals", "referral_id"), ("coaches", "coach_id")):
        records = getattr(about.instance, table)
        ids = [i for i in (getattr(record, column) for record in records) if _is_like_a_name(i)]
        if ids:
            rows = [about.rows[table][i] for i in ids if i in about.rows.get(table, {})]
            yield Notice(
                file=about.files[table],
                row=rows[0] if rows else None,
                column=column,
                says=f"{len(ids):,} id{'s look' if len(ids) > 1 else ' looks'} like a name. Names are never held.",
                do="Give every person an id that says nothing about them, for example R4561.",
            )


def _is_like_a_name(text: str) -> bool:
    words = text.replace("-", " ").replace("'", " ").split()
    return len(words) > 1 and all(word.isalpha() and word.istitle() for word in words)


def _nobody_has(about: _About) -> Iterator[Notice]:
    """Needs that no coach, room or booking of the month meets."""
    instance = about.instance
    offered = {
        "coach": frozenset(skill for coach in instance.coaches for skill in coach.skills),
        "room": frozenset(word for room in instance.rooms for word in instance.room_features(room.room_id)),
        "interpreter": frozenset(b.skill for b in instance.interpreters if _in_month(instance, b)),
    }
    says = {
        "coach": "no coach has the skill {word}",
        "room": "no room has {word}",
        "interpreter": "no interpreter for {word} is booked this month",
    }
    for prefix, words in offered.items():
        wanted: dict[str, list[str]] = {}
        for referral in instance.people.values():
            for word in sorted(instance.needed(referral, prefix) - words):
                wanted.setdefault(word, []).append(referral.referral_id)
        for word, ids in wanted.items():
            text = says[prefix].format(word=word.replace("{", "").replace("}", ""))
            do = "Check how the word is written, or add it where it belongs."
            yield from about.notice("referrals", "needs", ids, f"Cannot be seen because {text}: {{who}}.", do)


def _too_long(about: _About) -> Iterator[Notice]:
    longest = max((s.end - s.start for s in about.instance.sessions), default=None)
    if longest is not None:
        ids = [r.referral_id for r in about.instance.people.values() if r.minutes > longest]
        says = f"Cannot be seen because no session is longer than {longest} minutes: {{who}}."
        yield from about.notice("referrals", "minutes", ids, says, "Check the minutes.")


# -- coaches and sessions -------------------------------------------------------------------------------------


def _unusable_coaches(about: _About) -> Iterator[Notice]:
    instance = about.instance
    working = {row.coach_id for row in instance.hours}
    idle = [c.coach_id for c in instance.coaches if c.coach_id not in working]
    says = "No working hours, so they cannot be used: {who}."
    yield from about.notice("coaches", None, idle, says, "Add their hours to the table hours.")
    holders = {coach_id for coaches in about.holders.values() for coach_id in coaches}
    unused = [c.coach_id for c in instance.coaches if c.coach_id in working and c.coach_id not in holders]
    least = instance.settings.policy.min_visit_minutes
    says = f"No session lies within their hours for at least {least} minutes, so they cannot be used: {{who}}."
    yield from about.notice("coaches", None, unused, says, "Check their hours and leave, or offer other sessions.")


def _sessions(about: _About) -> Iterator[Notice]:
    instance = about.instance
    outside = [s.session_id for s in instance.sessions if not _in_month(instance, s)]
    says = "Outside the month that is planned, and not used: {who}."
    yield from about.notice("sessions", "date", outside, says, "Check the date.")
    holiday = [s.session_id for s in instance.sessions if _in_month(instance, s) and _is_holiday(instance, s)]
    days = sorted({instance.session[i].date for i in holiday})
    when = listed([long_date(day) for day in days], "and") if days else ""
    says = f"On a bank holiday ({when}), and not used: {{who}}."
    yield from about.notice("sessions", "date", holiday, says, "Check the date.")
    nobody = [session_id for session_id, coaches in about.holders.items() if not coaches]
    says = "No coach works long enough during the session: {who}."
    yield from about.notice("sessions", None, nobody, says, "Check the coaches' hours and leave, or offer other times.")


def _in_month(instance: Instance, record: Session | Booking) -> bool:
    return instance.days[0] <= record.date <= instance.days[-1]


def _is_holiday(instance: Instance, session: Session) -> bool:
    return session.date in instance.bank_holidays


def _practices(about: _About) -> Iterator[Notice]:
    ids = without_a_room(about.instance)
    says = "No session is offered where these practices are: {who}. Their people can be seen elsewhere only."
    yield from about.notice("practices", "site_id", ids, says, "Ask them for a room, or check the table sessions.")


def without_a_room(instance: Instance) -> list[str]:
    """The practices at whose site no session is offered on a working day of the month."""
    offering = {
        instance.site_of(s.session_id)
        for s in instance.sessions
        if _in_month(instance, s) and not _is_holiday(instance, s)
    }
    return [p.practice_id for p in instance.practices if p.site_id not in offering]


def _pins(about: _About) -> Iterator[Notice]:
    past = set(about.instance.history)
    ids = [
        f"{pin.coach_id} {pin.session_id}"
        for pin in about.instance.pins
        if pin.coach_id not in about.holders.get(pin.session_id, ()) and (pin.coach_id, pin.session_id) not in past
    ]
    says = "Pinned, though the coach does not work long enough during the session: {who}."
    yield from about.notice("pins", None, ids, says, "No roster can keep this pin. Remove it or change the hours.")


# -- interpreters, travel, the month --------------------------------------------------------------------------


def _bookings(about: _About) -> Iterator[Notice]:
    instance = about.instance
    needed = {word for r in instance.people.values() for word in instance.needed(r, "interpreter")}
    outside = [b.booking_id for b in instance.interpreters if not _in_month(instance, b)]
    says = "Interpreter bookings outside the month that is planned: {who}."
    yield from about.notice("interpreters", "date", outside, says, "Check the date.")
    spare = [b.booking_id for b in instance.interpreters if _in_month(instance, b) and b.skill not in needed]
    says = "Interpreter bookings that nobody needs: {who}."
    yield from about.notice("interpreters", "skill", spare, says, "Cancel them, or check what people need.")


def _travel(about: _About) -> Iterator[Notice]:
    ids = [row.from_id for row in about.instance.travel if row.from_id == row.to_id and row.minutes]
    says = "Travel from a place to itself is always 0 minutes; what is written is not used: {who}."
    yield from about.notice("travel", "minutes", ids, says, "Remove the rows.")


def _leave_twice(about: _About) -> Iterator[Notice]:
    days = Counter(
        (row.coach_id, day)
        for row in about.instance.leave
        for day in about.instance.days
        if row.first_day <= day <= row.last_day
    )
    ids = [coach_id for (coach_id, _), times in days.items() if times > 1]
    yield from about.notice("leave", None, ids, "Two rows of leave overlap: {who}.", "The days count once.")


def _the_month(about: _About) -> Iterator[Notice]:
    instance = about.instance
    if instance.settings.as_of > instance.days[-1]:
        says = f"The month ended before {long_date(instance.settings.as_of)}, the day on which the roster is made."
        yield Notice(
            file=about.files.get("settings", "settings.toml"), column="as_of", says=says, do="Check month and as_of."
        )
    if instance.published is not None and instance.published.month != instance.settings.month:
        says = "The published roster is of another month."
        yield Notice(
            file=about.files.get("published", "published.json"),
            column="month",
            says=says,
            do="Check that it is the right file.",
        )
    for table, what in (("coaches", "coaches"), ("sessions", "sessions"), ("referrals", "referrals")):
        if not getattr(instance, table):
            yield Notice(file=about.files[table], says=f"There are no {what}.", do="The roster will be empty.")


_LOOKS: tuple[Callable[[_About], Iterator[Notice]], ...] = (
    _the_month,
    _unusable_coaches,
    _leave_twice,
    _practices,
    _sessions,
    _no_consent,
    _missed,
    _referred_later,
    _looks_like_a_name,
    _nobody_has,
    _too_long,
    _bookings,
    _travel,
    _pins,
)
