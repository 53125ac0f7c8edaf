"""Each step is taken at its time, once, and the next is counted from it."""

from datetime import UTC, datetime

from tests.world import World


def test_every_step_goes_out_at_its_time(world: World) -> None:
    ada = world.enroll("Ada")

    world.pass_time(days=30)

    assert world.timeline(ada) == ["day 0  email  sent", "day 2  sms  sent", "day 5  email  sent"]
    assert world.enrollment(ada).state == "finished"


def test_the_first_step_goes_out_at_once(world: World) -> None:
    ada = world.enroll("Ada")

    assert world.timeline(ada) == ["day 0  email  sent"]


def test_business_days_skip_the_weekend_and_the_holiday(world: World) -> None:
    """Enrolled on Tuesday; Thursday is Thanksgiving: two business days later is Friday."""
    world.begin(datetime(2026, 11, 24, 15, tzinfo=UTC))
    world.write(
        "cadences:\n  trial:\n    window: always\n    steps:\n      - {id: hello, email: hello.md}\n"
        "      - {id: again, after: 2 business days, email: again.md}\n"
    )
    ada = world.enroll("Ada")

    world.pass_time(days=2, hours=23)
    assert world.timeline(ada) == ["day 0  email  sent"]
    world.pass_time(hours=1)
    assert world.timeline(ada) == ["day 0  email  sent", "day 3  email  sent"]


def test_a_step_may_wait_until_a_date_of_the_lead(world: World) -> None:
    world.write(
        "cadences:\n  renewal:\n    window: always\n    steps:\n"
        "      - {id: remind, after: {until: renewal_date, shift: -7 days, at: '09:00'}, email: hello.md}\n"
    )
    ada = world.enroll(world.lead("Ada", renewal_date="2026-12-31"), "renewal")

    world.pass_time(days=22, hours=22)
    assert world.timeline(ada) == []
    world.pass_time(hours=2)
    assert world.timeline(ada) == ["day 22  email  sent"]


def test_a_condition_that_is_not_true_skips_its_step_and_the_walk_goes_on(world: World) -> None:
    world.write(
        "cadences:\n  trial:\n    window: always\n    steps:\n"
        "      - {id: big, email: hello.md, when: 'lead.seats >= 50'}\n"
        "      - {id: small, after: 1 day, email: other.md}\n"
    )
    ada = world.enroll(world.lead("Ada", seats="12"))
    ben = world.enroll(world.lead("Ben", seats="120"))

    world.pass_time(days=2)

    assert world.timeline(ada) == ["day 0  email  skipped", "day 1  email  sent"]
    assert world.touch(ada, "big").reason == "when: lead.seats >= 50 is not true"
    assert world.timeline(ben) == ["day 0  email  sent", "day 1  email  sent"]


def test_a_lead_without_the_address_skips_the_step_with_its_reason(world: World) -> None:
    zoe = world.enroll("Zoe")  # has no telephone

    world.pass_time(days=9)

    assert world.timeline(zoe) == ["day 0  email  sent", "day 2  sms  skipped", "day 5  email  sent"]
    assert world.touch(zoe, "text").reason == "address: the lead has no phone address"


def test_the_end_of_one_cadence_may_begin_another(world: World) -> None:
    world.write(
        "cadences:\n"
        "  trial:\n    window: always\n    then: {finished: nurture}\n    steps: [{id: hello, email: hello.md}]\n"
        "  nurture:\n    window: always\n    steps: [{id: guide, after: 10 days, email: other.md}]\n"
    )
    ada = world.enroll("Ada")

    world.pass_time(days=11)

    assert world.timeline(ada) == ["day 0  email  sent", "day 10  email  sent"]
    assert world.enrollment(ada, "nurture").state == "finished"


def test_one_template_that_cannot_be_rendered_blocks_its_own_touch_only(world: World) -> None:
    world.write(
        "cadences:\n  trial:\n    window: always\n    steps: [{id: hello, email: plan.md}]\n",
        {"plan.md": "---\nsubject: Your plan\n---\nYou are on {{ lead.plan }}.\n"},
    )
    ada = world.enroll(world.lead("Ada", plan="Basic"))
    ben = world.enroll("Ben")

    assert world.timeline(ada) == ["day 0  email  sent"]
    assert world.timeline(ben) == []
    waiting = world.touch(ben, "hello")
    assert (waiting.state, waiting.waiting_for) == ("queued", "template")
    assert "lead.plan" in (waiting.reason or "")

    world.lead("Ben", plan="Pro")  # somebody fills the field
    world.pass_time(hours=2)
    assert world.timeline(ben) == ["day 0  email  sent"]
