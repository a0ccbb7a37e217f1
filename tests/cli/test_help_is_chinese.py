"""Every --help and every usage error is Simplified Chinese; only names of commands, options and files are not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import typer
from command_line import Told

from reportgen.cli.app import application

NAMES = {
    *(
        "reportgen",
        "build",
        "check",
        "explain",
        "rules",
        "new",
        "import",
        "schema",
        "pack",
        "list",
        "status",
        "pull",
        "undo",
        "restore",
        "diff",
        "batch",
        "sentences",
        "import",
        "send",
        "collect",
        "review",
        "web",
    ),
    *(
        "unit",
        "yaml",
        "json",
        "text",
        "markdown",
        "docx",
        "xlsx",
        "word",
        "wps",
        "excel",
        "utf",
        "xml",
        "pdf",
        "libreoffice",
        "publish",
        "redline",
        "txt",
        "web",
        "qq",
    ),
    *(
        "standard",
        "outputs",
        "templates",
        "inputs",
        "receipt",
        "bud",
        "req",
        "sco",
        "x",
    ),
}
TOO_ENGLISH = (
    "Usage",
    "Options",
    "Show this message",
    "Error",
    "Try ",
    "Missing",
    "Invalid",
    "default",
    "required",
)


def commands(
    command: Any, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    yield path
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, (*path, name))


ALL = tuple(commands(typer.main.get_command(application())))


def english(text: str) -> set[str]:
    """Words that are neither names nor options."""
    without_options = re.sub(r"(?<![a-z])--?[a-z][a-z-]*", "", text)
    return {
        word
        for word in re.findall(r"[A-Za-z]+", without_options)
        if word.lower() not in NAMES
    }


def test_the_commands_of_the_manual_are_there() -> None:
    wanted = {
        ("build",),
        ("check",),
        ("explain",),
        ("new",),
        ("schema",),
        ("pack", "list"),
    }

    assert wanted <= set(ALL)


@pytest.mark.parametrize(
    "path", ALL, ids=lambda path: " ".join(path) or "reportgen"
)
def test_help(path: tuple[str, ...], reportgen: Callable[..., Told]) -> None:
    told = reportgen(*path, "--help")

    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(f"用法：{' '.join(('reportgen', *path))} ")
    assert "显示本说明。" in told.out
    assert english(told.out) - {"JSON", "Schema"} == set()
    assert not any(word in told.out for word in TOO_ENGLISH)


@pytest.mark.parametrize(
    "path", ALL, ids=lambda path: " ".join(path) or "reportgen"
)
def test_every_command_and_option_is_explained(
    path: tuple[str, ...], reportgen: Callable[..., Told]
) -> None:
    lines = reportgen(*path, "--help").out.split("\n")

    rows = [line for line in lines if line.startswith("  ")]
    assert rows
    assert all(
        re.search(r"\s{2,}\S*[\u4e00-\u9fff].*。$", row.strip()) for row in rows
    ), rows


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("pack",),
        ("bild",),
        ("build",),
        ("explain",),
        ("pack", "lst"),
        ("--foo",),
        ("build", "-x"),
        ("build", "x.yaml", "--pak", "x"),
        ("build", "x.yaml", "-o"),
        ("build", "--format"),
        ("build", "x.yaml", "--format", "xml"),
        ("build", "--strict=1", "x.yaml"),
        ("check", "--format", "xml", "x.yaml"),
        ("explain", "x.yaml", "a", "b"),
        ("schema", "b"),
        ("pack", "list", "b"),
    ],
    ids=" ".join,
)
def test_usage_errors(
    arguments: tuple[str, ...], reportgen: Callable[..., Told]
) -> None:
    told = reportgen(*arguments)

    assert (told.code, told.out) == (2, "")
    assert re.search(r"用 reportgen( [a-z]+)* --help 查看用法。\n$", told.err)
    assert english(told.err) <= {"bild", "lst", "foo", "pak", "xml", "b"}
    assert not any(word in told.err for word in TOO_ENGLISH)


def test_a_switch_takes_no_value(reportgen: Callable[..., Told]) -> None:
    assert reportgen("build", "--strict=1", "x.yaml").err.startswith(
        "选项 --strict 后面不能带值。"
    )
