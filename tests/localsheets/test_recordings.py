"""Replays answers the real service gave (shared/truth/google-sheets) and compares ours with them."""

import gzip
import json
import re
from collections import deque
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from backend.localsheets import Answer, LocalSheets
from tests.contracts.watching import by_hand

RECORDINGS = Path(__file__).parents[3] / "shared" / "truth" / "google-sheets" / "recordings.jsonl.gz"
CALLER = "service-account@example.iam.gserviceaccount.com"
# Measured 2026-11-22. 98 interactions touch files that are older than their recording: not comparable.
# Two of the equal ones (test_auto_resize_columns) are equal because the letter width was set by them:
# 1,311 stand on their own.
MEASURED = {"all": 1411, "comparable": 1313, "equal": 1313}
FILE_ID = re.compile(r"1[A-Za-z0-9_-]{43}")
NOT_COMPARED = {"createdTime", "modifiedTime", "etag"}
SHORTENED = {"defaultFormat", "spreadsheetTheme"}


class Ids:
    """Hands out the ids the recording shows, so that later requests in it find what earlier ones made."""

    def __init__(self) -> None:
        self.files: deque[str] = deque()
        self.numbers: deque[int] = deque()

    def learn(self, interaction: dict[str, Any]) -> None:
        answer = interaction["resp"]
        path = interaction["uri"].partition("?")[0]
        if not isinstance(answer, dict) or interaction["method"] != "POST":
            return
        if path.endswith(("/files", "/copy")) and "id" in answer:
            self.files.append(answer["id"])
        for reply in answer.get("replies", ()):
            for name in ("addSheet", "duplicateSheet"):
                if name in reply:
                    self.numbers.append(reply[name]["properties"]["sheetId"])
            if "addProtectedRange" in reply:
                self.numbers.append(reply["addProtectedRange"]["protectedRange"]["protectedRangeId"])


def plain(value: object) -> object:
    """A JSON value without what differs by nature: times, and the two constants the recording leaves out."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: "…" if name in SHORTENED else plain(each)
        for name, each in value.items()
        if name not in NOT_COMPARED
    }


def read(answer: Answer) -> object:
    text = answer.body.decode()
    try:
        return json.loads(text)
    except ValueError:
        return text


def body_of(interaction: dict[str, Any]) -> bytes | None:
    body = interaction["body"]
    if body is None:
        return None
    return body.encode() if isinstance(body, str) else json.dumps(body).encode()


def replay(case: list[dict[str, Any]]) -> list[tuple[dict[str, Any], bool, Answer]]:
    """Send a case to a new server; give each interaction, whether it is comparable, and our answer."""
    ids = Ids()
    server = LocalSheets(
        None,
        clock=lambda: datetime(2024, 1, 1, tzinfo=UTC),
        new_id=ids.files.popleft,
        new_sheet_id=lambda: ids.numbers.popleft() if ids.numbers else 1,
        caller=CALLER,
    )
    known: set[str] = set()
    result = []
    for interaction in case:
        ids.learn(interaction)
        known |= set(ids.files)
        mentioned = set(FILE_ID.findall(interaction["uri"] + json.dumps(interaction["resp"])))
        with by_hand():
            answer = server.handle(interaction["method"], interaction["uri"], body_of(interaction))
        ids.files.clear()
        ids.numbers.clear()
        result.append((interaction, mentioned <= known, answer))
    server.close()
    return result


def is_equal(interaction: dict[str, Any], answer: Answer) -> bool:
    ours = plain(read(answer))
    return answer.status == interaction["status"] and ours == plain(interaction["resp"] or "")


@pytest.fixture(scope="module")
def outcome() -> list[tuple[dict[str, Any], bool, Answer]]:
    if not RECORDINGS.exists():
        pytest.skip(f"The recordings are not at {RECORDINGS}")
    with gzip.open(RECORDINGS, "rt", encoding="utf-8") as lines:
        interactions = [json.loads(line) for line in lines]
    cases = groupby(interactions, key=lambda each: (each["src"], each["case"]))
    return [step for _, case in cases for step in replay(list(case))]


def test_recorded_answers_come_out_the_same(outcome: list[tuple[dict[str, Any], bool, Answer]]) -> None:
    comparable = [(interaction, answer) for interaction, is_known, answer in outcome if is_known]
    different = [step for step in comparable if not is_equal(*step)]
    assert len(outcome) == MEASURED["all"]
    assert len(comparable) == MEASURED["comparable"]
    assert len(comparable) - len(different) >= MEASURED["equal"], different[:3]
