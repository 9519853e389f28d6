"""The audit log: who did what when, each line bound to the one before by a MAC (HMAC-SHA256)."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from backend.adapters.store.caller_tables import AUDIT
from backend.errors import AuditBroken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backend.ports import Clock

_BEFORE_THE_FIRST = "0" * 64
_MOST_TRIES = 50
_AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One line.

    Attributes:
        number: Its place, from 1, without gaps.
        at: When, ISO 8601, UTC.
        caller: Who: a `sub`, or the account of this machine.
        detail: More about it, by name; no cell of a customer.
        mac: What binds it to the line before, hexadecimal.
    """

    number: int
    at: str
    caller: str
    action: str
    spreadsheet_id: str
    detail: Mapping[str, Any]
    mac: str


@dataclass(frozen=True, slots=True)
class Audit:
    """The audit log in the store. Without the key no line can be changed, taken out or put in unnoticed.

    That lines at the end were taken away shows only by comparing with a mac that was noted elsewhere.
    """

    engine: sa.Engine
    clock: Clock
    key: bytes

    def add(self, caller: str, action: str, spreadsheet_id: str = "", **detail: object) -> None:
        """Add a line below the last one; it is on the disk when this returns."""
        at = self.clock.now().isoformat(timespec="seconds")
        text = json.dumps(detail, sort_keys=True, ensure_ascii=False)
        for tried in range(_MOST_TRIES):
            number, before = self._last()
            cells = [number + 1, at, caller, action, spreadsheet_id, text]
            line = dict(zip(AUDIT.c.keys(), [*cells, self._mac(before, cells)], strict=True))
            try:
                with self.engine.begin() as connection:
                    connection.execute(AUDIT.insert().values(**line))
            except sa.exc.IntegrityError:  # another process took this number
                if tried == _MOST_TRIES - 1:
                    raise
            else:
                return

    def last(self, most: int) -> Sequence[AuditLine]:
        """Give the last lines, the newest first."""
        with self.engine.connect() as connection:
            query = AUDIT.select().order_by(AUDIT.c.number.desc()).limit(most)
            return [_line(row) for row in connection.execute(query).mappings()]

    def verify(self) -> tuple[int, str]:
        """Check every line from the first; give how many there are and the MAC of the last.

        Raises:
            AuditBroken: A line does not follow from the one before.
        """
        number, mac = 0, _BEFORE_THE_FIRST
        while rows := self._after(number):
            for row in rows:
                *cells, given = row
                number += 1
                mac = self._mac(mac, cells)
                if cells[0] != number or not hmac.compare_digest(mac, given):
                    raise AuditBroken(number)
        return number, mac

    def _last(self) -> tuple[int, str]:
        query = sa.select(AUDIT.c.number, AUDIT.c.mac).order_by(AUDIT.c.number.desc()).limit(1)
        with self.engine.connect() as connection:
            row = connection.execute(query).first()
        return (row.number, row.mac) if row is not None else (0, _BEFORE_THE_FIRST)

    def _after(self, number: int) -> Sequence[Sequence[Any]]:
        query = AUDIT.select().where(AUDIT.c.number > number).order_by(AUDIT.c.number).limit(_AT_A_TIME)
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(query)]

    def _mac(self, before: str, cells: Sequence[object]) -> str:
        said = json.dumps([before, *cells], ensure_ascii=False, separators=(",", ":"))
        return hmac.new(self.key, said.encode(), hashlib.sha256).hexdigest()


def _line(row: Any) -> AuditLine:
    return AuditLine(**{**row, "detail": json.loads(row["detail"])})
