"""Leaves out what a template refers to and does not have, as Word does when it shows the file: styles and numbering."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from reportgen.ooxml.lint import number_ids, story_parts, style_ids
from reportgen.ooxml.names import W
from reportgen.ooxml.package import Package
from reportgen.ooxml.xml_parts import serialized
from reportgen.render.template.split_runs import drop_own_bookmarks


def drop_undefined(package: Package) -> Package:
    """The package without references to styles and list numbers that it does not define, and without an old trace."""
    changed = {}
    for part in story_parts(package):
        root = package.fresh_tree(part)
        lost = [
            *_unknown_styles(package, root),
            *_unknown_numbers(package, root),
        ]
        for item in lost:
            _remove(item)
        if drop_own_bookmarks(root) or lost:
            changed[part] = serialized(root)
    return package.with_parts(changed) if changed else package


def _unknown_styles(
    package: Package, root: etree._Element
) -> Iterator[etree._Element]:
    styles = style_ids(package)
    if styles is None:
        return
    for item in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"):
        if item.get(f"{W}val") not in styles:
            yield item


def _unknown_numbers(
    package: Package, root: etree._Element
) -> Iterator[etree._Element]:
    """What holds a number of a list that is not there."""
    numbers = number_ids(package)
    for item in root.iter(f"{W}numId"):
        holder = item.getparent()
        if holder is not None and item.get(f"{W}val") not in numbers:
            yield holder


def _remove(item: etree._Element) -> None:
    holder = item.getparent()
    if holder is not None:
        holder.remove(item)
