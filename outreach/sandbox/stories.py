"""Stories: what goes on after an answer was given. Callbacks, ringing telephones, leads that take their time."""

import asyncio
import sys
import traceback
from collections.abc import Coroutine
from typing import Any

Story = Coroutine[Any, Any, None]


class Stories:
    """Those that are being played; a sandbox has settled when none is left."""

    def __init__(self) -> None:
        self._playing: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._playing)

    def play(self, story: Story) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(story)
        self._playing.add(task)
        task.add_done_callback(self._played)
        return task

    def _played(self, task: asyncio.Task[None]) -> None:
        self._playing.discard(task)
        if not task.cancelled() and (error := task.exception()):
            traceback.print_exception(error, file=sys.stderr)  # a mistake in the sandbox must be seen

    async def end(self) -> None:
        for task in list(self._playing):
            task.cancel()
        await asyncio.gather(*self._playing, return_exceptions=True)
