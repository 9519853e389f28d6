"""The journal: what each run was about to change, sealed (AES-256-GCM), written before the first request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from backend.adapters.store.opening import writing
from backend.adapters.store.sealing import Seal, SealBrokenError
from backend.adapters.store.tables import JOURNAL
from backend.core.journal import Deed, JournalEntry
from backend.errors import JournalUnreadable, JournalUnwritable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from backend.ports import Clock

_ENTRIES_A_LINE = 5_000


@dataclass(frozen=True, slots=True)
class SqlJournal:
    """The journal in a database.

    Attributes:
        key: 32 bytes; without them nothing of the journal can be read.
        days: How long an entry is kept.
    """

    engine: sa.Engine
    clock: Clock
    key: bytes
    days: int

    def intend(self, run_id: str, entries: Sequence[JournalEntry]) -> None:
        """Write down what is about to be changed; it is on the disk when this returns.

        Raises:
            JournalUnwritable: It cannot be written; nothing must be changed.
        """
        if not entries:
            return
        try:
            with writing(self.engine, lasting=True) as connection:
                before = sa.select(sa.func.count()).where(JOURNAL.c.run_id == run_id)
                number: int = connection.execute(before).scalar_one()
                connection.execute(JOURNAL.insert(), list(self._lines(run_id, number, entries)))
                over = self.clock.now() - timedelta(days=self.days)
                connection.execute(JOURNAL.delete().where(JOURNAL.c.written < over))
        except sa.exc.DBAPIError as problem:
            raise JournalUnwritable(str(problem.orig)) from None

    def entries(self, run_id: str) -> list[JournalEntry]:
        """Give what a run changed, in the order it did; nothing when it changed nothing, or long ago.

        Raises:
            JournalUnreadable: The key is another one, or the journal was tampered with.
        """
        wanted = sa.select(JOURNAL).where(JOURNAL.c.run_id == run_id).order_by(JOURNAL.c.number)
        with self.engine.connect() as connection:
            lines = connection.execute(wanted).mappings().all()
        return [entry for line in lines for entry in self._opened(run_id, line["number"], line["sealed"])]

    def knows(self, run_id: str) -> bool:
        """Say whether anything is written down of a run."""
        wanted = sa.select(JOURNAL.c.number).where(JOURNAL.c.run_id == run_id).limit(1)
        with self.engine.connect() as connection:
            return connection.execute(wanted).first() is not None

    def _lines(self, run_id: str, number: int, entries: Sequence[JournalEntry]) -> Iterator[dict[str, Any]]:
        seal = Seal(self.key)
        for start in range(0, len(entries), _ENTRIES_A_LINE):
            part = entries[start : start + _ENTRIES_A_LINE]
            rows = [[one.tab, one.row_id, dict(one.before), dict(one.after), one.deed] for one in part]
            sealed = seal.close(rows, _about(run_id, number))
            yield {"run_id": run_id, "number": number, "written": self.clock.now(), "sealed": sealed}
            number += 1

    def _opened(self, run_id: str, number: int, sealed: bytes) -> Iterator[JournalEntry]:
        try:
            rows = Seal(self.key).open(sealed, _about(run_id, number))
        except SealBrokenError:
            raise JournalUnreadable(run_id) from None
        for tab, row_id, before, after, *deed in rows:
            yield JournalEntry(
                tab=tab, row_id=row_id, before=before, after=after, deed=Deed(*deed or ["changed"])
            )


def _about(run_id: str, number: int) -> str:
    """Give what a line of the journal is sealed together with."""
    return f"{run_id}#{number}"
