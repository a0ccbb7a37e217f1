"""The documents of a unit on disk, with their receipt: nothing is written over what a person changed.

All files of a unit are written beside their targets and flushed; then the receipt gets its name, then they get theirs.
The receipt names what is about to stand there as well as what stood there before, so that a run that is killed in the
middle never mistakes its own file for a person's. A document that a person edited is not replaced: what is new is
merged into it, from the document as it was printed, which is kept beside it (see reportgen.outputs.print_store).
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

from reportgen.core.errors import OutputError
from reportgen.core.file_names import sha256
from reportgen.outputs.predecessors import (
    Predecessor,
    is_in_role,
    renamed_documents,
)
from reportgen.outputs.print_store import STORE, packed_store
from reportgen.outputs.receipt import (
    EARLIER,
    FILES,
    LEFT,
    PRINTED,
    RECEIPT,
    SET,
    Entry,
    Receipt,
    entries_of,
    name_on_disk,
    prints_of,
    receipt_to_replace,
    record_of,
    texts_at,
)
from reportgen.outputs.steps import (
    Merge,
    Merged,
    OutputStep,
    Written,
    heir_step,
    step_for,
)
from reportgen.outputs.whole_files import (
    Output,
    alone_in,
    is_there,
    replace_all,
)

Entries = Mapping[str, Entry]
_KEPT_PRINTS = 10  # of each document
# An output, all of them, and those that were merged: what is to be written instead of it, None for nothing
Revise = Callable[
    [Output, Sequence[Output], Mapping[str, Merged]], Output | None
]


def write_outputs(
    folder: Path,
    outputs: Sequence[Output],
    receipt: Receipt,
    *,
    merge: Merge | None = None,
    revise: Revise | None = None,
    heirs: Mapping[str, Predecessor] | None = None,
    dry: bool = False,
) -> list[Written]:
    """Writes `outputs` and the receipt into `folder`; raises OutputError, leaving every old file whole.

    A file that a person has changed is merged by `merge`, or kept where that cannot be; one that was given another name
    is known by what it says of itself. Files of earlier runs that are no longer wanted stay, and stay known. `revise`
    makes an output anew of those before it that were merged. By the names of `heirs` an edited file is merged into an
    output that has another name than it. With `dry` nothing is written, and what would be done is told.
    """
    with nullcontext() if dry else alone_in(folder):
        before = receipt_to_replace(folder)
        _refuse_other_unit(folder, before, receipt)
        steps = _steps(folder, outputs, before, merge, revise, heirs or {})
        if not dry:
            steps = _write(
                folder, steps, before, receipt, keep_prints=bool(merge)
            )
        return [step.written for step in steps]


def _refuse_other_unit(folder: Path, before: Receipt, receipt: Receipt) -> None:
    """Two names may be one folder, on a disk that does not tell a from A for instance."""
    there, here = before.get("单位"), receipt.get("单位")
    if there and here and there != here:
        raise OutputError(
            f"这个文件夹里是另一单位「{there}」的文件，与「{here}」的文件夹同名",
            "请修改其中一份的「单位.名称」，或换一个输出文件夹（-o）",
            place=folder,
        )


def _steps(
    folder: Path,
    outputs: Sequence[Output],
    before: Receipt,
    merge: Merge | None,
    revise: Revise | None,
    heirs: Mapping[str, Predecessor],
) -> list[OutputStep]:
    known = entries_of(before)
    moved = renamed_documents(folder, before, {one.name for one in outputs})
    given = {one.path: sha256(one.data) for one in heirs.values()}
    steps: list[OutputStep] = []
    merged: dict[str, Merged] = {}
    for output in outputs:
        wanted = revise(output, outputs, merged) if revise else output
        if wanted is None:
            continue
        entry, names = known.get(output.name, {}), moved.get(output.name, ())
        if folder / output.name in given:
            entry = {**entry, PRINTED: given[folder / output.name]}
        one = heirs.get(output.name)
        step = heir_step(folder, wanted, one, merge) if one and merge else None
        own_merge = merge if is_in_role(entry, output.role) else None
        step = step or step_for(folder, wanted, entry, names, own_merge)
        if step.written.merging:
            merged[output.name] = step.written.merging
        steps.append(step)
    return steps


def _write(
    folder: Path,
    steps: list[OutputStep],
    before: Receipt,
    receipt: Receipt,
    *,
    keep_prints: bool,
) -> list[OutputStep]:
    """Writes what is due; gives the steps as they were taken."""
    known = entries_of(before)
    files = _files(folder, steps, known)
    store = _store(folder, steps, files, known) if keep_prints else None
    record = Output(RECEIPT, record_of(_content(receipt, steps, files)))
    history = [step.history for step in steps if step.history]
    due = [step.due for step in steps if step.due]
    first = [*history, *([store] if store else ())]
    if not is_there(folder / RECEIPT, record.data):
        first.append(record)
    guarded = {step.due.name: step.seen for step in steps if step.due}
    late = replace_all(folder, [*first, *due], guarded)
    for step in steps:
        written = step.written
        if written.before and written.path.name not in late:
            written.before.give_way(written.path)
    return _told_late(folder, steps, late, known, receipt) if late else steps


def _told_late(
    folder: Path,
    steps: Sequence[OutputStep],
    late: frozenset[str],
    known: Entries,
    receipt: Receipt,
) -> list[OutputStep]:
    """The steps and the receipt, when a person saved the files in `late` a moment ago, from the print known before."""
    taken = [
        step.saved_late(known.get(step.written.name, {}))
        if step.due and step.due.name in late
        else step
        for step in steps
    ]
    record = record_of(_content(receipt, taken, _files(folder, taken, known)))
    replace_all(folder, [Output(RECEIPT, record)])
    return taken


def _files(
    folder: Path, steps: Sequence[OutputStep], known: Entries
) -> dict[str, Entry]:
    """The entries of the receipt: those of the set, and of what earlier runs left and is still there."""
    files = {
        step.written.name: _with_earlier(step, known.get(step.written.name, {}))
        for step in steps
    }
    for name, entry in known.items():
        if name not in files and (folder / name_on_disk(name, entry)).exists():
            files[name] = entry
    return files


def _with_earlier(step: OutputStep, known: Entry) -> Entry:
    """The entry of a document with the prints that it had before."""
    if not step.output.name.endswith(".docx") or PRINTED not in step.entry:
        return step.entry
    known = step.written.before.entry if step.written.before else known
    last, now = known.get(PRINTED), step.entry[PRINTED]
    prints = (now, last, *reversed(texts_at(known, EARLIER)))
    latest = list(dict.fromkeys(filter(None, prints)))[:_KEPT_PRINTS]
    if len(latest) < 2:
        return step.entry
    return {**step.entry, EARLIER: latest[::-1]}


def _content(
    receipt: Receipt, steps: Sequence[OutputStep], files: Entries
) -> Receipt:
    written = [step.written for step in steps]
    return {
        **receipt,
        SET: [one.name for one in written],
        LEFT: [one.name for one in written if one.kept],
        FILES: files,
    }


def _store(
    folder: Path, steps: Sequence[OutputStep], files: Entries, known: Entries
) -> Output | None:
    """The store of what was printed, where it has to be written anew; it keeps what either receipt may ask for.

    Where a document was left, whose print may not be known since the receipt was lost, it keeps all that it has.
    """
    before = ({**one, EARLIER: ()} for one in known.values())
    entries = (*files.values(), *before)
    wanted = frozenset[str]().union(*map(prints_of, entries))
    documents = (
        one.output for one in steps if one.output.name.endswith(".docx")
    )
    printed = {
        one.digest: one.data for one in documents if one.digest in wanted
    }
    kept = wanted if _are_named(steps, known) else None
    data = packed_store(folder, printed, kept)
    return None if data is None else Output(STORE, data)


def _are_named(steps: Sequence[OutputStep], known: Entries) -> bool:
    """Whether the receipt names every print that may be asked for."""
    return bool(known) and not any(step.written.kept for step in steps)
