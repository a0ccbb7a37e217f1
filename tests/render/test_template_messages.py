"""Whatever is wrong with a tag is said with file, part, place, the tag as typed, and a way out."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from engine_support import lines_template, save, table_template

from reportgen.core.errors import ReportgenError, TemplateError
from reportgen.render.template.compile import compile_template

CONTEXT: dict[str, Any] = {
    "单位": {"名称": "甲", "执行率": Decimal(90)},
    "明细": [{"名称": "子", "数": 0}, {"名称": "丑", "数": None}],
    "文字": "字",
    "零": 0,
}


def refusal(path: Path, context: dict[str, Any] = CONTEXT) -> ReportgenError:
    with pytest.raises(ReportgenError) as caught:
        compile_template(path).render(context)
    error = caught.value
    assert error.place is not None
    assert error.place.file == str(path)
    assert error.hint
    assert "jinja" not in str(error).lower()
    return error


@pytest.mark.parametrize(
    ("tag", "said", "hint"),
    [
        ("{{ 单 位 }}", "写法不对", "例如"),
        ("{{ 单位.名 }}", "没有“名”（数据中的 单位）", "是否应为“名称”？"),
        ("{{ 単位.名称 }}", "数据中没有“単位”", "是否应为“单位”？"),
        ("{{ 文宇 }}", "数据中没有“文宇”", "是否应为“文字”？"),
        ("{{ 文字.长 }}", "“长”前面的是文字", "点号"),
        ("{{ 明细.名称 }}", "“名称”前面的是一组数据（列表）", "点号"),
        ("{{ 1 / 零 }}", "除数为零", "if"),
        ("{{ 文字 * 9 }}", "只有数字才能计算", "准备好"),
        ("{{ 9 ** 9 }}", "乘方", "准备好"),
        ("{{ 5 // 2 }}", "整除 //", "准备好"),
        ("{{ 文字|replace('a', 'b') }}", "没有过滤器 replace", "可以用的有"),
        ("{{ 文字|attr('x') }}", "没有过滤器 attr", "可以用的有"),
        ("{{ 文字|print_plain }}", "没有过滤器 print_plain", "可以用的有"),
        ("{{ 文字|upper }}", "没有过滤器 upper", "可以用的有"),
        ("{{ 文字.format(1) }}", "不能使用 函数调用", "准备好"),
        ("{{ range(9) }}", "不能使用 函数调用", "准备好"),
        ("{{ 文字.__class__ }}", "下划线", "准备好"),
        ("{{ 文字|safe }}", "没有过滤器 safe", "可以用的有"),
        ("{{ namespace }}", "没有“namespace”", "可用的名称"),
        ("{{ loop.index }}", "没有“loop”", "可用的名称"),
        ("{{ 单位 }}", "是一组数据，不能直接打印（数据中的 单位）", "for"),
        (
            "{{ 明细[1].数 }}",
            "值是空的（None），不能打印（数据中的 明细[2].数）",
            "填写",
        ),
        ("{{ 单位.执行率 > 5 }}", "真/假", "if"),
        ("{{ 1.5 }}", "float", ""),
        ("{% if 文字 > 零 %}{% endif %}", "算不出来", "类型"),
        ("{% if 1 < 零 < 2 %}{% endif %}", "不能连续比较", "and"),
        ("{% for 字 in 文字 %}{% endfor %}", "不是一组数据，不能用 for", ""),
        ("{% for 行 in 明细 recursive %}{% endfor %}", "recursive", "准备好"),
        ("{% for self in 明细 %}{% endfor %}", "self", "换一个"),
        ("{% macro 甲() %}", "不认识或不允许的语句 macro", "if"),
        ("{% set 甲 %}", "写法不对", "例如"),
        ("{% raw %}", "不认识或不允许的语句 raw", "if"),
        ("{% include 'x' %}", "不认识或不允许的语句 include", "if"),
        ("{% p if 零 %}", "不认识或不允许的语句 p", "中间不留空格"),
        ("{%tr if 零 %}", "缺少 {%tr endif %}", "单独占一行"),
        ("{%tr set 甲 = 零 %}", "要放在表格的一行里", "标签"),
        ("{% vm %}", "只能用在表格的单元格里", "标签"),
        ("{{ }}", "标签是空的", "名称"),
        ("{{r 文字 }}", "不能用 {{r …}}", "{{ 名称 }}"),
        ("{{ 文字", "缺少配对的 }}", "同一段落"),
        ("{{ 文字 {{ 零 }}", "没有写完", "成对"),
        ("文字 }}", "缺少配对的 {{", "同一段落"),
        ("{% if 零 %}", "缺少 {% endif %}", "补上"),
        ("{% endfor %}", "前面没有与它配对", "补上"),
        ("{% for 行 in 明细 %}{% endif %}", "不配对", "endfor"),
        ("｛｛ 文字 ｝｝", "全角", "半角"),
        ("{{ 文字｝}", "全角", "半角"),
        ("{{ 单位。名称 }}", "写法不对", "全角符号 。"),
        ("{{ 单位（名称） }}", "写法不对", "全角符号"),
        ("{{ '" + "x" * 500 + " }}", "写法不对", "例如"),
        ("{{ 零" + " + 零" * 900 + " }}", "标签太长", "拆开"),
    ],
)
def test_message(tag: str, said: str, hint: str, tmp_path: Path) -> None:
    error = refusal(lines_template(tmp_path, "头{{ 文字 }}", tag))
    assert error.message.startswith("正文第2段")
    assert said in error.message
    assert hint in error.hint
    assert len(error.message) < 300


def test_place_in_a_table(tmp_path: Path) -> None:
    path = table_template(tmp_path, ("甲", "乙"), ("丙", "{{ 没有 }}"))
    assert refusal(path).message.startswith(
        "正文第1个表格第2行第2列的标签“{{ 没有 }}”"
    )


def test_place_in_a_loop_over_rows(tmp_path: Path) -> None:
    path = table_template(
        tmp_path,
        ("{%tr for 行 in 明细 %}",),
        ("{{ 行.名称 }}",),
        ("{{ 行.数 }}",),
        ("{%tr endfor %}",),
    )
    error = refusal(path)
    assert error.message.startswith(
        "正文第1个表格第3行第1列的标签“{{ 行.数 }}”"
    )
    assert "明细[2].数" in error.message


def test_place_in_header_footer_and_properties(tmp_path: Path) -> None:
    for number, where in enumerate(("页眉", "页脚", "文档属性")):
        document = docx.Document()
        section = document.sections[0]
        if where == "页眉":
            section.header.paragraphs[0].text = "{{ 没有 }}"
        elif where == "页脚":
            section.footer.paragraphs[0].text = "{{ 没有 }}"
        else:
            document.core_properties.subject = "{{ 没有 }}"
        message = refusal(save(document, tmp_path, f"{number}.docx")).message
        assert message.startswith(where)
        assert "“{{ 没有 }}”" in message


def test_names_of_a_loop_are_suggested(tmp_path: Path) -> None:
    path = lines_template(
        tmp_path, "{% for 每一行 in 明细 %}{{ 每一行名称 }}{% endfor %}"
    )
    assert "是否应为“每一行”？" in refusal(path).hint


def test_pairs_must_agree(tmp_path: Path) -> None:
    path = lines_template(tmp_path, "{%p if 零 %}", "甲 {% endif %}")
    assert "写法不一致" in refusal(path).message
    path = table_template(tmp_path, ("{%p if 零 %}", "{%p endif %}"))
    assert "不在同一处" in refusal(path).message


def test_a_block_may_not_tear_a_cell(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("甲{% if 零 %}")
    document.add_table(1, 1).cell(0, 0).text = "{% endif %}乙"
    assert "不完整" in refusal(save(document, tmp_path)).message


def test_tags_where_nobody_sees_them_are_refused(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("甲")
    field = document.paragraphs[0]._p.makeelement(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}fldSimple"
    )
    field.set(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}instr",
        "DATE {{ 文字 }}",
    )
    document.paragraphs[0]._p.append(field)
    assert "域代码里不能放标签" in refusal(save(document, tmp_path)).message
    odd = docx.Document()
    odd.add_paragraph("甲")._p.set(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rsidR",
        "{{ 文字 }}",
    )
    assert "属性里不能放标签" in refusal(save(odd, tmp_path, "二.docx")).message


def test_errors_are_of_one_family(tmp_path: Path) -> None:
    assert isinstance(
        refusal(lines_template(tmp_path, "{{ 没有 }}")), TemplateError
    )


@pytest.mark.parametrize(
    "lines_of_it",
    [
        ["{% set 文 = 文字 %}", *["{% set 文 = 文 ~ 文 %}"] * 40, "{{ 文 }}"],
        [
            *["{% for 行 in 多 %}"] * 5,
            "甲",
            *["{% endfor %}"] * 5,
        ],
    ],
    ids=["a text doubled", "loops within loops"],
)
def test_what_grows_beyond_all_bounds(
    lines_of_it: list[str], tmp_path: Path
) -> None:
    started = time.process_time()
    path = lines_template(tmp_path, "".join(lines_of_it))
    error = refusal(path, {**CONTEXT, "多": [{"名": n} for n in range(300)]})
    assert "超过上限" in error.message
    assert error.message.startswith("正文第1段的标签")
    assert time.process_time() - started < 10


def test_lists_that_hold_themselves_are_not_compared(tmp_path: Path) -> None:
    doubled = "{% set 甲 = [甲, 甲] %}" * 60
    path = lines_template(
        tmp_path,
        "{% set 甲 = [1] %}" + doubled + "{% if [甲] == [甲, 1] %}{% endif %}",
    )
    assert "两组数据不能互相比较" in refusal(path).message
