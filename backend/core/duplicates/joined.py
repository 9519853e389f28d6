"""What is known of a register's values, and behind it of values that came later: two arrays read as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from backend.core.duplicates.columns import Ints

Array = npt.NDArray[Any]
_Kind = TypeVar("_Kind", bound=np.generic)


class _Joined:
    """Two arrays that are asked by place as if the second stood behind the first."""

    __slots__ = ("_first", "_more")

    def __init__(self, first: Array, more: Array) -> None:
        self._first, self._more = first, more

    def __len__(self) -> int:
        return len(self._first) + len(self._more)

    def __getitem__(self, places: Ints) -> Array:
        size = len(self._first)
        if not size:
            return np.asarray(self._more[places])
        found: Array = self._first.take(places, axis=0, mode="clip")
        late = (places >= size).nonzero()[0]
        found[late] = self._more[places[late] - size]
        return found


def joined(first: npt.NDArray[_Kind], more: npt.NDArray[_Kind]) -> npt.NDArray[_Kind]:
    """Give what stands for two arrays, one behind the other, without a copy: it is asked by place, no more.

    Args:
        first: What is known of the values of a register: long.
        more: The same of values that came later: short.
    """
    return cast("npt.NDArray[_Kind]", _Joined(first, more)) if len(more) else first
