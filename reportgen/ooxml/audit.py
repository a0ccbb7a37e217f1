"""Lets through only templates of known parts that reach nothing outside: before one is filled, printed or converted."""

import re
from collections.abc import Iterator

from lxml import etree

from reportgen.core.errors import TemplateError
from reportgen.ooxml.allowed_parts import (
    MET,
    RELATIONS,
    TYPES,
    WORKBOOK_RELATIONS,
    WORKBOOK_TYPES,
)
from reportgen.ooxml.names import (
    CONTENT_TYPES,
    MAIN_TYPE,
    WORKBOOK,
    W,
    word_names,
)
from reportgen.ooxml.package import (
    RESAVE,
    Package,
    Relation,
    read_package,
    source_of,
)
from reportgen.ooxml.part_names import part_label
from reportgen.ooxml.xml_parts import Element

_WEB = re.compile(r"(?:https?://[^\s\\]+|mailto:\S+)", re.IGNORECASE)
_SCHEME = re.compile(r"\s*(?:[a-z][a-z0-9+.\-]+:|\\\\|//)", re.IGNORECASE)
_TAKE_OUT = "请在 Word 或 WPS 中删去后另存为普通的 .docx"
_OUTSIDE = {
    "attachedTemplate": (
        "附加了外部的文档模板",
        "请在 Word 的“开发工具—文档模板”中改用 Normal 模板",
    ),
    "image": ("图片是链接的，不在文档内", "请把图片直接插入文档"),
    "oleObject": (
        "链接了外部的 OLE 对象",
        "请断开链接，或改为粘贴成图片、表格",
    ),
}
_ELEMENTS = {
    f"{W}altChunk": ("嵌入了外部格式的内容（altChunk）", "请改为直接粘贴文字"),
    f"{W}mailMerge": (
        "连接了邮件合并的数据源",
        "请在“邮件”中改回普通 Word 文档",
    ),
    f"{W}subDoc": ("引用了子文档", "请把内容直接放进文档"),
    f"{W}control": ("含有 ActiveX 控件", "请删去控件"),
    "{urn:schemas-microsoft-com:office:office}OLEObject": (
        "含有 OLE 对象或文件包",
        "请删去，或改为粘贴成图片、表格",
    ),
}
_FIELDS = re.compile(
    "INCLUDETEXT|INCLUDEPICTURE|INCLUDE|DDE|DDEAUTO|LINK|IMPORT|DATABASE|RD|MACROBUTTON|PRINT"
)
_FIELD_WORD = re.compile(r"\s*\\?([A-Za-z]+)")
_FIELD_LINK = re.compile(
    r"HYPERLINK\s+(?:\\[a-z]\s+)*(?:\"([^\"]*)\"|([^\s\\\"]\S*|\\\\\S*))",
    re.IGNORECASE,
)
_FIELD_PARTS = word_names("fldChar instrText fldSimple delInstrText")
_MICROSOFT = "{urn:schemas-microsoft-com:"
_SVG = "{http://www.w3.org/2000/svg}"
_SVG_PROGRAMS = frozenset(
    f"{_SVG}{word}" for word in ("script", "foreignObject", "iframe")
)
_SVG_OUTSIDE = re.compile(
    r"(?:url\(|@import)\s*[\"']?\s*(?!#|data:image/)[^\s)\"']"
)
_WITHIN = ("#", "data:image/")  # how an address in a picture begins
_TAG_SIGNS = (b"{{", b"{%", "｛｛".encode())
_NEVER_FILLED = re.compile(r"/(?:charts|diagrams|drawings)/[^/]+\.xml$")


def audit(package: Package) -> None:
    """Raise TemplateError at the first thing that a template may not hold."""
    _refuse_unknown_types(package, TYPES)
    refuse_other_main(package)
    package.refuse_broken_xml()
    for part in package.parts:
        _refuse_relations(package, part, RELATIONS)
    for part in package.parts:
        if package.is_xml(part) and not part.endswith(".rels"):
            _refuse_elements(package, part)
            refuse_fields(package, part)
        _refuse_tags_in_drawings(package, part)
        _refuse_embedded(package, part)


def audit_workbook(workbook: Package) -> None:
    """Raise TemplateError at the first thing that the workbook of a chart may not hold."""
    for part in workbook.parts:
        _refuse_relations(workbook, part, WORKBOOK_RELATIONS)
    _refuse_unknown_types(workbook, WORKBOOK_TYPES)


def _refuse_unknown_types(package: Package, allowed: frozenset[str]) -> None:
    # the main part, whose type has a message of its own
    main = package.related("", "officeDocument")
    for part in package.parts:
        content_type = package.content_type(part)
        known = (
            content_type in allowed or not content_type
        )  # the lint tells of none
        if part not in {CONTENT_TYPES, main} and not known:
            raise package.refused(
                f"{_called(content_type)}（{content_type[:80]}）",
                part,
                _TAKE_OUT,
            )


def _called(content_type: str) -> str:
    if re.search("vba|macro|activeX|customUI", content_type, re.IGNORECASE):
        return "含有宏程序或控件"
    return "含有本程序不认识的部件"


def refuse_other_main(package: Package) -> None:
    """Raises TemplateError for a main part of another kind than a plain document."""
    kind = package.content_type(package.main)
    if kind != MAIN_TYPE:
        what = "模板格式 .dotx" if "template" in kind else "其他格式"
        raise package.refused(
            f"不是普通的 .docx（{what}：{kind[:80] or '没有类型'}）",
            package.main,
            RESAVE,
        )
    root = str(package.tree(package.main).tag)
    if root == f"{W}document":
        return
    hint = RESAVE
    if "purl.oclc.org" in root:
        hint = "请另存为“Word 文档 (.docx)”，不要选“严格 Open XML”"
    raise package.refused("正文的格式不认识", package.main, hint)


