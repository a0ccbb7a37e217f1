"""Pages from templates: always escaped, with what every page shows."""

from __future__ import annotations

import json
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from reportgen.application.web.texts.page_words import page_words
from reportgen.core.version import program_version
from reportgen.web.asset_files import asset_address
from reportgen.web.session import session_of

# The menu at the top of every page: what it is called, and its address.
MENU: tuple[tuple[str, str], ...] = (
    ("单位列表", "/"),
    ("收表", "/rounds"),
    ("模板包", "/packs"),
)
# What a unit has besides its form: what it is called, and the last part of its address.
UNIT_MENU: tuple[tuple[str, str], ...] = (
    ("报告文字", "chapters"),
    ("文件", "documents"),
    ("Word 里改的", "edits"),
)
TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The templates, each read once; a name that is not given is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    # Chinese as it is: six times shorter than escapes
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    made.filters["json"] = partial(json.dumps, ensure_ascii=False)
    made.filters["here"] = page_words
    made.globals["asset"] = asset_address
    return made


def page(
    request: Request, template: str, status: int = 200, **names: Any
) -> HTMLResponse:
    """A whole page, or a part of one, from `template`; `desk` and `path` are there in each."""
    session = session_of(request)
    html = environment().get_template(template)
    text = html.render(
        desk=session.desk,
        path=request.url.path,
        menu=MENU,
        version=program_version(),
        unit_menu=UNIT_MENU,
        **names,
    )
    return HTMLResponse(text, status)
