"""The SQLite file the spreadsheets lie in; every acknowledged write is in it before the answer goes out."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from backend.localsheets.cells import Scalar, TextPool, from_json, to_json
from backend.localsheets.grid import Area
from backend.localsheets.problems import Json
from backend.localsheets.runs import Layer, Runs
from backend.localsheets.sheet import BLOCK_ROWS, Sheet
from backend.localsheets.workbook import Outside, Workbook

_WAIT_SECONDS = 30
"""How long a process waits for another one's turn to end."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS spreadsheets (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, created TEXT NOT NULL, modified TEXT NOT NULL,
    version INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sheets (
    spreadsheet TEXT NOT NULL, sheet INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (spreadsheet, sheet)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blocks (
    spreadsheet TEXT NOT NULL, sheet INTEGER NOT NULL, block INTEGER NOT NULL, cells TEXT NOT NULL,
    PRIMARY KEY (spreadsheet, sheet, block));
"""
LAYERS = ("formats", "notes", "validations")
RUNS = ("row_sizes", "column_sizes", "row_depths", "column_depths")
OBJECTS = (
    "properties",
    "grid_properties",
    "collapsed_groups",
    "conditional_formats",
    "protected_ranges",
    "banded_ranges",
    "basic_filter",
    "filter_views",
)


class Store:
    """Keeps spreadsheets in a SQLite file; without a path, only their titles, in memory.

    Rows are kept in blocks of 64 as JSON; a save writes the blocks, tabs and spreadsheet that changed, in
    one transaction. Not for several threads at once: the server holds a lock. Several processes may use the
    file: whoever changes a spreadsheet takes a `turn` first, and `changed` says what others have changed.
    """

    def __init__(self, path: Path | None) -> None:
        self._keeps_cells = path is not None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(
            path or ":memory:", timeout=_WAIT_SECONDS, check_same_thread=False, isolation_level=None
        )
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.executescript(SCHEMA)
        self._seen = self._changes_of_others()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def titles(self) -> list[tuple[str, str]]:
        """Give id and title of every spreadsheet, the newest first."""
        query = "SELECT id, title FROM spreadsheets ORDER BY created DESC, id"
        return [(row[0], row[1]) for row in self._connection.execute(query)]

    def has(self, spreadsheet_id: str) -> bool:
        """Tell whether a spreadsheet lies here."""
        query = "SELECT 1 FROM spreadsheets WHERE id = ?"
        return self._connection.execute(query, (spreadsheet_id,)).fetchone() is not None

    def save(self, book: Workbook) -> None:
        """Write what a draft changed; all of it or nothing. Without a file, whoever asks holds the cells."""
        if not self._keeps_cells:
            self._connection.execute("REPLACE INTO spreadsheets VALUES (?, ?, ?, ?, ?, ?)", _line(book))
            return
        blocks = (block for sheet in book.changed_sheets() for block in _blocks(book, sheet))
        settings = [
            (book.spreadsheet_id, sheet.sheet_id, json.dumps(_settings(sheet), ensure_ascii=False))
            for sheet in book.changed_sheets()
            if sheet.settings_touched
        ]
        with self.turn() as run:
            run.execute("REPLACE INTO spreadsheets VALUES (?, ?, ?, ?, ?, ?)", _line(book))
            self._drop_lost_sheets(book)
            run.executemany("REPLACE INTO sheets VALUES (?, ?, ?)", settings)
            run.executemany("REPLACE INTO blocks VALUES (?, ?, ?, ?)", blocks)

    @contextmanager
    def turn(self) -> Iterator[sqlite3.Connection]:
        """Keep other processes from writing; what is saved within is in the file at its end, or nothing."""
        run = self._connection
        if run.in_transaction:
            yield run
            return
        run.execute("BEGIN IMMEDIATE")
        try:
            yield run
            run.execute("COMMIT")
        except BaseException:
            if run.in_transaction:
                run.execute("ROLLBACK")
            raise

    def changed(self, versions: Mapping[str, int]) -> list[str]:
        """Give the spreadsheets that other processes changed or deleted since these versions were read."""
        seen = self._changes_of_others()
        if not self._keeps_cells or seen == self._seen:
            return []
        found = dict(self._connection.execute("SELECT id, version FROM spreadsheets"))
        self._seen = seen
        return [one for one, version in versions.items() if found.get(one) != version]

    def _changes_of_others(self) -> int:
        """Give a number that is another one after somebody else has written the file."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _drop_lost_sheets(self, book: Workbook) -> None:
        """Forget tabs that are gone, and those a new tab has taken the id of."""
        kept = {sheet.sheet_id for sheet in book.sheets if sheet.is_stored}
        query = "SELECT sheet FROM sheets WHERE spreadsheet = ?"
        for (sheet_id,) in self._connection.execute(query, (book.spreadsheet_id,)).fetchall():
            if sheet_id not in kept:
                place = (book.spreadsheet_id, sheet_id)
                self._connection.execute("DELETE FROM sheets WHERE spreadsheet = ? AND sheet = ?", place)
                self._connection.execute("DELETE FROM blocks WHERE spreadsheet = ? AND sheet = ?", place)

    def delete(self, spreadsheet_id: str) -> None:
        """Forget a spreadsheet."""
        with self.turn() as run:
            run.execute("DELETE FROM blocks WHERE spreadsheet = ?", (spreadsheet_id,))
            run.execute("DELETE FROM sheets WHERE spreadsheet = ?", (spreadsheet_id,))
            run.execute("DELETE FROM spreadsheets WHERE id = ?", (spreadsheet_id,))

    def load(self, spreadsheet_id: str, outside: Outside) -> Workbook | None:
        """Give a spreadsheet as it was last saved; None when it does not lie here."""
        if self._connection.in_transaction:
            return self._load(spreadsheet_id, outside)
        self._connection.execute("BEGIN")
        try:
            return self._load(spreadsheet_id, outside)
        finally:
            self._connection.execute("COMMIT")

    def _load(self, spreadsheet_id: str, outside: Outside) -> Workbook | None:
        query = "SELECT created, modified, version, body FROM spreadsheets WHERE id = ?"
        found = self._connection.execute(query, (spreadsheet_id,)).fetchone()
        if found is None:
            return None
        body = json.loads(found[3])
        book = Workbook(spreadsheet_id, body["properties"], outside)
        book.created, book.modified = (datetime.fromisoformat(each) for each in found[:2])
        book.version = found[2]
        book.named_ranges, book.metadata = body["named_ranges"], body["metadata"]
        book.permissions = body.get("permissions", book.permissions)
        book.sheets = [self._load_sheet(spreadsheet_id, sheet_id) for sheet_id in body["sheets"]]
        return book

    def _load_sheet(self, spreadsheet_id: str, sheet_id: int) -> Sheet:
        place = (spreadsheet_id, sheet_id)
        query = "SELECT body FROM sheets WHERE spreadsheet = ? AND sheet = ?"
        body = json.loads(self._connection.execute(query, place).fetchone()[0])
        sheet = _sheet(sheet_id, body)
        query = "SELECT block, cells FROM blocks WHERE spreadsheet = ? AND sheet = ? ORDER BY block"
        texts = TextPool()
        for block, cells in self._connection.execute(query, place):
            _fill(sheet.rows, block * BLOCK_ROWS, json.loads(cells, object_hook=from_json), texts)
        while sheet.rows and not sheet.rows[-1]:
            sheet.rows.pop()
        return sheet


def _line(book: Workbook) -> tuple[Any, ...]:
    body = {
        "properties": book.properties,
        "named_ranges": book.named_ranges,
        "metadata": book.metadata,
        "permissions": book.permissions,
        "sheets": [sheet.sheet_id for sheet in book.sheets],
    }
    times = (book.created.isoformat(), book.modified.isoformat())
    return (book.spreadsheet_id, book.title, *times, book.version, json.dumps(body, ensure_ascii=False))


def _blocks(book: Workbook, sheet: Sheet) -> Iterator[tuple[str, int, int, str]]:
    encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=to_json).encode
    for block in sorted(sheet.touched_blocks):
        rows = sheet.rows[block * BLOCK_ROWS : (block + 1) * BLOCK_ROWS]
        yield book.spreadsheet_id, sheet.sheet_id, block, encode(rows)


