"""People who edit a tab between any two calls of the tool: seeded, logged, and mirrored by a `TrueSheet`.

editors = Editors(server, spreadsheet_id, "Customers", seed=7, rate=0.5, tool_columns=range(9))
adapter = LocalSheetsAdapter(editors)
...
editors.truth.customers()                        # which row is which customer now
editors.truth.differences(editors.sheet)         # what the tool did to the team's columns
"""

import json
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import urlsplit

from backend.localsheets.editors import Editors
from backend.localsheets.edits import DRAWS, Edit, Scene
from backend.localsheets.following import follow
from backend.localsheets.problems import Answer, Json
from backend.localsheets.sheet import Sheet
from backend.localsheets.transport import Service, spreadsheet_in
from backend.localsheets.truth import Event, TrueSheet
from backend.localsheets.workbook import Workbook

_URL = "https://sheets.googleapis.com/v4/spreadsheets"
_CARRIED_OUT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One edit.

    Attributes:
        call: The call of the tool it came before, counted from 1.
        edit: Its kind.
        requests: What was asked of the server, in full.
        events: What became of customers and values by it.
        refused: The server's answer when it did not let the person do it, else ''.
    """

    call: int
    edit: Edit
    requests: Sequence[Json]
    events: Sequence[Event]
    refused: str = ""


class EditedService:
    """Lets people edit one tab before each call about its spreadsheet, and then answers the call.

    The same editors and the same calls give the same edits again. Calls of the tool that move rows or columns
    are followed too, so the mirror stays true while the tool works.

    Args:
        service: What answers.
        spreadsheet_id: The spreadsheet.
        tab: The title the tab has now; it is found again when it is renamed.
        editors: How often people do what.
        tool_columns: The positions of the tool's columns, that of the row ids first.
        anchor: The position of the column a customer goes with; the team's first column when left out.

    Attributes:
        truth: The mirror.
        log: What people did, in order.
        calls: Calls of the tool so far.

    Raises:
        ValueError: There is no such tab, or it has no column for the team.
    """

    def __init__(
        self,
        service: Service,
        spreadsheet_id: str,
        tab: str,
        editors: Editors,
        *,
        tool_columns: Iterable[int] = (),
        anchor: int | None = None,
    ) -> None:
        self.service = service
        self.spreadsheet_id = spreadsheet_id
        self.editors = editors
        self.log: list[Deed] = []
        self.calls = 0
        sheet = service.book(spreadsheet_id).sheet_titled(tab)
        if sheet is None:
            msg = f'The spreadsheet has no tab "{tab}".'
            raise ValueError(msg)
        self._sheet_id = sheet.sheet_id
        owned = frozenset(tool_columns)
        first = min(frozenset(range(sheet.column_count)) - owned)
        self.truth = TrueSheet(sheet, owned, first if anchor is None else anchor)
        self._chance = Random(f"{editors.seed}/edits")  # noqa: S311 - edits are drawn by chance on purpose
        self._typed = 0
        self.lock = threading.RLock()

    @property
    def sheet(self) -> Sheet:
        """The tab as it is now, wherever it stands and whatever it is called.

        Raises:
            RefusedError: It was deleted.
        """
        return self.book(self.spreadsheet_id).sheet(self._sheet_id)

    def book(self, spreadsheet_id: str) -> Workbook:
        """Give a spreadsheet as it is now."""
        return self.service.book(spreadsheet_id)

    def handle(self, method: str, url: str, body: bytes | None, *, caller: str | None = None) -> Answer:
        """Let people edit, then answer a call of the tool.

        Raises:
            CannotFollowError: The tool moved cells in a way the mirror does not know.
        """
        if spreadsheet_in(url) != self.spreadsheet_id or self.truth.is_gone:
            return self.service.handle(method, url, body, caller=caller)
        with self.lock:
            self.calls += 1
            for _ in range(self.editors.edits_before_a_call(self._chance)):
                self.act()
            if self.truth.is_gone:
                return self.service.handle(method, url, body, caller=caller)
            before, book = self.sheet, self.book(self.spreadsheet_id)
            answer = self.service.handle(method, url, body, caller=caller)
            if answer.status == _CARRIED_OUT and method.upper() != "GET":
                requests = json.loads(body or b"{}")["requests"] if _is_batch(url) else ()
                others = [sheet for sheet in book.sheets if sheet.sheet_id != self._sheet_id]
                self._follow(requests, before, by_person=False, others=others)
            return answer

    def act(self, edit: Edit | None = None) -> Deed | None:
        """Let a person do one edit, of a kind that is named or left to chance.

        Returns:
            What was done; None when it could not be done, in a sheet like this.
        """
        if edit is None:
            edit = self._chance.choice(self.editors.kinds)
        if self.truth.is_gone or not self.truth.customers():
            return None
        before = self.sheet
        scene = Scene(before, self.truth, self._chance, self.editors.types, self._typed)
        requests = DRAWS[edit](scene) if scene.team else []
        self._typed = scene.typed
        if not requests:
            return None
        url = f"{_URL}/{self.spreadsheet_id}:batchUpdate"
        body = json.dumps({"requests": requests}).encode()
        answer = self.service.handle("POST", url, body, caller=self.editors.caller)
        count, refused = len(self.truth.events), ""
        if answer.status == _CARRIED_OUT:
            self._follow(requests, before, by_person=True)
        else:
            refused = answer.body.decode()
        events = self.truth.events[count:]
        deed = Deed(call=self.calls, edit=edit, requests=requests, events=events, refused=refused)
        self.log.append(deed)
        return deed

    def _follow(
        self, requests: Sequence[Json], before: Sheet, *, by_person: bool, others: Sequence[Sheet] = ()
    ) -> None:
        follow(self.truth, requests, before, by_person=by_person, others=others)
        if not self.truth.is_gone:
            now = self.sheet
            self.truth.resize(now.row_count, now.column_count, by_person=by_person)


def _is_batch(url: str) -> bool:
    path = urlsplit(url).path
    return path.endswith(":batchUpdate") and "/values" not in path
