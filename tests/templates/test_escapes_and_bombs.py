"""Templates that try to get out, or to burn the house down, are refused by check with a line, at once."""

from __future__ import annotations

import contextlib
import resource
import time

import pytest
from template_shelf import ADA, errors

from outreach.domain.channel import Channel
from outreach.domain.problem import Problems
from outreach.templates import RenderError, Templates, check, closure

ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ lead.__class__ }}",
    "{{ lead['__class__'] }}",
    "{{ lead | attr('__class__') }}",
    "{{ lead.name.__init__.__globals__ }}",
    "{{ ''.join.__self__ }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ config }}",
    "{{ request.application }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner() }}",
    "{{ namespace(x=1) }}",
    "{{ lipsum(5) }}",
    "{{ lipsum.__globals__ }}",
    "{{ dict(a=1) }}",
    "{{ range(3) }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ url_for.__globals__ }}",
    "{{ _values }}",
    "{{ _values.append(1) }}",
    "{% set _values = [] %}",
    "{% set lead = rep %}",
    "{{ lead.name.upper() }}",
    "{{ lead.name.format(lead) }}",
    "{{ '{0.__class__}' | format(lead) }}",
    "{{ 'x'.format_map(lead) }}",
    "{% set f = 'x'.format %}{{ f(lead) }}",
    "{{ lead.items() }}",
    "{{ lead.update({'name': 'x'}) }}",
    "{{ lead | map(attribute='__class__') | list }}",
    "{{ [lead] | map('attr', '__class__') | first }}",
    "{{ lead | pprint }}",
    "{{ lead | tojson }}",
    "{{ lead | xmlattr }}",
    "{{ lead.name | safe }}",
    "{{ '<b>' | safe }}",
    "{% autoescape true %}{{ lead.name }}{% endautoescape %}",
    "{% filter upper %}{{ lead.name }}{% endfilter %}",
    "{% macro m() %}{{ m() }}{% endmacro %}",
    "{% call m() %}x{% endcall %}",
    "{% import '/etc/passwd' as x %}",
    "{% from 'os' import system %}",
    "{% include '/etc/passwd' %}",
    "{% include '../../etc/passwd' %}",
    "{% include lead.path %}",
    "{% include ['a', 'b'] %}",
    "{% include 'nothing.md' ignore missing %}",
    "{% extends lead.path %}",
    "{% set x %}{{ lead.name }}{% endset %}{{ x }}",
    "{% with x = lead %}{{ x }}{% endwith %}",
    "{% debug %}",
    "{% do lead.clear() %}",
    "{{ lead.name[0:5000] }}",
    "{{ lead.name[0] }}",
    "{{ (lead.name | upper).x }}",
    "{{ {'a': lead}.a }}",
    "{{ lead.name is callable }}",
    "{{ lead.name is sameas lead }}",
    "{{ lead.name ~ lead.company }}",
    "{{ super() }}",
    "{{ loop.__class__ }}",
    "\U000f0000 a mark of ours",
]


@pytest.mark.parametrize("escape", ESCAPES)
def test_no_template_gets_out_of_the_shelf(escape: str) -> None:
    found = errors(f"A first line.\n{escape}\n")
    assert found, escape
    assert all(problem.line == 2 for problem in found)


@pytest.mark.parametrize("escape", ESCAPES)
def test_nor_does_one_that_was_never_checked(escape: str) -> None:
    """Versions are stored; a worker renders what an older check let through."""
    with pytest.raises(RenderError):
        Templates({"t.md": escape}).text("t.md", ADA)


def test_there_are_fifty_escapes() -> None:
    assert len(ESCAPES) >= 50