def _fill(rows: list[list[Scalar]], start: int, block: list[list[Scalar]], texts: TextPool) -> None:
    rows.extend([] for _ in range(start - len(rows)))
    rows.extend([texts.share(cell) if type(cell) is str else cell for cell in row] for row in block)


def _settings(sheet: Sheet) -> Json:
    body: Json = {name: getattr(sheet, name) for name in OBJECTS}
    body |= {name: getattr(sheet, name).spans for name in RUNS}
    body |= {name: _layer_body(getattr(sheet, name)) for name in LAYERS}
    body["merges"] = [(area.top, area.bottom, area.left, area.right) for area in sheet.merges]
    return {**body, "title": sheet.title, "rows": sheet.row_count, "columns": sheet.column_count}


def _layer_body(layer: Layer) -> list[tuple[int, list[tuple[int, int, Any]]]]:
    return [(column, runs.spans) for column, runs in layer.columns.items() if runs.spans]


def _sheet(sheet_id: int, body: Json) -> Sheet:
    sheet = Sheet(sheet_id, body["title"], body["rows"], body["columns"])
    for name in OBJECTS:
        setattr(sheet, name, body.get(name, getattr(sheet, name)))
    for name in RUNS:
        setattr(sheet, name, _runs(body[name]))
    for name in LAYERS:
        setattr(sheet, name, Layer({column: _runs(spans) for column, spans in body[name]}))
    sheet.merges = [Area(*edges) for edges in body["merges"]]
    sheet.settings_touched = False
    sheet.is_stored = True
    return sheet


def _runs(spans: Iterable[list[Any]]) -> Runs:
    return Runs([(start, stop, value) for start, stop, value in spans])
