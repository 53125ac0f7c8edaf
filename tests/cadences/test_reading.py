"""What ops people write, and the values that the engine gets."""

import json
from datetime import time, timedelta

import pytest
from cadence_files import STEP, TEAM, changed, the_step, told

from outreach.cadences import json_schema, read, read_file
from outreach.domain.cadence import Cadence, Outcome, Step, StopOn, StopScope, Unit, Wait
from outreach.domain.calendar import ALWAYS, SendWindow
from outreach.domain.channel import Channel
from outreach.domain.people import OnHuman, Rep, Sender, Team
from outreach.domain.problem import Problems

WAITS = [
    ("2 business days", Wait(amount=2, unit=Unit.BUSINESS_DAYS)),
    ("1 business day", Wait(amount=1, unit=Unit.BUSINESS_DAYS)),
    ("3 days", Wait(amount=3, unit=Unit.DAYS)),
    ("2 weeks", Wait(amount=14, unit=Unit.DAYS)),
    ("1 day at 16:30", Wait(amount=1, unit=Unit.DAYS, at=time(16, 30))),
    ("2 business days at 9:05", Wait(amount=2, unit=Unit.BUSINESS_DAYS, at=time(9, 5))),
    ("4 hours", Wait(amount=4, unit=Unit.HOURS)),
    ("90 minutes", Wait(amount=90, unit=Unit.MINUTES)),
    ("1  Minute", Wait(amount=1, unit=Unit.MINUTES)),
    ("at once", Wait()),
    ("{until: renewal_date}", Wait(unit=Unit.UNTIL, field="renewal_date")),
    ("{until: lead.renewal_date, shift: 1 week}", Wait(unit=Unit.UNTIL, field="renewal_date", amount=7)),
    (
        "{until: renewal_date, shift: -14 days, at: 09:00}",
        Wait(unit=Unit.UNTIL, field="renewal_date", amount=-14, at=time(9)),
    ),
]

HOURS = [
    ('{days: mon-fri, hours: "09:00-17:00"}', "mon-fri 09:00-17:00"),
    ("{days: mon-fri, hours: 9:00-17:00}", "mon-fri 09:00-17:00"),
    ("{days: [tue, thu]}", "tue 00:00-24:00, thu 00:00-24:00"),
    ("{days: [mon-wed, fri], hours: 10:00-11:00}", "mon-wed 10:00-11:00, fri 10:00-11:00"),
    ('{days: "mon-wed, fri", hours: 10:00-11:00}', "mon-wed 10:00-11:00, fri 10:00-11:00"),
    ("{days: sat-mon, hours: 10:00-11:00}", "mon 10:00-11:00, sat-sun 10:00-11:00"),
    ('{days: mon, hours: ["13:00-17:00", "09:00-12:00"]}', "mon 09:00-12:00 13:00-17:00"),
    ('{mon-thu: "09:00-17:00", fri: "09:00-13:00"}', "mon-thu 09:00-17:00, fri 09:00-13:00"),
    ('{mon: ["09:00-12:00", "13:00-24:00"]}', "mon 09:00-12:00 13:00-24:00"),
    ("{hours: 10:00–11:00}", "mon-sun 10:00-11:00"),
]


@pytest.mark.parametrize(("written", "wait"), WAITS)
def test_a_wait_means_what_it_says(written, wait):
    assert the_step(f"email: a.md\nafter: {written}").after == wait


@pytest.mark.parametrize(("written", "shown"), HOURS)
def test_a_window_means_what_it_says(written, shown):
    window = the_step(f"email: a.md\nwindow: {written}").window
    assert str(window) == shown
    assert not window.on_holidays


def test_days_may_be_written_without_braces():
    assert str(the_step("email: a.md\nwindow:\n  days: mon-wed, fri\n  hours: 10:00-11:00").window) == (
        "mon-wed 10:00-11:00, fri 10:00-11:00"
    )


def test_always_is_every_minute_of_the_year():
    assert the_step("email: a.md\nwindow: always").window == ALWAYS
    assert the_step("email: a.md\nwindow: {mon: 09:00-10:00, on_holidays: true}").window.on_holidays


