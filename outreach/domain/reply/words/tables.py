"""How the tables of phrases are written: a language, a colon, and its phrases, parted by semicolons."""

from __future__ import annotations

import re


def table(text: str) -> dict[str, tuple[str, ...]]:
    """Phrases by language. docs in `phrases.py` say what stands for what in a phrase."""
    pieces = re.split(r"(?m)^ *([a-z]{2}): ", text)
    phrases = (" ".join(piece.split()) for piece in pieces[2::2])
    return {
        language: tuple(phrase.strip() for phrase in told.split(";") if phrase.strip())
        for language, told in zip(pieces[1::2], phrases, strict=True)
    }
