"""What a document of others costs: one of ten pages on one core, and how the time grows with its rows.

    python benchmarks/bench_import.py [--assert]

With --assert it ends with 1 where a bar is missed: 150 ms for ten pages, twice the time for twice the rows.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "recognition"))

from papers import docx, par, row, table

from reportgen.packs.pack import load_pack, pack_folders
from reportgen.recognition.draft_text import draft_text
from reportgen.recognition.recognize import recognize

BAR = 0.150  # seconds of a document of ten pages
GROWTH = 2.6  # of the time for twice the rows
ROWS = 150  # of a form of ten pages
SEARCH = (Path(__file__).parents[1] / "templates",)
HEAD = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因",
]


def document(rows: int) -> bytes:
    """A form with that many indicators, and three pages of report."""
    lines = [
        row(
            "产出指标",
            "数量指标",
            f"第{number}段沟渠清淤",
            f"≥{number}米",
            f"{number + 2}米",
            "1",
            "1",
            "按月完成，超出部分为新增村组自行开挖" if number % 7 == 0 else "",
        )
        for number in range(1, rows + 1)
    ]
    report = []
    for number in range(rows // 5):
        report.append(par(f"{number % 9 + 1}.第{number}段完成情况"))
        text = f"第{number}段全年清淤{number}米，沿线农田灌溉用水得到保障。"
        report.append(par(text * 6))
    return docx(
        par("2024年度项目支出绩效自评表"),
        table(row("项目名称", ("沟渠清淤", 7)), row(*HEAD), *lines),
        par("2024年度沟渠清淤项目支出绩效自评报告"),
        par("一、项目概况"),
        *report,
    )


def seconds(rows: int, rounds: int = 5) -> float:
    """The best time to read such a document into the text of a draft."""
    data = document(rows)
    packs = [load_pack(one, SEARCH) for one in pack_folders(SEARCH)]
    best = 9.9
    for _ in range(rounds):
        start = time.process_time()
        found = recognize([(data, "bench.docx")], packs)
        draft_text(found, "standard", ["bench.docx"])
        best = min(best, time.process_time() - start)
    return best


def main() -> int:
    whole, twice = seconds(ROWS), seconds(2 * ROWS)
    growth = twice / whole
    print(f"ten pages: {whole * 1000:.0f} ms (bar {BAR * 1000:.0f} ms)")
    print(f"twice the rows: {growth:.2f} times the time (bar {GROWTH})")
    missed = whole > BAR or growth > GROWTH
    return int("--assert" in sys.argv and missed)


if __name__ == "__main__":
    sys.exit(main())
