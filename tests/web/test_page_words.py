"""What is told for a terminal is said in words of the page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from web_desk import ROOT, Page

from reportgen.application.web.texts.page_words import page_words

_TERMINAL = re.compile(r"reportgen [a-z]|(?<![\w-])--[a-z]|同一条命令")
_HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("请把它移走，再执行同一条命令", "请把它移走，再点一次"),
        (
            "没有编号为「甲.乙」的语句；编号可用 reportgen explain 文件 --sentences 查看",
            "没有编号为「甲.乙」的语句；编号在“报告文字”页各句的下面",
        ),
        (
            "请关闭正在打开它的程序，或换一个输出文件夹（-o）",
            "请关闭正在打开它的程序",
        ),
        ("“reportgen --x，命令”不是数字；请填数字", None),
        ("执行率低于90%，请写原因；例如 -5% 的", None),
        ("底稿找不到（.reportgen 文件夹被删）", None),
        ("请安装：pip install reportgen[cluster]", ""),
    ],
)
def test_a_clause_is_said_for_the_page_or_left_out(
    told: str, said: str | None
) -> None:
    assert page_words(told) == (told if said is None else said)


def messages() -> Iterator[str]:
    """Every Chinese text of the program that names a command, but those of the command line itself."""
    for file in (ROOT / "reportgen").rglob("*.py"):
        if not {"cli", "web"} & {*file.relative_to(ROOT).parts}:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                text = getattr(node, "value", None)
                if isinstance(text, str) and _HAN.search(text):
                    yield text


def test_no_message_of_the_program_names_a_command_on_the_page() -> None:
    told = [one for one in messages() if _TERMINAL.search(one)]
    assert len(told) > 20
    said = [page_words(one) for one in told]
    assert [one for one in said if _TERMINAL.search(one)] == []


def test_what_a_page_shows_names_no_command(
    form: Page, browser: TestClient
) -> None:
    text = form.unit.file.read_text("utf-8")
    form.unit.file.write_text(f"{text}\n不写: [没有.这一句]\n", "utf-8")
    (found,) = [
        one for one in form.live()["findings"] if "这一句" in one["message"]
    ]
    assert "报告文字" in found["message"]
    assert "reportgen" not in found["message"]
    form.unit.file.write_text("", "utf-8")
    shown = browser.get(f"/units/{form.unit.id}").text
    assert "新建单位" in shown
    assert not _TERMINAL.search(re.sub("<[^>]*>", "", shown.split("<main")[1]))


def test_the_scripts_and_pages_themselves_name_no_command() -> None:
    web = ROOT / "reportgen" / "web"
    files = [*web.glob("templates/*.html"), *web.glob("assets/*.js")]
    texts = {one.name: one.read_text("utf-8") for one in files}
    named = re.compile("执行 ?reportgen|reportgen [a-z]+")
    found = [name for name, text in texts.items() if named.search(text)]
    assert found == []
