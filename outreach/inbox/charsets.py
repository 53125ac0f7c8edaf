"""Bytes to letters: what a mail says of its charset is tried first and believed last."""

from __future__ import annotations

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header
from typing import Final

# Names that mailers use and Python does not know, and charsets whose larger brother reads what people really send.
_BETTER: Final = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cn-gb": "gb18030",
    "hz-gb-2312": "hz",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "x-euc-jp": "euc_jp",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-11": "cp874",
    "windows-874": "cp874",
    "unicode-1-1-utf-7": "utf-7",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "big5-hkscs": "big5hkscs",
    "x-big5": "big5",
    "koi8-ru": "koi8_u",
}
# Codecs of Python that are no charsets of mails; some take quadratic time.
_NONE: Final = re.compile(r"(?i)idna|punycode|unicode.?escape|undefined|mbcs|oem|charmap|unicode.?internal")
_UNSEEN: Final = dict.fromkeys([0, 0xFEFF, 0x200B, 0x200C, 0x2060, 0x00AD, *range(0xD800, 0xE000)])
_ESCAPES: Final = re.compile(rb"\x1b[$(]")
# What most letters of a text in a language are, to tell apart charsets that accept every byte.
_CYRILLIC: Final = frozenset("оеаинтсрвлкмдпуя")


def decoded(raw: bytes, charset: str | None) -> str:
    """The text of these bytes, as well as can be. Raises nothing; NULs and invisible marks are gone."""
    name = (charset or "").strip().strip("\"'").lower()[:40]
    for candidate in (*_told(name, raw), "utf-8", *_guesses(raw, name)):
        try:
            return raw.decode(candidate).translate(_UNSEEN)
        except (LookupError, UnicodeError, ValueError):
            continue
    if (codec := _BETTER.get(name, name)).startswith(
        ("utf-8", "cp9", "gb", "big5", "euc", "iso2022", "iso-2022")
    ):
        try:  # mostly right: a cut letter at the end, a few wrong bytes
            rough = raw.decode(codec, "replace")
        except (LookupError, ValueError):
            rough = "\ufffd" * len(raw)
        if rough.count("\ufffd") * 8 <= len(rough):
            return rough.translate(_UNSEEN)
    return raw.decode("latin-1").translate(_UNSEEN)


def header(value: bytes) -> str:
    """A header's value with its encoded words (RFC 2047) read, on one line."""
    flat = " ".join(decoded(value, None).split())
    if "=?" not in flat:
        return flat
    try:
        pieces = decode_header(flat[:8_000])
    except (HeaderParseError, ValueError):
        return flat
    words = [decoded(p, cs) if isinstance(p, bytes) else p for p, cs in pieces]
    return " ".join("".join(words).split())


def _told(name: str, raw: bytes) -> tuple[str, ...]:
    if _ESCAPES.search(raw) and not name.startswith("utf"):
        return ("iso2022_jp_ext", "iso2022_kr")
    if not name or _NONE.search(name):
        return ()
    if name.startswith(("utf-16", "utf16", "utf-32", "ucs")) and b"\x00" not in raw:
        return ()
    better = _BETTER.get(name, name)
    if better == "cp1252":
        # Nearly every byte is a letter there, so a claim of it says little: UTF-8 proves itself.
        return ("utf-8", "cp1252")
    try:
        codecs.lookup(better)
    except (LookupError, ValueError):
        return ()
    return (better,)


def _guesses(raw: bytes, name: str) -> tuple[str, ...]:
    """For a text whose charset is unknown or a lie."""
    high = sum(byte > 127 for byte in raw[:2_000])
    if name.startswith("utf-8") or high < 8 or high * 4 < len(raw[:2_000]):
        return ("cp1252",)
    # Mostly letters beyond ASCII: Russian in one byte, or Chinese and Japanese in two.
    best = max(("koi8_r", "cp1251"), key=lambda codec: _common(raw, codec))
    if _common(raw, best) * 2 > high:
        return (best,)
    return ("euc_jp", "cp932", "gb18030", "big5") if b"\xa4" in raw else ("cp932", "gb18030", "big5")


def _common(raw: bytes, codec: str) -> int:
    return sum(letter in _CYRILLIC for letter in raw[:2_000].decode(codec, "replace"))
