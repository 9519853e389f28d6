"""What is compared of each distinct value of a column, worked out once a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.core.duplicates.columns import Ints, Texts
    from backend.core.duplicates.tokens import Tokens

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Traits:
    """The traits of the distinct values of one column.

    Attributes:
        texts: The values, as they are compared.
        arrays: Further traits by name, one place a value.
        tokens: Words of the values, or of a part of them, by name.
    """

    texts: Texts
    arrays: Mapping[str, Array] = field(default_factory=dict)
    tokens: Mapping[str, Tokens] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Array:
        return self.arrays[name]

    def part(self, values: Ints, more: Traits) -> Traits:
        """Give the traits of some values, by their place, and of more values."""
        return Traits(
            np.concatenate([self.texts[values], more.texts]),
            {name: np.concatenate([array[values], more[name]]) for name, array in self.arrays.items()},
            {name: tokens.part(values, more.tokens[name]) for name, tokens in self.tokens.items()},
        )
