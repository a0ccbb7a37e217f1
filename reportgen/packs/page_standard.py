"""版面 of pack.yaml: how the pages of an official paper are set; what is left out is not looked at."""

from typing import Literal

from pydantic import Field

from reportgen.model.reporting import Reporting, optional
from reportgen.model.values import OpenPoints, Paragraphs, Points, Text


class StyleStandard(Reporting):
    """版面.样式: the Chinese font, the size, and in points from where to where lines may be set."""

    font: Text = optional("字体", "")
    size: Text = optional("字号", "")
    bold: Literal["", "是", "否"] = optional("加粗", "")
    pitch: tuple[Points, ...] = optional("行距", ())
    indent: OpenPoints = optional("首行缩进")


class PageStandard(Reporting):
    """版面: margins in millimetres (top, bottom, left, right), and the styles by their names in Word."""

    margins: tuple[Points, ...] = optional("页边距", ())
    slack: OpenPoints = optional("误差")
    page_number: Text = optional("页码", "")
    fonts: Paragraphs = optional("字体", ())
    smallest: Text = optional("最小字号", "")
    styles: dict[str, StyleStandard] = Field(default_factory=dict, alias="样式")
