"""Takes a mail apart: header fields, and the tree of its parts (RFC 5322, RFC 2045, RFC 2046).

By hand on purpose. The standard library's parser asks every open part about every line, so that a thousand nested
forwards cost minutes, and it gives up with RecursionError; this one looks at each byte a bounded number of times.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MOST_PARTS: Final = 200  # of a mail; what follows is left lying
DEEPEST: Final = 12  # parts within parts
_LONGEST_HEAD: Final = 2_000_000  # bytes
_LONGEST_VALUE: Final = 16_000
_MOST_FIELDS: Final = 2_000
_MOST_PARAMS: Final = 40
_NAME: Final = re.compile(rb"[!-9;-~]{1,100}[ \t]{0,10}:")
_WELL_KNOWN: Final = re.compile(
    rb"(?i)(?:content-type|mime-version|subject|from|to|date|message-id)[ \t]{0,10}:"
)
_NOT_BASE64: Final = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
)


@dataclass(slots=True)
class Part:
    """A mail or a part of one. `kind` is its type in lower case: "text/plain"."""

    fields: dict[
        str, bytes
    ]  # by lower-case name; of several the first, which is the last hop's or the author's
    kind: str
    params: dict[str, str]
    body: bytes
    parts: list[Part] = field(default_factory=list)

    @property
    def attached(self) -> bool:
        """Whether it is a file that was attached and not something to read."""
        told = self.fields.get("content-disposition", b"").strip().lower()
        return told.startswith(b"attachment") or b"filename" in told or "name" in self.params

    def walk(self) -> Iterator[Part]:
        """This part and all within it, in the order in which they stand."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def content(self, most: int) -> bytes:
        """At most so many bytes of the body (roughly), without its transfer encoding."""
        how = self.fields.get("content-transfer-encoding", b"").split(b";")[0].strip().strip(b'"').lower()
        if how == b"base64":
            plain = self.body[: most * 3 // 2].translate(None, _NOT_BASE64)
            return binascii.a2b_base64(plain[: len(plain) // 4 * 4] + _rest(plain))
        body = self.body[: most * 3 if how == b"quoted-printable" else most]
        return binascii.a2b_qp(body) if how == b"quoted-printable" else body


def take_apart(raw: bytes) -> Part:
    """The tree of a mail. Raises nothing."""
    plain = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n \t\x00\xef\xbb\xbf")
    return _part(plain, "text/plain", depth=0, left=[MOST_PARTS])


def fields_of(head: bytes) -> dict[str, bytes]:
    """The header fields in a block of them."""
    return _head(head.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))[0]


def _rest(plain: bytes) -> bytes:
    tail = plain[len(plain) // 4 * 4 :]
    return tail + b"=" * (4 - len(tail)) if len(tail) > 1 else b""


def _part(raw: bytes, default: str, *, depth: int, left: list[int]) -> Part:
    left[0] -= 1
    fields, body = _head(raw)
    kind, params = _type(fields.get("content-type", b""), default)
    part = Part(fields, kind, params, body)
    if depth < DEEPEST and kind.startswith("multipart/"):
        inside = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        for piece in _pieces(body, params.get("boundary", "")):
            if left[0] <= 0:
                break
            part.parts.append(_part(piece, inside, depth=depth + 1, left=left))
        if not part.parts:  # a multipart without parts: read what stands there
            part.kind = "text/plain"
    elif depth < DEEPEST and kind in ("message/rfc822", "message/global") and left[0] > 0:
        part.parts.append(
            _part(part.content(len(body)).lstrip(b"\n"), "text/plain", depth=depth + 1, left=left)
        )
    return part


def _pieces(body: bytes, boundary: str) -> Iterator[bytes]:
    """What stands between the boundaries. One that is not announced is guessed from the first line that looks like it."""
    mark = b"--" + boundary.encode("latin-1", "replace")
    if not boundary:
        found = re.search(rb"(?m)^--[^\s-][^\n]{0,98}$", body[:10_000])
        if found is None:
            return
        mark = found[0].rstrip()
    at = [*re.finditer(rb"(?m)^" + re.escape(mark) + rb"(?:--)?[ \t]{0,200}$", body)]
    for here, there in zip(at, [*at[1:], None], strict=False):
        if here[0].rstrip().endswith(b"--") and here[0].rstrip() != mark:
            return
        yield body[here.end() + 1 : there.start() - 1 if there else len(body)]


def _head(raw: bytes) -> tuple[dict[str, bytes], bytes]:
    """The fields, unfolded, and what follows them. A line that is no field ends the head, unless the head goes on."""
    if raw.startswith(b"\n"):
        return {}, raw[1:]
    end = raw.find(b"\n\n")
    block, body = (raw, b"") if end < 0 else (raw[:end], raw[end + 2 :])
    fields: dict[str, list[bytes]] = {}
    into: list[bytes] = []
    at = 0
    for number, line in enumerate(block[:_LONGEST_HEAD].split(b"\n")):
        name = _NAME.match(line)
        if line[:1] in (b" ", b"\t"):
            into.append(line.strip())
        elif name:
            key = name[0].rstrip(b" \t:").lower().decode("ascii")
            into = [line[name.end() :].strip()]
            if len(fields) < _MOST_FIELDS:
                fields.setdefault(key, into)
        elif line.startswith((b"From ", b">From ")):
            into = []
        elif number == 0 or not _goes_on(block, at + len(line)):
            return _joined(fields), raw[at:]
        at += len(line) + 1
    return _joined(fields), body


def _goes_on(block: bytes, at: int) -> bool:
    """Whether well-known fields follow a line that is none: then it was a slip."""
    return any(_WELL_KNOWN.match(line) for line in block[at : at + 4_000].split(b"\n"))


def _joined(fields: dict[str, list[bytes]]) -> dict[str, bytes]:
    return {
        name: b" ".join(lines[:400])[:_LONGEST_VALUE].replace(b"\x00", b"") for name, lines in fields.items()
    }


def _type(value: bytes, default: str) -> tuple[str, dict[str, str]]:
    """A Content-Type's kind and parameters, continuations (RFC 2231) put together."""
    text = value.decode("latin-1")
    kind, _, rest = text.partition(";")
    kind = kind.strip().strip('"').lower()
    params: dict[str, str] = {}
    for found in list(_PARAM.finditer(rest))[:_MOST_PARAMS]:
        name = found[1].lower().partition("*")[0]
        params[name] = params.get(name, "") + (found[2] if found[2] is not None else found[3].strip())
    return (kind if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,80}", kind) else default), params


_PARAM: Final = re.compile(
    r"([\w-]{1,40}(?:\*\d{0,3}\*?)?)[ ]{0,9}=[ ]{0,9}(?:\"([^\"]{0,998})\"|([^\s;\"]{0,998}))"
)
