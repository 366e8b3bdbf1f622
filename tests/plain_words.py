"""What no sentence for a person holds: words of the machinery, words of blame, gaps that were not filled."""

import re
from collections.abc import Iterable

MACHINERY = (
    "algorithm",
    "arity",
    "assumption",
    "boolean",
    "bound",
    "bounds",
    "conflict set",
    "constraint",
    "constraints",
    "core",
    "cut",
    "cuts",
    "dual",
    "edge",
    "edges",
    "enum",
    "feasible",
    "feasibility",
    "flow",
    "flows",
    "graph",
    "heuristic",
    "infeasible",
    "infeasibility",
    "integer",
    "iteration",
    "literal",
    "lower bound",
    "maximum flow",
    "minimal",
    "minimise",
    "minimize",
    "mus",
    "node",
    "nodes",
    "null",
    "objective",
    "optimal",
    "optimality",
    "optimise",
    "optimize",
    "optimum",
    "parameter",
    "relax",
    "relaxation",
    "relaxed",
    "sat",
    "satisfiable",
    "slack",
    "solve",
    "solved",
    "solver",
    "solving",
    "subset",
    "tuple",
    "unsat",
    "unsatisfiable",
    "upper bound",
    "variable",
    "variables",
    "violate",
    "violated",
    "violates",
    "violation",
)
BLAME = (
    "abort",
    "aborted",
    "bad",
    "cannot proceed",
    "crash",
    "error",
    "failed",
    "failure",
    "fatal",
    "forbidden",
    "forgot",
    "illegal",
    "incorrect",
    "invalid",
    "kindly",
    "mistake",
    "oops",
    "please",
    "prohibited",
    "sorry",
    "unfortunately",
    "valid",
    "wrong",
    "you forgot",
)
BANNED = MACHINERY + BLAME

_BANNED = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, BANNED))})(?![\w-])", re.IGNORECASE)
_GAPS = {
    "None": re.compile(r"\bNone\b"),
    "nan": re.compile(r"\bnan\b"),
    "an empty pair of brackets": re.compile(r"\(\s*\)|\[\s*\]"),
    "a brace": re.compile(r"[{}]"),
    "a quoted text": re.compile(r"(?<!\w)'[^']*'(?!\w)"),
    "two spaces": re.compile(r"\S {2,}\S"),
    "a space before a full stop or comma": re.compile(r"\s[.,;:](?:\s|$)"),
    "two full stops": re.compile(r"\.\."),
    "a date of the machine": re.compile(r"\b\d{4}-\d{2}-\d{2}\b"),
    "a time of the machine": re.compile(r"\b\d{2}:\d{2}\b"),
    "a word with an underscore": re.compile(r"\b[a-z]+_[a-z]+\b"),
}


def complaints(text: str, *, allowed: Iterable[str] = ()) -> list[str]:
    """What is not plain in a text: each banned word, each gap. ``allowed`` holds pieces that are taken out first."""
    for piece in allowed:
        text = text.replace(piece, "")
    words = [f"the word {found.group()!r}" for found in _BANNED.finditer(text)]
    return words + [name for name, gap in _GAPS.items() if gap.search(text)]


def complaints_of_a_sentence(text: str) -> list[str]:
    """The same, for what has to be whole sentences: it begins with a capital or a number, and ends with a full stop."""
    found = complaints(text)
    if not re.match(r"[A-Z0-9£]", text):
        found.append("it does not begin with a capital or a number")
    if not text.endswith("."):
        found.append("it does not end with a full stop")
    return found
