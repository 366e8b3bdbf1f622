"""The jobs ``why`` and ``why-not``: questions about a roster of the month."""

from typing import Literal

from roster.domain import Roster
from roster.explain.questions.given import Given
from roster.explain.questions.process import Question, answered
from roster.fault import Fault, InvalidInput
from roster.instance import Instance
from roster.questions import no_compromise
from roster.store.models import Job
from roster.store.rosters import held
from roster.verify import verify
from roster.web.terms import terms
from roster.web.work.worker import Done, Tell

_GONE = Fault(file="the roster", says="This roster is not there any more", do="Ask about another one.")


def why(job: Job, tell: Tell) -> Done:
    """Why the roster is as it is. ``asked``: ``roster`` (its key), ``options``, ``seconds``."""
    return _answered(job, tell, "why")


def why_not(job: Job, tell: Tell) -> Done:
    """What becomes of a wish. ``asked`` as in ``why``."""
    return _answered(job, tell, "why-not")


def _answered(job: Job, tell: Tell, kind: Literal["why", "why-not"]) -> Done:
    found = held(job.month, str(job.asked["roster"]))
    if found is None:
        raise InvalidInput([_GONE])
    seconds = float(job.asked.get("seconds", 60))
    question = Question(kind, dict(job.asked.get("options", {})), seconds, job.asked.get("workers"))

    def say(passed: float) -> None:
        tell({"seconds": round(passed), "left": round(max(0.0, seconds - passed))})

    answer = answered(_given(found.instance, found.roster), question, say)
    return Done("", answer.model_dump_json(by_alias=True))


def _given(instance: Instance, roster: Roster) -> Given:
    """The roster as one of the data as they are now: priced again where they have changed, and checked."""
    held_terms = terms()
    no_compromise(roster, "the roster")
    given = Given(instance, held_terms.rules, held_terms.preferences, roster)
    if verify(instance, roster, held_terms.rules, held_terms.preferences).accepted:
        return given
    trial = given.verified(given.tried(given.plan))
    if not trial.kept:
        says = f"The roster does not fit the data as they are now: {trial.broken[0].says.removesuffix('.')}"
        raise InvalidInput([Fault(file="the roster", says=says, do="Make or repair a roster, and ask about that.")])
    return Given(instance, held_terms.rules, held_terms.preferences, trial.roster)
