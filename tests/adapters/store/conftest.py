"""A store for what knows callers: on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from backend.adapters.store.caller_tables import METADATA
from backend.adapters.store.opening import open_store
from tests.conftest import StoppedClock


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: Any, tmp_path: Any) -> Iterator[sa.Engine]:
    is_file = request.param == "sqlite"
    engine = open_store(tmp_path / "state.db" if is_file else request.getfixturevalue("postgresql"))
    yield engine
    if not is_file:
        with engine.begin() as connection:
            for table in METADATA.sorted_tables:
                connection.execute(table.delete())
    engine.dispose()
