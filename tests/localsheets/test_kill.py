"""Killed at any moment: what was acknowledged is in the file, whole; besides, at most the write under way."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

ARENA = """
import json, os, random, signal, sys, time
from pathlib import Path
from backend.localsheets import LocalSheets

FILE, KILLS, CHANCE = Path(sys.argv[1]), int(sys.argv[2]), random.Random(20261122)
HOST = "https://sheets.googleapis.com/v4/spreadsheets"
MARKS = ("One!A1", "One!C900", "Two!B500")  # three blocks of rows, two tabs


def ask(server, method, path, body=None):
    answer = server.handle(method, HOST + path, None if body is None else json.dumps(body).encode())
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


def write(server, book, number):
    '''Write a number in three places and into a row of its own; every third time with a row inserted.'''
    if number % 3:
        data = [{"range": place, "values": [[number]]} for place in (*MARKS, f"Two!A{number % 400 + 1}")]
        ask(server, "POST", f"/{book}/values:batchUpdate", {"valueInputOption": "RAW", "data": data})
        return
    cell = {"userEnteredValue": {"numberValue": number}}
    places = [(0, 0, 0), (0, 899, 2), (1, 499, 1), (1, number % 400, 0)]
    starts = [{"sheetId": sheet, "rowIndex": row, "columnIndex": column} for sheet, row, column in places]
    changes = [
        {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}
        for start in starts
    ]
    rows = {"sheetId": 0, "dimension": "ROWS", "startIndex": 950, "endIndex": 951}
    changes.append({"insertDimension": {"range": rows}})
    ask(server, "POST", f"/{book}:batchUpdate", {"requests": changes})


def writer(book, first, acknowledged):
    server = LocalSheets(FILE)
    for number in range(first, first + 10**6):
        write(server, book, number)
        os.write(acknowledged, b"%d\\n" % number)


def found(book):
    '''What the file holds: the number at the three places, the rows of their own, the rows inserted.'''
    server = LocalSheets(FILE)
    query = "&".join(f"ranges={place}" for place in (*MARKS, "Two!A1:A400"))
    options = "majorDimension=COLUMNS&valueRenderOption=UNFORMATTED_VALUE"
    ranges = ask(server, "GET", f"/{book}/values:batchGet?{query}&{options}")["valueRanges"]
    sheets = ask(server, "GET", f"/{book}?fields=sheets.properties")["sheets"]
    server.close()
    values = [one.get("values", [[0]])[0] for one in ranges]
    return [one[0] for one in values[:3]], values[3], sheets[0]["properties"]["gridProperties"]["rowCount"]


server = LocalSheets(FILE)
tabs = [{"properties": {"sheetId": number, "title": title}} for number, title in enumerate(("One", "Two"))]
book = ask(server, "POST", "", {"sheets": tabs})["spreadsheetId"]
server.close()
last = 0
for kill in range(KILLS):
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        writer(book, last + 1, writing)
    os.close(writing)
    first = os.read(reading, 4096)  # it is under way
    time.sleep(CHANCE.random() * 0.12)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said = first
    while more := os.read(reading, 65536):
        said += more
    os.close(reading)
    acknowledged = int(said.split()[-1])
    marks, rows, row_count = found(book)
    assert len(set(marks)) == 1, f"kill {kill}: torn, {marks}"
    assert marks[0] in (acknowledged, acknowledged + 1), f"kill {kill}: {acknowledged} but {marks[0]}"
    last = marks[0]
    for number in range(max(1, last - 399), last + 1):
        assert rows[number % 400] == number, f"kill {kill}: row of {number} holds {rows[number % 400]}"
    assert row_count == 1000 + last // 3, f"kill {kill}: {row_count} rows after {last}"
print(KILLS, last)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX thing")
def test_after_25_kills_at_random_moments_nothing_acknowledged_is_lost_and_no_batch_is_torn(
    tmp_path: Path,
) -> None:
    began = time.monotonic()
    arena = subprocess.run(  # noqa: S603 - our own program, our own path
        [sys.executable, "-c", ARENA, str(tmp_path / "sheets.db"), "25"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert arena.returncode == 0, arena.stderr
    kills, writes = arena.stdout.split()
    assert (kills, int(writes) > 100) == ("25", True)
    assert time.monotonic() - began < 20
