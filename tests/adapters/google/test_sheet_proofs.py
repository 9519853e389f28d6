"""What becomes of a proof when the sheet service does not do as one hopes."""

import threading
from contextlib import nullcontext
from typing import Any

import pytest
import requests

from backend.adapters.google.sheet_proofs import SheetProofs
from backend.errors import AccessDenied, NotReady, SpreadsheetMissing

FOUND = {
    "matchedDeveloperMetadata": [
        {"developerMetadata": {"metadataKey": "steward-proof", "metadataValue": "n1"}}
    ]
}


class Said:
    """A session that gives one answer after the other and keeps what it was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, Any]] = []

    def post(self, url: str, *, json: Any, timeout: Any) -> requests.Response:
        assert sum(timeout) <= 4
        self.asked.append((url.rpartition("/")[2], json))
        status, body = self.answers.pop(0)
        if status is None:
            raise body
        answer = requests.Response()
        answer.status_code = status
        answer.json = lambda: body  # type: ignore[method-assign]
        return answer


def proofs(*answers: Any) -> tuple[SheetProofs, Said]:
    said: Any = Said(*answers)
    return SheetProofs(session=lambda: nullcontext(said), account="bot@example.com"), said


def test_a_nonce_is_looked_for_by_key_and_value_and_taken_out() -> None:
    checker, said = proofs((200, FOUND), (200, {}))

    assert checker.holds("s1", "steward-proof", "n1")
    lookup = {"metadataKey": "steward-proof", "metadataValue": "n1", "locationType": "SPREADSHEET"}
    where = {"developerMetadataLookup": lookup}
    assert said.asked == [
        ("developerMetadata:search", {"dataFilters": [where]}),
        ("s1:batchUpdate", {"requests": [{"deleteDeveloperMetadata": {"dataFilter": where}}]}),
    ]


@pytest.mark.parametrize(
    "found",
    [
        {},
        {"matchedDeveloperMetadata": []},
        {
            "matchedDeveloperMetadata": [
                {"developerMetadata": {"metadataKey": "steward-proof", "metadataValue": "n2"}}
            ]
        },
        {
            "matchedDeveloperMetadata": [
                {"developerMetadata": {"metadataKey": "other", "metadataValue": "n1"}}
            ]
        },
    ],
)
def test_what_is_not_exactly_the_nonce_is_none(found: Any) -> None:
    checker, said = proofs((200, found))

    assert (checker.holds("s1", "steward-proof", "n1"), len(said.asked)) == (False, 1)


def test_a_nonce_that_cannot_be_taken_out_holds_all_the_same() -> None:
    checker, _ = proofs((200, FOUND), (None, requests.ReadTimeout()))

    assert checker.holds("s1", "steward-proof", "n1")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((403, {}), AccessDenied),
        ((404, {}), SpreadsheetMissing),
        ((500, {}), NotReady),
        ((429, {}), NotReady),
        ((None, requests.ConnectTimeout()), NotReady),
    ],
)
def test_a_sheet_that_cannot_be_looked_at_proves_nothing(answer: Any, kind: Any) -> None:
    checker, _ = proofs(answer)

    with pytest.raises(kind):
        checker.holds("s1", "steward-proof", "n1")


def test_a_service_that_does_not_answer_keeps_two_waiting_and_no_more() -> None:
    over = threading.Event()
    inside = threading.Semaphore(0)

    class Silent:
        def post(self, *_: Any, **__: Any) -> Any:
            inside.release()
            over.wait(10)
            raise requests.ReadTimeout

    silent: Any = Silent()
    checker = SheetProofs(session=lambda: nullcontext(silent))

    def ask() -> None:
        with pytest.raises(NotReady):
            checker.holds("s1", "steward-proof", "n1")

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
        inside.acquire(timeout=10)
    ask()
    third_got_in = inside.acquire(blocking=False)
    over.set()
    for thread in threads:
        thread.join()

    assert not third_got_in
