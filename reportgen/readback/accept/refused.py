"""A document as a build would have it, but for the changes that a person refused."""

from collections.abc import Sequence

from reportgen.core.errors import OutputError
from reportgen.ooxml.document import open_document
from reportgen.outputs.doubts import Doubts
from reportgen.outputs.steps import Merged
from reportgen.readback.accept.taken_back import can_be_taken_back, taken_back
from reportgen.readback.compare.edits import Edit, edits, edits_between
from reportgen.readback.merge.merge_document import merge
from reportgen.results.asked_changes import DocumentChange, RefusedChange

_OTHER = "问过以后填报文件或文档又变了，第 {number} 处已经不同"
_NOT_BACK = "不要的改动里有一处不能在文档里退回，什么都没有写"
_NOT_BACK_HINT = "请不用 --ask 重新生成，再在 Word 里改那一处"
_HINT = "请再执行一次同一条命令，重新选择"
_KIND = "未接受"


def changes_between(
    old: bytes,
    new: bytes,
) -> tuple[DocumentChange, ...]:
    """What is changed from `old` to `new`, place by place; raises TemplateError where one is no docx."""
    return tuple(
        DocumentChange(one.text, can_be_taken_back(one))
        for one in edits(old, new)
    )


def merge_but_for(
    refused: Sequence[RefusedChange],
    base: bytes,
    theirs: bytes,
    ours: bytes,
    name: str,
    known: Doubts,
) -> Merged:
    """What merging gives, with what was `refused` as it stands in `theirs`: from now on that is an edit of a person.

    Raises OutputError where what was refused is not what would be changed now.
    """
    merged = merge(base, theirs, ours, name, known)
    if not refused:
        return merged
    document = open_document(merged.data, name)
    found = edits_between(open_document(theirs, name), document)
    wanted = [_numbered(found, one) for one in refused]
    if taken_back(document, wanted) != len(wanted):
        raise OutputError(_NOT_BACK, _NOT_BACK_HINT, place=refused[0].document)
    # lists are numbered on as if a person had done it
    settled = merge(ours, document.saved(), ours, name, merged.uncommented)
    return settled._replace(
        findings=merged.findings,
        changes=(*merged.changes, *[_KIND] * len(refused)),
    )


def _numbered(
    found: Sequence[Edit],
    one: RefusedChange,
) -> Edit:
    edit = found[one.number - 1] if 0 < one.number <= len(found) else None
    if edit is None or edit.text != one.text or not can_be_taken_back(edit):
        told = _OTHER.format(number=one.number)
        raise OutputError(told, _HINT, place=one.document)
    return edit
