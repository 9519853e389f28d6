"""The server: method and URL in, answer out; one lock, one version counter for each spreadsheet."""

import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import ClassVar, TypeAlias
from urllib.parse import unquote

from backend.localsheets import drive, sharing, spreadsheets, values
from backend.localsheets.call import FILES, RANGE_PARTS, SHEETS, Call, with_action
from backend.localsheets.changes import apply_changes, tabs
from backend.localsheets.changes.furnishing import furnish
from backend.localsheets.field_mask import parse_mask, show
from backend.localsheets.metadata import found_metadata, metadata_by_id, shown_metadata
from backend.localsheets.permissions import may, owned_by, permission, shared
from backend.localsheets.problems import (
    Answer,
    Json,
    RefusedError,
    file_not_found,
    invalid,
    json_answer,
    not_found,
    not_permitted,
    unimplemented,
)
from backend.localsheets.protection import check_written, own_protection
from backend.localsheets.request_shapes import INTEGER
from backend.localsheets.store import Store
from backend.localsheets.workbook import (
    Outside,
    Workbook,
    current_time,
    random_number_id,
    random_spreadsheet_id,
)

Watch: TypeAlias = Callable[[str, str, bytes | None, Answer], None]
"""Is told a method, a URL, a body and the answer to it."""


class LocalSheets:
    """A Google Sheets v4 service (and the few Drive methods gspread needs) over a SQLite file.

    Args:
        path: The file; it is made when missing. None keeps everything in memory.
        clock: Gives the time, with a time zone.
        new_id: Gives ids of spreadsheets.
        new_sheet_id: Gives all other ids: tabs, protected and named ranges, banding, developer metadata.
        caller: The account everybody is signed in with.
        writers: Accounts with which every spreadsheet is shared, as if its owner had made them writers.
    """

    watch: ClassVar[Watch | None] = None
    """Sees whatever passes through any server; tests hold it against Google's contract."""

    def __init__(
        self,
        path: Path | None,
        *,
        clock: Callable[[], datetime] = current_time,
        new_id: Callable[[], str] = random_spreadsheet_id,
        new_sheet_id: Callable[[], int] = random_number_id,
        caller: str = "steward@localhost",
        writers: Collection[str] = (),
    ) -> None:
        self._outside = Outside(clock=clock, new_id=new_id, new_sheet_id=new_sheet_id, caller=caller)
        self._store = Store(path)
        self._books: dict[str, Workbook] = {}
        self._lock = threading.RLock()
        self._caller = caller
        self._writers = frozenset(writers)

    def close(self) -> None:
        """Close the file; the server answers no more."""
        with self._lock:
            self._store.close()

    def spreadsheets(self) -> list[tuple[str, str]]:
        """Give (spreadsheet id, title) of everything that lies here, the newest first."""
        with self._lock:
            return self._store.titles()

    @classmethod
    def showing(cls, book: Workbook) -> "LocalSheets":
        """Give a server in memory that shows one spreadsheet as it was once."""
        server = cls(None, caller=book.outside.caller)
        server._books[book.spreadsheet_id] = book
        return server

    def book(self, spreadsheet_id: str) -> Workbook:
        """Give a spreadsheet, whoever asks; what is given is never changed afterwards.

        Raises:
            RefusedError: 404, there is none.
        """
        with self._lock:
            self._forget_changed()
            book = self._books.get(spreadsheet_id) or self._store.load(spreadsheet_id, self._outside)
            if book is None:
                raise not_found()
            self._books[spreadsheet_id] = book
            return book

    def _seen(self, spreadsheet_id: str, role: str = "reader") -> Workbook:
        """Give a spreadsheet as the caller sees it.

        Raises:
            RefusedError: 404, there is none; 403, the caller does not have the role.
        """
        book = self.called_on(spreadsheet_id)
        if not may(book.permissions, self._caller, role):
            raise not_permitted()
        return book

    def called_on(self, spreadsheet_id: str) -> Workbook:
        """Give a spreadsheet to the caller, who may or may not do anything with it.

        Raises:
            RefusedError: 404, there is none.
        """
        book = self.book(spreadsheet_id).seen_by(self._caller)
        if self._caller in self._writers and not may(book.permissions, self._caller, "writer"):
            book.permissions = shared(book.permissions, permission("user", "writer", self._caller))
        return book

    def handle(self, method: str, url: str, body: bytes | None, *, caller: str | None = None) -> Answer:
        """Answer one request; what it changed is in the file when this returns.

        Args:
            method: The HTTP method.
            url: The whole URL, percent-encoded.
            body: The body, JSON or nothing.
            caller: The account that asks; without it, the one everybody is signed in with.
        """
        answer = self._answered(method, url, body, caller or self._outside.caller)
        if LocalSheets.watch is not None:
            LocalSheets.watch(method, url, body, answer)
        return answer

    def _answered(self, method: str, url: str, body: bytes | None, caller: str) -> Answer:
        with self._lock:
            self._caller = caller
            try:
                call = Call(method, url, body)
                answer = self._route(call) if method == "GET" else self._routed_alone(call)
            except RefusedError as error:
                return error.answer()
        if isinstance(answer, Answer):
            return answer
        fields = call.option("fields")
        return json_answer(show(answer, parse_mask(fields)) if fields else answer)

    def _routed_alone(self, call: Call) -> Json | Answer:
        """Answer a request that may write, while no other process writes."""
        with self._store.turn():
            self._forget_changed()
            held = dict(self._books)
            try:
                return self._route(call)
            except BaseException:
                self._books = held
                raise

    def _forget_changed(self) -> None:
        """Forget spreadsheets that other processes have changed."""
        for changed in self._store.changed({one: book.version for one, book in self._books.items()}):
            del self._books[changed]

    def _route(self, call: Call) -> Json | Answer:
        if call.path == SHEETS and call.method == "POST":
            return self._create(call)
        if call.path.startswith(SHEETS + "/"):
            return self._on_spreadsheet(call, call.path[len(SHEETS) + 1 :].split("/"))
        if call.path == FILES:
            return self._on_files(call)
        if call.path.startswith(FILES + "/"):
            return self._on_file(call, call.path[len(FILES) + 1 :].split("/"))
        raise unimplemented(what=f"{call.method} {call.path}")

    def _called(self) -> Outside:
        return replace(self._outside, caller=self._caller)

    def _change(self, spreadsheet_id: str, change: Callable[[Workbook], Json]) -> Json:
        draft = self._seen(spreadsheet_id, "writer").draft()
        answer = change(draft)
        self._keep(draft)
        return answer

    def _write(self, spreadsheet_id: str, write: Callable[[Workbook], Json]) -> Json:
        def checked(book: Workbook) -> Json:
            answer = write(book)
            check_written(book, answer)
            return answer

        return self._change(spreadsheet_id, checked)

    def _keep(self, draft: Workbook) -> None:
        self._store.save(draft)
        draft.settle()
        self._books[draft.spreadsheet_id] = draft

    def _create(self, call: Call) -> Json:
        book = spreadsheets.create(self._called(), call.body).draft()
        for sheet in book.sheets:
            book.sheet(sheet.sheet_id).settings_touched = True
        furnish(book, call.body)
        self._keep(book)
        return spreadsheets.get(book, [], None, include_grid_data=False)

    def _on_spreadsheet(self, call: Call, parts: list[str]) -> Json:
        spreadsheet_id, action = with_action(parts[0])
        rest = [unquote(part) for part in parts[1:]]
        if not rest:
            return self._whole(call, spreadsheet_id, action)
        if len(rest) == RANGE_PARTS and rest[0] == "values":
            name, action = with_action(parts[2])
            return self._on_range(call, spreadsheet_id, unquote(name), action)
        if rest[0].startswith("values:"):
            return self._on_ranges(call, spreadsheet_id, rest[0].partition(":")[2])
        if rest[0] == "developerMetadata:search" and call.method == "POST":
            return found_metadata(self._seen(spreadsheet_id), call.body)
        if rest[0] == "developerMetadata" and call.method == "GET" and rest[-1].isdigit():
            return shown_metadata(metadata_by_id(self._seen(spreadsheet_id), int(rest[-1])))
        if rest[0] == "sheets" and rest[-1].endswith(":copyTo") and call.method == "POST":
            return self._copy_sheet(call, spreadsheet_id, rest[-1].partition(":")[0])
        raise unimplemented(what=f"{call.method} {call.path}")

    def _copy_sheet(self, call: Call, spreadsheet_id: str, sheet_id: str) -> Json:
        if not INTEGER.fullmatch(sheet_id):
            raise invalid(message=f"Invalid value at 'sheet_id' (TYPE_INT32), \"{sheet_id}\"")
        source = self._seen(spreadsheet_id).sheet(int(sheet_id))
        target = call.body.get("destinationSpreadsheetId") or ""
        return self._change(target, lambda book: tabs.copy_to(book, source))

    def _whole(self, call: Call, spreadsheet_id: str, action: str) -> Json:
        key = f"{call.method}:{action}"
        if key == "GET:":
            book, ranges = self._seen(spreadsheet_id), call.query.get("ranges", [])
            wanted = values.is_true(call.option("includeGridData"))
            return spreadsheets.get(book, ranges, call.option("fields"), include_grid_data=wanted)
        if key == "POST:getByDataFilter":
            return spreadsheets.get_by_data_filter(
                self._seen(spreadsheet_id), call.body, call.option("fields")
            )
        if key == "POST:batchUpdate":
            return self._change(spreadsheet_id, lambda book: _batch_update(book, call.body))
        raise unimplemented(what=f"{call.method} {call.path}")

    def _on_range(self, call: Call, spreadsheet_id: str, name: str, action: str) -> Json:
        key, options = f"{call.method}:{action}", call.options
        if key == "GET:":
            return values.get(self._seen(spreadsheet_id), name, options)
        if key == "PUT:":
            return self._write(spreadsheet_id, lambda book: values.update(book, name, call.body, options))
        if key == "POST:append":
            return self._write(
                spreadsheet_id, lambda book: values.append_values(book, name, call.body, options)
            )
        if key == "POST:clear":
            return self._write(spreadsheet_id, lambda book: values.clear(book, name))
        raise unimplemented(what=f"{call.method} {call.path}")

    def _on_ranges(self, call: Call, spreadsheet_id: str, action: str) -> Json:
        if action == "batchGet" and call.method == "GET":
            ranges = call.query.get("ranges", [])
            return values.batch_get(self._seen(spreadsheet_id), ranges, call.options)
        if action in values.BATCH_READS and call.method == "POST":
            return values.BATCH_READS[action](self._seen(spreadsheet_id), call.body)
        if action in values.BATCH_WRITES and call.method == "POST":
            write = values.BATCH_WRITES[action]
            return self._write(spreadsheet_id, lambda book: write(book, call.body))
        raise unimplemented(what=f"{call.method} {call.path}")

    def _on_files(self, call: Call) -> Json:
        if call.method == "GET":
            return drive.list_files(self, call.option("q") or "", self._caller)
        if call.method != "POST" or call.body.get("mimeType", drive.SPREADSHEET) != drive.SPREADSHEET:
            raise unimplemented(what=f"{call.method} {call.path} of {call.body.get('mimeType')}")
        title = call.body.get("name") or "Untitled"
        book = spreadsheets.create(self._called(), {"properties": {"title": title}}).draft()
        book.sheet(0).settings_touched = True
        self._keep(book)
        return drive.short_file(book)

    def _on_file(self, call: Call, parts: list[str]) -> Json | Answer:
        spreadsheet_id, key = parts[0], f"{call.method}:{'/'.join(parts[1:])}"
        if not self._store.has(spreadsheet_id):
            raise file_not_found(spreadsheet_id)
        book = self.called_on(spreadsheet_id)
        if not may(book.permissions, self._caller, "reader"):
            raise file_not_found(spreadsheet_id)
        if parts[1:2] == ["permissions"]:
            return self._on_permissions(call, book, parts[2:])
        if key == "DELETE:":
            return self._delete(book)
        if key == "GET:":
            return drive.file_of(book) if call.option("fields") else drive.short_file(book)
        if key == "POST:copy":
            return self._copy(book, call.body)
        if key == "GET:export" and call.option("mimeType") == "text/csv":
            return drive.export_csv(book)
        if key == "GET:comments":
            return {"comments": []}
        raise unimplemented(what=f"{call.method} {call.path}")

    def _delete(self, book: Workbook) -> Answer:
        if not may(book.permissions, self._caller, "owner"):
            raise sharing.insufficient()
        self._store.delete(book.spreadsheet_id)
        self._books.pop(book.spreadsheet_id, None)
        return Answer(status=204)

    def _on_permissions(self, call: Call, book: Workbook, parts: list[str]) -> Json | Answer:
        act = sharing.ACTS.get((call.method, bool(parts)))
        if act is None or len(parts) > 1:
            raise unimplemented(what=f"{call.method} {call.path}")
        draft = book.draft()
        answer = act(draft, "".join(parts), call.body, call.options)
        if call.method != "GET":
            self._keep(draft)
        return answer

    def _copy(self, book: Workbook, body: Json) -> Json:
        twin = book.draft()
        twin.spreadsheet_id = self._outside.new_id()
        twin.created = twin.modified = self._outside.clock()
        twin.permissions = owned_by(self._caller)
        twin.properties = {**book.properties, "title": body.get("name") or f"Copy of {book.title}"}
        for sheet_id in [sheet.sheet_id for sheet in book.sheets]:
            sheet = twin.sheet(sheet_id)
            sheet.settings_touched = True
            sheet.protected_ranges = [own_protection(twin, each) for each in sheet.protected_ranges]
            sheet.touch_rows_from(0, 0)
        self._keep(twin)
        return drive.short_file(twin)


def _batch_update(book: Workbook, body: Json) -> Json:
    replies = apply_changes(book, body.get("requests") or [])
    answer: Json = {"spreadsheetId": book.spreadsheet_id, "replies": replies}
    if body.get("includeSpreadsheetInResponse"):
        with_data = bool(body.get("responseIncludeGridData"))
        ranges = body.get("responseRanges") or []
        answer["updatedSpreadsheet"] = spreadsheets.get(book, ranges, None, include_grid_data=with_data)
    return answer
