"""Documents per second: docxtpl opening, rendering and saving, against the compiled engine with everything on.

    python benchmarks/bench_render.py [template.docx] [--built] [--units N] [--rounds N]

Without an argument the pack's own 自评表 is used, with what the pipeline makes of inputs/lukou.yaml. Both engines get
the same template and the same context, in interleaved rounds; nothing is written to disk. With `--built` a template of
five pages is built instead. What the trace (hidden bookmarks around every value) costs is `trace_cost <number>`: the
time with it as a multiple of the time without. The last line is `ratio <number>`.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
from bare import bare_template
from docxtpl import DocxTemplate

from reportgen.core.value import Value
from reportgen.pipeline import PackCache, prepare, printed_set
from reportgen.render.charts.chart import ChartData
from reportgen.render.print.printing import CompiledTemplate
from reportgen.render.template.build import sources_of
from reportgen.render.template.compile import compile_template

ROOT = Path(__file__).parents[1]
PACK_TEMPLATE = ROOT / "templates" / "standard" / "部门整体支出绩效自评表.docx"
UNIT = ROOT / "inputs" / "lukou.yaml"
CHART = ChartData(
    ("甲", "乙"),
    (
        ("预算数", (Decimal(1), Decimal(2))),
        ("执行数", (Decimal(1), Decimal(2))),
    ),
)
ROWS = 20
VALUE = "保障机关正常运转，满意度≥95%"


def built_template(folder: Path) -> Path:
    """A document of some 5 pages: 200 values, and 20 rows of 8 columns."""
    document = docx.Document()
    for number in range(200):
        paragraph = document.add_paragraph(f"第{number}项：")
        paragraph.add_run("{{ 单位.名称 }}").bold = True
        paragraph.add_run("，执行率{{ 单位.执行率 }}。")
    table = document.add_table(3, 8)
    table.cell(0, 0).text = "{%tr for 行 in 明细 %}"
    for column in range(8):
        table.cell(1, column).text = f"{{{{ 行.列{column} }}}}"
    table.cell(2, 0).text = "{%tr endfor %}"
    path = folder / "bench.docx"
    document.save(path)
    return path


def built_context(number: int) -> dict[str, Any]:
    rows = [
        {
            name: Value(f"{VALUE}{number}-{row}", path=f"明细#{row}.{name}")
            for name in map("列{}".format, range(8))
        }
        for row in range(ROWS)
    ]
    unit = {
        "名称": Value(f"单位{number}", path="单位.名称"),
        "执行率": Value("89.97%", path="单位.执行率"),
    }
    return {"单位": unit, "明细": rows}


def pack_contexts(count: int) -> list[dict[str, Any]]:
    """The names that the pipeline gives to the pack's templates, with another unit name for each unit."""
    draft = prepare(UNIT, PackCache((ROOT / "templates",)))
    names = next(
        names
        for spec, names in printed_set(draft)
        if spec.template == PACK_TEMPLATE.name
    )
    return [
        {**names, "单位": {**names["单位"], "名称": name}}
        for name in (Value(f"单位{n}", path="单位.名称") for n in range(count))
    ]


def by_docxtpl(path: Path, contexts: list[dict[str, Any]]) -> None:
    for context in contexts:
        template = DocxTemplate(str(path))
        template.render(context, autoescape=True)
        template.save(io.BytesIO())


def by_reportgen(
    template: CompiledTemplate,
    contexts: list[dict[str, Any]],
    charts: dict[str, ChartData],
) -> None:
    for context in contexts:
        template.render(context, charts=charts)


def timed(work: Callable[[], Any], count: int) -> float:
    started = time.perf_counter()
    work()
    return count / (time.perf_counter() - started)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("template", type=Path, nargs="?")
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--built", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        template = None if options.built else options.template or PACK_TEMPLATE
        if template is None:
            path, contexts = (
                built_template(Path(folder)),
                [built_context(number) for number in range(options.units)],
            )
        else:
            path, contexts = (
                bare_template(template, Path(folder)),
                pack_contexts(options.units),
            )
        few = contexts[: max(1, options.units // 10)]
        compiled, bare = (
            compile_template(path),
            compile_template(path, traced=False),
        )
        charts = {chart.name: CHART for chart in compiled.charts}
        size = sum(len(part.source) for part in sources_of(compiled))
        tags = sum(len(part.tag_at) for part in sources_of(compiled))
        print(
            f"template {path.name}: {size} characters in dynamic parts, {tags} tags"
        )
        theirs, ours, untraced = [], [], []
        for _ in range(options.rounds):
            theirs.append(timed(lambda: by_docxtpl(path, few), len(few)))
            ours.append(
                timed(
                    lambda: by_reportgen(compiled, contexts, charts),
                    len(contexts),
                )
            )
            untraced.append(
                timed(
                    lambda: by_reportgen(bare, contexts, charts), len(contexts)
                )
            )
    print(f"docxtpl   {statistics.median(theirs):8.1f} documents/s")
    print(f"reportgen {statistics.median(ours):8.1f} documents/s")
    print(f"untraced  {statistics.median(untraced):8.1f} documents/s")
    print(
        f"trace_cost {statistics.median(untraced) / statistics.median(ours):.2f}"
    )
    print(f"ratio {statistics.median(ours) / statistics.median(theirs):.1f}")


if __name__ == "__main__":
    main()
