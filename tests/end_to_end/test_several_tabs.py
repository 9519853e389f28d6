"""One register on several tabs: a tab for each salesperson, orders by the month."""

from __future__ import annotations

from typing import Any

import pytest

from backend.adapters.google.adopter import AddedTab, Side, adopt
from backend.adapters.google.looking import look
from backend.adapters.google.register import SheetRegister
from backend.core.adoption import Wishes, recognise_spreadsheet
from backend.core.arrivals import Fate
from backend.core.arrivals_told import why
from backend.core.file_table import FileTable
from backend.core.import_plan import Delivery
from backend.core.new_register import first_lines, in_columns
from backend.core.team_settings import defaults
from backend.errors import NameColumnMissing
from backend.jobs.importer import Importer
from sheets_schema.headers import HeaderLanguage
from sheets_schema.model import Language, Preset
from sheets_schema.presets import laid_out, register
from tests.builders import TODAY
from tests.end_to_end.test_messy_workbooks import ask

WANG = [
    ["姓名", "手机", "客户编号", "邮箱"],
    ["张伟", "13800138001", "K1", "zw@a.cn"],
    ["王芳", "1390013", "K2", ""],
    ["李娜", "13700137003", "K3", ""],
]
LI = [
    ["李的客户"],
    ["电话", "客户名称", "客户编号"],
    ["13800138001", "张伟", "K4"],
    ["13600136004", "刘洋", "K5"],
]
JANUARY = [["订单号", "客户编号", "下单日期", "金额"], ["D1", "K1", 46054, 120]]
FEBRUARY = [["订单号", "客户编号", "下单日期", "金额"], ["D2", "K5", 46080, 8000], ["D3", "K9", 46081, 10]]
TABS = {"小王": WANG, "小李": LI, "1月": JANUARY, "2月": FEBRUARY}
ROW_ID, TIER, STATUS, DUPLICATE_OF = 0, 1, 2, 4


@pytest.fixture
def team(desk: Any) -> SheetRegister:
    """A register taken over from four tabs."""
    sheets = [{"properties": {"sheetId": number, "title": title}} for number, title in enumerate(TABS)]
    made = ask(desk, "POST", "", {"properties": {"title": "Team"}, "sheets": sheets})["spreadsheetId"]
    for title, rows in TABS.items():
        ask(desk, "PUT", f"/{made}/values/'{title}'!A1?valueInputOption=RAW", {"values": rows})
    _, seen = look(desk.client, made)
    adoption = recognise_spreadsheet(seen, register(Preset.RETAIL), defaults().context(today=TODAY), Wishes())
    tabs = [laid_out(tab, Preset.RETAIL) for tab in adoption.missing]
    added = [AddedTab(tab=tab, rows=in_columns(tab, first_lines(tab, Language.ZH, {}))) for tab in tabs]
    adopt(desk.client, made, seen, adoption, added, side=Side.LEFT, language=HeaderLanguage.ZH)
    return SheetRegister(desk.client, made, "team")


def rows(desk: Any, team: SheetRegister, title: str) -> list[list[Any]]:
    path = f"/{team.spreadsheet_id}/values/'{title}'?valueRenderOption=UNFORMATTED_VALUE"
    return list(ask(desk, "GET", path).get("values", []))


def change(desk: Any, team: SheetRegister, **request: Any) -> None:
    ask(desk, "POST", f"/{team.spreadsheet_id}:batchUpdate", {"requests": [request]})


def put(desk: Any, team: SheetRegister, name: str, values: list[list[Any]]) -> None:
    ask(desk, "PUT", f"/{team.spreadsheet_id}/values/{name}?valueInputOption=RAW", {"values": values})


