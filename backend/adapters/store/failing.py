"""Tell a database that cannot be reached from a mistake of ours."""

from __future__ import annotations

import sqlalchemy as sa


def is_store_failure(problem: Exception) -> bool:
    """Say whether an error means that the store does not answer for the moment."""
    return isinstance(problem, sa.exc.OperationalError | sa.exc.InterfaceError | sa.exc.TimeoutError)
