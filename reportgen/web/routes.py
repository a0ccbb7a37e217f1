"""The one table of pages: a module of routes each. Whoever adds a page adds its module here."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from reportgen.web.asset_files import ASSETS
from reportgen.web.pages import (
    bureau,
    chapters,
    documents,
    form,
    life,
    new_unit,
    packs,
    received,
    unit_list,
    word_edits,
    works,
)

PAGES = (
    life,
    unit_list,
    new_unit,
    form,
    chapters,
    documents,
    word_edits,
    received,
    bureau,
    packs,
    works,
)


def routes() -> Iterator[BaseRoute]:
    """Every route: the pages in the order of the table, then what they load."""
    for module in PAGES:
        yield from module.ROUTES
    yield Mount("/assets/{mark}", StaticFiles(directory=ASSETS))
