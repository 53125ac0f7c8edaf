"""Enrolling is idempotent where it says so, and clear where it must refuse."""

from __future__ import annotations

import threading

import pytest

from outreach.domain.errors import Duplicate, Mistake, Unknown
from outreach.engine.enroll import enroll
from tests.world import World


def test_the_same_key_enrolls_once(world: World) -> None:
    ada = world.lead("Ada")

    first = enroll(world.house, ada, "trial", by="rosa", key="crm-77")
    second = enroll(world.house, ada, "trial", by="rosa", key="crm-77")

    assert (first.new, second.new) == (True, False)
    assert first.enrollment.id == second.enrollment.id


def test_who_is_inside_already_is_refused_and_told_where(world: World) -> None:
    ada = world.enroll("Ada")

    with pytest.raises(Duplicate, match=r"in 'trial' already \(enrollment \d+, active"):
        world.enroll(ada)
    world.pass_time(days=30)
    assert len(world.messages(ada)) == 3


def test_fifty_at_once_make_one_enrollment(world: World) -> None:
    ada = world.lead("Ada")
    answers: list[object] = []

    def try_it() -> None:
        try:
            answers.append(enroll(world.house, ada, "trial", by="rosa").new)
        except Duplicate as error:
            answers.append(error)

    threads = [threading.Thread(target=try_it) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    world.settle()

    assert answers.count(True) == 1
    assert sum(isinstance(answer, Duplicate) for answer in answers) == 49
    assert len(world.messages(ada)) == 1


def test_an_unknown_cadence_names_the_closest(world: World) -> None:
    with pytest.raises(Unknown, match="did you mean 'trial'"):
        world.enroll("Ada", "trail")


def test_the_same_person_in_another_spelling_is_one_lead(world: World) -> None:
    ada = world.lead("Ada")

    assert world.lead("Ada", email="ADA@Client.Example", phone="(212) 555-0101").id == ada.id


@pytest.mark.parametrize(
    ("details", "says"),
    [
        ({"email": "ada@", "phone": ""}, "not a mail address"),
        ({"phone": "12"}, "not a telephone number"),
        ({"phone": "+1 212 555 0100 ext 7"}, "extension"),
        ({"phone": "+19005550100"}, "premium"),
        ({"timezone": "America/New_Yrok"}, "did you mean 'America/New_York'"),
        ({"country": "USA"}, "two letters"),
        ({"email": "", "phone": ""}, "a lead needs"),
    ],
)
def test_bad_details_are_refused_with_what_is_wrong(world: World, details: dict[str, str], says: str) -> None:
    with pytest.raises(Mistake, match=says):
        world.lead("Ada", **details)
