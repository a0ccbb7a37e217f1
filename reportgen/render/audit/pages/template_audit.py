"""Everything that the audit of a pack says of one of its Word templates before a tag is filled."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from reportgen.core.errors import Place
from reportgen.core.findings import ADVICE, WARNING, Finding
from reportgen.ooxml.package import Package
from reportgen.packs.page_standard import PageStandard
from reportgen.render.audit.grids import grid_problems
from reportgen.render.audit.pages.by_hand import hand_problems
from reportgen.render.audit.pages.leftovers import (
    leftover_problems,
    tracking_problems,
)
from reportgen.render.audit.pages.looks import Looks
from reportgen.render.audit.pages.lost_styles import (
    lost_base_problems,
    lost_style_problems,
)
from reportgen.render.audit.pages.papers import number_problems, paper_problems
from reportgen.render.audit.pages.stories import Story, stories_of
from reportgen.render.audit.pages.style_standards import style_problems
from reportgen.render.audit.pages.tag_places import (
    control_problems,
    equation_problems,
    label_problems,
)
from reportgen.render.template.template_package import open_template

_BY_HAND = "TPL011"
_NO_STYLES = (
    "没有样式部件（styles.xml），请用 Word 或 WPS 打开后另存为新的 .docx"
)
Told = Iterator[tuple[str, str]]  # codes and messages


def template_findings(
    path: Path, page: PageStandard, *, official: bool
) -> Iterator[Finding]:
    """What is wrong with the template at `path`; `official` asks for the layout of an official paper.

    Raises TemplateError for one that cannot be used at all.
    """
    package = open_template(path)
    stories = tuple(stories_of(package))
    told = chain(
        _of_package(package),
        chain.from_iterable(_of_story(package, one) for one in stories),
        _of_pages(package, stories, page, official=official),
        _told("TPL006", grid_problems(path)),
        chain.from_iterable(_of_tags(package, one) for one in stories),
    )
    for code, message in told:
        severity = ADVICE if code == _BY_HAND else WARNING
        yield Finding(code, severity, message, Place(str(path)))


def _told(code: str, messages: Iterable[str]) -> Told:
    return ((code, message) for message in messages)


def _of_package(package: Package) -> Told:
    yield from _told("TPL008", tracking_problems(package))
    yield from _told("TPL009", lost_base_problems(package))


def _of_story(package: Package, story: Story) -> Told:
    yield from _told("TPL008", leftover_problems(story))
    yield from _told("TPL009", lost_style_problems(package, story))
    yield from _told("TPL010", equation_problems(story))
    yield from _told("TPL010", control_problems(story))


def _of_tags(package: Package, story: Story) -> Told:
    """What changes the tree of the story, and so comes last."""
    return _told("TPL010", label_problems(story, package.file))


def _of_pages(
    package: Package,
    stories: Sequence[Story],
    page: PageStandard,
    *,
    official: bool,
) -> Told:
    document = package.tree(package.main)
    yield from _told(
        "TPL003", paper_problems(document, page, official=official)
    )
    if not package.related(package.main, "styles"):
        yield "TPL003", _NO_STYLES
        return
    looks = Looks(package)
    yield from _told(
        "TPL003", style_problems(looks, stories, page, official=official)
    )
    if official:
        yield from _told("TPL003", number_problems(stories, page))
    for story in stories:
        yield from _told(
            _BY_HAND, hand_problems(looks, story, official=official)
        )
