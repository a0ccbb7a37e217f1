"""The five published sets, built and compared with their publication; run as a script it prints the table.

The publications and the tool that compares lie in ../shared beside the checkout, not in it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from reportgen.batch.jobs import Job
from reportgen.batch.stages import build_unit
from reportgen.pipeline import PackCache
from reportgen.results.unit_result import FAILED

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
TOOL = SHARED / "tools" / "fidelity.py"
LEAST_RECALL, LEAST_PRECISION = Decimal("0.985"), Decimal("0.97")
_MEASURED = re.compile(r"recall (\d\.\d+)\s+precision (\d\.\d+)")


class Publication(NamedTuple):
    """One published set: the number of its text, the input that gives it back, and the pack if not the input's own."""

    number: str
    input: str
    pack: str = ""

    @property
    def text(self) -> Path | None:
        """The published text, None where it is not beside the checkout."""
        return next((SHARED / "seeds").glob(f"{self.number}_*.txt"), None)


class Fidelity(NamedTuple):
    """Shares of characters: of the publication found in the documents, of the documents found in the publication."""

    recall: Decimal
    precision: Decimal
    documents: int
    told: str  # all that the tool printed, the differing lines too

    @property
    def reached(self) -> bool:
        return self.recall >= LEAST_RECALL and self.precision >= LEAST_PRECISION


PUBLICATIONS = (
    Publication("000", "wue"),
    Publication("001", "ezhou-jiguan"),
    Publication("002", "lukou", pack="lukou"),
    Publication("003", "xiangshan"),
    Publication("004", "hecheng"),
)


def build(publication: Publication, folder: Path) -> list[Path]:
    """The documents of the set, written below `folder`, in the published order; raises RuntimeError."""
    job = Job(
        ROOT / "inputs" / f"{publication.input}.yaml", folder, publication.pack
    )
    result = build_unit(job, PackCache((ROOT / "templates",)))
    if result.state == FAILED:
        raise RuntimeError(result.reason)
    return [
        document.path
        for document in result.documents
        if document.path.suffix == ".docx"
    ]


def compare(text: Path, documents: Sequence[Path]) -> Fidelity:
    """What the tool says of `documents` against `text`; raises RuntimeError where it says nothing."""
    command = [sys.executable, str(TOOL), str(text), *map(str, documents)]
    run = subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    measured = _MEASURED.search(run.stdout)
    if run.returncode or measured is None:
        raise RuntimeError(run.stderr or run.stdout)
    return Fidelity(
        Decimal(measured[1]), Decimal(measured[2]), len(documents), run.stdout
    )


def main() -> int:
    """Prints the table; 0 when every set reaches the bars."""
    if not TOOL.is_file():
        print(f"没有找到 {TOOL}，无法比较")
        return 2
    print(
        f"忠实度：recall 不低于 {LEAST_RECALL}，precision 不低于 {LEAST_PRECISION}"
    )
    print("种子  文件   recall  precision  结果    输入")
    return int(not all([_row(publication) for publication in PUBLICATIONS]))


def _row(publication: Publication) -> bool:
    source = f"inputs/{publication.input}.yaml" + (
        f" --pack {publication.pack}" if publication.pack else ""
    )
    with tempfile.TemporaryDirectory() as folder:
        try:
            if publication.text is None:
                raise RuntimeError(
                    f"没有找到 {SHARED / 'seeds'} 中 {publication.number} 号公开文本"
                )
            measured = compare(
                publication.text, build(publication, Path(folder))
            )
        except RuntimeError as error:
            reason = str(error).strip().splitlines()[-1]
            print(
                f"{publication.number}   {'—':>4}   {'—':>6}   {'—':>8}  未生成  {source}：{reason}"
            )
            return False
    result = "达到  " if measured.reached else "未达到"
    figures = f"{measured.documents:>4}   {measured.recall:>6}   {measured.precision:>8}"
    print(f"{publication.number}   {figures}  {result}  {source}")
    return measured.reached


if __name__ == "__main__":
    sys.exit(main())