_NESTED = "".join(f"{{% if lead.x{n} %}}\n" for n in range(400)) + "{% endif %}" * 400
BOMBS = {
    "a repeated string": "\n{{ 'x' * 500000000 }}",
    "a power": "\n{{ 9 ** 9 ** 9 ** 9 }}",
    "a wide pad": "\n{{ 'x' | center(900000000) }}",
    "a wide format": "\n{{ '%900000000d' % 1 }}",
    "a wide date": "\n{{ today | date('%900000000d') }}",
    "loops in loops": "\n{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
    "loops over lists in loops": "\n{% for a in [1,2] %}{% for b in [1,2] %}x{% endfor %}{% endfor %}",
    "100,000 tags": "\n" + "{{ lead.name }}" * 100_000,
    "5,000 tags": "\n" + "{{ lead }}" * 5_000,
    "400 levels of if": "\n" + _NESTED,
    "deep brackets": "\n{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
    "a chain of filters": "\n{{ lead.name" + " | upper" * 5_000 + " }}",
    "a chain of nots": "\n{{ " + "not " * 5_000 + "1 }}",
    "a chain of fields": "\n{{ lead" + ".x" * 5_000 + " }}",
    "doubling lists": "\n{% set x0 = ['a', 'b'] %}"
    + "".join(f"{{% set x{n + 1} = [x{n}, x{n}] %}}" for n in range(40))
    + "{{ x40 | join }}",
    "doubling strings": "\n{% set x0 = 'xxxxxxxx' %}"
    + "".join(f"{{% set x{n + 1} = x{n} ~ x{n} %}}" for n in range(40))
    + "{{ x40 }}",
    "fifty thousand digits": "\n{{ " + "9" * 50_000 + " }}",
    "text written a hundred times": "\n{% for a in lead.tags %}" + "x" * 50_000 + "{% endfor %}",
    "a list of a thousand": "\n{% for a in [" + "1," * 1_000 + "] %}x{% endfor %}",
    "a megabyte of text": "\n" + "x" * 1_000_000,
    "an unclosed tag": "\n{{ " + "lead." * 10_000,
    "a head without end": "---\n" + "subject: x\n" * 5_000,
    "a head of brackets": "---\nsubject:\n" + "  - " * 800 + "\n---\nx",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_with_a_line_within_a_second_and_200_megabytes(bomb: str) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    found = errors(bomb)
    with pytest.raises(RenderError):
        Templates({"t.md": bomb}).text("t.md", ADA)
    assert time.process_time() - began < 15  # a bound on blow-ups (minutes), not a measure
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB
    assert found
    assert all(problem.line >= 1 for problem in found)


def test_includes_cannot_multiply() -> None:
    """Five levels of forty includes each would be a hundred million."""
    sources = {f"{n}.md": f"{{% include '{n + 1}.md' %}}" * 40 for n in range(4)} | {
        "4.md": "{{ lead.name }}" * 10
    }
    with pytest.raises(Problems, match="with all it includes, this template is too large"):
        closure("0.md", sources)
    assert check("0.md", Channel.EMAIL, sources, [ADA])[0].line == 1
    with pytest.raises(RenderError, match="too large"):
        Templates(sources).text("0.md", ADA)


def test_includes_cannot_go_in_circles_or_too_deep() -> None:
    with pytest.raises(Problems, match=r"b\.md:1: a\.md includes itself"):
        closure("a.md", {"a.md": "{% include 'b.md' %}", "b.md": "{% include 'a.md' %}"})
    chain = {f"{n}.md": f"{{% include '{n + 1}.md' %}}" for n in range(50)} | {"50.md": "x"}
    with pytest.raises(Problems, match="nested deeper than 5"):
        closure("0.md", chain)


def test_a_loop_goes_through_a_hundred_items_at_most() -> None:
    names = {**ADA, "lead": {"tags": ["x"] * 101, "name": "x" * 5_000}}
    with pytest.raises(RenderError, match="at most 100"):
        Templates({"t.md": "{% for tag in lead.tags %}x{% endfor %}"}).text("t.md", names)
    with pytest.raises(RenderError, match="goes through a list"):
        Templates({"t.md": "{% for letter in lead.name %}x{% endfor %}"}).text("t.md", names)


def test_a_mail_is_at_most_200_thousand_characters() -> None:
    names = {**ADA, "lead": {"tags": ["x" * 1_990] * 100}}
    body = "---\nsubject: S\n---\n{% for tag in lead.tags %}{{ tag }}{{ tag }}{% endfor %}"
    with pytest.raises(RenderError, match="at most 200,000"):
        Templates({"t.md": body}).email("t.md", names)


@pytest.mark.parametrize(
    "pattern",
    [
        "[",
        "](",
        "*a **b ",
        "`",
        "> ",
        "- ",
        "![",
        "<a ",
        "~~a",
        "_a*",
        "1. ",
        "\\",
        "&#x",
        "[a](<",
        "[x]: <",
        "\t- ",
    ],
)
def test_no_markdown_takes_a_second(pattern: str) -> None:
    began = time.process_time()
    with contextlib.suppress(RenderError):
        Templates({"t.md": "---\nsubject: S\n---\n" + pattern * (30_000 // len(pattern))}).email("t.md", ADA)
    assert time.process_time() - began < 15  # a bound on blow-ups (minutes), not a measure


def test_a_mail_has_at_most_30_thousand_characters_before_its_values() -> None:
    with pytest.raises(RenderError, match="at most 30,000"):
        Templates({"t.md": "---\nsubject: S\n---\n" + "x" * 30_001}).email("t.md", ADA)


@pytest.mark.parametrize(
    "run", [" ", "\t", " \n", "\n", "{% if 1 %}{% endif %} ", "- {% if 1 %}\n{% endif %}\n", "{", "{{ 1 }}"]
)
def test_no_run_of_anything_takes_a_second(run: str) -> None:
    began = time.process_time()
    source = "a \n" + run * min(60_000 // len(run), 400 if "%" in run else 60_000) + "b"
    errors(source, Channel.SMS)
    with contextlib.suppress(RenderError):
        Templates({"t.txt": source}).text("t.txt", ADA)
    assert time.process_time() - began < 15  # a bound on blow-ups (minutes), not a measure
