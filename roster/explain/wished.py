"""Why a wish cannot come true: the facts that it cannot hold together with."""

from collections.abc import Sequence

from roster.edits import Edit, Set
from roster.edits.apply import changed_by
from roster.explain.conflict_words import conflict_words
from roster.explain.conflicts import Conflicts
from roster.explain.settled import Clock
from roster.instance import Instance
from roster.report import Conflict
from roster.rule import Rule


def conflict_of_wish(
    instance: Instance, rules: Sequence[Rule], edits: Sequence[Edit], seconds: float
) -> Conflict | None:
    """The conflict that edits bring in which make a must of something; None where there is none, or no time.

    A see-by date that an edit sets binds, however soon it is. The instance without the edits has a roster.
    """
    changed = changed_by(instance, edits)
    dated = {e.id for e in edits if isinstance(e, Set) and e.table == "referrals" and e.field == "see_by" and e.value}
    wished = changed.replaced(binding_as_given=instance.binding | dated)
    conflicts = Conflicts(wished, rules, Clock(seconds))
    asked = conflicts.broken(conflicts.promises)
    if asked is None:
        return None
    clash = conflicts.conflict(asked)
    return Conflict(facts=clash.ids, says=conflict_words(wished, clash.facts), verified=clash.proved)
