"""The ways to write a register wrongly that the races have to notice, each put in for a while."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from backend.adapters.google import block_writer
from backend.core import ownership, signature
from backend.jobs import runner

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def _where_they_were(_self: Any, wanted: Mapping[int, str]) -> Mapping[int, int]:
    return {row: row for row in wanted}


@contextmanager
def naive() -> Iterator[None]:
    """Write by the row numbers of the first read, look at no echo, and take it for done."""
    with (
        patch.object(block_writer._Sheet, "_places", _where_they_were),
        patch.object(runner, "unsettled_rows", lambda _read, _unclear: ()),
        patch.object(runner, "ROUNDS", 1),
    ):
        yield


@contextmanager
def no_look_afterwards() -> Iterator[None]:
    """Trust the echo alone: what people did before the last answer stays unseen."""
    with patch.object(runner, "unsettled_rows", lambda _read, _unclear: ()):
        yield


@contextmanager
def ids_by_position() -> Iterator[None]:
    """Set row ids with the block instead of by compare-and-set."""

    def all_at_once(*_arguments: Any) -> None:
        return None

    put = block_writer._Sheet.__init__

    def with_ids(self: Any, *arguments: Any, by_id: bool) -> None:  # noqa: ARG001 - what is mutated
        put(self, *arguments, by_id=False)

    with (
        patch.object(block_writer, "_set_ids", all_at_once),
        patch.object(block_writer._Sheet, "__init__", with_ids),
        patch.object(block_writer, "_id_in", _anything),
        patch.object(runner, "unsettled_rows", lambda _read, _unclear: ()),
    ):
        yield


class _Anything:
    def __eq__(self, _other: object) -> bool:
        return True

    __hash__ = object.__hash__


def _anything(*_arguments: Any) -> Any:
    return _Anything()


@contextmanager
def copies_keep_their_id() -> Iterator[None]:
    """Take every row for the owner of the id it carries."""

    def as_carried(self: Any) -> None:
        for row, seen in list(self.open.items()):
            if seen.row_id:
                self._give(row, seen.row_id)

    with patch.object(ownership._Search, "by_proof", as_carried):
        yield


@contextmanager
def signatures_without_inputs() -> Iterator[None]:
    """Sign id and block, and not what they were made from."""
    hashes = signature.hashes

    def without(customers: Any) -> Any:
        return hashes(customers).assign(inputs="0" * 10)

    with patch.object(signature, "hashes", without):
        yield


@contextmanager
def ghosts_stay() -> Iterator[None]:
    """Leave the block of a row that has no customer any more."""
    from backend.core import block  # noqa: PLC0415 - patched here alone

    with patch.object(block, "ghosts", lambda _read, _identities: []):
        yield


@contextmanager
def ids_never_move() -> Iterator[None]:
    """Leave an id where it stands when a sort took its customer elsewhere."""
    with (
        patch.object(ownership._Search, "by_cells", lambda _self: None),
        patch.object(ownership._Search, "by_name_or_contact", lambda _self: None),
    ):
        yield


@contextmanager
def columns_by_header() -> Iterator[None]:
    """Find columns by their headers alone."""
    from backend.adapters.google import reader  # noqa: PLC0415 - patched here alone

    with patch.object(reader, "_with_tags", lambda _tab, _sheet, by_header, _row: by_header):
        yield


@contextmanager
def undo_without_compare() -> Iterator[None]:
    """Bring back what stood there before, whatever stands there now."""
    from backend.jobs import undo  # noqa: PLC0415 - patched here alone

    blocks = undo._by_row_id

    def forced(entries: Any) -> Any:
        return {row_id: (old, _Whatever(new)) for row_id, (old, new) in blocks(entries).items()}

    class _Whatever(dict[str, Any]):
        def items(self) -> Any:
            return [(name, _Anything()) for name in self]

    with patch.object(undo, "_by_row_id", forced):
        yield


MUTANTS = (
    naive,
    no_look_afterwards,
    ids_by_position,
    copies_keep_their_id,
    signatures_without_inputs,
    ghosts_stay,
    ids_never_move,
    columns_by_header,
)
"""Each has to show as something wrong within a few dozen trials."""
