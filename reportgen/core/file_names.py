"""Names of files and folders that Windows, Linux and a USB stick accept."""

import hashlib
import re
import unicodedata
from pathlib import Path

from reportgen.core.plain_files import read_plain

_LONGEST = 120  # bytes of a name; Windows allows 260 characters for a whole path, Linux 255 bytes for a name
_LOOKALIKES = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]|^~\$"
)
_RESERVED = re.compile(
    r"(?i)(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?"
)


def safe_name(text: str, *, fallback: str = "未命名") -> str:
    """`text` as a file or folder name that Windows, Linux and a USB stick accept; at most 120 bytes.

    Characters that no file name may hold become their full-width likeness (A/B -> A／B). A name that had to be altered
    more than that, or cut, ends with a mark made from the whole, so that two different names stay two.
    """
    typed = unicodedata.normalize("NFC", text).strip().translate(_LOOKALIKES)
    name = _UNSEEN.sub("_", typed).strip(" .\u3000")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    if not name.strip("_"):
        name = fallback.translate(_LOOKALIKES)
    if typed and (name != typed or len(name.encode()) > _LONGEST):
        cut = (
            name.encode()[: _LONGEST - 9].decode("utf-8", "ignore").rstrip(" .")
        )
        name = f"{cut}_{sha256(typed.encode('utf-8', 'replace'))[:8]}"
    return name


def unit_folder(output: Path, year: str, unit: str) -> Path:
    """`output`/年度/单位: where the documents of a unit belong, and by which they name it themselves."""
    return output / safe_name(year) / safe_name(unit, fallback="未命名单位")


def sha256(data: bytes) -> str:
    """The sha256 of `data` in hex."""
    return hashlib.sha256(data).hexdigest()


def digest_at(path: Path) -> str:
    """The sha256 of the file at `path`, "" where it cannot be read."""
    try:
        return sha256(read_plain(path))
    except OSError:
        return ""
