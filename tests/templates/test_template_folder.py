"""Reading the folder of templates, and finding what one template needs."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from outreach.domain.problem import Problems
from outreach.templates import closure, read_folder


def test_every_template_is_read_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial" / "hello.md").write_text("Hi Zoë", encoding="utf-8")
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "hi.mp3").write_bytes(b"ID3")
    (tmp_path / "hi.wav").write_bytes(b"RIFF")
    (tmp_path / ".hidden").write_text("no")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("no")
    assert read_folder(tmp_path) == {
        "a.txt": "text",
        "hi.mp3": "data:audio/mpeg;base64," + base64.b64encode(b"ID3").decode(),
        "hi.wav": "data:audio/wav;base64," + base64.b64encode(b"RIFF").decode(),
        "trial/hello.md": "Hi Zoë",
    }


def test_all_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "latin.md").write_bytes(b"one\nZo\xeb")
    (tmp_path / "large.md").write_bytes(b"x" * 256_001)
    (tmp_path / "large.mp3").write_bytes(b"x" * 2_000_001)
    (tmp_path / "out.md").symlink_to("/etc/hostname")
    (tmp_path / "nowhere.md").symlink_to(tmp_path / "gone.md")
    with pytest.raises(Problems) as caught:
        read_folder(tmp_path)
    assert str(caught.value).splitlines() == [
        "large.md: larger than 256 kB (shorten it)",
        "large.mp3: larger than 2,000 kB (shorten it)",
        "latin.md:2: not UTF-8 text (save it as UTF-8)",
        "nowhere.md: this link leads out of the folder (copy the file instead)",
        "out.md: this link leads out of the folder (copy the file instead)",
    ]


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    assert read_folder(tmp_path) == {"a.md": "x", "b.md": "x"}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="there is no such folder"):
        read_folder(tmp_path / "nothing")


SOURCES = {
    "a.md": "{% extends 'base.md' %}{% block x %}{% include '_shared/sign.md' %}{% endblock %}",
    "base.md": "{% block x %}{% endblock %}",
    "_shared/sign.md": "---\ntitle: x\n---\n{% include '_shared/name.md' %}",
    "_shared/name.md": "{{ rep.name }}",
    "_layout.html": "{% include '_shared/head.html' %}{{ body }}{{ footer }}",
    "_shared/head.html": "<p>",
    "t.txt": "text",
    "hi.mp3": "data:audio/mpeg;base64,SUQz",
}


def test_a_template_comes_with_all_that_it_needs() -> None:
    shared = {"base.md", "_shared/sign.md", "_shared/name.md"}
    assert set(closure("a.md", SOURCES)) == {"a.md", *shared, "_layout.html", "_shared/head.html"}
    assert set(closure("t.txt", SOURCES)) == {"t.txt"}
    assert set(closure("hi.mp3", SOURCES)) == {"hi.mp3"}
    assert closure("https://acme.example/hi.mp3", SOURCES) == {}


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        ({"b.md": "x"}, r"a\.md: there is no such template \(did you mean 'b\.md'\?\)"),
        (
            {"a.md": "x\n{% include '_shared/sing.md' %}", "_shared/sign.md": "x"},
            r"a\.md:2: .*did you mean '_shared/sign\.md'\?",
        ),
        ({"a.md": "{% include 'zzz' %}"}, "paths are written from the templates folder"),
        ({"a.md": "{% include 'hi.mp3' %}", "hi.mp3": "data:"}, "there is no template 'hi.mp3'"),
    ],
)
def test_what_is_not_there_is_told_with_the_nearest(sources: dict[str, str], words: str) -> None:
    with pytest.raises(Problems, match=words):
        closure("a.md", sources)
