"""The house stays one that can be lived in: rooms, names, lengths, density, imports."""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from pathlib import Path

import pytest
from measures import PACKAGE, density, imports, length, modules, ring

CEILINGS = json.loads(
    Path(__file__).with_name("density.json").read_text("utf-8")
)
MOST_MODULES, MOST_LINES, LONGEST = 20, 400, 40


@pytest.mark.parametrize("figure", CEILINGS)
def test_density_only_falls(figure: str) -> None:
    """Where it has fallen, density.json takes the new figure."""
    assert density()[figure] <= CEILINGS[figure]


def test_no_room_is_overfull() -> None:
    rooms: dict[Path, int] = defaultdict(int)
    for module in modules():
        rooms[module.path.parent] += module.path.name != "__init__.py"
    full = {
        str(room): count
        for room, count in rooms.items()
        if count > MOST_MODULES
    }
    assert full == {}


def test_every_file_stands_in_a_room() -> None:
    loose = {path.name for path in PACKAGE.glob("*.py")}
    assert loose == {"__init__.py", "__main__.py", "pipeline.py"}


def test_the_files_that_make_folders_packages_hold_nothing() -> None:
    assert [
        str(module.path)
        for module in modules()
        if module.path.name == "__init__.py" and module.text.strip()
    ] == []


def test_no_module_is_too_long() -> None:
    long = {m.name for m in modules() if m.text.count("\n") > MOST_LINES}
    assert long == set()


def test_no_function_is_too_long() -> None:
    long = {
        f"{module.name}.{function.name}"
        for module in modules()
        for function in module.functions()
        if length(function) > LONGEST
    }
    assert long == set()


def test_what_others_may_have_put_there_is_read_by_one_door() -> None:
    """A device or a pipe never ends; only text that lies in the program itself is read otherwise."""
    doors = {"reportgen.core.plain_files", "reportgen.core.cache"}
    found = {
        module.name
        for module in modules()
        if ".read_bytes(" in module.path.read_text("utf-8")
    }
    assert found <= doors


def test_no_two_classes_share_a_name() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(module.name)
    assert {
        name: found for name, found in places.items() if len(found) > 1
    } == {}


def test_no_modules_import_each_other_in_a_ring() -> None:
    """Imports within functions count: they only hide a ring."""
    assert ring(imports()) == []


def test_rings_are_found() -> None:
    assert set(ring({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == {
        "a",
        "b",
        "c",
    }


def test_no_two_modules_of_the_tests_share_a_name() -> None:
    """The folders are no packages: of two with one name the second would be taken for the first."""
    tests = PACKAGE.parent / "tests"
    places: dict[str, list[str]] = defaultdict(list)
    for path in tests.rglob("*.py"):
        if path.name != "conftest.py":
            places[path.name].append(str(path.relative_to(tests)))
    assert {n: found for n, found in places.items() if len(found) > 1} == {}
