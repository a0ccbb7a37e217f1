"""A file of a user replaced by a changed one, unless somebody else changed it meanwhile; what it was is kept."""

from pathlib import Path

from reportgen.core.errors import OutputError
from reportgen.core.file_names import sha256
from reportgen.core.plain_files import read_plain
from reportgen.outputs.print_store import history_name
from reportgen.outputs.same_file import write_same_file
from reportgen.outputs.whole_files import Output, read_file, replace_all
from reportgen.sources.file_bytes import encoded
from reportgen.sources.yaml_tree import YamlDocument
from reportgen.workbooks.collection.filled.document import SpottedDocument

WRITTEN = ".sha256"  # behind the name of a file that is kept: of what was written then
_MOVED = "文件在比较时被改动，没有写"


def write_unit_text(file: Path, old: str, new: str) -> str:
    """Writes `new` where `old` was read, in its encoding; raises OutputError.

    Returns the name, from the folder of `file`, under which the file is kept as it was.
    """
    file = (
        file.resolve()
    )  # links are followed: what is kept lies beside the file
    original = read_plain(file)
    if encoded(original, old, old) != original:
        raise _moved(file)
    return write_kept(file, original, encoded(original, old, new))


def write_unit(before: YamlDocument, after: YamlDocument) -> None:
    """Writes the file of a unit as it is in `after` where `before` was read; raises OutputError."""
    path = Path(before.source.path)
    if isinstance(after, SpottedDocument):
        original = read_plain(path.resolve())
        if sha256(original) != before.source.sha256:
            raise _moved(path)
        write_kept(path.resolve(), original, after.content)
    else:
        write_unit_text(path, before.source.text, after.source.text)


def write_kept(file: Path, original: bytes, data: bytes) -> str:
    """Writes `data` where `original` was read, which is kept so that `undo` finds it; raises OutputError."""
    kept = history_name(file.parent, file.name)
    digest = sha256(data).encode()
    replace_all(
        file.parent,
        [Output(kept + WRITTEN, digest), Output(kept, original)],
    )
    if read_file(file) != original:
        raise _moved(file)
    write_same_file(file, data)
    return kept


def _moved(file: Path) -> OutputError:
    """The refusal to write over what somebody else wrote meanwhile."""
    return OutputError(_MOVED, "请再执行同一条命令", place=file)
