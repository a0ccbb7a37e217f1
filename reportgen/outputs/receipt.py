"""receipt.json: what a folder's documents were made from, and the sha256 of each as it was printed or merged."""

import json
import os
from pathlib import Path
from typing import Any

from reportgen.core.plain_files import read_plain
from reportgen.outputs.whole_files import read_file

RECEIPT = "receipt.json"
FILES, SET, LEFT = (
    "文件",
    "成套",
    "保留",
)  # every file; those of the set; those left
RENAMED = "现名"  # of a document to which a person gave another name
BEFORE = "前次"  # sha256 of the print that was replaced: it may still be there when the run was killed
MERGED_AS = "成稿"  # sha256 of a file that was merged
BEFORE_MERGE = "合并前"  # of the person's file that it was merged from
OLDER_BASE = "底稿"  # of the print that the person's file came from
PRINTED = "sha256"
ROLE = "文稿"  # what a document is, whatever its name: pack, form, project
FOLLOWED = "另见"  # sha256 of edited documents in other folders that were taken over, or told
DOUBTS = "待核对"  # what a merge told of it that no comment tells
EARLIER = "历次"  # of the prints before and of this one: copies of them may still come back
_LONGEST_WITH_SUFFIX = 200

Receipt = dict[str, Any]
Entry = dict[str, Any]  # of one file


def read_receipt(folder: Path) -> Receipt:
    """The receipt in `folder`, or an empty one where there is none or it cannot be read."""
    try:
        return _parsed(read_plain(folder / RECEIPT))
    except OSError:
        return {}


def receipt_to_replace(folder: Path) -> Receipt:
    """The same for who is about to write another; raises OutputError where it is there and cannot be read just now."""
    data = read_file(folder / RECEIPT)
    return {} if data is None else _parsed(data)


def _parsed(data: bytes) -> Receipt:
    try:
        receipt = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return receipt if isinstance(receipt, dict) else {}


def record_of(receipt: Receipt) -> bytes:
    """The receipt as JSON, a line for each key: with `indent` json is ten times slower."""
    lines = (f"{_text(key)}: {_text(value)}" for key, value in receipt.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode(
        "utf-8", "backslashreplace"
    )


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def entries_of(receipt: Receipt) -> dict[str, Entry]:
    """The files of a receipt by name; whatever in it is damaged is as if it were not there."""
    files = receipt.get(FILES)
    if not isinstance(files, dict):
        return {}
    return {
        name: entry
        for name, entry in files.items()
        if isinstance(entry, dict) and is_file_name(name)
    }


def texts_at(record: Receipt | Entry, key: str) -> list[str]:
    """The texts that a receipt or an entry of it lists under `key`; none where it is damaged."""
    listed = record.get(key)
    return [str(one) for one in listed] if isinstance(listed, list) else []


def prints_of(entry: Entry) -> frozenset[str]:
    """The sha256 of every print of a document, the last and those before it, as far as they are known."""
    named = (str(entry.get(key)) for key in (PRINTED, BEFORE, OLDER_BASE))
    return frozenset((*named, *texts_at(entry, EARLIER)))


def name_on_disk(name: str, entry: Entry) -> str:
    """The name under which a document lies in its folder."""
    actual = entry.get(RENAMED)
    return actual if isinstance(actual, str) and is_file_name(actual) else name


def is_file_name(name: str) -> bool:
    """Whether `name`, which may come from a damaged receipt, names a file of the folder itself."""
    is_long = len(name.encode("utf-8", "replace")) > _LONGEST_WITH_SUFFIX
    is_plain = "\0" not in name and os.path.basename(name) == name
    return bool(name) and is_plain and not is_long
