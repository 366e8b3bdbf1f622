"""Errors of edits: which edit, what is wrong with it, and what to do."""


class EditError(Exception):
    """An edit that cannot be made; nothing was changed.

    ``edit_number`` counts from 1 in the order given and is 0 where the list as a whole cannot be read; ``op`` is
    empty where it is not known. ``says`` and ``do`` never repeat a value that may identify a person.
    """

    def __init__(self, edit_number: int, op: str, says: str, do: str) -> None:
        self.edit_number = edit_number
        self.op = op
        self.says = says
        self.do = do
        super().__init__(edit_number, op, says, do)

    def __str__(self) -> str:
        """One line: which edit, what is wrong, what to do."""
        which = f"Edit {self.edit_number}" if self.edit_number else "The edits"
        return f"{which}{f' ({self.op})' if self.op else ''}: {self.says}. {self.do}"


class Refused(Exception):
    """What is wrong with one edit, before it is known which number it has."""

    def __init__(self, says: str, do: str) -> None:
        self.says = says
        self.do = do
        super().__init__(says, do)
