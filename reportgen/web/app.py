"""The page as an application: routes, what guards them, what is shown when something goes wrong."""

from __future__ import annotations

from starlette.applications import Starlette

from reportgen.web.errors import HANDLERS
from reportgen.web.guard import Guard, Keys
from reportgen.web.routes import routes
from reportgen.web.session import Session


def create_app(
    session: Session,
    keys: Keys,
) -> Guard:
    """The application for one folder; `keys` are what a browser has to know to come in.

    The guard stands around all of it: also the page of a fault goes out with what every answer says.
    """
    app = Starlette(
        routes=list(routes()),
        exception_handlers=HANDLERS,
    )
    app.state.session = session
    app.state.keys = keys
    return Guard(app, keys)
