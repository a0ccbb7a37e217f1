"""What was left in a template by those who worked on it, and is printed into every form: changes and comments."""

from collections.abc import Iterator

from reportgen.ooxml.names import W, word_names
from reportgen.ooxml.package import Package
from reportgen.render.audit.pages.stories import Story, listed

_CHANGES = word_names(
    "ins del moveFrom moveTo rPrChange pPrChange sectPrChange tblPrChange tblGridChange trPrChange tcPrChange "
    "tblPrExChange cellIns cellDel cellMerge numberingChange"
)
_COMMENTS = word_names("commentRangeStart commentReference")
_OFF = {"0", "false", "off"}


def leftover_problems(story: Story) -> Iterator[str]:
    """Tracked changes and comments in one part of a template."""
    changed = [story.where(one) for one in story.root.iter(*_CHANGES)]
    if changed:
        yield (
            f"{listed(changed)}留有修订，会带进生成的每一份文件；"
            "请在“审阅”里接受或拒绝全部修订"
        )
    commented = [story.where(one) for one in story.root.iter(*_COMMENTS)]
    if commented:
        yield (
            f"{listed(commented)}留有批注，会带进生成的每一份文件；"
            "请在“审阅”里删除批注"
        )


def tracking_problems(package: Package) -> Iterator[str]:
    """The switch that makes Word track every change in all forms that are printed from the template."""
    settings = package.related(package.main, "settings")
    if not settings:
        return
    switch = package.tree(settings).find(f"{W}trackRevisions")
    if switch is not None and switch.get(f"{W}val", "") not in _OFF:
        yield (
            "修订功能开着，生成的文件一改动就成了修订；"
            "请在“审阅”里关闭“修订”后保存"
        )