def _refuse_relations(
    package: Package, part: str, allowed: frozenset[str]
) -> None:
    if not part.endswith(".rels"):
        return
    for relation in package.relations(source_of(part)):
        if relation.external:
            refuse_outside(package, part, relation)
        elif relation.kind not in allowed:
            called = MET.get(relation.kind, "含有本程序不认识的部件")
            raise package.refused(
                f"{called}（{relation.kind[:40]}）", part, _TAKE_OUT
            )


def refuse_outside(package: Package, part: str, relation: Relation) -> None:
    """Raises TemplateError for what lies outside the document, links to the web left out."""
    if any(sign in relation.target for sign in ("{{", "{%", "%7B%7B")):
        raise package.refused(
            "超链接的地址里不能放标签", part, "请把地址写成文字"
        )
    if relation.kind == "hyperlink":
        _refuse_address(package, part, relation.target)
        return
    called = MET.get(relation.kind, "引用了文档以外的内容")
    message, hint = _OUTSIDE.get(
        relation.kind, (f"{called}（{relation.kind[:40]}）", "请删去外部引用")
    )
    raise package.refused(f"{message}：{relation.target[:80]}", part, hint)


def _refuse_address(package: Package, part: str, target: str) -> None:
    if not _WEB.fullmatch(target):
        raise package.refused(
            f"超链接指向 {target[:80]}，只允许 http、https 和 mailto",
            part,
            "请取消这个超链接",
        )


def _refuse_elements(package: Package, part: str) -> None:
    """Raises TemplateError for an element that holds or fetches something foreign."""
    for element in package.tree(part).iter(etree.Element):
        tag = str(element.tag)
        if tag in _ELEMENTS:
            message, hint = _ELEMENTS[tag]
            raise package.refused(message, part, hint)
        if tag.startswith(_SVG):
            _refuse_in_svg(package, part, element)
        elif tag.startswith(_MICROSOFT):
            _refuse_in_shape(package, part, element)


def _refuse_in_svg(package: Package, part: str, element: Element) -> None:
    if element.tag in _SVG_PROGRAMS:
        raise _reaches_out(package, part, etree.QName(element).localname)
    styles = [element.text or "", *map(str, element.attrib.values())]
    for text in styles:
        if _SVG_OUTSIDE.search(text):
            raise _reaches_out(package, part, text)
    for address in _addresses(element):
        if not address.startswith(_WITHIN):
            raise _reaches_out(package, part, address)


def _refuse_in_shape(package: Package, part: str, element: Element) -> None:
    shows_it = str(element.tag).endswith("imagedata")
    for address in _addresses(element):
        is_link = _WEB.fullmatch(address) and not shows_it
        if (
            _SCHEME.match(address)
            and not is_link
            and not address.startswith("data:")
        ):
            raise _reaches_out(package, part, address)


def _addresses(element: Element) -> Iterator[str]:
    for name, value in element.items():
        if etree.QName(name).localname in ("src", "href", "althref"):
            yield str(value)


def _reaches_out(package: Package, part: str, what: str) -> TemplateError:
    return package.refused(
        f"图形引用了文档以外的内容：{what[:80]}", part, "请把图片直接插入文档"
    )


def refuse_fields(package: Package, part: str) -> None:
    """Raises TemplateError for a field that fetches or runs something."""
    for code in _field_codes(package.tree(part)):
        found = _FIELD_WORD.match(code)
        word = found[1].upper() if found else ""
        if _FIELDS.fullmatch(word):
            raise package.refused(
                f"{part_label(part)}含有会引用外部内容或运行命令的域 {word}",
                part,
                "请选中该处按 Ctrl+Shift+F9 转成普通文字，或删去",
            )
        link = _FIELD_LINK.search(code)
        written = link.groups("") if link else ()
        target = "".join(written).strip()
        if _SCHEME.match(target):
            _refuse_address(package, part, target)


def _field_codes(root: Element) -> Iterator[str]:
    """The code of every field; of nested fields each on its own, and runs outside any field as well."""
    open_codes = [""]
    for element in root.iter(*_FIELD_PARTS):
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr") or ""
        elif element.tag != f"{W}fldChar":
            open_codes[-1] += element.text or ""
        elif element.get(f"{W}fldCharType") == "begin":
            open_codes.append("")
        elif element.get(f"{W}fldCharType") == "end" and len(open_codes) > 1:
            yield open_codes.pop()
    yield from open_codes


def _refuse_tags_in_drawings(package: Package, part: str) -> None:
    data = package.parts[part]
    if _NEVER_FILLED.search(part) and any(sign in data for sign in _TAG_SIGNS):
        raise package.refused(
            "图表和图形里的标签不会被填写", part, "请把标签放在正文文字里"
        )


def _refuse_embedded(package: Package, part: str) -> None:
    data = package.parts[part]
    if package.content_type(part) != WORKBOOK.content_type or not data:
        return
    try:
        audit_workbook(read_package(data, package.file))
    except TemplateError as refused:
        raise package.refused(
            f"嵌入的工作簿有问题：{refused.message}",
            part,
            "请在 Word 中重新插入图表",
        ) from refused
