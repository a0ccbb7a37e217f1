"""What reading back has to say: a code, how much it weighs, a message with places for words."""

from typing import NamedTuple

from reportgen.core.errors import Place
from reportgen.core.findings import Finding, Severity


class Remark(NamedTuple):
    """A kind of finding on a document."""

    code: str
    severity: Severity
    message: str

    def on(self, file: str, path: str = "", **words: str) -> Finding:
        """The finding on the document `file`, and on a field of the unit where that is known."""
        return Finding(
            self.code,
            self.severity,
            self.message.format(**words),
            Place(file),
            path,
            document=file,
        )
