"""Reads what is posted to us: each body up to its limit, all of them together up to another, none for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request

ROOM = 256_000_000  # bytes of all bodies that are held at one moment
PATIENCE = 30.0  # seconds a sender may take for one body


class TooLarge(Exception):
    """One body is longer than its kind may be."""


class TooSlow(Exception):
    """A body did not come to its end in time."""


class Full(Exception):
    """So much is being posted that one more body could fill the memory: the sender comes again."""


class Intake:
    """One per process. Strangers can post too, so nothing is held before its size is known to be bearable."""

    def __init__(self, room: int = ROOM, patience: float = PATIENCE) -> None:
        self.room, self.patience = room, patience
        self.held = 0

    @asynccontextmanager
    async def body(self, request: Request, most: int) -> AsyncIterator[bytes]:
        """The body of a request, held until the block ends. Raises TooLarge, TooSlow or Full."""
        declared = request.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > most:
            raise TooLarge
        taken = bytearray()
        try:
            async with asyncio.timeout(self.patience):
                async for chunk in request.stream():
                    self.held += len(chunk)
                    taken += chunk
                    if len(taken) > most:
                        raise TooLarge
                    if self.held > self.room:
                        raise Full
            yield bytes(taken)
        except TimeoutError:
            raise TooSlow from None
        finally:
            self.held -= len(taken)
