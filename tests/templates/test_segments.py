"""What a text costs, counted as carriers count."""

from __future__ import annotations

import pytest

from outreach.templates import segments

COUNTS = [
    ("", "GSM-7", 0, 1),
    ("a" * 160, "GSM-7", 160, 1),
    ("a" * 161, "GSM-7", 161, 2),
    ("a" * 306, "GSM-7", 306, 2),
    ("a" * 307, "GSM-7", 307, 3),
    ("€" * 80, "GSM-7", 160, 1),
    ("€" * 81, "GSM-7", 162, 2),
    ("^{}\\[~]|€\f", "GSM-7", 20, 1),
    ("@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n\r", "GSM-7", 44, 1),
    # An escape pair is not cut: 152 + 1 lost, 2 in the next.
    ("a" * 152 + "€" + "a" * 151, "GSM-7", 305, 2),
    ("a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
    ("’" + "a" * 69, "UCS-2", 70, 1),
    ("’" + "a" * 70, "UCS-2", 71, 2),
    ("’" + "a" * 133, "UCS-2", 134, 2),
    ("’" + "a" * 134, "UCS-2", 135, 3),
    ("a\u00a0b", "UCS-2", 3, 1),
    ("👋" * 35, "UCS-2", 70, 1),
    ("👋" * 36, "UCS-2", 72, 2),
    # A surrogate pair is not cut either: 33 in 67 units.
    ("👋" * 66, "UCS-2", 132, 2),
    ("👋" * 67, "UCS-2", 134, 3),
    ("ç", "UCS-2", 1, 1),
    ("`", "UCS-2", 1, 1),
    ("\t", "UCS-2", 1, 1),
]


@pytest.mark.parametrize(("text", "encoding", "characters", "count"), COUNTS)
def test_segments_are_counted(text: str, encoding: str, characters: int, count: int) -> None:
    counted = segments(text)
    assert (counted.encoding, counted.characters, counted.count) == (encoding, characters, count)


CULPRITS = [
    ("it’s", "U+2019 right single quotation mark ’ (write ')"),
    ("“x", 'U+201C left double quotation mark “ (write ")'),
    ("a – b", "U+2013 en dash – (write -)"),
    ("wait…", "U+2026 horizontal ellipsis … (write ...)"),
    ("a\u00a0b", "U+00A0 no-break space (write a space)"),
    ("a\u200bb", "U+200B zero width space (delete it)"),
    ("Łukasz", "U+0141 latin capital letter l with stroke Ł"),
    ("Zoë", "U+00EB latin small letter e with diaeresis ë (write e)"),
    ("c’est ça", "U+00E7 latin small letter c with cedilla ç (write c)"),
    ("\u0410cme", "U+0410 cyrillic capital letter a \u0410"),
    ("👋", "U+1F44B waving hand sign 👋"),
]


@pytest.mark.parametrize(("text", "culprit"), CULPRITS)
def test_each_costly_character_is_named_with_what_to_write_instead(text: str, culprit: str) -> None:
    assert culprit in segments(text).culprits


def test_each_culprit_is_named_once_in_order() -> None:
    assert [culprit[:6] for culprit in segments("’a”b’").culprits] == ["U+2019", "U+201D"]
