"""Refuses a template that reaches outside itself or carries programs: before it is filled, printed or converted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reportgen.ooxml.archive import ArchiveError, read_archive
from reportgen.ooxml.package import CONTENT_TYPES, RESAVE, Package, Relation, W
from reportgen.ooxml.part_names import part_label

MAIN_TYPE = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)

_WEB = re.compile(r"(?:https?://[^\s\\]+|mailto:\S+)", re.IGNORECASE)
_SCHEME = re.compile(r"\s*(?:[a-z][a-z0-9+.\-]+:|\\\\|//)", re.IGNORECASE)
_PROGRAM = re.compile(
    r"vbaProject|vbaData|activeX|macroEnabled|customUI", re.IGNORECASE
)
_RELATIONS = {
    "aFChunk": "嵌入了外部格式的内容（altChunk）",
    "vbaProject": "含有宏程序（VBA）",
    "wordVbaData": "含有宏程序（VBA）",
    "control": "含有 ActiveX 控件",
    "activeXControlBinary": "含有 ActiveX 控件",
    "mailMergeSource": "连接了邮件合并的数据源",
    "mailMergeHeaderSource": "连接了邮件合并的数据源",
    "subDocument": "引用了子文档",
    "frame": "引用了框架网页",
    "webextension": "含有网络加载项",
    "webextensiontaskpanes": "含有网络加载项",
    "attachedToolbars": "含有自定义工具栏",
}
_EXTERNAL = {
    "attachedTemplate": (
        "附加了外部的文档模板",
        "请在 Word 的“开发工具—文档模板”中改用 Normal 模板",
    ),
    "image": ("图片是链接的，不在文档内", "请把图片直接插入文档"),
    "oleObject": ("链接了外部的 OLE 对象", "请断开链接，或改为粘贴成图片、表格"),
}
_ELEMENTS = {
    W + "altChunk": ("嵌入了外部格式的内容（altChunk）", "请改为直接粘贴文字"),
    W + "mailMerge": ("连接了邮件合并的数据源", "请在“邮件”中改回普通 Word 文档"),
    W + "subDoc": ("引用了子文档", "请把内容直接放进文档"),
    W + "control": ("含有 ActiveX 控件", "请删去控件"),
}
_FIELDS = frozenset(
    (
        "INCLUDETEXT",
        "INCLUDEPICTURE",
        "INCLUDE",
        "DDE",
        "DDEAUTO",
        "LINK",
        "IMPORT",
        "DATABASE",
        "RD",
        "MACROBUTTON",
        "PRINT",
    )
)
_FIELD_WORD = re.compile(r"\s*\\?([A-Za-z]+)")
_FIELD_LINK = re.compile(
    r"HYPERLINK\s+(?:\\[a-z]\s+)*(?:\"([^\"]*)\"|([^\s\\\"]\S*|\\\\\S*))", re.IGNORECASE
)
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_MICROSOFT = "{urn:schemas-microsoft-com:"
_SVG = "{http://www.w3.org/2000/svg}"
_LINKING = frozenset({"src", "href", "althref"})
_TAG_SIGNS = (b"{{", b"{%", "｛｛".encode())
_NEVER_FILLED = re.compile(r"/(?:charts|diagrams|drawings)/[^/]+\.xml$")


def audit(package: Package) -> None:
    """Raise TemplateError at the first thing that a template may not hold."""
    _refuse_wrong_type(package)
    for part in package.parts:
        if part != CONTENT_TYPES and _is_xml(package, part):
            package.tree(part)  # well-formed, without DTD, of bounded size
    for part in package.parts:
        _refuse_relations(package, part)
    for part, data in package.parts.items():
        if _is_xml(package, part) and not part.endswith(".rels"):
            _refuse_elements(package, part)
            _refuse_fields(package, part)
        if _NEVER_FILLED.search(part) and any(sign in data for sign in _TAG_SIGNS):
            raise package.refused(
                "图表和图形里的标签不会被填写", part, hint="请把标签放在正文文字里"
            )
        if part.startswith("word/embeddings/") and data.startswith(b"PK"):
            _refuse_embedded(package, part, data)


def _refuse_wrong_type(package: Package) -> None:
    for part in package.parts:
        if _PROGRAM.search(part) or _PROGRAM.search(package.content_type(part)):
            raise package.refused(
                "含有宏程序或控件", part, hint="请另存为不带宏的 .docx"
            )
    kind = package.content_type(package.main)
    if kind != MAIN_TYPE:
        what = "模板格式 .dotx" if "template" in kind else "其他格式"
        raise package.refused(
            f"不是普通的 .docx（{what}：{kind[:80] or '没有类型'}）",
            package.main,
            hint=RESAVE,
        )
    root = package.tree(package.main).tag
    if root != W + "document":
        hint = (
            "请另存为“Word 文档 (.docx)”，不要选“严格 Open XML”"
            if "purl.oclc.org" in str(root)
            else RESAVE
        )
        raise package.refused("正文的格式不认识", package.main, hint=hint)


def _is_xml(package: Package, part: str) -> bool:
    return part.endswith((".xml", ".rels", ".vml", ".svg")) or package.content_type(
        part
    ).endswith("xml")


def _refuse_relations(package: Package, part: str) -> None:
    if not part.endswith(".rels"):
        return
    folder, _, name = part.rpartition("/")
    source = (folder.removesuffix("_rels") + name.removesuffix(".rels")).strip("/")
    for relation in package.relations(source):
        _refuse_relation(package, part, relation)


def _refuse_relation(package: Package, part: str, relation: Relation) -> None:
    if relation.kind in _RELATIONS:
        raise package.refused(_RELATIONS[relation.kind], part, hint="请删去后另存")
    if not relation.external:
        return
    if any(sign in relation.target for sign in ("{{", "{%", "%7B%7B")):
        raise package.refused("超链接的地址里不能放标签", part, hint="请把地址写成文字")
    if relation.kind == "hyperlink":
        if not _WEB.fullmatch(relation.target):
            raise package.refused(
                f"超链接指向 {relation.target[:80]}，只允许 http、https 和 mailto",
                part,
                hint="请取消这个超链接",
            )
        return
    message, hint = _EXTERNAL.get(
        relation.kind, (f"引用了文档以外的内容（{relation.kind}）", "请删去外部引用")
    )
    raise package.refused(f"{message}：{relation.target[:80]}", part, hint=hint)


def _refuse_elements(package: Package, part: str) -> None:
    for element in package.tree(part).iter(etree.Element):
        tag = str(element.tag)
        if tag in _ELEMENTS:
            message, hint = _ELEMENTS[tag]
            raise package.refused(message, part, hint=hint)
        if tag == _OLE and (
            element.get("Type") == "Link" or element.get("ProgID") == "Package"
        ):
            raise package.refused(
                "含有链接的对象或文件包", part, hint="请删去，或改为粘贴成图片、表格"
            )
        if tag.startswith((_MICROSOFT, _SVG)):
            _refuse_addresses(package, part, element)


def _refuse_addresses(package: Package, part: str, element: etree._Element) -> None:
    for name, value in element.items():
        word = etree.QName(name).localname
        if (
            word not in _LINKING
            or not _SCHEME.match(str(value))
            or str(value).lower().startswith("data:")
        ):
            continue
        if (
            word == "href"
            and not element.tag.endswith("imagedata")
            and _WEB.fullmatch(str(value))
        ):
            continue  # a shape that is a link
        raise package.refused(
            f"图形引用了文档以外的内容：{str(value)[:80]}",
            part,
            hint="请把图片直接插入文档",
        )


def _refuse_fields(package: Package, part: str) -> None:
    for code in _field_codes(package.tree(part)):
        word = _FIELD_WORD.match(code)
        if word and word.group(1).upper() in _FIELDS:
            raise package.refused(
                f"{part_label(part)}含有会引用外部内容或运行命令的域 {word.group(1).upper()}",
                part,
                hint="请选中该处按 Ctrl+Shift+F9 转成普通文字，或删去",
            )
        link = _FIELD_LINK.search(code)
        target = (link.group(1) or link.group(2) or "") if link else ""
        if _SCHEME.match(target) and not _WEB.fullmatch(target.strip()):
            raise package.refused(
                f"超链接指向 {target[:80]}，只允许 http、https 和 mailto",
                part,
                hint="请取消这个超链接",
            )


def _field_codes(root: etree._Element) -> Iterator[str]:
    """The code of every field; of nested fields each on its own, and runs outside any field as well."""
    open_codes: list[str] = [""]
    for element in root.iter(
        W + "fldChar", W + "instrText", W + "fldSimple", W + "delInstrText"
    ):
        if element.tag == W + "fldSimple":
            yield element.get(W + "instr") or ""
        elif element.tag != W + "fldChar":
            open_codes[-1] += element.text or ""
        elif element.get(W + "fldCharType") == "begin":
            open_codes.append("")
        elif element.get(W + "fldCharType") == "end" and len(open_codes) > 1:
            yield open_codes.pop()
    yield from open_codes


def _refuse_embedded(package: Package, part: str, data: bytes) -> None:
    try:
        members = read_archive(data)
    except ArchiveError as refused:
        raise package.refused(
            f"嵌入的文件有问题：{refused.message}",
            part,
            hint="请在 Word 中重新插入图表",
        ) from refused
    if any(_PROGRAM.search(member.name) for member in members):
        raise package.refused(
            "嵌入的文件含有宏程序", part, hint="请在 Word 中重新插入图表"
        )
