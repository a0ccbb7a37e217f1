"""reportgen web."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer

from reportgen.application.workplace import Workplace
from reportgen.cli.show import say
from reportgen.cli.workplace import workplace

_OTHER = "这个文件夹的页面已经打开，没有再开一个。"
_END = "在浏览器里填报；关闭所有页面或点“退出”后，本程序自动结束。"


def web(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="文件夹", help="填报文件所在的文件夹，默认当前文件夹。"
        ),
    ] = Path(),
    port: Annotated[
        int,
        typer.Option(
            "--port",
            metavar="端口",
            help="从哪个端口开始找空闲的，默认 8765。",
            min=0,
            max=65535,
        ),
    ] = 0,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="只显示地址，不打开浏览器。")
    ] = False,
    shortcut: Annotated[
        bool,
        typer.Option(
            "--shortcut",
            help="在桌面放一个图标，以后双击它打开这个文件夹的页面。",
        ),
    ] = False,
) -> None:
    """在浏览器里填报、检查、生成文件；只在本机，不联网。"""
    if shortcut:
        from reportgen.cli.web.shortcut import write_shortcut  # noqa: PLC0415

        say([f"已放好图标：{write_shortcut(folder)}"])
        return
    open_folder(folder, port, opened=not no_open)


def open_folder(
    folder: Path,
    port: int = 0,
    *,
    opened: bool = True,
) -> None:
    """Serves the folder and shows its page."""
    from reportgen.web.server import serve  # noqa: PLC0415  the server, 100 ms, and only this command wants it

    def on_address(
        address: str,
        is_ours: bool,
    ) -> None:
        say([address, _END if is_ours else _OTHER])
        if opened and is_ours:  # a browser of the terminal would keep us
            thread = Thread(target=webbrowser.open, args=(address,))
            thread.daemon = True
            thread.start()
        elif opened:
            webbrowser.open(address)

    serve(folder, _workplace_of(folder), port, on_address)


def _workplace_of(folder: Path) -> Workplace:
    """The same as for any command; packs lie in the folder that is served."""
    usual = workplace()
    own = folder.resolve() / "templates"
    return Workplace((own, *usual.search[1:]), usual.cache, usual.processors)
