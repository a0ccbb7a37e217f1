"""reportgen build."""

import typer

from reportgen.application.build import (
    BuildPlan,
    BuildReport,
    BuildRequest,
    build as build_units,
    plan_build,
)
from reportgen.cli.asked.asking import Ask, Redlined, asked_plan
from reportgen.cli.build_report import closing_lines, progress_of
from reportgen.cli.options import (
    OUTPUTS,
    Annotate,
    AsPdf,
    Bundled,
    ClusterAddress,
    DryRun,
    Force,
    Listed,
    OutputFolder,
    PackName,
    Processes,
    Strict,
    TextOrJson,
    UnitPaths,
    WithSummary,
)
from reportgen.cli.progress import stop_on_interrupt
from reportgen.cli.show import (
    exit_code,
    findings_shape,
    has_errors,
    say,
    say_json,
)
from reportgen.cli.workplace import workplace


def build(
    paths: UnitPaths,
    output: OutputFolder = OUTPUTS,
    pack: PackName = "",
    bundled: Bundled = False,
    strict: Strict = False,
    force: Force = False,
    annotate: Annotate = False,
    dry: DryRun = False,
    listed: Listed = False,
    ask: Ask = False,
    redlined: Redlined = False,
    summary: WithSummary = None,
    jobs: Processes = 0,
    cluster: ClusterAddress = "",
    as_pdf: AsPdf = False,
    format: TextOrJson = "text",
) -> int:
    """生成自评表和自评报告，一个单位或许多单位。

    没有变化的单位跳过；改过的 Word 文件不会被覆盖：人工的修改保留，数据的变化合并进去，合并前的另存一份。
    退出码：0 都生成了，检查发现的问题照样列出；1 有文件没有更新、需要人处理；3 有单位没能生成。
    """
    request = BuildRequest(
        tuple(paths),
        output,
        pack,
        bundled=bundled,
        annotated=annotate,
        strict=strict,
        force=force,
        dry=dry,
        listed=listed,
        redlined=redlined,
        summary=summary,
        workers=jobs,
        cluster=cluster,
    )
    report = _built(request, ask=ask, is_text=format == "text")
    return max(_exit_code(report), _pdf_of(report) if as_pdf else 0)


def _pdf_of(report: BuildReport) -> int:
    from reportgen.cli.publish.pdf import pdf_of_set  # noqa: PLC0415  0.1 s, and few ask for it

    return pdf_of_set(report)


def _built(request: BuildRequest, *, ask: bool, is_text: bool) -> BuildReport:
    plan = plan_build(request)
    if ask:
        plan = asked_plan(plan, workplace(), is_text=is_text)
    return _run(plan, is_text=is_text)


def _run(plan: BuildPlan, *, is_text: bool) -> BuildReport:
    with (
        stop_on_interrupt() as stopped,
        progress_of(plan, is_text=is_text) as on_unit,
    ):
        report = build_units(
            plan, workplace(), on_unit=on_unit, stopped=stopped
        )
    if is_text:
        say(closing_lines(report))
    else:
        found = findings_shape(report.findings)
        say_json({**found, "documents": [*map(str, report.word_documents)]})
    if len(report.units) < len(plan.jobs):
        left = len(plan.jobs) - len(report.units)
        told = f"已中断，还有 {left} 个单位没有做；再执行同一条命令会接着做。"
        typer.echo(told, err=True)
    return report


def _exit_code(report: BuildReport) -> int:
    """0 when all documents were made, findings or not; 1 when one needs a person; 3 when something could not go on."""
    is_refused = report.plan.request.strict and has_errors(report.findings)
    return exit_code(not report.is_complete, report.left or is_refused)
