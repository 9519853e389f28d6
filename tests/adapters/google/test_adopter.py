import json
from typing import Any

import pytest

from backend.adapters.google.adopter import Side, adopt
from backend.adapters.google.looking import look
from backend.adapters.google.register import SheetRegister
from backend.core.adoption import Wishes, recognise_spreadsheet
from backend.core.team_settings import defaults
from sheets_schema.headers import HeaderLanguage
from sheets_schema.model import Preset
from sheets_schema.presets import register
from tests.builders import TODAY

API = "https://sheets.googleapis.com/v4/spreadsheets"
ROWS = [["姓名", "手机", "城市"], ["张伟", "13800138001", "乙"], ["王芳", "13900139002", "甲"]]
TABLE = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 3}


def ask(desk: Any, method: str, path: str, body: Any = None) -> Any:
    answer = desk.server.handle(method, API + path, None if body is None else json.dumps(body).encode())
    assert answer.status == 200, answer.body.decode()
    return json.loads(answer.body)


def taken_over(desk: Any, *requests: Any, side: Any = Side.LEFT, columns: int = 26) -> str:
    grid = {"rowCount": 100, "columnCount": columns}
    sheets = [{"properties": {"sheetId": 0, "title": "客户", "gridProperties": grid}}]
    made = str(ask(desk, "POST", "", {"sheets": sheets})["spreadsheetId"])
    ask(desk, "PUT", f"/{made}/values/客户!A1?valueInputOption=RAW", {"values": ROWS})
    if requests:
        ask(desk, "POST", f"/{made}:batchUpdate", {"requests": list(requests)})
    _, seen = look(desk.client, made)
    context = defaults().context(today=TODAY)
    adoption = recognise_spreadsheet(seen, register(Preset.RETAIL), context, Wishes())
    desk.wire.forget()
    adopt(desk.client, made, seen, adoption, (), side=side, language=HeaderLanguage.ZH)
    return made


def customers(desk: Any, made: str) -> Any:
    return ask(desk, "GET", f"/{made}")["sheets"][0]


def test_everything_is_added_in_one_batch(desk: Any) -> None:
    taken_over(desk)

    assert [sent.path.rpartition(":")[2] for sent in desk.wire.sent] == ["batchUpdate"]


@pytest.mark.parametrize(("side", "columns"), [(Side.LEFT, (0, 12)), (Side.RIGHT, (0, 12))])
def test_filter_and_colours_reach_over_the_block(desk: Any, side: Any, columns: Any) -> None:
    criteria = {"2": {"hiddenValues": ["甲"]}}
    sort = [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]
    made = taken_over(
        desk,
        {"setBasicFilter": {"filter": {"range": TABLE, "criteria": criteria, "sortSpecs": sort}}},
        {"addBanding": {"bandedRange": {"range": TABLE, "rowProperties": {"firstBandColor": {"blue": 1}}}}},
        side=side,
    )

    sheet = customers(desk, made)
    found = sheet["basicFilter"]
    moved = 9 if side is Side.LEFT else 0
    spans = [
        (one["range"].get("startColumnIndex", 0), one["range"]["endColumnIndex"])
        for one in (found, *sheet["bandedRanges"])
    ]
    assert spans == [columns, columns]
    assert found["criteria"] == {str(2 + moved): {"hiddenValues": ["甲"]}}
    assert found["sortSpecs"][0]["dimensionIndex"] == 1 + moved


def test_a_filter_on_other_cells_stays_where_it_is(desk: Any) -> None:
    elsewhere = {**TABLE, "startRowIndex": 50, "endRowIndex": 60}

    made = taken_over(desk, {"setBasicFilter": {"filter": {"range": elsewhere}}})

    assert customers(desk, made)["basicFilter"]["range"]["startColumnIndex"] == 9


def test_a_sort_by_the_filter_takes_the_block_along(desk: Any) -> None:
    made = taken_over(desk, {"setBasicFilter": {"filter": {"range": TABLE}}})
    team = SheetRegister(desk.client, made, "team")
    desk.run(team)

    span = {**customers(desk, made)["basicFilter"]["range"], "startRowIndex": 1, "sheetId": 0}
    sort = {"range": span, "sortSpecs": [{"dimensionIndex": 11, "sortOrder": "ASCENDING"}]}
    ask(desk, "POST", f"/{made}:batchUpdate", {"requests": [{"sortRange": sort}]})

    again = desk.run(team)
    assert (again.counts["cells"], again.state) == (0, "done")


def test_at_the_right_end_of_the_grid_columns_are_added(desk: Any) -> None:
    made = taken_over(desk, side=Side.RIGHT, columns=3)

    assert customers(desk, made)["properties"]["gridProperties"]["columnCount"] == 12
    header = ask(desk, "GET", f"/{made}/values/客户!1:1")["values"][0]
    assert header[:4] == ["姓名", "手机", "城市", "行号标识"]


def test_a_group_of_the_teams_at_the_left_stays_open(desk: Any) -> None:
    span = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}

    made = taken_over(desk, {"addDimensionGroup": {"range": span}})

    groups = [one["range"]["startIndex"] for one in customers(desk, made)["columnGroups"]]
    assert (groups, [one.get("collapsed") for one in customers(desk, made)["columnGroups"]]) == ([9], [None])
