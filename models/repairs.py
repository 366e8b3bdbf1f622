"""What holds and costs in a repair: every rule and price of a month, and what is special of a repair."""

from models import PREFERENCES, RULES
from models.continuity import change
from models.continuity.most_changes import most_changes
from models.urgency.short_notice import moved_soon, not_kept, short_notice
from roster.repair.terms import Terms

TERMS = Terms(
    rules=RULES,
    preferences=PREFERENCES,
    change=change.PREFERENCE,
    changes=change.CHANGES,
    short_notice=short_notice,
    moved_soon=moved_soon,
    not_kept=not_kept,
    most_changes=most_changes,
)
