"""Two versions of a document as one with tracked changes."""

from __future__ import annotations

from pathlib import Path

from reportgen.core.errors import OutputError
from reportgen.outputs.whole_files import Output, alone_in, replace_all
from reportgen.readback.redline.redline import Redlined, redline
from reportgen.recognition.reading.office_files import read_document

_THERE = "这个文件已经有了，没有覆盖"
_OTHER_NAME = "请用 -o 换一个文件名"


def redline_documents(
    old: Path,
    new: Path,
    output: Path,
) -> Redlined:
    """Writes `new` with its changes since `old` tracked to `output`; raises ReportgenError."""
    if output.exists():
        raise OutputError(_THERE, place=output, hint=_OTHER_NAME)
    made = redline(read_document(old), read_document(new), (str(old), str(new)))
    with alone_in(output.parent):
        replace_all(output.parent, [Output(output.name, made.data)])
    return made
