"""The codes of what stops a file, a pack or a document; they come from no rule, and are told by `reportgen rules`."""

from __future__ import annotations

FAILURES: dict[str, tuple[str, str]] = {  # code: what it is, what to do
    "DAT001": ("文件读不了：找不到、打不开、是空的，或不是 UTF-8 编码", "核对路径；另存为 UTF-8 编码"),
    "DAT002": ("不符合 yaml 的写法：冒号、缩进、引号、括号、Tab 键", "照提示改那一行"),
    "DAT003": ("同一个键写了两次", "删去或合并一处"),
    "DAT004": ("不认识的键", "改成提示的键"),
    "DAT005": ("内容的形式不对：该是列表的写成了一个值，或年度、日期认不出", "照提示改"),
    "DAT006": ("不是数", "填阿拉伯数字"),
    "DAT007": ("有 Word 不能保存的控制字符", "删去，重新输入"),
    "DAT008": ("文件过大、层次过深，或用了不支持的 yaml 写法", "直接写出内容"),
    "DAT009": ("金额、个数小于 0", "核对"),
    "DAT010": ("必填项没有填", "补上"),
    "DAT012": ("“下属单位”里的文件用不上，没有汇总", "照提示改文件名，或先改好那份文件"),
    "DAT013": ("“空格＋#”以后的文字被当作说明，没有读入", "是内容的加英文双引号；是说明的在 # 后面空一格"),
    "PCK001": ("模板包找不到或不能用", "核对“模板”或 --pack；reportgen pack list 列出可用的"),
    "TPL001": ("Word 模板不安全、损坏，或有标签填不了", "照提示改模板中的那一处"),
    "TPL002": ("标签里的名称没有", "核对名称，或删去该标签"),
    "TPL003": ("版式与公文格式不符", "改样式"),
    "TPL004": ("必须打印的名称没有出现在任何模板里", "加上标签，或从“必须打印”里删去"),
    "TPL005": ("用例子生成的文件结构不完整", "检查表格里的循环是否少了行或格"),
    "TPL006": ("表格某一行多了或少了一格、标签只有一层花括号，或文件夹里有没用到的 Word 文件", "照提示改模板或改名"),
    "OUT001": ("文件写不了：没有权限、磁盘满、同名", "换输出文件夹（-o），或关闭占用的程序"),
    "OUT002": ("文件没有更新：正在 Word、WPS 中打开，或不是本程序生成的", "关闭后重新生成；同名的先改名或移走"),
    "BUG001": ("程序内部错误", "把这一行和出错的文件发给程序维护人员；其他单位照常生成"),
    "ERR001": ("其他原因不能继续", "照提示处理"),
}


def failure_explained(code: str) -> str:
    """What the code means and what to do, or "" for one that is none of these."""
    if code not in FAILURES:
        return ""
    what, cure = FAILURES[code]
    return f"{code}　{what}\n\n怎样处理：{cure}。\n\n这不是检查规则，是文件、模板包或写入时的情况。"
