"""What a roster must be and what it costs: coach availability, room scarcity, travel and patient urgency.

``RULES`` and ``PREFERENCES`` are the table of contents, in the order in which a manager would read them. A
new rule is one file, one line here, and one test file.
"""

from models.appointments import capacity, consent, interpreter, once, place, skill
from models.availability import history, hours, pin, workload
from models.continuity import change, new_coach, new_face, visit
from models.rooms import budget, presence, room, site_limit
from models.travel import heaviest, one_place, travel, travel_limit
from models.urgency import dates, late, see_by, waiting

RULES = (
    hours.RULE,
    one_place.RULE,
    travel_limit.RULE,
    workload.RULE,
    room.RULE,
    site_limit.RULE,
    presence.RULE,
    pin.RULE,
    consent.RULE,
    once.RULE,
    place.RULE,
    dates.RULE,
    history.RULE,
    capacity.RULE,
    skill.RULE,
    interpreter.RULE,
    see_by.RULE,
    budget.RULE,
)

PREFERENCES = (
    waiting.PREFERENCE,
    late.PREFERENCE,
    travel.PREFERENCE,
    visit.PREFERENCE,
    new_face.PREFERENCE,
    new_coach.PREFERENCE,
    heaviest.PREFERENCE,
    change.PREFERENCE,
)
