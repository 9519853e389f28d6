"""Who may do what with which spreadsheet; read with every call, so that a role taken back is gone at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from backend.adapters.store.caller_tables import GRANTS
from backend.adapters.store.putting import put

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlalchemy as sa

    from backend.ports import Clock

PROOF_HOLDS = timedelta(hours=12)
"""How long somebody who has shown that they can edit a sheet is taken for an editor."""

EVERY_REGISTER = "*"
"""Stands for every spreadsheet in a grant of an administrator."""


class Role(StrEnum):
    """What somebody may do with a register; each may what those before it may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    ADMIN = "admin"

    def includes(self, other: Role) -> bool:
        """Say whether this role may what another one may."""
        order = tuple(Role)
        return order.index(self) >= order.index(other)


class Source(StrEnum):
    """Where a grant comes from."""

    ADMINISTRATOR = "administrator"
    PROOF = "proof"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One role of one caller on one spreadsheet.

    Attributes:
        spreadsheet_id: The spreadsheet; * for every one.
        ends: Until when, UTC; None for ever.
    """

    caller: str
    spreadsheet_id: str
    role: Role
    source: Source
    ends: datetime | None
    granted_by: str


@dataclass(frozen=True, slots=True)
class Grants:
    """The grants in the store."""

    engine: sa.Engine
    clock: Clock

    def role(self, caller: str, spreadsheet_id: str) -> Role | None:
        """Give the highest role a caller has on a spreadsheet now; None for none."""
        query = GRANTS.select().where(
            GRANTS.c.caller == caller, GRANTS.c.spreadsheet_id.in_((spreadsheet_id, EVERY_REGISTER))
        )
        now = self.clock.now()
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        held = [Role(row.role) for row in rows if row.ends is None or row.ends > now]
        return max(held, key=tuple(Role).index, default=None)

    def give(self, caller: str, spreadsheet_id: str, role: Role, *, granted_by: str) -> None:
        """Grant a role until it is taken back; another one of an administrator's is replaced."""
        self._put(caller, spreadsheet_id, role, Source.ADMINISTRATOR, None, granted_by)

    def give_for_proof(self, caller: str, spreadsheet_id: str) -> datetime:
        """Grant `editor` to somebody who has shown that they can edit the sheet; give until when."""
        ends = self.clock.now() + PROOF_HOLDS
        self._put(caller, spreadsheet_id, Role.EDITOR, Source.PROOF, ends, caller)
        return ends

    def revoke(self, caller: str, spreadsheet_id: str) -> int:
        """Take back every role of a caller on a spreadsheet, proofs too; give how many there were."""
        with self.engine.begin() as connection:
            gone = connection.execute(
                GRANTS.delete().where(GRANTS.c.caller == caller, GRANTS.c.spreadsheet_id == spreadsheet_id)
            )
        return int(gone.rowcount)

    def all(self) -> Sequence[Grant]:
        """Give every grant that holds now, by spreadsheet and caller."""
        query = GRANTS.select().order_by(GRANTS.c.spreadsheet_id, GRANTS.c.caller, GRANTS.c.source)
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        grants = [
            Grant(
                caller=row.caller,
                spreadsheet_id=row.spreadsheet_id,
                role=Role(row.role),
                source=Source(row.source),
                ends=row.ends,
                granted_by=row.granted_by,
            )
            for row in rows
        ]
        now = self.clock.now()
        return [grant for grant in grants if grant.ends is None or grant.ends > now]

    def _put(
        self,
        caller: str,
        spreadsheet_id: str,
        role: Role,
        source: Source,
        ends: datetime | None,
        granted_by: str,
    ) -> None:
        place = {"caller": caller, "spreadsheet_id": spreadsheet_id, "source": source.value}
        values = {"role": role.value, "ends": ends, "granted_by": granted_by, "granted": self.clock.now()}
        with self.engine.begin() as connection:
            connection.execute(put(connection, GRANTS, place, values))
