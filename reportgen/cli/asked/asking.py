"""build --ask: each change of a document is shown, and written only where it is accepted."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from reportgen.application.asked.asked_build import (
    AskedDocument,
    asked_documents,
    but_for,
)
from reportgen.application.build import BuildPlan
from reportgen.application.workplace import Workplace
from reportgen.cli.show import say
from reportgen.results.asked_changes import DocumentChange, RefusedChange

Ask = Annotated[
    bool,
    typer.Option(
        "--ask",
        help="文件里要改的逐处先问，不接受的保留原样；新生成的文件不问。",
    ),
]
Redlined = Annotated[
    bool,
    typer.Option(
        "--redline",
        help="改了文字的文件另做一份带修订的对照稿，放在“审阅”文件夹里。",
    ),
]
_YES, _NO, _REST, _NONE, _STOP = "y", "n", "a", "d", "q"
_WORDS = {"": _YES, "是": _YES, "否": _NO, "全是": _REST, "全否": _NONE}
_KEYS = (
    "逐处问接受不接受：y 接受，n 不接受、保留原样，a 这份文件其余的都接受，"
    "d 其余的都不接受，q 停止、什么都不写；直接回车是接受。"
)
_QUESTION = "接受吗？[y/n/a/d/q] "
_AGAIN = "请回答 y、n、a、d 或 q。"
_STOPPED = "已停止，什么都没有写。"
_NOTHING = "已有的文件没有要改的地方。"
_NOT_FREE = "（随整份文件，不能单独拒绝）"
_NO_TEXT = "--ask 要逐处回答，不能与 {other} 一起用"


def asked_plan(
    plan: BuildPlan,
    workplace: Workplace,
    *,
    is_text: bool,
) -> BuildPlan:
    """The plan with what the person at the terminal refused; typer.Exit where they stopped."""
    other = "--dry-run" if plan.request.dry else "--format json"
    if plan.request.dry or not is_text:
        raise typer.BadParameter(_NO_TEXT.format(other=other))
    documents = asked_documents(plan, workplace)
    say([_KEYS if documents else _NOTHING])
    refused = [one for each in documents for one in _refused_in(each)]
    return but_for(plan, refused)


def _refused_in(document: AskedDocument) -> Iterator[RefusedChange]:
    say([f"{document.path} 要改 {len(document.changes)} 处"])
    yield from document.refused(_numbers(document.changes))


def _numbers(changes: Sequence[DocumentChange]) -> Iterator[int]:
    """The numbers of what is not accepted."""
    answer = ""
    for number, change in enumerate(changes, start=1):
        note = "" if change.is_free else _NOT_FREE
        say([f"  [{number}] {change.text}{note}"])
        if change.is_free and answer not in {_REST, _NONE}:
            answer = _answer()
        if answer in {_NO, _NONE}:
            yield number


def _answer() -> str:
    """What the person typed, until it is one of the answers; without anybody to ask, and at q, all stops."""
    while True:
        typer.echo(f"  {_QUESTION}", nl=False)
        try:
            typed = input().strip()
        except EOFError:
            typed = _STOP
        answer = _WORDS.get(typed, typed.lower())
        if answer == _STOP:
            say(["", _STOPPED])
            raise typer.Exit(1)
        if answer in {_YES, _NO, _REST, _NONE}:
            return answer
        say([f"  {_AGAIN}"])
