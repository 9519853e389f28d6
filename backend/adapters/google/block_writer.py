"""Writes the tool block: rows are found by their id just before, and the echo says which were hit.

Form (a) of row-safety.md: one named range over the whole block; a row to leave alone is `[]`, and row ids are
`null`: they are set before, one cell each, and only where the cell still holds what was read. RAW only:
nothing is parsed, so no formula can come to life. In a register that has no row ids yet, they are written
with the block; the look that follows every write finds rows that moved meanwhile.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from backend.adapters.google.client import compact_json
from backend.adapters.google.compare_and_set import CellChange, compare_and_set
from backend.adapters.google.layout_names import block_range
from backend.adapters.google.put_back import put_back
from backend.adapters.google.reader import read_column
from backend.adapters.google.unclear import block_places
from backend.adapters.google.writer import CHUNK_BYTES
from backend.core.snapshot import MOST_ROWS
from backend.errors import BlockTorn
from sheets_schema.headers import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from backend.adapters.google.client import SheetsClient
    from backend.core.snapshot import TabRead

Row = list[Any]

_BYTES_LEFT_ALONE = 3
"""Bytes of a row that is left alone."""


def write_block(
    client: SheetsClient, spreadsheet_id: str, customers: TabRead, before: pd.DataFrame, after: pd.DataFrame
) -> Iterator[tuple[int, list[int]]]:
    """Write rows of the tool block in as few calls as fit, sheet by sheet, and look at each echo.

    Args:
        client: The service.
        spreadsheet_id: The spreadsheet.
        customers: The tab as read.
        before: The block as read, of the rows to write: index = row, columns = block columns.
        after: The block as it is to be, same shape.

    Yields:
        After each call: rows written so far, and the rows that were not hit.

    Raises:
        BlockTorn: Somebody put a column into the block meanwhile; what landed in it is blank again.
    """
    first_time = not (customers.cells("row_id") != "").any()
    if not first_time:
        _set_ids(client, spreadsheet_id, customers, before, after)
    done = 0
    after = after[(after["row_id"] != "") | (after["sig"] == "")]
    for place, sheet in enumerate(customers.sheets):
        here = after.index // MOST_ROWS == place
        shift = place * MOST_ROWS
        writing = _Sheet(client, spreadsheet_id, sheet, by_id=not first_time)
        for written, missed in writing.write(after[here].set_axis(after.index[here] - shift)):
            yield done + written, [row + shift for row in missed]
        done += int(here.sum())


def _set_ids(
    client: SheetsClient, spreadsheet_id: str, customers: TabRead, before: pd.DataFrame, after: pd.DataFrame
) -> None:
    """Set the row ids that are to change, each only where its cell still holds what was read."""
    changed = before["row_id"] != after["row_id"]
    changes = []
    for row, old, new in zip(
        after.index[changed], before["row_id"][changed], after["row_id"][changed], strict=True
    ):
        place, own = divmod(int(row), MOST_ROWS)
        sheet = customers.sheets[place]
        column = block_places(sheet)[0]
        changes.append(
            CellChange(sheet_id=sheet.sheet_id, row=own, column=column, before=str(old), after=new)
        )
    compare_and_set(client, spreadsheet_id, changes)


class _Sheet:
    """Writes the block of one sheet."""

    def __init__(self, client: SheetsClient, spreadsheet_id: str, sheet: TabRead, *, by_id: bool) -> None:
        self._client = client
        self._spreadsheet_id = spreadsheet_id
        self._sheet = sheet
        self._by_id = by_id
        self._first_column = block_places(sheet)[0]
        self._ids: Mapping[int, str] = {}

    def write(self, after: pd.DataFrame) -> Iterator[tuple[int, list[int]]]:
        """Give rows written so far and rows missed, after each call."""
        ids = self._ids = dict(zip(after.index.tolist(), after["row_id"], strict=True))
        cells = after.to_numpy(dtype=object).tolist()
        if self._by_id:
            cells = [[None, *row[1:]] for row in cells]
        done = 0
        for chunk in _chunks(dict(zip(after.index, cells, strict=True)), anywhere=self._by_id):
            wanted = {row: ids[row] for row in chunk}
            places = self._places(wanted)
            echo = self._put({place: chunk[row] for row, place in places.items()}) if places else []
            done += len(chunk)
            missed = [row for row in chunk if row not in places or _id_in(echo, places[row]) != wanted[row]]
            yield done, missed

    def _places(self, wanted: Mapping[int, str]) -> Mapping[int, int]:
        """Say where each row stands now; rows that cannot be told by their id are left out.

        A row that is to be cleared has no id any more: it is looked for where it was.
        """
        if not self._by_id:
            return {row: row for row in wanted}
        ids, headers = read_column(self._client, self._spreadsheet_id, self._sheet, self._first_column)
        self._refuse(self._put_in(headers))
        counts = Counter(ids.values())
        rows = {row_id: row for row, row_id in ids.items() if counts[row_id] == 1}
        places = {row: rows.get(row_id, 0) if row_id else row for row, row_id in wanted.items()}
        blank = {row for row, row_id in wanted.items() if not row_id and ids.get(row, "") != ""}
        return {row: place for row, place in places.items() if place and row not in blank}

    def _put(self, rows: Mapping[int, Row]) -> Sequence[Row]:
        values = [rows.get(row, []) for row in range(1, max(rows) + 1)]
        answer = self._client.values_update(
            self._spreadsheet_id,
            block_range(self._sheet.sheet_id),
            params={
                "valueInputOption": "RAW",
                "includeValuesInResponse": True,
                "responseValueRenderOption": "UNFORMATTED_VALUE",
            },
            body={"majorDimension": "ROWS", "values": values},
        )
        echo: list[Row] = answer.get("updatedData", {}).get("values", [])
        row = self._sheet.binding.header_row
        headers = echo[row - 1] if row <= len(echo) else []
        foreign = self._put_in(headers)
        for position in foreign:
            self._put_back(rows, echo, position)
        self._refuse(foreign)
        return echo

    def _put_in(self, headers: Sequence[object]) -> Sequence[int]:
        """Give the positions in the block at which columns stand that were put into it.

        Args:
            headers: The header row from the block's first column on.
        """
        ours = self._sheet.headers[self._first_column :][: len(self._sheet.tab.block)]
        if headers[:1] != [ours[0]] or ours[-1] not in headers[len(ours) :]:
            return ()
        count = headers.index(ours[-1]) + 1 - len(ours)
        return [place for place, text in enumerate(headers[: len(ours)]) if text not in ours][:count]

    def _refuse(self, foreign: Sequence[int]) -> None:
        if foreign:
            cell = f"{column_letters(self._first_column + foreign[0])}{self._sheet.binding.header_row}"
            raise BlockTorn(self._sheet.title, cell)

    def _put_back(self, rows: Mapping[int, Row], echo: Sequence[Row], position: int) -> None:
        """Take out of a column that somebody put into the block what landed in it.

        In the first write of all, ids do not tell yet whose row was hit: the column becomes blank.
        """
        landed = {row: cells[position] for row, cells in rows.items() if cells[position] is not None}
        if self._by_id:
            header = str(echo[self._sheet.binding.header_row - 1][position])
            hit = {str(_id_in(echo, row)): cell for row, cell in landed.items()}
            put_back(self._client, self._spreadsheet_id, self._sheet, header, hit, self._ids)
            return
        column = self._first_column + position
        changes = [
            CellChange(sheet_id=self._sheet.sheet_id, row=row, column=column, before=str(cell), after="")
            for row, cell in landed.items()
            if cell != ""
        ]
        compare_and_set(self._client, self._spreadsheet_id, changes)


def _id_in(echo: Sequence[Row], row: int) -> object:
    cells = echo[row - 1] if row <= len(echo) else []
    return cells[0] if cells else ""


def _chunks(rows: Mapping[int, Row], *, anywhere: bool) -> Iterator[dict[int, Row]]:
    """Cut rows into chunks that fit one request; with `anywhere`, wherever the rows stand by then."""
    last = max(rows, default=0)
    chunk: dict[int, Row] = {}
    size = 0
    for row, cells in rows.items():
        bytes_here = len(compact_json(cells)) + 1
        others = (last if anywhere else row) - len(chunk) - 1
        if chunk and size + bytes_here + _BYTES_LEFT_ALONE * others > CHUNK_BYTES:
            yield chunk
            chunk, size = {}, 0
        chunk[row] = cells
        size += bytes_here
    if chunk:
        yield chunk
