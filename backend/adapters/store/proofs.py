"""Nonces that somebody writes into a sheet to show that they can edit it: each good for one try."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.adapters.store.caller_tables import PROOFS

if TYPE_CHECKING:
    import sqlalchemy as sa

    from backend.ports import Clock

SHOWN_WITHIN = timedelta(minutes=5)
"""How long a nonce can be shown."""

TO_EDIT = "edit"
"""The purpose of a proof that makes somebody an editor."""

_NONCE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Proofs:
    """The proofs in the store that are still to be shown."""

    engine: sa.Engine
    clock: Clock

    def ask_for(self, caller: str, spreadsheet_id: str, purpose: str = TO_EDIT) -> str:
        """Give a nonce nobody can guess, for this caller, this spreadsheet and this purpose alone."""
        nonce = secrets.token_urlsafe(_NONCE_BYTES)
        now = self.clock.now()
        with self.engine.begin() as connection:
            connection.execute(PROOFS.delete().where(PROOFS.c.ends < now))
            connection.execute(
                PROOFS.insert().values(
                    nonce_hash=_hashed(nonce),
                    caller=caller,
                    spreadsheet_id=spreadsheet_id,
                    purpose=purpose,
                    ends=now + SHOWN_WITHIN,
                )
            )
        return nonce

    def use(self, nonce: str, caller: str, spreadsheet_id: str, purpose: str = TO_EDIT) -> bool:
        """Say whether this nonce was given out for exactly this, and not long ago. It is used up by asking.

        A nonce that somebody else shows is not used up: nobody can spoil the proof of another.
        """
        line = (
            PROOFS.c.nonce_hash == _hashed(nonce),
            PROOFS.c.caller == caller,
            PROOFS.c.spreadsheet_id == spreadsheet_id,
            PROOFS.c.purpose == purpose,
        )
        with self.engine.begin() as connection:
            ends = connection.execute(PROOFS.select().with_only_columns(PROOFS.c.ends).where(*line)).scalar()
            gone = connection.execute(PROOFS.delete().where(*line))
        return bool(gone.rowcount) and ends is not None and ends > self.clock.now()


def _hashed(nonce: str) -> str:
    return hashlib.sha256(nonce.encode()).hexdigest()
