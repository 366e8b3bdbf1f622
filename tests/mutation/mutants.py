"""What a mutant is: one small change to the source of a rule, and where it stands."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitOr,
}
INVERTED = (ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is, ast.IsNot)
"""The comparisons whose replacement above is their opposite."""
EXTREMES = {"min": "max", "max": "min"}
TABLES_OF_CONTENTS = {"RULE", "PREFERENCE"}


@dataclass(frozen=True)
class Mutant:
    """A changed source: its whole text, the line of the change, and the code there before and after."""

    source: str
    line: int
    before: str
    after: str


def mutants(source: str) -> list[Mutant]:
    """Every mutant of a module's source, in the order of its lines; two changes that come to the same are one."""
    tree = ast.parse(source)
    found: dict[str, Mutant] = {}
    for path in _places(tree):
        for new in _changes(path):
            changed, node = _with(tree, path, new)
            text = ast.unparse(ast.fix_missing_locations(changed))
            line = getattr(path[-1], "lineno", 0)
            found.setdefault(text, Mutant(text, line, ast.unparse(path[-1]), ast.unparse(node)))
    return sorted(found.values(), key=lambda mutant: mutant.line)


def _places(node: ast.AST, above: tuple[ast.AST, ...] = ()) -> Iterator[tuple[ast.AST, ...]]:
    """Every node that may change, with the nodes above it; no annotations, no imports for types, no rule's texts."""
    path = (*above, node)
    yield path
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns"):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.expr | ast.stmt | ast.comprehension) and not _is_left_alone(child):
                    yield from _places(child, path)


def _is_left_alone(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    if isinstance(node, ast.Assign):
        return any(isinstance(t, ast.Name) and t.id in TABLES_OF_CONTENTS for t in node.targets)
    return isinstance(node, ast.Import | ast.ImportFrom)


def _changes(path: tuple[ast.AST, ...]) -> Iterator[ast.AST]:
    """What may stand in the place of the last node of the path."""
    node = path[-1]
    if isinstance(node, ast.expr):
        yield from _operators(node)
        yield from _constants_and_calls(node)
        if len(path) > 1 and _is_condition(node, path):
            yield from _negated(node)
    elif isinstance(node, ast.AugAssign) and type(node.op) in ARITHMETIC:
        yield ast.AugAssign(node.target, ARITHMETIC[type(node.op)](), node.value)
    elif isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
        yield ast.Pass()


def _operators(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Compare):
        for number, op in enumerate(node.ops):
            ops = [*node.ops[:number], COMPARISONS[type(op)](), *node.ops[number + 1 :]]
            yield ast.Compare(node.left, ops, node.comparators)
    elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        yield ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node.operand


def _constants_and_calls(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in EXTREMES:
        yield ast.Call(ast.Name(EXTREMES[node.func.id]), node.args, node.keywords)


def _is_condition(node: ast.expr, path: tuple[ast.AST, ...]) -> bool:
    """Whether the node is what an ``if`` asks, or what a function that answers yes or no returns."""
    above = path[-2]
    if isinstance(above, ast.If | ast.IfExp):
        return above.test is node
    if isinstance(above, ast.comprehension):
        return node in above.ifs
    functions = [n for n in path if isinstance(n, ast.FunctionDef)]
    return (
        isinstance(above, ast.Return)
        and isinstance(functions[-1].returns, ast.Name)
        and (functions[-1].returns.id == "bool")
    )


def _negated(node: ast.expr) -> Iterator[ast.expr]:
    """The opposite, where no other change comes to the same."""
    inverted = isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in INVERTED
    removed = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    if not (inverted or removed or isinstance(node, ast.Constant)):
        yield ast.UnaryOp(ast.Not(), node)


def _with(tree: ast.Module, path: tuple[ast.AST, ...], new: ast.AST) -> tuple[ast.Module, ast.AST]:
    """A copy of the tree with ``new`` in the place of the last node of the path, and the new node."""
    old = path[-1]
    memo: dict[int, object] = {id(old): new}
    return copy.deepcopy(tree, memo), new
