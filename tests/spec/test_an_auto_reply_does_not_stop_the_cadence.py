"""A machine's answer is no reply; somebody who is away is left alone until they are back."""

import pytest

from tests.world import World

AWAY = {"subject": "Automatic reply: Hello Ada", "headers": {"auto-submitted": "auto-replied"}}


def test_an_out_of_office_pauses_and_the_walk_goes_on_afterwards(world: World) -> None:
    ada = world.enroll("Ada")

    world.pass_time(days=1)
    world.reply(ada, "I am out of the office until Monday", **AWAY)
    assert world.enrollment(ada).state == "paused"
    world.pass_time(days=2)
    assert len(world.messages(ada)) == 1
    world.pass_time(days=30)

    assert world.enrollment(ada).state == "finished"
    assert len(world.messages(ada)) == 3


@pytest.mark.parametrize(
    "headers", [{"auto-submitted": "auto-generated"}, {"x-autoreply": "yes"}, {"precedence": "auto_reply"}]
)
def test_other_automatic_mail_changes_nothing(world: World, headers: dict[str, str]) -> None:
    ada = world.enroll("Ada")

    world.reply(ada, "Your ticket has been created", subject="Ticket 12", headers=headers)
    world.pass_time(days=30)

    assert world.enrollment(ada).state == "finished"
    assert len(world.messages(ada)) == 3


def test_a_mail_that_nobody_can_tell_is_taken_for_a_persons(world: World) -> None:
    """The safe error is to stop."""
    ada = world.enroll("Ada")

    world.reply(ada, "", subject="?", headers={})

    assert world.enrollment(ada).state == "replied"
