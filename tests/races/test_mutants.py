"""What a test cannot notice it does not prove: each way to write wrongly has to be noticed by the races."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from backend.localsheets.edits import Edit
from tests.races.mutants import MUTANTS
from tests.races.trial import ALL_DAY, interleaved

if TYPE_CHECKING:
    from tests.races.trial import Template

MOST_TRIALS = 40
TELLING = (Edit.SORT_PART, Edit.RENAME_COLUMN, Edit.RETYPE_CELL, Edit.CLEAR_ROW, Edit.COPY_ROWS)
"""Kinds of edits that lead into most of the protocol, so that few trials do."""


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_mutant_is_noticed(thirty: Template, mutant: Any) -> None:
    with mutant():
        assert any(
            interleaved(thirty, seed, 0.5, kinds=kinds).wrong
            for seed in range(MOST_TRIALS)
            for kinds in (TELLING, ALL_DAY)
        )
