"""Lets through only documents of others that run nothing and reach nothing outside; they are read, not printed.

Parts of any kind may lie in one, its links to the web, and the name of a template on the machine it was made on.
"""

import re

from reportgen.ooxml.audit import (
    refuse_fields,
    refuse_other_main,
    refuse_outside,
)
from reportgen.ooxml.names import CONTENT_TYPES, W
from reportgen.ooxml.package import Package, Relation, source_of

_PROGRAMS = re.compile("vba|macro|activeX|customUI", re.IGNORECASE)
_FETCHED = (f"{W}altChunk", f"{W}mailMerge", f"{W}subDoc")
_FAR = re.compile(r"(?:file:)?(?:\\\\|//)(?!/)", re.IGNORECASE)
_WEB = re.compile("https?:", re.IGNORECASE)
_TAKE_OUT = "请在 Word 或 WPS 中删去后另存为普通的 .docx"


def audit_foreign(package: Package) -> None:
    """Raise TemplateError at the first thing of a document that runs, or fetches something from elsewhere."""
    for part in package.parts:
        kind = package.content_type(part)
        if part != CONTENT_TYPES and _PROGRAMS.search(kind):
            raise package.refused("含有宏程序或控件", part, hint=_TAKE_OUT)
    refuse_other_main(package)
    package.refuse_broken_xml()
    for part in package.parts:
        if part.endswith(".rels"):
            _refuse_far(package, part)
        elif package.is_xml(part):
            refuse_fields(package, part)
            _refuse_fetched(package, part)


def _refuse_far(
    package: Package,
    part: str,
) -> None:
    for relation in package.relations(source_of(part)):
        if relation.external and not _is_harmless(relation):
            refuse_outside(package, part, relation)


def _refuse_fetched(
    package: Package,
    part: str,
) -> None:
    found = next(package.tree(part).iter(*_FETCHED), None)
    if found is not None:
        message = "嵌入或连接了文档以外的内容"
        raise package.refused(message, part, hint="请改为直接粘贴文字")


def _is_harmless(relation: Relation) -> bool:
    """Whether something outside is only named: a link that is no share of a network, a template of that machine."""
    is_far = _FAR.match(relation.target) is not None
    if relation.kind == "attachedTemplate":
        return not is_far and not _WEB.match(relation.target)
    return relation.kind == "hyperlink" and not is_far