@pytest.mark.parametrize(
    ("written", "channel", "template"),
    [
        ("email: a.md", Channel.EMAIL, "a.md"),
        ("sms: x/a.txt", Channel.SMS, "x/a.txt"),
        ("voicemail: a.txt", Channel.VOICEMAIL, "a.txt"),
        ("voicemail: drops/may.mp3", Channel.VOICEMAIL, "drops/may.mp3"),
        ("voicemail: https://audio.acme.example/may", Channel.VOICEMAIL, "https://audio.acme.example/may"),
        ("call: a.md", Channel.CALL, "a.md"),
        ("letter: a.md", Channel.LETTER, "a.md"),
        ("social: a.md", Channel.SOCIAL, "a.md"),
    ],
)
def test_the_channel_of_a_step_is_the_word_before_its_template(written, channel, template):
    step = the_step(written)
    assert (step.channel, step.template) == (channel, template)


def test_a_step_with_everything():
    step = the_step(
        "call: a.md\ntitle: Call them\nafter: 1 day\nlate: 90 minutes\nskip_after: 3 days\n"
        "window: {mon: 09:00-10:00}\nwhen: lead.phone and outcome.hello == 'delivered'"
    )
    assert step == Step(
        id="nudge",
        channel=Channel.CALL,
        template="a.md",
        title="Call them",
        after=Wait(amount=1, unit=Unit.DAYS),
        late=timedelta(minutes=90),
        skip_after=timedelta(days=3),
        window=SendWindow.of([0], (540, 600)),
        when="lead.phone and outcome.hello == 'delivered'",
    )


def test_a_mail_may_rather_come_twice_than_not_at_all():
    assert the_step("email: a.md\nresend_uncertain: true").resend_uncertain
    assert not the_step("email: a.md").resend_uncertain


def test_a_file_that_says_little_gets_safe_defaults():
    playbook = read(TEAM)
    assert playbook.team.timezone == "UTC"
    assert playbook.team.countries == ("US",)
    assert playbook.cadences["trial"] == Cadence(
        name="trial",
        steps=(Step(id="hello", channel=Channel.EMAIL, template="trial/hello.md"),),
        channel_windows={c: SendWindow.of(range(5), (540, 1200)) for c in Channel if c.rings},
        stop_on=frozenset({StopOn.REPLY, StopOn.MEETING}),
        stop_scope=StopScope.PERSON,
    )


def test_the_team_is_read():
    text = changed(
        "defaults: {}",
        "defaults: {timezone: America/New_York, country: CA, holidays: [CA, DE-BY], allow_countries: [US, CA], on_human: ring rep}",
    )
    text = changed(
        "sender: main", "sender: main, phone: +1 (202) 555-0123 , title: AE, timezone: Europe/Berlin", text
    )
    text = changed("phone: +1 (202) 555-0123 ", 'phone: "+1 (202) 555-0123"', text)
    assert read(text).team == Team(
        senders={
            "main": Sender(
                key="main",
                name="Acme",
                email="team@mail.acme.example",
                postal_address="1 Main St",
                sms="+15005550006",
                optout_number="+18005550199",
            )
        },
        reps={
            "rosa": Rep(
                key="rosa",
                name="Rosa Diaz",
                email="rosa@acme.example",
                sender="main",
                phone="+12025550123",
                title="AE",
                timezone="Europe/Berlin",
            )
        },
        timezone="America/New_York",
        country="CA",
        holidays=("CA", "DE-BY"),
        allow_countries=("US", "CA"),
        on_human=OnHuman.RING_REP,
    )


def test_the_head_of_a_cadence_is_read():
    head = (
        "  trial:\n    title: Trial\n    description: |\n      Two\n      lines\n    stop_on: [reply]\n"
        "    stop_scope: account\n    then: {finished: later, bounced: later}\n"
    )
    text = changed("  trial:\n", head) + "  later:\n    steps: [{id: a, email: a.md, after: 30 days}]\n"
    cadence = read(text).cadences["trial"]
    assert (cadence.title, cadence.description) == ("Trial", "Two\nlines")
    assert (cadence.stop_on, cadence.stop_scope) == (frozenset({StopOn.REPLY}), StopScope.ACCOUNT)
    assert cadence.then == {Outcome.FINISHED: "later", Outcome.BOUNCED: "later"}


