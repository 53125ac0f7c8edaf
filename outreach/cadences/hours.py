"""Which window holds for which channel of a cadence, and whether the law allows it.

The nearest word wins: a step's window, else the cadence's entry for the channel, else both the cadence's window and the
defaults' entry for the channel. Telephones keep to working days 09:00-20:00 unless an entry under `channels` says
otherwise, and no entry may leave 08:00-21:00 (rule R1).
"""

from __future__ import annotations

from dataclasses import dataclass

from outreach.cadences.draft import Draft
from outreach.cadences.shapes import CadenceHead, ChannelName, ChannelShape, DefaultsShape
from outreach.cadences.source import Document, Path
from outreach.cadences.windows import PHONE, STANDARD, lawful
from outreach.domain.calendar import SendWindow, both
from outreach.domain.channel import Channel

_R1_FIX = 'telephones ring between "08:00" and "21:00" only, where the lead is; make the window smaller'


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of one cadence, resolved."""

    window: SendWindow
    channels: dict[Channel, SendWindow]

    def of(self, channel: Channel) -> SendWindow:
        """The window of a channel."""
        return self.channels.get(channel, self.window)


def resolved(head: CadenceHead, defaults: DefaultsShape) -> Windows:
    """The windows of a cadence with everything that the defaults say."""
    found = {
        channel: hours for channel in Channel if (hours := _channel(channel, head, defaults)) is not None
    }
    return Windows(head.window or defaults.window or STANDARD, found)


def _channel(channel: Channel, head: CadenceHead, defaults: DefaultsShape) -> SendWindow | None:
    own, usual = _entry(head.channels, channel), _entry(defaults.channels, channel)
    if own:
        return own
    hours = head.window or (None if usual else defaults.window)
    limit = usual or (PHONE if channel.rings else None)
    return both(hours, limit) if hours and limit else limit


def _entry(channels: dict[ChannelName, ChannelShape], channel: Channel) -> SendWindow | None:
    return next((shape.window for name, shape in channels.items() if name == channel.value), None)


def check_quiet_hours(draft: Draft) -> None:
    """Note every window of a telephone channel that is open when the law says no (rule R1)."""
    if draft.defaults:
        _lawful_channels(draft.document, ("defaults",), draft.defaults.channels)
    for name, cadence in draft.cadences.items():
        path = ("cadences", name)
        if cadence.head:
            _lawful_channels(draft.document, path, cadence.head.channels)
        for n, step in enumerate(cadence.steps):
            if step and step.window and any(c.rings for c in step.channels) and not lawful(step.window):
                _unlawful(draft.document, (*path, "steps", n, "window"), step.window)


def _lawful_channels(document: Document, path: Path, channels: dict[ChannelName, ChannelShape]) -> None:
    for name, shape in channels.items():
        if Channel(name).rings and not lawful(shape.window):
            _unlawful(document, (*path, "channels", name, "window"), shape.window)


def _unlawful(document: Document, path: Path, window: SendWindow) -> None:
    document.problem(path, f"rule R1: the window {window} rings telephones in quiet hours", _R1_FIX)


def check_never_open(draft: Draft) -> None:
    """Note every step that could never be taken, because no hour is left of its windows."""
    if not draft.defaults:
        return
    for name, cadence in draft.cadences.items():
        if not cadence.head:
            continue
        windows = resolved(cadence.head, draft.defaults)
        for n, step in enumerate(cadence.steps):
            for channel in step.channels if step and not step.window else ():
                if windows.of(channel).never:
                    text = f"this step could never be taken: the cadence's window and the {channel.value} window share no hour"
                    fix = f"give the cadence its own:  channels: {{{channel.value}: {{window: ...}}}}"
                    draft.document.problem(("cadences", name, "steps", n, channel.value), text, fix, key=True)
