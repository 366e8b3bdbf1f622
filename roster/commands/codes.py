"""The exit codes of the commands."""

from roster.terminal import WRONG_INPUT

OK, BROKEN, INFEASIBLE, UNKNOWN = 0, 1, 3, 4
EXIT_CODES = {
    "optimal": OK,
    "feasible": OK,
    "rejected": BROKEN,
    "invalid": WRONG_INPUT,
    "infeasible": INFEASIBLE,
    "unknown": UNKNOWN,
}
