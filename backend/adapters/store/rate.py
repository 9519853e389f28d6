"""How often may be called: a token bucket for each caller and each spreadsheet, shared by all processes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from backend.adapters.store.caller_tables import BUCKETS
from backend.adapters.store.putting import put
from backend.errors import TooManyCalls

if TYPE_CHECKING:
    from backend.ports import Clock

_SECONDS_A_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Rate:
    """The buckets in the store."""

    engine: sa.Engine
    clock: Clock

    def count(self, bucket: str, a_minute: int) -> None:
        """Take one call out of a bucket, which holds and in a minute gets this many.

        One statement, so that two processes never take the same call.

        Raises:
            TooManyCalls: It is empty.
        """
        now = self.clock.now().timestamp()
        refill = a_minute / _SECONDS_A_MINUTE
        filled = BUCKETS.c.tokens + (now - BUCKETS.c.updated) * refill
        there = sa.case((filled > a_minute, float(a_minute)), else_=filled)
        with self.engine.begin() as connection:
            take = put(
                connection,
                BUCKETS,
                {"bucket": bucket},
                {"tokens": a_minute - 1.0, "updated": now},
                then={"tokens": there - 1.0, "updated": now},
                only_if=there >= 1.0,
            )
            if connection.execute(take).first() is not None:
                return
            left = connection.execute(sa.select(BUCKETS).where(BUCKETS.c.bucket == bucket)).one()
        missing = 1.0 - (left.tokens + (now - left.updated) * refill)
        raise TooManyCalls(max(1, math.ceil(missing / refill)))
