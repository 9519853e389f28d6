"""Which registers are known here, by name; the one used last is the default."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.adapters.store.opening import writing
from backend.adapters.store.tables import REGISTERS
from backend.errors import RegisterUnknown

if TYPE_CHECKING:
    from backend.ports import Clock

_URL = re.compile(r"/spreadsheets/d/([A-Za-z0-9_-]+)")


_ID = re.compile(r"[A-Za-z0-9_-]{20,80}")


def spreadsheet_id_in(text: str) -> str:
    """Give the spreadsheet id that a text is, or whose address it is; '' when it is neither."""
    found = _URL.search(text)
    wanted = found[1] if found else text.strip()
    return wanted if _ID.fullmatch(wanted) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRegister:
    """A register: the name people call it, and its spreadsheet."""

    name: str
    spreadsheet_id: str


@dataclass(frozen=True, slots=True)
class Registers:
    """The registers in the store."""

    engine: sa.Engine
    clock: Clock

    def remember(self, name: str, spreadsheet_id: str) -> None:
        """Record a register, or where one of this name lies now; it becomes the default."""
        with writing(self.engine) as connection:
            connection.execute(REGISTERS.delete().where(REGISTERS.c.name == name))
            connection.execute(
                REGISTERS.insert().values(name=name, spreadsheet_id=spreadsheet_id, used=self.clock.now())
            )

    def find(self, text: str | None) -> KnownRegister:
        """Give a register by name, spreadsheet id or address; without a text, the one remembered last.

        Raises:
            RegisterUnknown: There is none like that.
        """
        known = self.all()
        if text is None:
            if not known:
                msg = ""
                raise RegisterUnknown(msg, ())
            return known[0]
        found = _URL.search(text)
        wanted = found[1] if found else text
        for register in known:
            if wanted in (register.name, register.spreadsheet_id):
                return register
        raise RegisterUnknown(text, [register.name for register in known])

    def all(self) -> list[KnownRegister]:
        """Give every register, the one remembered last first."""
        query = sa.select(REGISTERS).order_by(REGISTERS.c.used.desc())
        with self.engine.connect() as connection:
            return [
                KnownRegister(name=row["name"], spreadsheet_id=row["spreadsheet_id"])
                for row in connection.execute(query).mappings()
            ]
