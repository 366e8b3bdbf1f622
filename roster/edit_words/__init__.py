"""Edits in plain English: what would be done, about whom and where, from what to what."""

from collections.abc import Sequence

from roster.edit_words.ops import say
from roster.edits import Edit
from roster.edits.apply import changed_by
from roster.instance import Instance

__all__ = ["edit_words", "edits_words"]


def edit_words(instance: Instance, edit: Edit) -> str:
    """The edit as one sentence that tells somebody what to do. Raises EditError where it cannot be made.

    Edits that build on one another (a room, and a session in it) are for ``edits_words``.
    """
    return say(edit, instance, changed_by(instance, [edit]))


def edits_words(instance: Instance, edits: Sequence[Edit]) -> tuple[str, ...]:
    """A sentence for each edit, each said of the instance that those before it leave. Raises EditError."""
    sentences = []
    for edit in edits:
        after = changed_by(instance, [edit])
        sentences.append(say(edit, instance, after))
        instance = after
    return tuple(sentences)
