"""Help and usage errors in Chinese; typer's own are in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from reportgen.core.control_chars import harmless

UsageError: Any = typer.BadParameter.__base__  # typer does not export it


class UnknownCommandError(UsageError):  # type: ignore[misc]
    """A command that does not exist; the message is in Chinese already."""


def _help(command: Any, ctx: Any, formatter: Any) -> None:
    formatter.write(
        f"用法：{ctx.command_path} {' '.join(_pieces(command, ctx))}\n\n"
    )
    formatter.write(
        "\n".join(
            line.strip() for line in (command.help or "").splitlines()
        ).strip()
        + "\n"
    )
    _table(formatter, "命令", _commands(command, ctx))
    params = command.get_params(ctx)
    _table(
        formatter,
        "参数",
        [
            (p.metavar or p.name, p.help or "")
            for p in params
            if p.param_type_name == "argument"
        ],
    )
    _table(
        formatter,
        "选项",
        [_option(p) for p in params if p.param_type_name == "option"],
    )


def _pieces(command: Any, ctx: Any) -> Iterator[str]:
    """What stands behind the name of the command: [选项] 文件 [项]."""
    if isinstance(command, TyperGroup):
        yield "命令 …"
        return
    yield "[选项]"
    for param in command.get_params(ctx):
        if param.param_type_name == "argument":
            name = f"{param.metavar or param.name}{' …' if param.nargs == -1 else ''}"
            yield name if param.required else f"[{name}]"


def _commands(command: Any, ctx: Any) -> list[tuple[str, str]]:
    if not isinstance(command, TyperGroup):
        return []
    found = (
        (name, command.get_command(ctx, name))
        for name in command.list_commands(ctx)
    )
    return [
        (name, (one.help or "").strip().splitlines()[0])
        for name, one in found
        if one
    ]


def _option(param: Any) -> tuple[str, str]:
    if "--help" in param.opts:
        return "--help", "显示本说明。"
    value = "" if param.is_flag else f" {param.metavar or '值'}"
    return ", ".join(
        [*param.opts, *param.secondary_opts]
    ) + value, param.help or ""


def _table(formatter: Any, title: str, rows: list[tuple[str, str]]) -> None:
    if not rows:
        return
    width = max(_width(name) for name, _ in rows) + 2
    formatter.write(f"\n{title}：\n")
    for name, text in rows:
        formatter.write(f"  {name}{' ' * (width - _width(name))}{text}\n")


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes usage, description, arguments and options."""
        _help(self, ctx, formatter)


class ChineseGroup(TyperGroup):
    """A group of commands whose help is Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes usage, description and commands."""
        _help(self, ctx, formatter)

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order of the manual."""
        return list(self.commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As typer does, but a wrong name is told in Chinese, with the names that are like it."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            close = get_close_matches(name, self.commands)
            hint = (
                f"是否应为 {'、'.join(close)}"
                if close
                else f"可用的命令：{'、'.join(self.commands)}"
            )
            raise UnknownCommandError(f"没有这个命令：{name}；{hint}", ctx)
        return super().resolve_command(ctx, args)


def say_usage_error(error: Any) -> None:
    """One line that says what is wrong with the command as typed, and where help is."""
    kind = type(error).__name__
    param = getattr(error, "param", None)
    name = getattr(param, "metavar", None) or getattr(param, "name", "") or ""
    similar = getattr(error, "possibilities", None) or ()
    messages = {
        "NoSuchOption": f"没有这个选项：{getattr(error, 'option_name', '')}",
        "MissingParameter": f"缺少参数：{name}",
        "BadParameter": f"参数填写有误，应为 {name}",
        "BadOptionUsage": f"选项 {getattr(error, 'option_name', '')} 后面缺少值",
        "UnknownCommandError": error.format_message(),
    }
    text = messages.get(kind) or _other(error)
    hint = f"；是否应为 {'、'.join(similar)}" if similar else ""
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "reportgen"
    if kind == "BadOptionUsage" and "does not take" in error.format_message():
        text = f"选项 {error.option_name} 后面不能带值"
    told = harmless(f"{text}{hint}。用 {path} --help 查看用法。")
    typer.echo(told, err=True)


def _other(error: Any) -> str:
    """What typer only says in words: a command is missing, or there is a word too many."""
    extra = re.search(
        r"extra argument(?:s|\(s\))? \((.*)\)", error.format_message()
    )
    if extra:
        return f"多写了参数：{extra[1]}（文件名中有空格的，请加英文双引号）"
    if isinstance(
        getattr(getattr(error, "ctx", None), "command", None), TyperGroup
    ):
        return "请给出要执行的命令"
    return f"命令无法识别（{error.format_message()}）"
