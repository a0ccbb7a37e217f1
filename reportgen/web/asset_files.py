"""What pages load, under addresses that say in which state it is: a browser keeps it for good."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from reportgen.core.plain_files import read_plain

ASSETS = Path(__file__).parent / "assets"
_MARK = 12  # digits


@cache
def mark() -> str:
    """What changes when any of the files does."""
    digest = sha256()
    for file in sorted(one for one in ASSETS.rglob("*") if one.is_file()):
        digest.update(read_plain(file))
    return digest.hexdigest()[:_MARK]


def asset_address(name: str) -> str:
    """Where a page finds the file."""
    return f"/assets/{mark()}/{name}"
