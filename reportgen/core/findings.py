"""What is reported: findings are values, collected and shown all at once."""

import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePath

from reportgen.core.errors import Place, ReportgenError

FAULT = "BUG001"


class Severity(str, Enum):
    """How bad a finding is; the order of the members is worst first."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    @property
    def label(self) -> str:
        """The word that users see."""
        return {"error": "错误", "warning": "警告", "advice": "提示"}[
            self.value
        ]

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


ERROR, WARNING, ADVICE = Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: code, severity, a message that says what and what to do, and where."""

    code: str
    severity: Severity
    message: str
    place: Place
    path: str = ""  # field in the unit, for instance 项目[2].资金.全年执行数
    waived: str = (
        ""  # why the unit lets it stand; such a finding counts for nothing
    )
    document: str = (
        ""  # the file of the set in which it shows, where that is known
    )

    def as_json(self) -> dict[str, object]:
        """The shape that `--format json` prints."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "path": self.path,
            "place": f"{self.place} {self.path}".rstrip(),
        }


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Worst first, then in the order of the file; what is waived comes last."""
    return sorted(findings, key=_urgency)


def _urgency(one: Finding) -> tuple[bool, int, str, int, str]:
    place = one.place
    return bool(one.waived), one.severity.rank, place.file, place.line, one.code


Findings = tuple[Finding, ...]


class Rejected(ReportgenError):
    """An input file that cannot be used, with every problem found in it, not only the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        first = self.findings[0]
        super().__init__(first.message, place=first.place)


def dotted(path: Iterable[str | int]) -> str:
    """A path as users see it: ("项目", 1, "资金") -> 项目[2].资金 (list positions counted from 1)."""
    text = ""
    for step in path:
        text += (
            f"[{step + 1}]"
            if isinstance(step, int)
            else f".{step}"
            if text
            else step
        )
    return text


def failure_findings(error: Exception, file: Path | str) -> Findings:
    """What stopped the work on `file`, as findings; a fault of the program is one as well."""
    if isinstance(error, Rejected):
        return error.findings
    place = Place(str(file))
    if not isinstance(error, ReportgenError):
        return (Finding(FAULT, ERROR, fault_text(error), place),)
    message = error.message + (f"；{error.hint}" if error.hint else "")
    return (Finding(error.code, ERROR, message, error.place or place),)


def fault_text(error: Exception) -> str:
    """What staff can pass on to whoever maintains the program: kind, text and the last place within it."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "reportgen" in frame.filename
    ]
    where = (
        f"{PurePath(frames[-1].filename).name} 第{frames[-1].lineno}行"
        if frames
        else "未知位置"
    )
    text = str(error).replace("\n", " ")[:120]
    return f"程序内部错误（{type(error).__name__}：{text}；{where}）；请把这一行和出错的文件发给程序维护人员"
