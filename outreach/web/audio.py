"""Recordings of voicemail steps, for the provider to play. They lie in the version that a call belongs to."""

from __future__ import annotations

import base64
import binascii
from typing import Final

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from outreach.casework.house import House
from outreach.domain.errors import Unknown

_SOUNDS: Final = frozenset({"audio/mpeg", "audio/wav"})  # what templates/ may hold besides text
_FOR_GOOD: Final = {"Cache-Control": "public, max-age=31536000, immutable"}  # a version never changes
_LARGEST_ID: Final = 2**31


def routes(house: House) -> APIRouter:
    """GET and HEAD /audio/<version>/<path below templates/>."""
    router = APIRouter()

    @router.api_route("/audio/{version_id}/{path:path}", methods=["GET", "HEAD"])
    async def play(version_id: str, path: str) -> Response:
        found = await run_in_threadpool(_recording, house, version_id, path)
        if found is None:
            return JSONResponse({"error": "no such recording"}, 404)
        kind, content = found
        return Response(content, media_type=kind, headers=_FOR_GOOD)

    return router


def _recording(house: House, version_id: str, path: str) -> tuple[str, bytes] | None:
    """(content type, bytes); None for anything that is not a recording: the texts of templates stay inside."""
    if not (
        version_id.isascii()
        and version_id.isdecimal()
        and len(version_id) < 11
        and int(version_id) < _LARGEST_ID
    ):
        return None
    try:
        with house.store.read() as db:
            source = house.library.edition(db, int(version_id)).sources.get(path, "")
    except Unknown:
        return None
    head, _, data = source.partition(";base64,")
    kind = head.removeprefix("data:")
    if not head.startswith("data:") or kind not in _SOUNDS:
        return None
    try:
        return kind, base64.b64decode(data, validate=True)
    except binascii.Error:
        return None
