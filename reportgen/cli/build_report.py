"""How a run of `build` is told: each unit in full or in a line as it is done, then all of them together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

from reportgen.application.build import BuildPlan, BuildReport
from reportgen.application.summary_files import SummaryFiles
from reportgen.cli.progress import run_progress
from reportgen.cli.show import (
    Lines,
    counts,
    file_names,
    finding_line,
    has_errors,
    indented,
    say,
)
from reportgen.core.control_chars import harmless
from reportgen.core.findings import Finding, worst_first
from reportgen.results.unit_result import (
    BUILT,
    FAILED,
    KEPT,
    OLD_REPLACED,
    UNCHANGED,
    ResultDocument,
    UnitResult,
    state_counts,
)

_FEW = 8  # units that are told in full; more are told in a line each
_SHOWN = 5
_OF_MERGING = (
    "RBK"  # how the codes begin of what is to be looked at in merged documents
)
_LEFT_EDITED = (
    "以前生成的文件中还有人工改过的，这次没有与它对应的文件，原样保留，其中的修改不在新文件里；"
    "仍要用的，请对照着改到新文件里"
)
_PUT_AWAY = "编号或名称变了、没有人改过的旧文件已收进 .reportgen/history"
_MERGED = "人工改过，{}保留修改并合并"
_RESAVED = "未改动，只是重新保存过"


@contextmanager
def progress_of(
    plan: BuildPlan, *, is_text: bool
) -> Iterator[Callable[[UnitResult], None]]:
    """Who is told each unit as it is done."""
    if not is_text:
        yield lambda _: None
        return
    say(map(finding_line, plan.found.empty))
    if len(plan.jobs) <= _FEW:
        yield lambda one: say(_in_full(one))
        return
    with run_progress(len(plan.jobs)) as advance:
        yield lambda one: advance(one, harmless(_in_a_line(one)))


def _in_a_line(one: UnitResult) -> str:
    """A unit in one line: what became of it, and what to look at."""
    if one.state == FAILED:
        return f"{one.title}：没有生成：{one.reason}"
    kept = file_names(document.path for document in one.left)
    told = f"未更新 {kept}" if kept else f"{len(one.documents)} 份文件"
    if one.state == UNCHANGED:
        told = "没有变化"
    return f"{one.title}：{told}；{counts(one.findings)}"


def _in_full(one: UnitResult) -> Lines:
    if one.stopped:
        yield f"{one.file}：没有{'全部' if one.documents else ''}生成"
        yield from indented(one.findings)
        return
    yield f"{one.name}（{one.year}年度，模板包 {one.pack}）"
    doubts, others = _by_source(one.problems)
    told = (
        _documents(one),
        _review(one),
        _listed("合并后请核对", doubts, "全部见“问题清单.xlsx”")
        if doubts
        else (),
        _listed("检查", others, f"查看全部：reportgen check {one.file}"),
    )
    yield from (f"  {line}" for line in chain(*told))


def _by_source(
    problems: Iterable[Finding],
) -> tuple[list[Finding], list[Finding]]:
    """What is to be looked at in merged documents, and what the checks found."""
    ordered = worst_first(problems)
    doubts = [one for one in ordered if one.code.startswith(_OF_MERGING)]
    return doubts, [one for one in ordered if one not in doubts]


def _documents(one: UnitResult) -> Lines:
    """What became of each document of the unit."""
    if one.state == FAILED:
        yield f"{one.reason}。"
        return
    yield from _planned(one) if one.dry else _done(one)
    yield from _kept(one.documents)
    for document in one.documents:
        if document.step == OLD_REPLACED and not one.dry:
            yield f"放回来的旧稿没有人改过，已换成新稿 {document.path.name}"
        if document.merged:
            merged = _MERGED.format("会" if one.dry else "已")
            how = _RESAVED if document.resaved else merged
            yield f"{how} {document.path.name}：{document.merged}"
        if document.changes:
            yield f"{document.path.name} 改了 {len(document.changes)} 处"
            yield from (f"  {change}" for change in document.changes)
    yield from _left_behind(one)


def _left_behind(one: UnitResult) -> Lines:
    """What earlier runs left that this one has no document for."""
    if one.left_edited:
        yield f"{_LEFT_EDITED}：{'、'.join(map(str, one.left_edited))}"
    if one.put_away:
        yield f"{_PUT_AWAY}：{file_names(one.put_away)}"
    if one.left_over:
        yield f"文件夹里另有以前生成、这次没有生成的文件，不用时请删去：{file_names(one.left_over)}"


def _planned(one: UnitResult) -> Lines:
    yield f"预演，没有写任何文件；{one.folder} 里会："
    for document in one.documents:
        yield f"  {document.step} {document.path.name}"


def _done(one: UnitResult) -> Lines:
    names = [each.path.name for each in one.documents if not each.kept]
    if one.state == UNCHANGED:
        yield f"没有变化，{len(names)} 份文件已是最新，位于 {one.folder}（要重新生成请加 --force）"
    else:
        yield f"已生成 {len(names)} 份文件，位于 {one.folder}"
    yield from (f"  {name}" for name in names)


def _kept(documents: Sequence[ResultDocument]) -> Lines:
    """Which were left as they were, and why."""
    for document in documents:
        if document.kept:
            yield f"未更新 {document.path.name}：{document.kept}"


def _review(one: UnitResult) -> Lines:
    """Whether there are review copies, and where."""
    if one.review_failure:
        yield f"审阅稿没有生成：{one.review_failure}"
    yield from _kept(one.reviewed)
    written = [document for document in one.reviewed if not document.kept]
    if written:
        yield f"审阅稿：{len(written)} 份，位于 {written[0].path.parent}"


def _listed(lead: str, findings: Sequence[Finding], further: str) -> Lines:
    """How many there are, the first of them, and where all are to be seen."""
    is_cut = len(findings) > _SHOWN
    first = f"，前 {_SHOWN} 处如下" if is_cut else ""
    yield f"{lead}：{counts(findings)}{first}"
    yield from indented(findings[:_SHOWN])
    if is_cut:
        yield f"  {further}"


def closing_lines(report: BuildReport) -> Lines:
    """What became of all units together."""
    if report.summary:
        yield from _summary(report.summary)
    if report.together:
        more = worst_first(report.together)
        further = "查看全部：把同样的文件或文件夹交给 reportgen check"
        yield from _listed("各单位相互比对", more, further)
    if report.plan.found.told_unread:
        yield report.plan.found.told_unread
    if len(report.plan.jobs) > 1:
        yield _units(report)
    told = _to_look_at(report)
    if told:
        yield told


def _summary(summary: SummaryFiles) -> Lines:
    """What became of the workbook and the page."""
    if summary.failure:
        yield f"汇总没有生成：{summary.failure}"
    yield from _kept(summary.documents)
    names = file_names(one.path for one in summary.documents if not one.kept)
    if names:
        how = "没有变化" if summary.is_unchanged else ""
        yield f"汇总：{names}{how}，位于 {summary.folder}"


def _units(report: BuildReport) -> str:
    """How many units were made, skipped, left and not made."""
    states = state_counts(report.units)
    made = states[BUILT] + states[KEPT]
    told = f"共 {len(report.plan.jobs)} 个单位：生成 {made} 个"
    if states[UNCHANGED]:
        told += f"，没有变化 {states[UNCHANGED]} 个"
    if states[KEPT]:
        told += f"（其中 {states[KEPT]} 个有正在打开或不能合并的文件，未更新）"
    return f"{told}，没有生成 {states[FAILED]} 个。"


def _to_look_at(report: BuildReport) -> str:
    """That the documents are made, and how much in them is to be looked at; "" where that is nothing."""
    problems = [found for one in report.made for found in one.problems]
    if not has_errors(problems, warnings=True):
        return ""
    doubts, others = _by_source(problems)
    left = f"，{len(report.left)} 份未更新" if report.left else ""
    merged = f"，合并后请核对的 {counts(doubts)}" if doubts else ""
    found = f"检查发现 {counts(others, '0 处')}{merged}"
    return f"文件已经生成{left}；{found}，请看“问题清单.xlsx”，改好填报文件后再生成一次。"
