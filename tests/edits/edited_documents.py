"""What the scripted edits share: prints of one unit before and after its data changed, and hands on the XML of Word."""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from lxml import etree

from reportgen.ooxml.visible_text import seen_in, visible_parts
from reportgen.pipeline import PackCache, prepare, print_set

ROOT = Path(__file__).parents[2]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Element = etree._Element
Edit = Callable[[Element], None]

# the edits know the sentences of this pack, whatever standard says
PACKS = (ROOT / "tests/data/packs", ROOT / "templates")
CHANGES = (
    ("  全年执行数: 2662.18\n  执行率: 100%\n", "  全年执行数: 2560.18\n"),
    ("年初预算数: 2414.16", "年初预算数: 2400.16"),
    ("实际值: 31场", "实际值: 33场"),
    (
        "  - {一级: 产出指标, 二级: 质量指标, 三级: 差错率",
        "  - {一级: 产出指标, 二级: 数量指标, 三级: 会议保障, 指标值: 40次, 实际值: 45次, 分值: 5, 得分: 5}\n"
        "  - {一级: 产出指标, 二级: 质量指标, 三级: 差错率",
    ),
    (
        "\n项目:\n",
        "\n项目:\n  - {名称: 公务用车购置, 资金: {年初预算数: 20, 全年预算数: 20, 全年执行数: 18}}\n",
    ),
)


@cache
def prints(unit: str, *, changed: bool) -> dict[str, bytes]:
    """The documents of a unit by the number that they begin with, before or after its data changed."""
    text = (ROOT / "inputs" / f"{unit}.yaml").read_text(encoding="utf-8")
    text = text.replace("模板: standard", "模板: worded", 1)
    for old, new in CHANGES if changed else ():
        assert old in text
        text = text.replace(old, new, 1)
    path = Path("unit.yaml")
    path.write_text(text, encoding="utf-8")
    outputs = print_set(prepare(path, PackCache(PACKS)))
    return {one.name.partition(" ")[0]: one.data for one in outputs}


def edited(docx: bytes, edit: Edit, part: str = "word/document.xml") -> bytes:
    """The document with one part changed by hand; everything else as it lies."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(docx)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copied,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                root = etree.fromstring(data)
                edit(root)
                data = etree.tostring(
                    root,
                    xml_declaration=True,
                    encoding="UTF-8",
                    standalone=True,
                )
            copied.writestr(name, data)
    return target.getvalue()


def texts(docx: bytes) -> list[str]:
    """Every paragraph that can be seen."""
    return [one.text for one in seen_in(visible_parts(docx))]


def text_of(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def paragraph(root: Element, holding: str) -> Element:
    """The first paragraph that holds these words."""
    return next(one for one in root.iter(f"{W}p") if holding in text_of(one))


def row(root: Element, holding: str) -> Element:
    return next(one for one in root.iter(f"{W}tr") if holding in text_of(one))


def run(text: str, like: Element | None = None) -> Element:
    made = etree.Element(f"{W}r")
    properties = None if like is None else like.find(f".//{W}rPr")
    if properties is not None:
        made.append(copy.deepcopy(properties))
    held = etree.SubElement(made, f"{W}t")
    held.text = text
    held.set(XML_SPACE, "preserve")
    return made


def new_paragraph(text: str, like: Element) -> Element:
    made = etree.Element(f"{W}p")
    properties = like.find(f"{W}pPr")
    if properties is not None:
        made.append(copy.deepcopy(properties))
    made.append(run(text, like))
    return made


def piece(root: Element, text: str) -> Element:
    """The text element that holds these words."""
    return next(one for one in root.iter(f"{W}t") if text in (one.text or ""))


def retype(old: str, new: str) -> Edit:
    """Types over: the run and its bookmark stay."""

    def edit(root: Element) -> None:
        found = piece(root, old)
        found.text = (found.text or "").replace(old, new, 1)

    return edit


def rewrite(holding: str, new: str) -> Edit:
    """Deletes a whole paragraph's text and types it anew, as one run: bookmarks in it are gone."""

    def edit(root: Element) -> None:
        found = paragraph(root, holding)
        for child in [one for one in found if one.tag != f"{W}pPr"]:
            found.remove(child)
        found.append(run(new))

    return edit


def tracked(kind: str, child: Element, number: int = 900) -> Element:
    """`child` as inserted or deleted with changes tracked."""
    made = etree.Element(
        f"{W}{kind}", {f"{W}id": str(number), f"{W}author": "科员"}
    )
    made.append(child)
    if kind == "del":
        for one in list(made.iter(f"{W}t")):
            one.tag = f"{W}delText"
    return made
