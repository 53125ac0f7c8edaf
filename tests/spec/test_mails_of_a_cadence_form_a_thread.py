"""Later mails reply in the thread of the first; when the first was skipped, they begin one."""

from tests.world import World

MAILS = (
    "cadences:\n  mails:\n    window: always\n    steps:\n"
    "      - {id: hello, email: hello.md, when: 'lead.seats'}\n"
    "      - {id: again, after: 1 day, email: again.md}\n"
    "      - {id: more, after: 1 day, email: again.md}\n"
    "      - {id: other, after: 1 day, email: other.md}\n"
)


def mails(world: World, name: str, **details: str) -> list[tuple[str, dict[str, str]]]:
    world.write(MAILS)
    lead = world.enroll(world.lead(name, **details), "mails")
    world.pass_time(days=9)
    return [(m.subject, m.headers) for m in world.messages(lead)]  # type: ignore[attr-defined]


def test_later_mails_answer_the_first(world: World) -> None:
    (first, h1), (second, h2), (third, h3), (fourth, h4) = mails(world, "Ada", seats="5")

    assert (first, second, third) == ("Hello Ada", "Re: Hello Ada", "Re: Hello Ada")
    assert h2["In-Reply-To"] == h2["References"] == h1["Message-ID"]
    assert h3["In-Reply-To"] == h2["Message-ID"]
    assert h3["References"] == f"{h1['Message-ID']} {h2['Message-ID']}"
    assert fourth == "Something else"
    assert "In-Reply-To" not in h4
    assert len({h["Message-ID"] for h in (h1, h2, h3, h4)}) == 4


def test_a_skipped_first_mail_leaves_no_reply_to_nothing(world: World) -> None:
    (second, h2), (third, h3), _ = mails(world, "Ben")

    assert second == "Hello Ben"
    assert "In-Reply-To" not in h2
    assert third == "Re: Hello Ben"
    assert h3["In-Reply-To"] == h2["Message-ID"]


def test_the_reply_address_carries_the_enrollments_token(world: World) -> None:
    ada = world.enroll("Ada")

    mail = world.messages(ada)[0]
    assert mail.reply_to == f"reply+{world.enrollment(ada).reply_token}@reply.acme.example"  # type: ignore[attr-defined]
