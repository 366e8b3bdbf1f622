"""The sessions that a person could use, and for each why they are not in it: what the checker says of the attempt."""

from __future__ import annotations

from dataclasses import dataclass

from roster.calendar import friendly_time, long_date
from roster.domain import Session
from roster.explain.questions.given import Trial
from roster.explain.questions.seats import Person, Seats, people_words
from roster.explanations import Known, Use
from roster.wording import how_many

MOST_FINDINGS = 2


@dataclass(frozen=True)
class Uses:
    """What the sessions of one person come to. Everything said was tried, and the checker was asked."""

    seats: Seats
    person: Person

    def of(self, session: Session) -> Use:
        """The session, and why the person is not in it."""
        visit = self.seats.given.visit_in.get(session.session_id)
        if visit is None:
            return self._unheld(session)
        able = self.seats.able(self.person, session)
        if visit.coach_id not in able:
            says = f"coach {visit.coach_id} holds it, and could not see {self.person.id} there"
            return self._made(session, visit.coach_id, None, says)
        if self.seats.given.free_minutes(session.session_id) >= self.person.referral.minutes:
            trial = self.seats.seated(self.person, visit.coach_id, session.session_id)
            return self._made(session, visit.coach_id, trial, f"coach {visit.coach_id} holds it and there is time")
        return self._full(session, visit.coach_id)

    def _unheld(self, session: Session) -> Use:
        """With the coach with whom the total would be lowest; where the rules allow none, what they say."""
        coach_id = min(self.seats.able(self.person, session), key=lambda c: self._likely(session, c))
        trial = self.seats.seated(self.person, coach_id, session.session_id)
        return self._made(session, None, trial, f"nobody holds it; with coach {coach_id} there")

    def _likely(self, session: Session, coach_id: str) -> tuple[bool, int, int, str]:
        """The fewest rules broken and the lowest total come first."""
        opened = self.seats.opened(coach_id, session.session_id)
        total = opened.total - self.seats.gains(self.person, session.session_id, coach_id)
        return not opened.kept, len(opened.broken), total, coach_id

    def _full(self, session: Session, coach_id: str) -> Use:
        people = [a.referral_id for a in self.seats.given.seen_in[session.session_id]]
        who = people_words(people)
        says = f"coach {coach_id} sees {who} there and no time is left for {self.person.referral.minutes} minutes"
        instead = self.seats.least_displaced(self.person, session.session_id)
        if instead is None:
            return self._made(session, coach_id, None, says)
        trial = self.seats.seated(self.person, coach_id, session.session_id, instead_of=instead)
        return self._made(session, coach_id, trial, f"{says}; in the place of {people_words(instead)}")

    def _made(self, session: Session, coach_id: str | None, trial: Trial | None, says: str) -> Use:
        people = tuple(dict.fromkeys(a.referral_id for a in self.seats.given.seen_in.get(session.session_id, ())))
        where = self.seats.instance.site[self.seats.instance.site_of(session.session_id)].name
        when = f"{long_date(session.date)} at {friendly_time(session.start)}"
        kept = trial is not None and trial.kept
        known: Known = "checked"
        return Use(
            session_id=session.session_id,
            date=session.date,
            coach_id=coach_id,
            people=people,
            total=trial.total if trial is not None and kept else None,
            says=f"Session {session.session_id} at {where} on {when}: {says}{self._came_to(trial)}",
            known=known,
        )

    def _came_to(self, trial: Trial | None) -> str:
        """What the checker says of the attempt: the rules it breaks, or how the total differs."""
        if trial is None:
            return "."
        if not trial.kept:
            found = list(dict.fromkeys(f.says for f in trial.broken))
            more = len(found) - MOST_FINDINGS
            rest = [f"{how_many(more, 'more rule')} would be broken."] if more > 0 else []
            return ", this would not do: " + " ".join(found[:MOST_FINDINGS] + rest)
        difference = trial.total - self.seats.given.roster.objective
        if difference < 0:
            return f", the total would be {-difference:,} lower: this roster is not the best."
        if difference == 0:
            return ", the total would be the same."
        return f", the total would be {difference:,} higher{self._prices(trial)}."

    def _prices(self, trial: Trial) -> str:
        now = self.seats.given.roster.costs
        found = {name.replace("_", " "): trial.roster.costs[name] - cost for name, cost in now.items()}
        words = [f"{name} {d:,} more" if d > 0 else f"{name} {-d:,} less" for name, d in found.items() if d]
        return f" ({', '.join(words)})" if words else ""
