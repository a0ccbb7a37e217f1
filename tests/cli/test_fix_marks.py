"""reportgen check --fix: half-width marks of Chinese prose become Chinese ones, sign for sign."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told

from reportgen.checks.writing.typography.chinese_marks import (
    with_marks,
    wrong_marks,
)

Run = Callable[..., Told]
TYPED = """年度: 2024
单位: {名称: 青禾县图书馆, 职责: ["负责借阅,辅导基层"]}
叙述:
  单位概况: |
    馆舍面积1,200平方米,阅览座位80个.
    设有"亲子"(周末)等4个活动室;每日9:00开馆。
  存在问题:
    - 经费不足,设备老化  # 待核对,再定
    - "他说:\\"读者(少儿)偏多\\""
    - '馆员''小讲堂''人手不够!'
    - 第一句很长,
      接着写第二句;
  自评结论: 见https://a.example.cn/x,y?z=1
"""
MENDED = """年度: 2024
单位: {名称: 青禾县图书馆, 职责: ["负责借阅，辅导基层"]}
叙述:
  单位概况: |
    馆舍面积1,200平方米，阅览座位80个。
    设有“亲子”（周末）等4个活动室；每日9:00开馆。
  存在问题:
    - 经费不足，设备老化  # 待核对,再定
    - "他说：“读者（少儿）偏多”"
    - '馆员‘小讲堂’人手不够！'
    - 第一句很长，
      接着写第二句；
  自评结论: 见https://a.example.cn/x,y?z=1
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "unit.yaml"
    path.write_text(TYPED, encoding="utf-8")
    return path


def test_marks_are_shown_and_written_when_asked_for(
    reportgen: Run, file: Path
) -> None:
    shown = reportgen("check", file, "--fix")
    assert "改为      - 经费不足，设备老化" in shown.out
    assert file.read_text(encoding="utf-8") == TYPED

    reportgen("check", file, "--fix", "--apply")
    assert file.read_text(encoding="utf-8") == MENDED


def test_nothing_is_left_to_mend_afterwards(reportgen: Run, file: Path) -> None:
    reportgen("check", file, "--fix", "--apply")
    assert "没有可以自动改正的写法" in reportgen("check", file, "--fix").out
    assert "TXT014" not in reportgen("check", file).out


def test_slips_of_yaml_and_marks_are_mended_at_once(
    reportgen: Run, file: Path
) -> None:
    file.write_text(TYPED.replace("年度: ", "年度："), encoding="utf-8")
    reportgen("check", file, "--fix", "--apply")
    assert file.read_text(encoding="utf-8") == MENDED


def test_a_text_that_two_places_share_is_left_to_a_person(
    reportgen: Run, tmp_path: Path
) -> None:
    file = tmp_path / "unit.yaml"
    shared = (
        "年度: 2024\n单位: {名称: 青禾县图书馆}\n叙述:\n"
        "  存在问题: &同 经费不足,设备老化\n  改进措施: *同\n"
    )
    file.write_text(shared, encoding="utf-8")
    reportgen("check", file, "--fix", "--apply")
    assert file.read_text(encoding="utf-8") == shared


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("满意度96%,比上年高", "满意度96%，比上年高"),
        ("共3类:图书;报刊;音像", "共3类：图书；报刊；音像"),
        ("“一卡(社保卡)通”", "“一卡（社保卡）通”"),
        ("（一)基本情况", "（一）基本情况"),
        ('“打造"书香"城市”', "“打造‘书香’城市”"),
        ("已向社会开放...", "已向社会开放……"),
        ("RFID,自助借还机", "RFID，自助借还机"),
        ("执行率{{ 资金.执行率 }},偏低", "执行率{{ 资金.执行率 }}，偏低"),
        (
            "进一步完善了图书采购制度.加强了验收",
            "进一步完善了图书采购制度。加强了验收",
        ),
    ],
)
def test_marks_in_chinese_sentences(typed: str, right: str) -> None:
    assert with_marks(typed, wrong_marks(typed)) == right
    assert wrong_marks(right) == []


@pytest.mark.parametrize(
    "text",
    [
        "第1,234号，3:7，12:30:00，1.5倍，2024.6.30",
        "《关于〈条例〉的说明》“‘三个’一批”",
        "邮箱lib@example.com.cn，平台www.example.cn/a(1).html",
        "Word, Excel (2016) and WPS; v1.2",
        "古丽.艾合买提",
        "屏幕55\"，Tom's",
        '55"电视两台、65"电视一台',
        "1.组织领导 2)经费保障",
        "{% if 指标 %}{{ a['b,c'] }}{% endif %}",
        "plain English, only.",
    ],
)
def test_what_is_no_chinese_sentence_stays(text: str) -> None:
    assert wrong_marks(text) == []
