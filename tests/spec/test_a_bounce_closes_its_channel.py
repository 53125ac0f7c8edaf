"""A hard bounce suppresses the address on its channel; the walk ends only when nothing else can reach the lead."""

from outreach.domain.errors import Fault, Refused
from outreach.domain.message import Message
from tests.world import World

MAILS = (
    "cadences:\n  trial:\n    window: always\n    steps:\n"
    "      - {id: hello, email: hello.md}\n      - {id: again, after: 2 days, email: again.md}\n"
)


def test_after_a_hard_bounce_only_the_other_channels_go_on(world: World) -> None:
    ada = world.enroll("Ada")

    world.bounce(ada)
    world.pass_time(days=30)

    assert world.timeline(ada) == [
        "day 0  email  sent",
        "day 0  email  bounced",
        "day 2  sms  sent",
        "day 5  email  skipped",
    ]


def test_the_walk_ends_as_bounced_when_no_step_has_an_address_left(world: World) -> None:
    world.write(MAILS)
    ada = world.enroll("Ada")

    world.bounce(ada)
    world.pass_time(days=30)

    assert world.enrollment(ada).state == "bounced"
    assert len(world.messages(ada)) == 1


def test_a_second_address_takes_over(world: World) -> None:
    world.write(MAILS)
    ada = world.enroll(world.lead("Ada", email="ada@client.example; ada@home.example"))

    world.bounce(ada)
    world.pass_time(days=30)

    assert [message.to for message in world.messages(ada)] == ["ada@client.example", "ada@home.example"]


def test_a_soft_bounce_closes_nothing(world: World) -> None:
    world.write(MAILS)
    ada = world.enroll("Ada")

    world.bounce(ada, hard=False)
    world.pass_time(days=30)

    assert len(world.messages(ada)) == 2


def test_an_opt_out_known_to_the_provider_suppresses_that_number_on_that_channel_and_no_more(
    world: World,
) -> None:
    """Twilio's 21610: one product disabled every channel of the person for it."""

    def opted_out_there(message: Message, token: str) -> None:
        if message.channel == "sms":
            raise Refused("the recipient has opted out", code="21610", fault=Fault.OPTED_OUT)

    world.provider.on_send = opted_out_there
    ada = world.enroll("Ada")
    world.pass_time(days=30)

    assert world.timeline(ada) == ["day 0  email  sent", "day 2  sms  failed", "day 5  email  sent"]
    ben = world.enroll("Ben", phone="+12125550101")
    world.pass_time(days=3)
    assert world.touch(ben, "text").state == "skipped"
