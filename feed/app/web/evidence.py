"""What sceptics, monitors and witnesses fetch: the newest checkpoint, the keys, the tree in tiles (C2SP tlog-tiles)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feed.model.errors import FeedError
from feed.record.evidence import Evidence
from feed.record.tiles import Tile, tile

TEXT = "text/plain; charset=utf-8"
SOON = {"Cache-Control": "public, max-age=5"}
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


def routes(log: Path) -> list[Route]:
    """`/checkpoint`, `/log.vkeys`, `/checkpoints.jsonl` (every one ever signed) and `/tile/<L>/<N>[.p/<W>]`.

    Nothing is shown that no checkpoint covers.
    """
    return [*(Route(path, _text(log, told)) for path, told in TEXTS.items()), Route("/tile/{path:path}", _tile(log))]


def _checkpoint(kept: Evidence) -> bytes:
    last = kept.last()
    return str(last.note).encode() if last else b""


def _keys(kept: Evidence) -> bytes:
    return "".join(f"{key}\n" for key in kept.verifiers()).encode()


TEXTS: dict[str, Callable[[Evidence], bytes]] = {
    "/checkpoint": _checkpoint,
    "/log.vkeys": _keys,
    "/checkpoints.jsonl": Evidence.lines,
}


def _text(log: Path, told: Callable[[Evidence], bytes]) -> Callable[[Request], Response]:
    def answer(_: Request) -> Response:
        content = told(Evidence(log))
        if not content:
            raise HTTPException(404)
        return Response(content, media_type=TEXT, headers=SOON)

    return answer


def _tile(log: Path) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        wanted = Tile.parse(request.path_params["path"])
        try:
            found = tile(log, wanted) if wanted else None
        except FeedError as damaged:
            raise HTTPException(500, detail=str(damaged)) from damaged
        if found is None:
            raise HTTPException(404)
        return Response(found, media_type="application/octet-stream", headers=FOR_EVER)

    return answer
