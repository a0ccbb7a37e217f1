"""A story read as before the changes that Word tracks."""

import pytest
from lxml import etree

from reportgen.ooxml.names import W
from reportgen.ooxml.paragraph_text import read_line
from reportgen.ooxml.tracked import refuse_changes

_P = '<w:p xmlns:w="{}">{}</w:p>'
_RUN = "<w:r><w:t>{}</w:t></w:r>"
_GONE = "<w:del><w:r><w:delText>{}</w:delText></w:r></w:del>"
_COME = "<w:ins><w:r><w:t>{}</w:t></w:r></w:ins>"


@pytest.mark.parametrize(
    ("held", "before"),
    [
        (_RUN.format("100%"), None),
        (_GONE.format("1") + _RUN.format("00%"), "100%"),
        (_RUN.format("三辆") + _COME.format("（含备用）"), "三辆"),
        (_GONE.format("甲") + _COME.format("乙") + _RUN.format("方"), "甲方"),
        (
            f"<w:ins>{_GONE.format('先加后删')}</w:ins>" + _RUN.format("留"),
            "留",
        ),
    ],
)
def test_changes_are_refused(held: str, before: str | None) -> None:
    paragraph = etree.fromstring(_P.format(W[1:-1], held))
    assert refuse_changes(paragraph) is (before is not None)
    assert read_line(paragraph).text == (before or "100%")
