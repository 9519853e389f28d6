from typing import Any

import pytest

from backend.adapters.store.callers import Audiences, Callers
from backend.errors import CallerUnknown


def test_somebody_who_signed_in_is_found_by_e_mail_or_sub(engine: Any, clock: Any) -> None:
    callers = Callers(engine, clock)
    callers.remember("1098", "Li@Example.com")

    assert callers.find("li@example.com") == callers.find("1098") == "1098"
    assert callers.emails() == {"1098": "Li@Example.com"}


def test_a_new_e_mail_replaces_the_old_one_at_once(engine: Any, clock: Any) -> None:
    callers = Callers(engine, clock)
    callers.remember("1098", "li@example.com")
    callers.remember("1098", "li.new@example.com")

    assert callers.find("li.new@example.com") == "1098"
    with pytest.raises(CallerUnknown):
        callers.find("li@example.com")


def test_two_accounts_of_one_e_mail_are_not_told_apart_by_it(engine: Any, clock: Any) -> None:
    callers = Callers(engine, clock)
    callers.remember("1", "li@example.com")
    callers.remember("2", "li@example.com")

    with pytest.raises(CallerUnknown):
        callers.find("li@example.com")
    assert callers.find("2") == "2"


def test_audiences_are_those_of_the_settings_and_those_added(engine: Any, clock: Any) -> None:
    audiences = Audiences(engine, clock, frozenset({"fixed"}))
    audiences.add("copy", "shop")
    audiences.add("copy", "the shop's copy")

    assert audiences.allowed() == {"fixed", "copy"}
    assert audiences.added() == [("copy", "the shop's copy")]
    assert [audiences.remove("copy"), audiences.remove("copy"), audiences.remove("fixed")] == [
        True,
        False,
        False,
    ]
    assert audiences.allowed() == {"fixed"}