def dimension(sheet_id: int, first: int, end: int) -> dict[str, Any]:
    return {"range": {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": first, "endIndex": end}}


def test_each_tab_gets_its_own_answers(desk: Any, team: SheetRegister) -> None:
    outcome = desk.run(team)

    wang, li = rows(desk, team, "小王"), rows(desk, team, "小李")
    assert (outcome.state, outcome.counts["read"], outcome.counts["transactions"]) == ("done", 5, 3)
    ids = [row[ROW_ID] for row in (*wang[1:], *li[2:])]
    assert len(set(ids)) == 5
    assert [row[STATUS] for row in wang[1:]] == ["正常", "错误", "正常"]
    assert {wang[1][DUPLICATE_OF], li[2][DUPLICATE_OF]} == {"", wang[1][ROW_ID]}
    assert wang[1][DUPLICATE_OF] == "", "the row with more cells filled is the one to keep"
    assert li[3][TIER] != wang[3][TIER], (
        "the order of the second month counts for the customer of the second tab"
    )
    second = desk.run(team)
    assert (second.counts["cells"], second.counts["lines"]) == (0, 0)


def test_a_problem_is_named_by_tab_and_row(desk: Any, team: SheetRegister) -> None:
    issues = {(one.code, one.sheet, one.row) for one in desk.run(team, preview=True).issues}

    assert {("phone-mobile-too-short", "小王", 3), ("reference-unknown", "2月", 3)} <= issues


def test_rows_moved_between_tabs_while_it_writes_keep_their_answers(desk: Any, team: SheetRegister) -> None:
    def shift() -> None:
        change(desk, team, insertDimension=dimension(0, 1, 2))
        change(desk, team, deleteDimension=dimension(1, 2, 3))

    desk.run(team)
    answers = {row[ROW_ID]: row[:6] for row in (*rows(desk, team, "小王")[1:], *rows(desk, team, "小李")[2:])}
    path = f"/{team.spreadsheet_id}/values/'小王'!K2:K4?valueInputOption=RAW"
    ask(desk, "PUT", path, {"values": [["13800138009"], ["13900139002"], ["13700137003"]]})
    desk.wire.forget()
    desk.wire.before[4] = shift

    outcome = desk.run(team)

    assert outcome.state == "done"
    wang, li = rows(desk, team, "小王"), rows(desk, team, "小李")
    assert wang[1] == []
    assert [row[ROW_ID] in answers for row in wang[2:]] == [True, True, True]
    assert [row[STATUS] for row in wang[2:]] == ["正常", "正常", "正常"]
    assert [row[10] for row in li[2:]] == ["刘洋"]
    assert desk.run(team).counts["cells"] == 0


def test_a_copied_tab_is_none_of_ours(desk: Any, team: SheetRegister) -> None:
    desk.run(team)
    change(desk, team, duplicateSheet={"sourceSheetId": 1, "newSheetName": "小李 2", "insertSheetIndex": 0})
    before = rows(desk, team, "小李 2")

    outcome = desk.run(team)

    assert (outcome.counts["read"], outcome.counts["cells"]) == (5, 0)
    assert rows(desk, team, "小李 2") == before


def test_a_new_salesperson_joins_by_name(desk: Any, team: SheetRegister) -> None:
    change(desk, team, addSheet={"properties": {"sheetId": 77, "title": "小张"}})
    path = f"/{team.spreadsheet_id}/values/'小张'!A1?valueInputOption=RAW"
    ask(desk, "PUT", path, {"values": [["姓名", "手机"], ["陈静", "13500135005"]]})
    assert desk.run(team).counts["read"] == 5
    _, seen = look(desk.client, team.spreadsheet_id)
    context = defaults().context(today=TODAY)
    adoption = recognise_spreadsheet(seen, register(Preset.RETAIL), context, Wishes(tabs=["小张"]))

    adopt(desk.client, team.spreadsheet_id, seen, adoption, [], side=Side.LEFT, language=HeaderLanguage.ZH)

    assert (desk.run(team).counts["read"], len(rows(desk, team, "小张")[1][ROW_ID])) == (6, 13)


def test_a_tab_whose_name_column_is_gone_is_named(desk: Any, team: SheetRegister) -> None:
    span = {"sheetId": 1, "dimension": "COLUMNS", "startIndex": 10, "endIndex": 11}
    change(desk, team, deleteDimension={"range": span})

    with pytest.raises(NameColumnMissing, match="小李"):
        team.read()


def delivery(*rows: Any) -> Delivery:
    headers = ("客户编号", "姓名", "手机", "邮箱")
    return Delivery(source="november", table=FileTable.of(headers, [list(row) for row in rows]))


def bring_in(desk: Any, team: SheetRegister, what: Delivery, **options: Any) -> Any:
    desk.clock.forward(minutes=1)
    importer = Importer(ledger=desk.ledger, journal=desk.journal, clock=desk.clock)
    return importer.bring_in(what, team, requested_by="ann", **options)


def test_an_import_knows_the_customers_of_every_tab_and_adds_below_the_first(
    desk: Any, team: SheetRegister
) -> None:
    desk.run(team)
    put(desk, team, "'小李'!J5", [["", "周杰", "K6"]])
    desk.run(team)
    before = rows(desk, team, "小李")
    file = delivery(
        ("K1", "张伟", "13800138001", "zw@a.cn"),
        ("K5", "刘洋", "13600136004", ""),
        ("K6", "周杰", "13300133006", ""),
        ("K3", "李娜", "", "lina@a.cn"),
        ("K8", "新客户", "13500135008", "new@a.cn"),
        ("", "刘洋", "13600136004", ""),
    )

    done = bring_in(desk, team, file)

    wang, li = rows(desk, team, "小王"), rows(desk, team, "小李")
    assert {row: fate.value for row, fate in done.plan.incoming.arrivals.fates.items()} == {
        2: "same",
        3: "same",
        4: "update",
        5: "update",
        6: "new",
        7: "same",
    }
    assert [row[9:] for row in wang[4:]] == [["新客户", "13500135008", "K8", "new@a.cn"]]
    assert wang[3][9:] == ["李娜", "13700137003", "K3", "lina@a.cn"]
    assert li[4][9:] == ["13300133006", "周杰", "K6"]
    assert (li[:4], len(li)) == (before[:4], len(before))
    again = bring_in(desk, team, file)
    assert (again.written, len(again.filled), again.state) == (0, 0, "done")
    assert {fate.value for fate in again.plan.incoming.arrivals.fates.values()} == {"same"}


def test_an_import_names_tab_and_row_of_who_is_there(desk: Any, team: SheetRegister) -> None:
    desk.run(team)

    plan = bring_in(desk, team, delivery(("K5", "刘洋", "13600136999", "")), preview=True).plan

    (told,) = plan.incoming.arrivals.told
    assert (told.fate, told.spot) == (Fate.CONFLICT, "小李!4")
    assert "小李!4" in why(told, plan.tab, Language.ZH)
    assert "10,000" not in why(told, plan.tab, Language.EN)


def test_what_a_tab_has_no_column_for_is_left_and_named(desk: Any, team: SheetRegister) -> None:
    desk.run(team)
    before = rows(desk, team, "小李")

    done = bring_in(desk, team, delivery(("K5", "刘洋", "13600136004", "liu@a.cn")))

    assert (done.plan.fillable.fills, done.plan.fillable.left) == ((), (2,))
    assert (done.state, rows(desk, team, "小李")) == ("done", before)


def test_a_column_that_goes_while_cells_are_filled_leaves_them(desk: Any, team: SheetRegister) -> None:
    desk.run(team)
    put(desk, team, "'小李'!J5", [["", "周杰", "K6"]])
    desk.run(team)

    def deletes_the_phones() -> None:
        span = {"sheetId": 1, "dimension": "COLUMNS", "startIndex": 9, "endIndex": 10}
        change(desk, team, deleteDimension={"range": span})

    desk.wire.forget()
    desk.wire.before[3] = deletes_the_phones

    done = bring_in(desk, team, delivery(("K6", "周杰", "13300133006", "")))

    assert (len(done.unfilled), done.filled) == (1, [])
    assert rows(desk, team, "小李")[4][9:] == ["周杰", "K6"]


def test_marks_of_a_killed_import_are_taken_away_on_every_tab(desk: Any, team: SheetRegister) -> None:
    desk.run(team)
    put(desk, team, "'小李'!J4", [["Steward:0123abcd:7:'"]])
    put(desk, team, "'小王'!M4", [["Steward:0123abcd:8:'"]])

    bring_in(desk, team, delivery(("K8", "新客户", "13500135008", "")))

    assert (rows(desk, team, "小李")[3][9], len(rows(desk, team, "小王")[3])) == ("", 12)


def sheet_ids(team: SheetRegister) -> dict[str, int]:
    return dict(team.customer_sheets())


def test_rows_of_one_tab_are_checked_against_all_of_them(desk: Any, team: SheetRegister) -> None:
    arguments = {"sheet_id": sheet_ids(team)["小李"], "rows": [1, 3]}

    outcome = desk.run(team, "check-rows", arguments=arguments)

    wang, li = rows(desk, team, "小王"), rows(desk, team, "小李")
    assert (outcome.state, outcome.counts["checked"], outcome.counts["changed"]) == ("done", 1, 1)
    assert [(card.spot, card.alike[0].spot) for card in outcome.cards] == [("小李!3", "小王!2")]
    assert [row[ROW_ID] for row in wang[1:]] == ["", "", ""]
    assert [bool(row[ROW_ID]) for row in li[2:]] == [True, False]
    assert [one.spot for one in outcome.matters][:1] == ["小李!3"]
    assert (sheet_ids(team), outcome.changes[0].spot) == ({"小王": 0, "小李": 1}, "小李!3")


def test_the_card_of_a_customer_on_the_second_tab(desk: Any, team: SheetRegister) -> None:
    desk.run(team)
    arguments = {"sheet_id": sheet_ids(team)["小李"], "row": 4}

    card = desk.run(team, "customer-card", arguments=arguments).cards[0]

    assert (card.spot, card.name, [order.amount for order in card.orders]) == (
        "小李!4", "刘洋", ["8,000.00 CNY"],
    )  # fmt: skip


def test_duplicates_are_looked_for_across_tabs(desk: Any, team: SheetRegister) -> None:
    outcome = desk.run(team, "find-duplicates")

    wang, li = rows(desk, team, "小王"), rows(desk, team, "小李")
    assert (outcome.state, outcome.counts["changed"]) == ("done", 2)
    assert li[2][DUPLICATE_OF] == wang[1][ROW_ID] != ""
    assert [(one.spot, one.name) for one in outcome.matters] == [("小李!3", "张伟")]
