"""Opens a template: nothing else parses one before this has let it through; then what is taken out of it and put in."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from reportgen.ooxml.audit import audit
from reportgen.ooxml.document_identity import PROPERTY
from reportgen.ooxml.lint import (
    lint_package,
    number_ids,
    story_parts,
    style_ids,
)
from reportgen.ooxml.names import (
    CUSTOM_MAIN,
    CUSTOM_PROPERTIES,
    PROPERTY_TYPES,
    W,
)
from reportgen.ooxml.package import RESAVE, Package, read_package
from reportgen.ooxml.xml_parts import Element, ids_of, serialized
from reportgen.render.print.printing import MARK
from reportgen.render.template.split_runs import drop_own_bookmarks
from reportgen.render.template.tag_blocks import remove_keeping_tail
from reportgen.render.template.template_file import read_template

_PART = "docProps/custom.xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_EMPTY = f'<Properties xmlns="{CUSTOM_MAIN}" xmlns:vt="{PROPERTY_TYPES}"/>'
_FIRST_NUMBER = 2  # 0 and 1 are taken by the format of old


def open_template(path: Path) -> Package:
    """The template at `path`, audited and linted; every refusal is a TemplateError with file, part, place and cure."""
    return opened_template(read_template(path), str(path))


def opened_template(data: bytes, file: str) -> Package:
    """The template in `data`, audited and linted as by `open_template`."""
    package = read_package(data, file)
    audit(package)
    problems = lint_package(package, only_fatal=True)
    if problems:
        more = f"（另有 {len(problems) - 1} 处）" if len(problems) > 1 else ""
        raise package.refused(
            f"模板的结构有误，Word 会报“无法读取的内容”：{problems[0]}{more}",
            hint=RESAVE,
        )
    return package


def drop_undefined(package: Package) -> Package:
    """The package without an old trace and references to styles and list numbers that it does not define.

    So Word does too when it shows the file.
    """
    changed = {}
    for part in story_parts(package):
        root = package.fresh_tree(part)
        lost = list(_undefined(package, root))
        for item in lost:
            remove_keeping_tail(item)
        if drop_own_bookmarks(root) or lost:
            changed[part] = serialized(root)
    return package.with_parts(changed) if changed else package


def _undefined(package: Package, root: Element) -> Iterator[Element]:
    styles = style_ids(package)
    numbers = number_ids(package)
    for item in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"):
        if styles is not None and item.get(f"{W}val") not in styles:
            yield item
    for item in root.iter(f"{W}numId"):
        if item.get(f"{W}val") not in numbers:
            yield from item.iterancestors(f"{W}numPr")


def with_own_property(package: Package) -> tuple[Package, str]:
    """The package with the property, its text still a mark, as the last one; and the part in which it stands."""
    part = package.related("", CUSTOM_PROPERTIES.relation)
    if part:
        properties = package.fresh_tree(part)
        _add_property(properties)
        return package.with_part(part, serialized(properties)), part
    properties = etree.fromstring(_EMPTY)
    _add_property(properties)
    package = package.with_part(
        _PART, serialized(properties), CUSTOM_PROPERTIES.content_type
    )
    return package.with_relation("", CUSTOM_PROPERTIES, _PART), _PART


def _add_property(properties: Element) -> None:
    for old in [item for item in properties if item.get("name") == PROPERTY]:
        properties.remove(old)
    number = max(ids_of(properties, "pid"), default=_FIRST_NUMBER - 1) + 1
    made = etree.SubElement(
        properties,
        f"{{{CUSTOM_MAIN}}}property",
        fmtid=_FORMAT,
        pid=str(number),
        name=PROPERTY,
    )
    value = etree.SubElement(
        made, f"{{{PROPERTY_TYPES}}}lpwstr", nsmap={"vt": PROPERTY_TYPES}
    )
    value.text = MARK
