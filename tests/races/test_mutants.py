"""What a test cannot notice it does not prove: each way to write wrongly has to be noticed by the races."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.races.mutants import MUTANTS
from tests.races.trial import interleaved

if TYPE_CHECKING:
    from tests.races.trial import Template

MOST_TRIALS = 40


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_mutant_is_noticed(thirty: Template, mutant: Any) -> None:
    with mutant():
        assert any(interleaved(thirty, seed, 0.5).wrong for seed in range(MOST_TRIALS))