# defaults, what the cadence says, the channel, and the window that holds for it.
RESOLVED = [
    ("", "", "email", "mon-fri 09:00-17:00"),
    ("", "", "sms", "mon-fri 09:00-20:00"),
    ("window: {mon: 08:00-22:00}", "", "email", "mon 08:00-22:00"),
    ("window: {mon: 08:00-22:00}", "", "call", "mon 09:00-20:00"),
    ("", "window: always", "email", "mon-sun 00:00-24:00"),
    ("", "window: always", "sms", "mon-fri 09:00-20:00"),
    ("window: {mon: 10:00-11:00}", "window: {tue: 18:00-19:00}", "sms", "tue 18:00-19:00"),
    ("channels: {sms: {window: {sat: 10:00-12:00}}}", "", "sms", "sat 10:00-12:00"),
    ("window: {mon: 10:00-11:00}, channels: {sms: {window: {sat: 10:00-12:00}}}", "", "sms", "sat 10:00-12:00"),
    ("channels: {sms: {window: {mon-sat: 08:00-21:00}}}", "window: {sat: 20:00-23:00}", "sms", "sat 20:00-21:00"),
    ("channels: {email: {window: {tue: 09:00-17:00}}}", "window: {mon-fri: 08:00-12:00}", "email", "tue 09:00-12:00"),
    ("channels: {email: {window: {tue: 09:00-17:00}}}", "channels: {email: {window: always}}", "email", "mon-sun 00:00-24:00"),
    ("", "channels: {call: {window: {sun: 08:00-21:00}}}", "call", "sun 08:00-21:00"),
]  # fmt: skip


@pytest.mark.parametrize(("defaults", "head", "channel", "shown"), RESOLVED)
def test_the_nearest_window_holds(defaults, head, channel, shown):
    text = changed("defaults: {}", f"defaults: {{{defaults}}}")
    text = changed("  trial:\n", f"  trial:\n    {head}\n" if head else "  trial:\n", text)
    cadence = read(text).cadences["trial"]
    assert str(cadence.window_for(Step(id="x", channel=Channel(channel), template="x"))) == shown


def test_the_place_of_every_template_is_kept():
    text = STEP + "        sms: a.txt\n"
    assert read(text).places == {("trial", "hello"): (10, 16), ("trial", "nudge"): (12, 14)}


def test_a_file_is_read_with_and_without_a_byte_order_mark(tmp_path):
    path = tmp_path / "cadences.yaml"
    for encoding in ("utf-8", "utf-8-sig"):
        path.write_text(changed("Rosa Diaz", "Rosa Díaz"), encoding=encoding)
        assert read_file(path).team.reps["rosa"].name == "Rosa Díaz"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "cadences.yaml: the file is empty (was it saved completely? outreach init shows an example)"),
        (b" \n\n", "cadences.yaml: the file is empty (was it saved completely? outreach init shows an example)"),
        (TEAM.encode("utf-16"), "cadences.yaml:1: a character that is not UTF-8 (byte 0xff) (save the file with the encoding UTF-8)"),
        (b"version: 1\n# Gr\xfc\xdfe\n", "cadences.yaml:2: a character that is not UTF-8 (byte 0xfc) (save the file with the encoding UTF-8)"),
        (b"#" * 1_000_001, "cadences.yaml: the file is larger than 1 MB (split the cadences, or remove what is not used)"),
    ],
    ids=["empty", "blank", "utf-16", "latin-1", "too large"],
)  # fmt: skip
def test_a_file_that_is_no_text_is_refused(tmp_path, data, expected):
    path = tmp_path / "cadences.yaml"
    path.write_bytes(data)
    with pytest.raises(Problems) as refused:
        read_file(path)
    assert str(refused.value) == expected


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(Problems, match=r"^cadences\.yaml: there is no file .*outreach init makes one"):
        read_file(tmp_path / "cadences.yaml")
    with pytest.raises(Problems, match="cannot be read: "):
        read_file(tmp_path)


def test_the_start_of_a_good_file_never_becomes_half_a_playbook():
    """Whatever a half-saved file may hold, a cadence is read with all of its steps or not at all."""
    starts = [TEAM[:end] for end in range(len(TEAM))]
    readable = [start for start in starts if not told(start)]
    assert [start.rpartition("/")[2] for start in readable] == ["hello.m", "hello.md"]
    assert all([s.id for s in read(start).cadences["trial"].steps] == ["hello"] for start in readable)


def test_two_hundred_cadences_are_read():
    """1,400 steps take about 0.4 s on a slow machine; what is asserted is that none is lost."""
    steps = "".join(f"      - {{id: s{n}, email: a.md, after: 2 days}}\n" for n in range(7))
    text = TEAM + "".join(f"  c{n}:\n    steps:\n{steps}" for n in range(200))
    assert sum(len(cadence.steps) for cadence in read(text).cadences.values()) == 1401


def test_the_schema_for_editors_explains_every_entry():
    schema = json_schema()
    assert json.loads(json.dumps(schema)) == schema
    shapes = [schema, *schema["$defs"].values()]
    silent = [
        name for shape in shapes for name, entry in shape["properties"].items() if "description" not in entry
    ]
    assert silent == []
    assert all(shape["additionalProperties"] is False for shape in shapes)
