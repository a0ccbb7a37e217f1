"""What stands before every request: who asks, from where, how much is sent; and what each answer tells the browser."""

from __future__ import annotations

import secrets
from collections.abc import MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reportgen.web.refusal_page import refusal_page

MEGABYTE = 1024 * 1024
LARGEST = 4 * MEGABYTE  # of what a page sends
LARGEST_UPLOAD = 64 * MEGABYTE  # of files that are dropped on a page
UPLOADS = "/upload"  # how the addresses end that take files
START = "/start"
OPEN_PATHS = ("/assets/",)  # what everybody has who has the program
_METHODS = frozenset({"GET", "HEAD", "POST"})
_OWN_SITE = frozenset({"", "same-origin", "none"})  # none: typed, or a bookmark
CSP = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
NO_STORE = "no-store"
FOR_GOOD = "private, max-age=31536000, immutable"  # their addresses change


@dataclass(frozen=True)
class Keys:
    """What a browser has to know: the port it came to and the token that was in the start address."""

    port: int
    token: str

    @property
    def cookie(self) -> str:
        """The name of the cookie; two folders on two ports do not take each other's."""
        return f"reportgen_{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """What the Host may be; any other name was made to lead here."""
        return frozenset(
            f"{name}:{self.port}" for name in ("127.0.0.1", "localhost")
        )

    def opens(
        self,
        token: str,
    ) -> bool:
        """Whether that is the token."""
        return secrets.compare_digest(token.encode(), self.token.encode())

    def are_in(
        self,
        header: str,
    ) -> bool:
        """Whether a Cookie header holds the token."""
        try:
            held = SimpleCookie(header).get(self.cookie)
        except CookieError:
            return False
        return held is not None and self.opens(held.value)


@dataclass(frozen=True)
class Refused:
    """Why a request is not answered."""

    status: int
    message: str


class Guard:
    """Lets through what our own pages ask in this browser."""

    def __init__(
        self,
        app: ASGIApp,
        keys: Keys,
    ) -> None:
        self.app = app
        self.keys = keys

    async def __call__(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        """Answers a request, or hands it on."""
        if scope["type"] != "http":
            return  # no sockets here
        said = _with_headers(send, scope["path"])
        refused = refusal(scope, self.keys)
        if refused is not None:
            await refusal_page(refused.status, refused.message)(
                scope, receive, said
            )
            return
        await self.app(scope, _limited(receive, largest(scope)), said)


def refusal(
    scope: Scope,
    keys: Keys,
) -> Refused | None:
    """Why the request is not for us, None where it is."""
    headers = Headers(scope=scope)
    if scope["method"] not in _METHODS:
        return Refused(405, "不支持这种请求")
    if not _is_own_host(headers, keys):
        return Refused(421, "这个地址不是本程序的地址")
    if not _is_own_page(scope, headers):
        return Refused(403, "这个请求来自别的网页，已拒绝")
    if _says_too_much(headers, largest(scope)):
        return Refused(413, "发送的内容太大，没有接收")
    path = scope["path"]
    is_open = path == START or path.startswith(OPEN_PATHS)
    if is_open or keys.are_in(headers.get("cookie", "")):
        return None
    return Refused(401, "请从 reportgen web 显示的地址打开本页")


def _is_own_host(
    headers: Headers,
    keys: Keys,
) -> bool:
    named = headers.getlist("host")
    return len(named) == 1 and named[0].lower() in keys.hosts


def _is_own_page(
    scope: Scope,
    headers: Headers,
) -> bool:
    """Whether one of our pages asks: what changes something has to say so, the rest as far as it says anything."""
    site = headers.get("sec-fetch-site", "")
    origins = headers.getlist("origin")
    own = f"http://{headers.get('host', '').lower()}"
    if scope["method"] == "POST":
        # a form of a page without referrer says Origin: null
        is_form = origins in ([], ["null"]) and site == "same-origin"
        return is_form or (origins == [own] and site in _OWN_SITE)
    if any(one != own for one in origins):
        return False
    return site in _OWN_SITE or scope["path"] == START


def largest(scope: Scope) -> int:
    """How many bytes the body of the request may have."""
    return LARGEST_UPLOAD if scope["path"].endswith(UPLOADS) else LARGEST


def _says_too_much(
    headers: Headers,
    most: int,
) -> bool:
    length = headers.get("content-length", "0")
    return not length.isdigit() or int(length) > most


def _limited(
    receive: Receive,
    most: int,
) -> Receive:
    """`receive` that stops a body which goes on for ever."""
    count = 0

    async def counting() -> MutableMapping[str, Any]:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count > most:
            raise HTTPException(413)
        return message

    return counting


def _with_headers(
    send: Send,
    path: str,
) -> Send:
    """`send` that adds what every answer says."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS.items():
                headers.setdefault(name, value)
            is_asset = path.startswith(OPEN_PATHS) and message["status"] < 300
            kept = FOR_GOOD if is_asset else NO_STORE
            headers.setdefault("Cache-Control", kept)
        await send(message)

    return sending
