"""What is compared of each distinct value of a column, worked out once a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.core.duplicates.joined import joined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.core.duplicates.columns import Texts
    from backend.core.duplicates.joined import Array
    from backend.core.duplicates.tokens import Tokens


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

    def followed_by(self, more: Traits) -> Traits:
        """Give these traits and those of more values, to be asked by place."""
        return Traits(
            joined(self.texts, more.texts),
            {name: joined(array, more[name]) for name, array in self.arrays.items()},
            {name: tokens.followed_by(more.tokens[name]) for name, tokens in self.tokens.items()},
        )
