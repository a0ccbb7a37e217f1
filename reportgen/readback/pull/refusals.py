"""Why an edit does not come home, told with the way out."""

from reportgen.core.findings import ERROR, WARNING, Finding
from reportgen.ooxml.paragraph_text import quoted
from reportgen.readback.compare.edits import ADDED, DELETED, Edit
from reportgen.readback.pull.context import PullContext
from reportgen.readback.read.remark import Remark

_SHOWN = 40
_NO_FIELD = "{where}：{what}“{text}”带不回填报文件：{cure}"


class Refusal(Remark):
    """A reason, told of an edit."""

    def of(
        self, edit: Edit, context: PullContext, *, now: str = "", **words: str
    ) -> Finding:
        """The finding on `edit`; `now` is what its field says now, `words` stand in the message as they are."""
        texts = {
            "where": edit.where,
            "before": edit.before,
            "after": edit.after,
            "text": edit.after or edit.before,
            "now": now,
        }
        quotes = {name: quoted(text, _SHOWN) for name, text in texts.items()}
        return self.on(context.file, **quotes, **words)


NOT_REPORTED = Refusal("RBK001", WARNING, _NO_FIELD)
NOT_REPORTED_VALUE = Refusal("RBK002", ERROR, _NO_FIELD)
COMPUTED = Refusal(
    "RBK002",
    ERROR,
    "{where}：“{before}”改成了“{after}”，而{label}是计算得出的（{formula}；{inputs}）；请改填它所依据的数",
)
CHANGED_SINCE = Refusal(
    "RBK003",
    ERROR,
    "{where}：填报文件中{field}现在是“{now}”，而文件是按“{before}”印的，没有写回；请先重新生成，再核对这一处",
)
EMPTIED = Refusal(
    "RBK001",
    WARNING,
    "{where}：“{before}”被删去，没有写回；确要清空的，请在填报文件中删去 {field}",
)
SECTION_GONE = Refusal(
    "RBK001",
    WARNING,
    "{where}：这一节的文字全部不见了，没有写回；确实没有的，请在填报文件的 {field} 写“无”",
)
DOUBTFUL = Refusal(
    "RBK009",
    ERROR,
    "{where}：“{before}”改成了“{after}”，改在数的边上、换了位置或加了换行，看不准各项改成了什么，没有写回；请自行改填报文件",
)
PENDING = Refusal(
    "RBK001",
    WARNING,
    "{where}：“{before}”改为“{after}”是还没有接受的修订，没有写回；请先在 Word 里接受或拒绝，再带回",
)
JOINED = Refusal(
    "RBK009",
    ERROR,
    "{where}：“{before}”是几节的段落并成的，都没有写回；请自行改填报文件的 {field}",
)
MOVED_ON = Refusal(
    "RBK001",
    WARNING,
    "{where}：“{before}”换了位置或并进了别的段落，文字没有改，不用写回；重新生成时保留",
)
ROW_LEFT = Refusal(
    "RBK001",
    WARNING,
    "{where}：“{text}”这一行填报文件中已经没有，只是留在文档里，没有写回；不要的请在文档里删去",
)
ROW_NOT_KNOWN = Refusal(
    "RBK001",
    WARNING,
    "{where}：新增的一行“{text}”{reason}，没有写回；要填报的，请自行加到填报文件的 {field}",
)
ROW_IN_PART = Refusal(
    "RBK001",
    WARNING,
    "{where}：新增的一行“{text}”里，“{rest}”不在 {field} 的这一项里填，没有写回；请填在它所依据的内容里",
)

BY_OTHERS = "它由下属单位的完成情况汇总得出，请改下属单位的填报文件"
BY_OTHER_FIELDS = "它由填报的其他内容或模板包得出，请改填所依据的内容"
_WHAT = {ADDED: "新增的", DELETED: "删去的"}
_CURES = {
    ADDED: "看不出是哪一项；要留在报告里的，写进填报文件「叙述」的相应一节",
    DELETED: "它不是从填报文件印出来的，重新生成不会再加上",
}
_FIXED_TEXT = "它是固定文字，重新生成时保留您的改动"


def by_hand(edit: Edit, context: PullContext) -> Finding:
    """On an edit of something that the file has in another form: a person has to bring it home."""
    cure = "请自行改填报文件"
    return NOT_REPORTED.of(edit, context, what="改动的", cure=cure)


def not_reported(edit: Edit, context: PullContext) -> Finding:
    """On an edit of what nobody reports: fixed words, paragraphs and rows of a person's own."""
    cure = _CURES.get(edit.kind, _FIXED_TEXT)
    return NOT_REPORTED.of(edit, context, what=what_was_done(edit), cure=cure)


def what_was_done(edit: Edit) -> str:
    """新增的, 删去的 or 改动的."""
    return _WHAT.get(edit.kind, "改动的")
