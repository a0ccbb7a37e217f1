"""Two versions as one with tracked changes: all accepted it reads as the new one, all refused as the old one."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from hypothesis import given, settings, strategies as st

from reportgen.ooxml.blocks import Holder, Paragraph, blocks_in
from reportgen.ooxml.document import open_document
from reportgen.ooxml.document_identity import identity_of
from reportgen.ooxml.names import W
from reportgen.ooxml.paragraph_text import OBJECT
from reportgen.ooxml.xml_parts import Element
from reportgen.pipeline import PackCache, prepare, print_set
from reportgen.publishing.tracked_changes import accept_changes
from reportgen.readback.redline.redline import redline

ROOT = Path(__file__).resolve().parents[2]


def saved(document: Document) -> bytes:
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def refuse_changes(root: Element) -> None:
    """What came goes and what went stays: the same as to accept the opposite."""
    turned = {f"{W}ins": f"{W}del", f"{W}del": f"{W}ins"}
    for element in list(root.iter(*turned)):
        element.tag = turned[str(element.tag)]
    for text in list(root.iter(f"{W}delText")):
        text.tag = f"{W}t"
    accept_changes(root)


def read(root: Element) -> list[object]:
    """The text of a story: paragraphs, and tables as rows of cells."""
    body = root.find(f"{W}body")
    return [_read(one) for one in blocks_in(root if body is None else body)]


def _read(block: object) -> object:
    if isinstance(block, Paragraph):
        return block.text.replace(OBJECT, "")
    assert isinstance(block, Holder)
    return [_read(one) for one in block.parts]


def stories(data: bytes, change: Callable[[Element], object]) -> list[object]:
    document = open_document(data, "")
    parts = [document.package.main, *document.margins()]
    found = []
    for part in parts:
        root = deepcopy(document.tree(part))
        change(root)
        found.append(read(root))
    return found


def nothing(_: Element) -> None:
    pass


def check(old: bytes, new: bytes) -> bytes:
    """Both ways lead where they should; the document with the changes is given back."""
    made = redline(old, new).data
    assert stories(made, accept_changes) == stories(new, accept_changes)
    assert stories(made, refuse_changes) == stories(old, accept_changes)
    return made


def with_paragraphs(*texts: str) -> bytes:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    return saved(document)


def with_table(
    rows: list[list[str]], *, before: str = "表", after: str = "完"
) -> bytes:
    document = docx.Document()
    document.add_paragraph(before)
    if rows:
        table = document.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.add_paragraph(after)
    return saved(document)


def marks(data: bytes) -> tuple[list[str], list[str]]:
    """The texts that came and those that went."""
    root = open_document(data, "").body
    came = ["".join(one.itertext()) for one in root.iter(f"{W}ins")]
    went = ["".join(one.itertext()) for one in root.iter(f"{W}del")]
    return [one for one in came if one], [one for one in went if one]


def test_a_figure_is_one_change_and_the_rest_of_the_sentence_stays() -> None:
    made = check(
        with_paragraphs("全年支出523.12万元，执行率95.3%。"),
        with_paragraphs("全年支出524.6万元，执行率95.3%。"),
    )

    assert marks(made) == (["524.6"], ["523.12"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["甲", "乙", "丙"], ["甲", "丙"]),
        (["甲", "乙"], ["甲"]),
        (["甲"], ["甲", "乙"]),
        (["甲", "乙"], ["乙"]),
        (["甲"], ["乙甲", "甲"]),
        (["第一段文字", "第二段文字"], ["完全不同的", "另一些内容"]),
        (["甲", "", "乙"], ["甲", "乙", ""]),
        ([""], ["新写的一段"]),
        (["要删的一段"], [""]),
        (["一是加强管理", "二是提高效率"], ["二是提高效率", "一是加强管理"]),
        (["前半后半"], ["前半", "后半"]),
        (["前半", "后半"], ["前半后半"]),
        (["甲\t乙\n丙"], ["甲\t丁\n丙\n"]),
    ],
)
def test_paragraphs(old: list[str], new: list[str]) -> None:
    check(with_paragraphs(*old), with_paragraphs(*new))


ROWS = [["指标", "值"], ["培训人次", "30"], ["满意度", "95%"]]


@pytest.mark.parametrize(
    "new",
    [
        [["指标", "值"], ["培训人次", "31"], ["满意度", "95%"]],
        [["指标", "值"], ["满意度", "95%"]],
        [*ROWS, ["及时率", "100%"]],
        [ROWS[0], ["新的一行", "1"], *ROWS[1:]],
        [["指标", "值"]],
        [["指标", "值", "得分"], ["培训人次", "30", "10"]],
        [["指标", "值"], ["满意度", "95%"], ["培训人次", "30"]],
        [],
    ],
)
def test_tables(new: list[list[str]]) -> None:
    check(with_table(ROWS), with_table(new))
    check(with_table(new), with_table(ROWS))


def test_a_row_that_came_is_a_row_that_was_tracked() -> None:
    made = check(with_table(ROWS), with_table([*ROWS, ["及时率", "100%"]]))

    rows = list(open_document(made, "").body.iter(f"{W}tr"))
    assert [one.find(f"{W}trPr/{W}ins") is not None for one in rows] == [
        False,
        False,
        False,
        True,
    ]


def test_cells_with_several_paragraphs() -> None:
    check(
        with_table([["甲\n乙", "1"], ["丙", "2"]]),
        with_table([["甲", "1"], ["丙\n丁\n戊", "2"]]),
    )
    old, new = docx.Document(), docx.Document()
    for document, texts in ((old, ("甲", "乙")), (new, ("乙", "丙", "丁"))):
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = texts[0]
        for text in texts[1:]:
            cell.add_paragraph(text)
        document.add_paragraph()
    check(saved(old), saved(new))


def test_headers_and_footers() -> None:
    files = []
    for text in ("2023年度", "2024年度"):
        document = docx.Document()
        document.add_paragraph("正文")
        document.sections[0].header.paragraphs[0].text = f"自评报告（{text}）"
        files.append(saved(document))

    made = check(*files)

    document = open_document(made, "")
    header = document.tree(next(iter(document.margins())))
    assert [one.text for one in header.iter(f"{W}delText")] == ["2023"]


def test_what_is_bold_stays_bold_also_where_it_went() -> None:
    old, new = docx.Document(), docx.Document()
    for document, text in ((old, "甲乙丙"), (new, "甲丙")):
        document.add_paragraph().add_run(text).bold = True

    made = check(saved(old), saved(new))

    (went,) = open_document(made, "").body.iter(f"{W}del")
    assert went.find(f"{W}r/{W}rPr/{W}b") is not None


def test_two_that_are_the_same_have_no_changes() -> None:
    data = with_table(ROWS)
    made = redline(data, data)

    assert (made.came, made.went) == (0, 0)


def test_changes_that_were_pending_count_as_accepted() -> None:
    old, new = with_paragraphs("甲乙丙"), with_paragraphs("甲乙丁")
    between = redline(old, new).data

    assert redline(new, between).came == 0
    check(old, between)


def test_it_is_not_taken_for_a_print() -> None:
    unit = ROOT / "templates" / "standard" / "example.yaml"
    draft = prepare(unit, PackCache((ROOT / "templates",)))
    report = print_set(draft)[0].data

    assert identity_of(report) is not None
    assert identity_of(redline(report, report).data) is None


@pytest.fixture(scope="module")
def prints() -> list[bytes]:
    """The report and the form of the example, small tables and charts in them."""
    unit = ROOT / "templates" / "standard" / "example.yaml"
    draft = prepare(unit, PackCache((ROOT / "templates",)))
    return [one.data for one in print_set(draft)[:2]]


@pytest.mark.parametrize("seed", range(6))
def test_printed_documents_after_many_edits(
    prints: list[bytes], seed: int
) -> None:
    chosen = random.Random(seed)
    for data in prints:
        edited = docx.Document(BytesIO(data))
        body = edited.element.body
        paragraphs = [one for one in edited.paragraphs if one.text]
        for one in chosen.sample(paragraphs, min(6, len(paragraphs))):
            runs = [run for run in one.runs if run.text]
            if runs:
                run = chosen.choice(runs)
                run.text = (
                    run.text[: len(run.text) // 2] + "改写" + run.text[-1:]
                )
        for one in chosen.sample(paragraphs, min(2, len(paragraphs))):
            if one._element.find(f"{W}pPr/{W}sectPr") is None:
                one._element.addnext(deepcopy(one._element))
                one._element.getparent().remove(one._element)
        rows = [row for table in edited.tables for row in table.rows]
        for row in chosen.sample(rows, min(3, len(rows))):
            if len(row._tr.getparent().findall(f"{W}tr")) > 2:
                row._tr.getparent().remove(row._tr)
        assert body is not None
        check(data, saved(edited))
        check(saved(edited), data)


WORDS = st.sampled_from(["甲", "乙乙", "12.5%", "完成", "，", "a b", "\t", ""])
TEXT = st.lists(WORDS, max_size=5).map("".join)
BLOCK = TEXT | st.lists(
    st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=3
)


def built(blocks: list[object]) -> bytes:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(0, 2)
        for row in block:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        document.add_paragraph("之间")
    if not blocks:
        document.add_paragraph("")
    return saved(document)


@settings(max_examples=60)
@given(st.lists(BLOCK, max_size=5), st.lists(BLOCK, max_size=5))
def test_any_two_documents(old: list[object], new: list[object]) -> None:
    check(built(old), built(new))
