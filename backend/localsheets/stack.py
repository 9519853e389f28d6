"""The local server with all that can be put around it, in the order a request meets it."""

import time
from collections.abc import Sequence
from contextlib import suppress

from backend.localsheets.edited import EditedService
from backend.localsheets.editors import Editors
from backend.localsheets.faults import Faults
from backend.localsheets.faulty import FaultyService
from backend.localsheets.following import CannotFollowError
from backend.localsheets.problems import Answer, Json, RefusedError
from backend.localsheets.quota import Limits, QuotaService
from backend.localsheets.sheet import Sheet
from backend.localsheets.transport import Service, spreadsheet_in
from backend.localsheets.workbook import Workbook

_FEWEST_ROWS = 3
"""A header and two lines: with less there is nothing to edit."""


def stacked(
    service: Service,
    *,
    limits: Limits | None = None,
    faults: Faults | None = None,
    editors: Editors | None = None,
    block: str = "",
) -> Service:
    """Put people, quotas and a faulty line around a service, each only when it is given.

    A request meets the faults of the line first, then the quota, then people, then the sheet; what people do
    counts against no quota. A slow answer takes real time.

    Args:
        service: What answers.
        limits: The quotas.
        faults: The faults of the line.
        editors: The people; they edit every spreadsheet that is asked about.
        block: How the names of the named ranges begin that the tool's columns are.
    """
    if editors is not None:
        service = EditedSpreadsheets(service, editors, block)
    if limits is not None:
        service = QuotaService(service, limits)
    if faults is not None:
        service = FaultyService(service, faults, wait=time.sleep)
    return service


class EditedSpreadsheets:
    """Lets people edit one tab of every spreadsheet: that of the tool's columns, else the first filled one.

    Args:
        service: What answers.
        editors: How often people do what.
        block: How the names of the named ranges begin that the tool's columns are.
    """

    def __init__(self, service: Service, editors: Editors, block: str) -> None:
        self.service = service
        self.editors = editors
        self.block = block
        self.edited: dict[str, EditedService] = {}

    def book(self, spreadsheet_id: str) -> Workbook:
        """Give a spreadsheet as it is now."""
        return self.service.book(spreadsheet_id)

    def handle(self, method: str, url: str, body: bytes | None, *, caller: str | None = None) -> Answer:
        """Let people edit the spreadsheet a request is about, then answer it."""
        spreadsheet_id = spreadsheet_in(url)
        if spreadsheet_id and spreadsheet_id not in self.edited:
            self._open(spreadsheet_id)
        service = self.edited.get(spreadsheet_id, self.service)
        return service.handle(method, url, body, caller=caller)

    def _open(self, spreadsheet_id: str) -> None:
        try:
            book = self.service.book(spreadsheet_id)
        except RefusedError:
            return
        tab, columns = _tab_and_tools(book, self.block)
        if tab is not None and any(place not in columns for place in range(tab.column_count)):
            self.edited[spreadsheet_id] = _Unwatched(
                self.service, spreadsheet_id, tab.title, self.editors, tool_columns=columns
            )


def _tab_and_tools(book: Workbook, block: str) -> tuple[Sheet | None, range]:
    for named in book.named_ranges:
        if block and named["name"].startswith(block):
            place = named["range"]
            left, right = (int(place.get(edge) or 0) for edge in ("startColumnIndex", "endColumnIndex"))
            return book.sheet_of(place), range(left, right)
    filled = (sheet for sheet in book.sheets if sheet.last_row_with_content() >= _FEWEST_ROWS)
    return next(filled, None), range(0)


class _Unwatched(EditedService):
    """People nobody checks afterwards: where the mirror cannot follow the tool, it is left untrue."""

    def _follow(
        self, requests: Sequence[Json], before: Sheet, *, by_person: bool, others: Sequence[Sheet] = ()
    ) -> None:
        with suppress(CannotFollowError):
            super()._follow(requests, before, by_person=by_person, others=others)
