from typing import Any

import pytest

from backend.adapters.store.grants import EVERY_REGISTER, Grants, Role, Source


@pytest.fixture
def grants(engine: Any, clock: Any) -> Grants:
    return Grants(engine, clock)


def test_each_role_may_what_those_before_it_may() -> None:
    order = [Role.VIEWER, Role.EDITOR, Role.REVIEWER, Role.APPROVER, Role.ADMIN]

    for place, role in enumerate(order):
        assert [role.includes(other) for other in order] == [True] * (place + 1) + [False] * (4 - place)


def test_a_role_holds_for_one_caller_on_one_spreadsheet(grants: Grants) -> None:
    grants.give("li", "sheet-1", Role.REVIEWER, granted_by="boss")

    asked = [("li", "sheet-1"), ("li", "sheet-2"), ("wang", "sheet-1"), ("LI", "sheet-1")]
    assert [grants.role(*one) for one in asked] == [Role.REVIEWER, None, None, None]


def test_the_highest_role_counts_whatever_it_comes_from(grants: Grants) -> None:
    grants.give("li", "s", Role.VIEWER, granted_by="boss")
    grants.give_for_proof("li", "s")
    from_proof = grants.role("li", "s")
    grants.give("li", EVERY_REGISTER, Role.ADMIN, granted_by="boss")

    assert (from_proof, grants.role("li", "s"), grants.role("li", "t")) == (
        Role.EDITOR,
        Role.ADMIN,
        Role.ADMIN,
    )


def test_a_proof_holds_for_12_hours_and_another_one_from_then_on(grants: Grants, clock: Any) -> None:
    ends = grants.give_for_proof("li", "s")
    clock.forward(hours=11)
    grants.give_for_proof("li", "s")
    clock.forward(hours=11, minutes=59)
    late = grants.role("li", "s")
    clock.forward(minutes=1)

    assert (late, grants.role("li", "s")) == (Role.EDITOR, None)
    assert (ends.hour, grants.all()) == (19, [])


def test_what_is_taken_back_is_gone_a_proof_too(grants: Grants) -> None:
    grants.give("li", "s", Role.APPROVER, granted_by="boss")
    grants.give_for_proof("li", "s")
    grants.give("li", "t", Role.VIEWER, granted_by="boss")

    assert (grants.revoke("li", "s"), grants.revoke("li", "s")) == (2, 0)
    assert (grants.role("li", "s"), grants.role("li", "t")) == (None, Role.VIEWER)


def test_a_role_that_is_granted_again_replaces_the_one_before(grants: Grants) -> None:
    grants.give("li", "s", Role.ADMIN, granted_by="boss")
    grants.give("li", "s", Role.VIEWER, granted_by="chief")

    (only,) = grants.all()
    assert (only.role, only.source, only.ends, only.granted_by) == (
        Role.VIEWER,
        Source.ADMINISTRATOR,
        None,
        "chief",
    )
