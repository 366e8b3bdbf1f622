"""Edits made to an instance: all of them, in order, or none."""

import json
from collections.abc import Sequence

from roster.edits.draft import Draft
from roster.edits.errors import EditError, Refused
from roster.edits.ops import make
from roster.edits.records import Edit
from roster.edits.written import as_written, refuse_personal
from roster.fault import Fault
from roster.instance import Instance
from roster.privacy import Screen
from roster.validity import faults_of


def apply_edits(instance: Instance, edits: Sequence[Edit], *, relaxing: bool = False) -> Instance:
    """A new instance with the edits made in order; the one given, which has no faults, stays as it is.

    The new one is an instance as given: which see-by dates bind is decided anew. With ``relaxing`` the dates that
    bind stay those of the one given (PROBLEM.md section 2). Raises EditError where an edit names what is not there,
    adds what is, holds what is never held, or where the edits together leave a fault; nothing is changed then.
    """
    screen = Screen()
    for number, edit in enumerate(edits, start=1):
        try:
            refuse_personal(as_written(edit), screen)
        except Refused as refused:
            raise EditError(number, edit.op, refused.says, refused.do) from None
    changed = changed_by(instance, edits, relaxing=relaxing)
    faults = faults_of(changed)
    if faults:
        raise _left_by(instance, edits, faults[0])
    return changed


def changed_by(instance: Instance, edits: Sequence[Edit], *, relaxing: bool = False) -> Instance:
    """The instance after the edits, which may have faults. Raises EditError as ``apply_edits``."""
    draft = Draft.of(instance)
    for number, edit in enumerate(edits, start=1):
        try:
            make(edit, draft)
        except Refused as refused:
            raise EditError(number, edit.op, refused.says, refused.do) from None
    if relaxing:
        return instance.relaxed(**draft.tables())
    return instance.replaced(**draft.tables(), binding_as_given=None)


def _left_by(instance: Instance, edits: Sequence[Edit], fault: Fault) -> EditError:
    """The fault that the edits leave, and an edit that brought it in: it is there after that one, and not before."""
    without, number = 0, len(edits)
    while number - without > 1:
        middle = (without + number) // 2
        if fault in faults_of(changed_by(instance, edits[:middle])):
            number = middle
        else:
            without = middle
    shown = "" if fault.value is None else f" ({json.dumps(fault.value, ensure_ascii=False)})"
    of = " of " if fault.file.endswith(".csv") else ": "
    return EditError(number, edits[number - 1].op, f"{fault.column}{of}{fault.says}{shown}", fault.do)
