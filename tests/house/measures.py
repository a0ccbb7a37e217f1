"""What the guards of the house measure: density, rooms, names and imports of the package."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "reportgen"
_BRANCHES = (
    ast.If,
    ast.For,
    ast.While,
    ast.ExceptHandler,
    ast.IfExp,
    ast.comprehension,
    ast.match_case,
)
_COUNTED = (tokenize.NAME, tokenize.OP, tokenize.NUMBER, tokenize.STRING)
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
MANY_BRANCHES = 8
LATER = {
    "recognition": ("recognition/",),
    "workbooks/collection": ("workbooks/collection/",),
    "checks/review": ("checks/review/",),
    "commands that came later": (
        "application/collect",
        "application/import_unit.py",
        "application/restore",
        "application/send",
        "cli/collect",
        "cli/import_unit.py",
        "cli/restore",
        "cli/send",
    ),
    "web": ("web/", "application/web", "cli/web"),
    "review round": (
        "workbooks/review",
        "application/review",
        "cli/review",
    ),
    "what leaves the office": (
        "outputs/pdf/",
        "publishing/",
        "application/pdf",
        "application/publish",
        "application/redline",
        "cli/pdf",
        "cli/publish",
        "cli/redline",
        "readback/redline/",
        "render/audit/pages/",
        "render/charts/drawn.py",
        "render/template/chart_surroundings.py",
        "render/template/kept_rows.py",
        "render/bundle/front/",
        "checks/writing/typography/",
    ),
    "changes asked for": (
        "application/asked/",
        "batch/asked/",
        "cli/asked/",
        "readback/accept/",
        "readback/merge/chart_questions.py",
        "readback/merge/chart_remarks.py",
        "readback/pull/listed_items.py",
        "readback/pull/typed_choices.py",
        "results/asked_changes.py",
    ),
    "kinds that came later": (
        "checks/agreement/",
        "checks/funds/base_changes.py",
        "checks/funds/payments.py",
        "checks/indicators/canned.py",
        "checks/indicators/standards.py",
        "checks/indicators/unmeasured.py",
        "checks/required/only_results.py",
        "checks/scores/second_level.py",
        "checks/text/compared/",
        "checks/text/goal_parts.py",
        "checks/text/other_words.py",
        "checks/text/slipped_years.py",
        "checks/text/source_names.py",
        "checks/text/turned_digits.py",
        "checks/text/worked_out.py",
        "checks/text/year_changes.py",
        "checks/units/other_trades.py",
        "checks/units/two_files.py",
        "batch/memory_limit.py",
        "batch/outdated_prints.py",
        "model/overlong.py",
    ),
    "reasons and days in prose": ("figures/days.py", "view/causes.py"),
}
"""What was not there at all when the ceiling of all others was set; each has its own."""


@dataclass(frozen=True, slots=True)
class Module:
    """One file of the package."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """As it is imported: reportgen.checks.rules."""
        parts = self.path.relative_to(PACKAGE.parent).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function, also those within classes and functions."""
        return (
            one for one in ast.walk(self.tree) if isinstance(one, _FUNCTIONS)
        )


@cache
def modules() -> tuple[Module, ...]:
    """Every file of the package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Module(path, text, ast.parse(text)))
    return tuple(found)


def branches(function: ast.AST) -> int:
    """Ways through a function; `and`, `or`, ternaries and comprehensions count."""
    count = 1
    for node in ast.walk(function):
        count += isinstance(node, _BRANCHES)
        if isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
        if isinstance(node, ast.comprehension):
            count += len(node.ifs)
    return count


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function, its docstring counted."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def code_tokens(module: Module) -> list[tokenize.TokenInfo]:
    """Names, operators, numbers and strings of a file; docstrings and comments are none."""
    documented: set[int] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(
            node, clean=False
        ):
            first = node.body[0]
            documented.update(range(first.lineno, (first.end_lineno or 0) + 1))
    tokens = tokenize.generate_tokens(io.StringIO(module.text).readline)
    return [
        one
        for one in tokens
        if one.type in _COUNTED and one.start[0] not in documented
    ]


def _counted_in(module: Module) -> str:
    path = module.path.relative_to(PACKAGE).as_posix()
    for what, begins in LATER.items():
        if path.startswith(begins):
            return f"tokens in {what}"
    return "tokens"


@cache
def density() -> Mapping[str, float]:
    """The figures of the package that may only fall; a room that came later has its own tokens."""
    tokens = {"tokens": 0, **{f"tokens in {what}": 0 for what in LATER}}
    lines = ways = function_lines = functions = many = 0
    for module in modules():
        counted = code_tokens(module)
        tokens[_counted_in(module)] += len(counted)
        lines += len({one.start[0] for one in counted})
        for function in module.functions():
            functions += 1
            ways += branches(function)
            function_lines += length(function)
            many += branches(function) > MANY_BRANCHES
    return {
        **tokens,
        "tokens a code line": sum(tokens.values()) / lines,
        "branches a function line": ways / function_lines,
        "share of functions over 8 branches": many / functions,
    }


def imports() -> dict[str, set[str]]:
    """For each module those of the package that it imports, also within functions."""
    names = {module.name for module in modules()}
    found: dict[str, set[str]] = {}
    for module in modules():
        wanted: set[str] = set()
        for node in ast.walk(module.tree):
            wanted.update(_imported(node))
        found[module.name] = {one for one in wanted if one in names} - {
            module.name
        }
    return found


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (one.name for one in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{one.name}" for one in node.names)


def ring(graph: Mapping[str, set[str]]) -> list[str]:
    """One ring of modules that import each other, the first again at its end; [] where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []
