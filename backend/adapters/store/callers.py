"""Who has signed in, and whose tokens are taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.adapters.store.caller_tables import AUDIENCES, CALLERS
from backend.adapters.store.putting import put
from backend.errors import CallerUnknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.ports import Clock

_REMEMBERED_FOR = timedelta(hours=1)
"""How long the line of a caller is good enough; it is not written anew with every call."""


@dataclass(frozen=True, slots=True)
class Callers:
    """The callers in the store."""

    engine: sa.Engine
    clock: Clock

    def remember(self, caller: str, email: str) -> None:
        """Record that somebody signed in, and under which e-mail."""
        now = self.clock.now()
        with self.engine.connect() as connection:
            row = connection.execute(CALLERS.select().where(CALLERS.c.caller == caller)).first()
        if row is not None and row.email == email and row.seen > now - _REMEMBERED_FOR:
            return
        with self.engine.begin() as connection:
            connection.execute(put(connection, CALLERS, {"caller": caller}, {"email": email, "seen": now}))

    def find(self, text: str) -> str:
        """Give the one caller who goes by an e-mail or is this `sub`.

        Raises:
            CallerUnknown: Nobody is, or two accounts went by the same e-mail.
        """
        query = sa.select(CALLERS.c.caller).where(
            sa.or_(CALLERS.c.caller == text, sa.func.lower(CALLERS.c.email) == text.lower())
        )
        with self.engine.connect() as connection:
            found: list[str] = list(connection.execute(query).scalars())
        if len(found) != 1:
            raise CallerUnknown(text)
        return found[0]

    def emails(self) -> dict[str, str]:
        """Give the e-mail of every caller."""
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(CALLERS.c.caller, CALLERS.c.email)).all()
        return dict(rows)


@dataclass(frozen=True, slots=True)
class Audiences:
    """The client ids whose tokens are taken: those of the settings and those an administrator added.

    Attributes:
        fixed: Those of the settings.
    """

    engine: sa.Engine
    clock: Clock
    fixed: frozenset[str]

    def allowed(self) -> frozenset[str]:
        """Give all of them; none means that no token is taken."""
        with self.engine.connect() as connection:
            return self.fixed | set(connection.execute(sa.select(AUDIENCES.c.audience)).scalars())

    def added(self) -> Sequence[tuple[str, str]]:
        """Give those an administrator added, each with its note."""
        query = sa.select(AUDIENCES.c.audience, AUDIENCES.c.note).order_by(AUDIENCES.c.added)
        with self.engine.connect() as connection:
            return [(audience, note) for audience, note in connection.execute(query)]

    def add(self, audience: str, note: str) -> None:
        """Take tokens of one more client id, or give one that is there another note."""
        values = {"note": note, "added": self.clock.now()}
        with self.engine.begin() as connection:
            connection.execute(put(connection, AUDIENCES, {"audience": audience}, values))

    def remove(self, audience: str) -> bool:
        """Take its tokens no longer; say whether it was there."""
        with self.engine.begin() as connection:
            gone = connection.execute(AUDIENCES.delete().where(AUDIENCES.c.audience == audience))
        return bool(gone.rowcount)
