"""Everything that the audit of a pack says of one of its Word templates before a tag is filled."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from reportgen.core.errors import Place
from reportgen.core.findings import WARNING, Finding
from reportgen.ooxml.package import Package
from reportgen.render.audit.grids import grid_problems
from reportgen.render.audit.layout import layout_problems
from reportgen.render.audit.pages.leftovers import (
    leftover_problems,
    tracking_problems,
)
from reportgen.render.audit.pages.lost_styles import (
    lost_base_problems,
    lost_style_problems,
)
from reportgen.render.audit.pages.stories import Story, stories_of
from reportgen.render.audit.pages.tag_places import (
    control_problems,
    equation_problems,
    label_problems,
)
from reportgen.render.template.template_package import open_template

Told = Iterator[tuple[str, str]]  # codes and messages


def template_findings(path: Path, *, official: bool) -> Iterator[Finding]:
    """What is wrong with the template at `path`; `official` asks for the layout of an official paper.

    Raises TemplateError for one that cannot be used at all.
    """
    package = open_template(path)
    told = chain(
        _of_package(package),
        chain.from_iterable(
            _of_story(package, story) for story in stories_of(package)
        ),
        (("TPL003", one) for one in layout_problems(path, official=official)),
        (("TPL006", one) for one in grid_problems(path)),
    )
    for code, message in told:
        yield Finding(code, WARNING, message, Place(str(path)))


def _of_package(package: Package) -> Told:
    for message in tracking_problems(package):
        yield "TPL008", message
    for message in lost_base_problems(package):
        yield "TPL009", message


def _of_story(package: Package, story: Story) -> Told:
    for message in leftover_problems(story):
        yield "TPL008", message
    for message in lost_style_problems(package, story):
        yield "TPL009", message
    for message in equation_problems(story):
        yield "TPL010", message
    for message in control_problems(story):
        yield "TPL010", message
    for message in label_problems(story, package.file):
        yield "TPL010", message
