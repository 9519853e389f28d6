"""Registers to copy, made once for each worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.races.trial import Template, template

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def thirty() -> Iterator[Template]:
    made = template(30)
    yield made
    made.server.close()


@pytest.fixture(scope="session")
def hundred() -> Iterator[Template]:
    made = template(100)
    yield made
    made.server.close()


@pytest.fixture(scope="session")
def three_hundred() -> Iterator[Template]:
    made = template(300)
    yield made
    made.server.close()
