"""Styles that were deleted and that paragraphs, words and tables of a template still name: Word prints them plain."""

from collections import defaultdict
from collections.abc import Iterator

from reportgen.ooxml.lint import style_ids
from reportgen.ooxml.names import W
from reportgen.ooxml.package import Package
from reportgen.ooxml.xml_parts import Element, value_of
from reportgen.render.audit.pages.stories import Story, listed

_USERS = {
    "pStyle": ("段落样式", "按“正文”样式印出"),
    "rStyle": ("字符样式", "按所在段落的格式印出"),
    "tblStyle": ("表格样式", "印出来没有框线"),
}


def lost_style_problems(package: Package, story: Story) -> Iterator[str]:
    """The styles that a part names and nothing defines, each once with the places."""
    defined = style_ids(package)
    if defined is None:
        return
    for name, (kind, effect) in _USERS.items():
        places = defaultdict[str, list[str]](list)
        for element in story.root.iter(f"{W}{name}"):
            style = element.get(f"{W}val", "")
            if style not in defined and not _is_of_comment(element):
                places[style].append(story.where(element))
        for style, found in places.items():
            yield (
                f"{listed(found)}用的{kind}“{style}”已经删去，会{effect}；"
                "请在“样式”窗格里给它重新选一个样式"
            )


def _is_of_comment(element: Element) -> bool:
    """Whether it is the style of the sign of a comment, which goes with the comment."""
    run = next(element.iterancestors(f"{W}r"), None)
    return run is not None and run.find(f"{W}commentReference") is not None


def lost_base_problems(package: Package) -> Iterator[str]:
    """Styles that build on one that was deleted."""
    defined = style_ids(package)
    if defined is None:
        return
    styles = package.tree(package.related(package.main, "styles"))
    for style in styles.iterfind(f"{W}style"):
        base = value_of(style, f"{W}basedOn")
        if base and base not in defined:
            name = value_of(style, f"{W}name")
            yield (
                f"样式「{name}」的基准样式“{base}”已经删去，它没有写明的格式都变了；"
                "请在“修改样式”里重新选基准样式"
            )
