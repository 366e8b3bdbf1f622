"""Why a roster is as it is: the whole month, one person, one coach or one site, in terms of what decided it.

First what a roster costs that differs only there, as the checker prices it; then, as time allows, what the best roster
costs in which it is otherwise, whatever else has to change for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from roster.calendar import friendly_time, long_date
from roster.domain import Appointment, Referral, Visit
from roster.explain.questions.changes import Changes
from roster.explain.questions.forced import Clock, Forcing
from roster.explain.questions.given import Given, Trial, without_people
from roster.explain.questions.left_out import LeftOut, totals
from roster.explain.questions.limits import limits_of_roster
from roster.explain.questions.seats import Person, Seats, people_words
from roster.explain.questions.uses import Uses
from roster.explain.questions.wish import Wish, wish_of
from roster.explanations import Known, Left, Limit, Statement, Why
from roster.fault import listed
from roster.search.worker import is_small
from roster.wording import how_many, percent, session_words, site_name

MOST_USES = 40
PEOPLE_SHARE = 0.5
"""The share of the time in which changes for people are looked for; the rest is for what holds the roster back."""


def why(given: Given, options: Mapping[str, str | None], clock: Clock) -> Why:
    """Why the roster is as it is. Raises InvalidInput where ``options`` (fields of a wish) name nothing."""
    asked = {field: value for field, value in options.items() if value is not None}
    wish = wish_of(given.instance, asked) if asked else Wish()
    return _Asked(given, wish, clock).answer()


@dataclass(frozen=True)
class _Asked:
    given: Given
    wish: Wish
    clock: Clock
    untried: list[str] = field(default_factory=list)

    @cached_property
    def _seats(self) -> Seats:
        return Seats(self.given)

    def _left_out(self, share: float) -> LeftOut:
        return LeftOut(self.given, self._seats, Changes(self._seats, self.clock.share(share).deadline))

    def answer(self) -> Why:
        """Of what was asked about."""
        wish = self.wish
        if wish.referral_id is not None:
            return self._of_person(self.given.instance.people[wish.referral_id])
        if wish.coach_id is not None:
            return self._made(f"Coach {wish.coach_id}", tuple(self._of_coach(wish.coach_id, wish.day)))
        if wish.site_id is not None:
            return self._made(site_name(self.given.instance, wish.site_id), tuple(self._of_site(wish.site_id)))
        return self._of_month()

    def _made(
        self,
        about: str,
        statements: tuple[Statement, ...],
        left: tuple[Left, ...] = (),
        limits: tuple[Limit, ...] = (),
        not_proved: tuple[str, ...] = (),
    ) -> Why:
        settings = self.given.instance.settings
        if self.untried:
            more = f" and {how_many(len(self.untried) - 1, 'other thing')}" if len(self.untried) > 1 else ""
            open_ = f"Time ran out before it was tried what it would cost if {self.untried[0]}{more}."
            not_proved = (*not_proved, open_)
        return Why(
            instance=settings.name,
            month=settings.month,
            about=about,
            says=how_far(self.given),
            objective=self.given.roster.objective,
            bound=self.given.bound,
            statements=statements,
            left=left,
            limits=limits,
            totals=totals(left),
            not_proved=not_proved,
        )

    # -- the whole month ----------------------------------------------------------------------------------

    def _of_month(self) -> Why:
        left_out = self._left_out(PEOPLE_SHARE)
        left = left_out.everybody()
        limits, open_ = limits_of_roster(self.given, left, self.clock)
        not_proved = list(open_)
        untried = sum(entry.count for entry in left if entry.want == "none")
        if left_out.changes.out_of_time and untried:
            not_proved.append(
                "Time ran out while changes for people were looked for: a longer time limit may find more."
            )
        costs = [f"{name.replace('_', ' ')} {cost:,}" for name, cost in self.given.roster.costs.items() if cost]
        says = f"The total of {self.given.roster.objective:,} is the sum of {listed(costs, 'and')}." if costs else ""
        statements = (Statement(says=says, known="checked"),) if says else ()
        return self._made("the month", statements, left, limits, tuple(not_proved))

    # -- one person ---------------------------------------------------------------------------------------

    def _of_person(self, referral: Referral) -> Why:
        appointments = self.given.seen_of[referral.referral_id]
        left_out = self._left_out(0.6)
        statements = [s for a in appointments for s in self._appointment(referral, a)]
        missing = referral.count - len(appointments)
        left = (left_out.not_seen(referral, missing),) if missing > 0 else ()
        if left:
            statements += self._each_use(Person(referral), None)
            if left[0].change is None and left[0].want == "none":
                change = left_out.changes.smallest_by_moving_others(Person(referral))
                found = left[0].model_copy(update={"change": change})
                left = (found,)
                if change is not None:
                    says = f"If others are moved as well, this would do: {change.says}"
                    statements.append(Statement(says=f"{says} The total is then {change.total:,}.", known="checked"))
        return self._made(referral.referral_id, tuple(statements), left)

    def _appointment(self, referral: Referral, appointment: Appointment) -> Iterator[Statement]:
        """Where and when, what the wait costs, each earlier session, and the usual coach."""
        instance, who = self.given.instance, referral.referral_id
        session = instance.session[appointment.session_id]
        coach_id = self._holder(appointment.session_id)
        days = (session.date - referral.referred_on).days
        yield Statement(
            says=f"{who} (band {referral.band}, {referral.minutes} minutes) is seen by coach {coach_id} at "
            f"{friendly_time(appointment.start)}, in {session_words(instance, session.session_id)}.",
            known="checked",
        )
        trial = self.given.tried(without_people(self.given.plan, [(who, session.session_id)]))
        saved = ", ".join(_differences(self.given, trial, "less", "more")) or "no price differs"
        yield Statement(
            says=f"They will have waited {how_many(days, 'day')}. Against not being seen: {saved}.",
            known="checked",
        )
        if instance.is_past(session.date):
            yield Statement(says="That was before this roster was made, so it stays as it was.", known="checked")
            return
        yield from self._each_use(Person(referral, session.session_id), session.date - timedelta(days=1))
        yield from self._sooner(referral, session.date - timedelta(days=1))
        yield from self._usual(referral, coach_id)

    def _holder(self, session_id: str) -> str:
        return next(v.coach_id for v in self.given.roster.visits if v.session_id == session_id)

    def _each_use(self, person: Person, until: date | None) -> Iterator[Statement]:
        sessions = self._seats.sessions_for(person, until)
        uses = Uses(self._seats, person)
        for session in sessions[:MOST_USES]:
            use = uses.of(session)
            yield Statement(says=use.says, known=use.known)
        if len(sessions) > MOST_USES:
            more = how_many(len(sessions) - MOST_USES, "later session")
            yield Statement(says=f"{more} they could use were not tried one by one.", known="not proved")
        if not sessions and until is not None:
            yield Statement(says="There is no earlier session that they could use.", known="proved")
        yield from self._without_coach(person, until)

    def _without_coach(self, person: Person, until: date | None) -> Iterator[Statement]:
        """Sessions that would suit the person and that no coach could hold for them."""
        usable = {s.session_id for s in self._seats.sessions_for(person, until)} | {person.now}
        ids = [
            s.session_id
            for s in self.given.candidates.sessions_for(person.referral)
            if s.session_id not in usable
            and not self.given.instance.is_past(s.date)
            and (until is None or s.date <= until)
        ]
        if ids:
            more = f" and {len(ids) - 8:,} more" if len(ids) > 8 else ""
            says = f"In {how_many(len(ids), 'other session')} no coach could see them: {', '.join(ids[:8])}{more}."
            yield Statement(says=says, known="proved")

    def _sooner(self, referral: Referral, until: date) -> Iterator[Statement]:
        """What it costs at least to see the person sooner, whatever else changes for it."""
        wish = Wish(referral_id=referral.referral_id, until=until)
        if self._seats.sessions_for(Person(referral), until):
            yield from self._otherwise(wish, wish.met(self.given.roster, self.given.instance) + 1)

    def _usual(self, referral: Referral, coach_id: str) -> Iterator[Statement]:
        usual = referral.usual_coach
        if usual == coach_id:
            yield Statement(says=f"Coach {coach_id} is their usual coach.", known="checked")
        elif usual is not None:
            yield Statement(says=f"Their usual coach is {usual}, not {coach_id}.", known="checked")
            yield from self._otherwise(Wish(referral_id=referral.referral_id, coach_id=usual))

    # -- one coach ----------------------------------------------------------------------------------------

    def _of_coach(self, coach_id: str, day: date | None) -> Iterator[Statement]:
        """Each visit, what it brings and costs, and what else the coach could have done."""
        instance = self.given.instance
        visits = [v for v in self.given.roster.visits if v.coach_id == coach_id]
        if day is not None:
            visits = [v for v in visits if instance.session[v.session_id].date == day]
        when = f"on {long_date(day)}" if day else f"in {instance.days[0]:%B %Y}"
        yield Statement(says=f"Coach {coach_id} makes {how_many(len(visits), 'visit')} {when}.", known="checked")
        for visit in visits:
            yield self._visit(visit)
        if day is not None:
            yield from self._instead(coach_id, day)

    def _visit(self, visit: Visit) -> Statement:
        """Who is seen, and what the roster would cost without the visit and with nothing else changed."""
        instance = self.given.instance
        people = [a.referral_id for a in self.given.seen_in.get(visit.session_id, ())]
        who = f"sees {people_words(people)}" if people else "sees nobody"
        lead = f"In {session_words(instance, visit.session_id)}, coach {visit.coach_id} {who}."
        if instance.is_past(instance.session[visit.session_id].date):
            return Statement(says=f"{lead} That was before this roster was made.", known="checked")
        plan = without_people(self.given.plan, [(p, visit.session_id) for p in people])
        plan = replace(
            plan,
            visits=tuple(key for key in plan.visits if key != (visit.coach_id, visit.session_id)),
            bookings=tuple(key for key in plan.bookings if key[1] != visit.session_id),
        )
        return Statement(says=f"{lead} Without this visit, {self._came_to(self.given.tried(plan))}", known="checked")

    def _came_to(self, trial: Trial) -> str:
        if not trial.kept:
            return "a rule would be broken: " + " ".join(dict.fromkeys(f.says for f in trial.broken[:2]))
        difference = trial.total - self.given.roster.objective
        by = ", ".join(_differences(self.given, trial, "more", "less"))
        if difference == 0:
            return f"the total would be the same{f' ({by})' if by else ''}."
        how = "higher" if difference > 0 else "lower"
        return f"and with nothing else changed, the total would be {abs(difference):,} {how} ({by})."

    def _instead(self, coach_id: str, day: date) -> Iterator[Statement]:
        """The other sessions of the day that the coach could hold."""
        instance = self.given.instance
        able = self.given.candidates.coaches_at
        others = [
            s.session_id
            for s in instance.sessions
            if s.date == day
            and coach_id in able.get(s.session_id, ())
            and (coach_id, s.session_id) not in self.given.plan.visits
        ]
        if not others:
            yield Statement(says="There is no other session that they could hold that day.", known="proved")
        for session_id in others:
            yield from self._otherwise(Wish(coach_id=coach_id, session_id=session_id))

    # -- one site -----------------------------------------------------------------------------------------

    def _of_site(self, site_id: str) -> Iterator[Statement]:
        """Visits, what was promised and is allowed, and each session that nobody uses."""
        instance = self.given.instance
        site = instance.site[site_id]
        held = [v for v in self.given.roster.visits if instance.site_of(v.session_id) == site_id]
        offered = [s for s in instance.sessions if instance.site_of(s.session_id) == site_id]
        promised = f"at least {how_many(site.min_sessions, 'visit')} promised" if site.min_sessions else ""
        allowed = f"at most {how_many(site.max_sessions, 'visit')} allowed" if site.max_sessions is not None else ""
        terms = listed([t for t in (promised, allowed) if t] or ["nothing promised and no limit"], "and")
        says = f"{site_name(instance, site_id)} has {how_many(len(held), 'visit')}, with {terms}."
        says += f" It offers {how_many(len(offered), 'session')} in {self._rooms(site_id)}."
        yield Statement(says=says, known="checked")
        for visit in held:
            yield self._visit(visit)
        used = {v.session_id for v in held}
        for session in offered:
            if session.session_id not in used:
                yield from self._unused(session.session_id)

    def _rooms(self, site_id: str) -> str:
        return how_many(sum(room.site_id == site_id for room in self.given.instance.rooms), "room")

    def _unused(self, session_id: str) -> Iterator[Statement]:
        instance, words = self.given.instance, session_words(self.given.instance, session_id)
        if instance.is_past(instance.session[session_id].date):
            yield Statement(says=f"Nobody held {words}; that day is over.", known="checked")
        elif session_id not in self.given.candidates.coaches_at:
            yield Statement(says=f"No coach could hold {words}.", known="proved")
        else:
            yield from self._otherwise(Wish(session_id=session_id))

    # -- otherwise ----------------------------------------------------------------------------------------

    def _otherwise(self, wish: Wish, wanted: int = 1) -> Iterator[Statement]:
        """What the best roster costs in which it is otherwise, or that there is none, or that time ran out."""
        says = wish.says(self.given.instance)
        if wish.met(self.given.roster, self.given.instance) >= wanted:
            return
        if self.clock.left <= 0:
            self.untried.append(says)
            return
        share = 1.0 if is_small(self._seats.problem.matrix) else 0.3
        forced = Forcing.of(self.given, wish, wanted).best(self.clock.share(share), few_changes=False)
        known: Known = "proved" if forced.proved or forced.impossible else "not proved"
        if forced.impossible:
            yield Statement(says=f"There is no roster in which {says}.", known=known)
        elif forced.trial is None:
            yield Statement(says=f"Whether there is a roster in which {says} was not settled in time.", known=known)
        else:
            best = "The best roster" if forced.proved else "The best roster found"
            yield Statement(says=f"{best} in which {says} {self._compared(forced.trial)}", known=known)

    def _compared(self, trial: Trial) -> str:
        difference = trial.total - self.given.roster.objective
        if difference == 0:
            return "has the same total: it is a tie."
        by = ", ".join(_differences(self.given, trial, "more", "less"))
        if difference < 0:
            return f"has a total that is {-difference:,} lower ({by}): this roster is not the best."
        return f"has a total that is {difference:,} higher ({by})."


def _differences(given: Given, trial: Trial, more: str, less: str) -> list[str]:
    """Each price that differs: ``waiting 120 more``."""
    found = {name: trial.roster.costs[name] - cost for name, cost in given.roster.costs.items()}
    return [f"{n.replace('_', ' ')} {abs(d):,} {more if d > 0 else less}" for n, d in found.items() if d]


def how_far(given: Given) -> str:
    """How good the roster is, and what that means."""
    total, bound = given.roster.objective, given.bound
    if bound is None:
        return f"The total is {total:,}. How much lower another could be is not known: the data has changed since."
    if bound >= total:
        return f"No roster can have a total below {bound:,}, and this one has exactly that: it is the best there is."
    if bound <= 0:
        return f"The total is {total:,}. How much lower another could be is not known."
    over = percent((total - bound) / total)
    return f"No roster can have a total below {bound:,}; this one has {total:,}, at most {over} from the best possible."
