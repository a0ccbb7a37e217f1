"""The command line: parse, call, show, exit."""

import atexit
import gc
import os
import sys
from importlib import import_module
from typing import Any

import typer

from reportgen.cli.chinese import (
    ChineseCommand,
    ChineseGroup,
    UsageError,
    say_usage_error,
)
from reportgen.core.control_chars import harmless

# Where each command stands. Only the one that was typed is imported: nobody who asks for help waits for Word.
COMMANDS = {
    "": {
        "build": "build:build",
        "check": "check:check",
        "status": "status:status",
        "diff": "pull:diff",
        "pull": "pull:pull",
        "undo": "undo:undo",
        "restore": "restore:restore",
        "explain": "explain:explain",
        "rules": "reference:rules",
        "new": "new:new",
        "import": "import_unit:import_files",
        "review": "review_round.command:review",
        "send": "collect:send",
        "collect": "collect:collect",
        "pdf": "publish.pdf:pdf",
        "publish": "publish.publish:publish",
        "redline": "publish.redline:redline",
        "schema": "reference:schema",
        "web": "web.command:web",
    },
    "pack": {
        "list": "packs:list_packs",
        "check": "packs:check_pack",
        "new": "packs:new_pack",
        "sentences": "packs:list_sentences",
    },
}
EXIT_USAGE = 2
EXIT_STOPPED = 3
_NO_FOLDER = "错误 当前文件夹已被删除或移走；请换到一个存在的文件夹，再执行命令"
_GROUPS = {"pack": "查看、检查、复制模板包。"}


def application(only: str = "") -> typer.Typer:
    """All commands, or just the one called `only`."""
    app = typer.Typer(
        name="reportgen",
        cls=ChineseGroup,
        add_completion=False,
        no_args_is_help=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback(
        help="预算绩效自评报告编写助手：一份 unit.yaml，生成整套自评表和自评报告。"
    )(_program)
    _add_commands(app, "", only)
    for name, help_text in _GROUPS.items():
        if only in {"", name}:
            group = typer.Typer(
                cls=ChineseGroup, help=help_text, rich_markup_mode=None
            )
            _add_commands(group, name)
            app.add_typer(group, name=name)
    return app


def _program() -> None:
    """Stands for the program itself, so that one command alone still has a name."""


def _add_commands(app: typer.Typer, group: str, only: str = "") -> None:
    for name, place in COMMANDS[group].items():
        if only in {"", name}:
            module, _, function = place.partition(":")
            command = getattr(
                import_module(f"reportgen.cli.{module}"), function
            )
            app.command(name, cls=ChineseCommand)(command)


def main(arguments: list[str] | None = None) -> None:
    """The program: runs a command and exits with its code."""
    _start_fast()
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(
                errors="replace"
            )  # a GBK console cannot show every character; that must not stop the work
    sys.exit(_run(arguments))


def _start_fast() -> None:
    """Spares a run of one unit a third of its time."""
    # Start-up makes 60,000 objects that all stay: looking for garbage is vain, and takes 20 ms each time.
    gc.set_threshold(100_000)
    atexit.register(
        gc.freeze
    )  # or else the interpreter looks through all of them several times before it ends
    os.environ.setdefault(
        "PYDANTIC_DISABLE_PLUGINS", "__all__"
    )  # or else it searches everything that is installed


def _has_folder() -> bool:
    """Whether the folder in which the command was typed is still there."""
    try:
        return bool(os.getcwd())
    except OSError:
        return False


def _run(arguments: list[str] | None) -> int:
    typed = sys.argv[1:] if arguments is None else arguments
    known = {*COMMANDS[""], *_GROUPS}
    name = typed[0] if typed else ""
    app = application(name if name in known else "")
    try:
        code = app(typed, prog_name="reportgen", standalone_mode=False)
    except UsageError as error:
        say_usage_error(error)
        return EXIT_USAGE
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("已中断；已经写好的文件保留。", err=True)
        return EXIT_STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        from reportgen.cli.show import failure_text  # noqa: PLC0415  only a failure needs it

        told = failure_text(error) if _has_folder() else _NO_FOLDER
        typer.echo(harmless(told), err=True)
        return EXIT_STOPPED
    return code if isinstance(code, int) else 0
