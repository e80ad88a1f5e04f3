"""Who comes in: the first browser that opens the one-time link, and no other.

The link is exchanged for a cookie and is worth nothing afterwards. Browsers send a cookie to every
port of a machine: ours is bound to a path nobody can guess, so that no other local server gets it.
"""

from collections.abc import Awaitable, Callable
from hmac import compare_digest
from secrets import token_urlsafe

from aiohttp import hdrs, web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

COOKIE = "care"
_DOOR = "/entree"
_WELCOME = (
    '<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>care-kit</title>'
    '<meta http-equiv="refresh" content="0; url={room}/"><p>Ouverture du dossier…</p></html>'
)
_NO_ENTRY = (
    "Accès refusé. Le lien affiché par « care web » ne sert qu'une fois, dans un seul navigateur ; "
    "relancez la commande pour en obtenir un autre."
)
_NOT_HERE = "Adresse refusée : ouvrez le lien tel que « care web » l'a affiché."


class Entrance:
    """Guards one server. `origin` is what the browser's address bar shows: scheme, host, port."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.room = f"/{token_urlsafe(16)}"
        """The path under which everything but the door is served."""
        self._token: str | None = token_urlsafe(32)
        self._key: str | None = None
        self._authority = origin.partition("://")[2]
        self._headers = {
            hdrs.CACHE_CONTROL: "no-store",
            "Content-Security-Policy": _policy(origin),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }

    def link(self) -> str:
        """The address to open, once."""
        return f"{self.origin}{_DOOR}/{self._token}"

    def wrap(self, inside: web.Application) -> web.Application:
        """The application served: the door, and behind it `inside`."""
        outside = web.Application(middlewares=[self._guard])
        outside.router.add_get(f"{_DOOR}/{{token}}", self._enter, allow_head=False)
        outside.add_subapp(self.room, inside)
        outside.on_response_prepare.append(self._protect)
        return outside

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse what does not come from our page in the browser that holds the key."""
        # Another site whose name was made to lead here says its own name (DNS rebinding).
        if request.headers.getall(hdrs.HOST, []) != [self._authority]:
            raise web.HTTPMisdirectedRequest(text=_NOT_HERE)
        if request.match_info.handler == self._enter:
            return await handler(request)
        if not _same(request.cookies.get(COOKIE), self._key):
            raise _no_entry()
        # A page of another local server may open a websocket here, and the cookie would follow.
        origin = request.headers.get(hdrs.ORIGIN)
        opens_socket = hdrs.UPGRADE in request.headers
        if origin != self.origin and (origin is not None or opens_socket):
            raise web.HTTPForbidden(text=_NOT_HERE)
        return await handler(request)

    async def _enter(self, request: web.Request) -> web.Response:
        """Exchange the link for the cookie; a browser that only looks ahead does not use it up."""
        looks_ahead = "Sec-Purpose" in request.headers
        if looks_ahead or not _same(request.match_info["token"], self._token):
            raise _no_entry()
        self._token, self._key = None, token_urlsafe(32)
        # Not a redirection: a link opened from another page would be followed without the cookie.
        response = web.Response(
            text=_WELCOME.format(room=self.room), content_type="text/html", charset="utf-8"
        )
        response.set_cookie(
            *(COOKIE, self._key),
            path=f"{self.room}/",
            httponly=True,
            samesite="Strict",
            secure=self.origin.startswith("https://"),
        )
        return response

    async def _protect(self, _request: web.Request, response: web.StreamResponse) -> None:
        """What every answer tells the browser."""
        response.headers.update(self._headers)
        response.headers.pop(hdrs.SERVER, None)  # versions are nobody's business


def _policy(origin: str) -> str:
    """The strictest content policy the page works with: nothing from elsewhere, no inline script.

    xterm.js writes style elements, hence `unsafe-inline` for styles alone.
    """
    socket = origin.replace("http", "ws", 1)  # some browsers do not count it in 'self'
    return (
        f"default-src 'none'; script-src 'self'; connect-src 'self' {socket}; style-src 'self' "
        "'unsafe-inline'; font-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def _same(given: str | None, expected: str | None) -> bool:
    """In a time that tells nothing; never when nothing is expected."""
    if given is None or expected is None:
        return False
    return compare_digest(given.encode("utf-8", "replace"), expected.encode())


def _no_entry() -> web.HTTPForbidden:
    return web.HTTPForbidden(text=_NO_ENTRY)
