"""How a unit is delivered of which a person refused some changes, and what a build changed as tracked changes."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reportgen.batch.jobs import Job
from reportgen.batch.made import Made
from reportgen.core.errors import OutputError
from reportgen.outputs.doubts import Doubts
from reportgen.outputs.predecessors import Predecessor
from reportgen.outputs.receipt import (
    Receipt,
    entries_of,
    name_on_disk,
)
from reportgen.outputs.steps import Merge, Merged, Written, owner_of
from reportgen.outputs.whole_files import Output, is_there, read_file
from reportgen.pipeline import BUNDLED, merge_edited

_SAVED = "文件在写入前的一刻又被保存过"
_AGAIN = "请关闭后重新生成"
_NO_BASE = "印出它的那一次的底稿找不到，不能逐处选择，什么都没有写"
_NO_BASE_HINT = "请不用 --ask 重新生成"


def merge_for(
    job: Job,
    folder: Path,
) -> Merge:
    """How documents in `folder` are merged: what was refused in them stays as it is."""
    if not job.refused:
        return merge_edited

    def merge(
        base: bytes,
        theirs: bytes,
        ours: bytes,
        name: str,
        known: Doubts,
    ) -> Merged:
        from reportgen.readback.accept.refused import merge_but_for  # noqa: PLC0415  lxml, wanted only where somebody was asked

        path = folder / name
        own = [one for one in job.refused if one.document == path]
        merged = merge_but_for(own, base, theirs, ours, name, known)
        if own and not is_there(path, theirs):
            raise OutputError(_SAVED, _AGAIN, place=path)
        return merged

    return merge


def asked_documents(
    job: Job,
    folder: Path,
    before: Receipt,
    outputs: Sequence[Output],
) -> dict[str, Predecessor]:
    """The documents there of which something was refused, by the names of outputs: they are merged, edited or not.

    Raises OutputError where what was refused is not what would be changed now.
    """
    asked = {one.document for one in job.refused}
    known = entries_of(before)
    found: dict[str, Predecessor] = {}
    for output in outputs if asked else ():
        entry = known.get(output.name, {})
        path = folder / name_on_disk(output.name, entry)
        is_asked = path in asked and owner_of(path) is None
        data = read_file(path) if is_asked else None
        if data is not None:
            one = Predecessor(output.name, path, entry, before, data)
            _verify(job, one, output)
            found[output.name] = one
    return found


def _verify(
    job: Job,
    one: Predecessor,
    output: Output,
) -> None:
    """Raises OutputError where the refused changes of a document are others by now, or cannot be told any more."""
    base = one.base(output)
    if base is None:
        raise OutputError(_NO_BASE, _NO_BASE_HINT, place=one.path)
    merge = merge_for(job, one.path.parent)
    merge(base, one.data, output.data, one.path.name, ())


def with_redlines(
    made: Made,
    written: Sequence[Written],
    job: Job,
) -> Made:
    """`made` with a copy of each document whose text was changed, the changes tracked, where these are wanted."""
    if not job.redlined:
        return made
    return made._replace(review=(*made.review, *_redlines(written)))


def _redlines(written: Sequence[Written]) -> Iterator[Output]:
    from reportgen.readback.redline.redline import redline  # noqa: PLC0415  lxml, wanted only where somebody asks

    for one in written:
        is_single = not one.path.name.endswith(BUNDLED)
        if one.texts and one.path.suffix == ".docx" and is_single:
            redlined = redline(*one.texts)
            if redlined.came or redlined.went:
                yield Output(f"{one.path.stem}（对照）.docx", redlined.data)
