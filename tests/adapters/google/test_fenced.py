"""A fenced batch is carried out once or never, however often or late it arrives."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from backend.adapters.google.fenced import send_once
from backend.errors import AnswerUnclear
from backend.localsheets.faults import Fault, Faults
from backend.localsheets.faulty import FaultyService

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def rows(desk: Any, register: Any) -> int:
    return int(desk.person(register).sheet()["properties"]["gridProperties"]["rowCount"])


@pytest.mark.parametrize(
    ("fault", "added"),
    [
        (Fault.DUPLICATE_DELIVERY, 1),
        (Fault.RESET_AFTER_APPLY, 1),
        (Fault.RESET_BEFORE_APPLY, 0),
        (Fault.LATE_APPLY, 0),
    ],
)
def test_a_batch_is_carried_out_once_or_never(desk: Any, people: Any, fault: Fault, added: int) -> None:
    register = desk.make(people(2))
    person = desk.person(register)
    before = rows(desk, register)
    faulty = desk.wire.server = FaultyService(desk.server, Faults.scripted({1: fault}))
    request = {"appendDimension": {"sheetId": person.sheet_id(), "dimension": "ROWS", "length": 1}}

    send_once(desk.client, register.spreadsheet_id, [request], NOW)
    faulty.settle()

    assert rows(desk, register) == before + added


def test_a_fence_that_gets_no_answer_is_told(desk: Any, people: Any) -> None:
    register = desk.make(people(2))
    faults = Faults.scripted(dict.fromkeys(range(1, 9), Fault.TIME_OUT_BEFORE_APPLY))
    desk.wire.server = FaultyService(desk.server, faults)

    with pytest.raises(AnswerUnclear):
        send_once(desk.client, register.spreadsheet_id, [], NOW)
