"""How messages quote what was written."""

from __future__ import annotations


def shortened(text: str, most: int = 24) -> str:
    """The beginning of `text`, for a message."""
    return text if len(text) <= most else f"{text[:most]}…"
