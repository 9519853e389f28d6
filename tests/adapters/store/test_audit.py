import threading
from typing import Any

import pytest
import sqlalchemy as sa

from backend.adapters.store.audit import Audit
from backend.adapters.store.caller_tables import AUDIT
from backend.errors import AuditBroken

KEY = b"k" * 32


@pytest.fixture
def audit(engine: Any, clock: Any) -> Audit:
    audit = Audit(engine, clock, KEY)
    for number in range(5):
        audit.add("li", "run-requested", "sheet", run=f"r{number}")
        clock.forward(minutes=1)
    return audit


def test_lines_are_read_back_the_newest_first(audit: Audit) -> None:
    first, second = audit.last(2)

    assert (first.number, first.detail, second.detail) == (5, {"run": "r4"}, {"run": "r3"})
    assert (first.at, first.caller, first.action, first.spreadsheet_id) == (
        "2026-11-21T07:04:00+00:00",
        "li",
        "run-requested",
        "sheet",
    )


def test_a_log_nobody_changed_holds(audit: Audit) -> None:
    lines, mac = audit.verify()

    assert (lines, mac) == (5, audit.last(1)[0].mac)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (AUDIT.update().where(AUDIT.c.number == 3).values(caller="wang"), 3),
        (AUDIT.update().where(AUDIT.c.number == 3).values(detail='{"run": "r9"}'), 3),
        (AUDIT.update().where(AUDIT.c.number == 1).values(at="2026-11-20T07:00:00+00:00"), 1),
        (AUDIT.update().where(AUDIT.c.number == 5).values(mac="0" * 64), 5),
        (AUDIT.delete().where(AUDIT.c.number == 2), 2),
        (AUDIT.delete().where(AUDIT.c.number == 1), 1),
        (AUDIT.update().where(AUDIT.c.number == 5).values(number=6), 5),
        (
            AUDIT.insert().values(
                number=6, at="x", caller="li", action="a", spreadsheet_id="", detail="{}", mac="f" * 64
            ),
            6,
        ),
    ],
    ids=["caller", "detail", "time", "mac", "taken out", "first taken out", "renumbered", "put in"],
)
def test_a_change_is_found_at_its_line(audit: Audit, change: Any, line: Any) -> None:
    with audit.engine.begin() as connection:
        connection.execute(change)

    with pytest.raises(AuditBroken, match=f"line {line} "):
        audit.verify()


def test_a_log_without_lines_holds(engine: Any, clock: Any) -> None:
    assert Audit(engine, clock, KEY).verify() == (0, "0" * 64)


def test_another_key_does_not_open_it(audit: Audit) -> None:
    with pytest.raises(AuditBroken, match="line 1 "):
        Audit(audit.engine, audit.clock, b"x" * 32).verify()


def test_two_lines_cannot_change_places(audit: Audit) -> None:
    with audit.engine.begin() as connection:
        rows = {row["number"]: row for row in connection.execute(sa.select(AUDIT)).mappings()}
        for number, other in ((2, 3), (3, 2)):
            values = {**rows[other], "number": number}
            connection.execute(AUDIT.update().where(AUDIT.c.number == number).values(**values))

    with pytest.raises(AuditBroken, match="line 2 "):
        audit.verify()


def test_lines_added_at_once_make_one_chain(audit: Audit) -> None:
    def add() -> None:
        for number in range(8):
            audit.add("wang", "run-requested", run=f"w{number}")

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert audit.verify()[0] == 37
