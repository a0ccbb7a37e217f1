"""Leaves out what a template refers to and does not have, as Word does when it shows the file: styles and numbering."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from reportgen.ooxml.lint import number_ids, story_parts, style_ids
from reportgen.ooxml.package import Package, W
from reportgen.render.template.bind_charts import serialized, with_parts
from reportgen.render.template.split_runs import drop_own_bookmarks

_Opened = TypeVar("_Opened", bound=Package)


def mended(package: _Opened) -> _Opened:
    """The package without references to styles and list numbers that it does not define, and without an old trace."""
    changed = {
        part: data
        for part in story_parts(package)
        if (data := _mended_part(package, part)) is not None
    }
    return (
        replace(package, members=with_parts(package.members, changed))
        if changed
        else package
    )


def _mended_part(package: Package, part: str) -> bytes | None:
    styles, numbers = style_ids(package), number_ids(package)
    root = package.fresh_tree(part)
    lost = [
        item
        for item in root.iter(W + "pStyle", W + "rStyle", W + "tblStyle")
        if styles is not None and item.get(W + "val") not in styles
    ]
    for item in root.iter(W + "numId"):
        holder = item.getparent()
        if item.get(W + "val") not in numbers and holder is not None:
            lost.append(holder)
    for item in lost:
        holder = item.getparent()
        if holder is not None:
            holder.remove(item)
    return serialized(root) if drop_own_bookmarks(root) or lost else None
