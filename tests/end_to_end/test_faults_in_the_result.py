"""Cases of faults.md in which a run goes on, and its result says what it met."""

from typing import Any

import pytest

from backend.jobs.result import result_of
from sheets_schema.model import Language


def span(desk: Any, register: Any, first: int, last: int) -> dict[str, Any]:
    sheet_id = desk.person(register).sheet_id()
    return {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": first - 1, "endIndex": last}


def by_hand(desk: Any, register: Any) -> None:
    shown = {
        "range": span(desk, register, 4, 4),
        "properties": {"hiddenByUser": True},
        "fields": "hiddenByUser",
    }
    desk.person(register).change(updateDimensionProperties=shown)


def by_group(desk: Any, register: Any) -> None:
    group = {"range": span(desk, register, 3, 3), "depth": 1, "collapsed": True}
    desk.person(register).change(addDimensionGroup={"range": group["range"]})
    desk.person(register).change(updateDimensionGroup={"dimensionGroup": group, "fields": "collapsed"})


def filtered(desk: Any, register: Any) -> dict[str, Any]:
    """A filter that shows everybody but the second customer."""
    who = desk.person(register)
    spec = {
        "columnIndex": who.place("full_name"),
        "filterCriteria": {"hiddenValues": who.cells("full_name")[1:2]},
    }
    return {"range": {"sheetId": who.sheet_id()}, "filterSpecs": [spec]}


def by_filter(desk: Any, register: Any) -> None:
    desk.person(register).change(setBasicFilter={"filter": filtered(desk, register)})


def in_a_view(desk: Any, register: Any) -> None:
    view = filtered(desk, register) | {"title": "Mine"}
    desk.person(register).change(addFilterView={"filter": view})


HIDDEN = {
    "en": "1 of these rows are hidden in the sheet (by a filter, a group or by hand); they were processed "
    "like all others.",
    "zh": "其中 1 行在表里被隐藏（筛选、分组或手动），也一样处理了。",
}


@pytest.mark.parametrize("hide", [by_hand, by_group, by_filter])
def test_case_38_hidden_rows_are_processed_and_counted(desk: Any, people: Any, hide: Any) -> None:
    register = desk.make(people(3))
    hide(desk, register)

    outcome = desk.run(register)

    assert (outcome.counts["hidden"], outcome.counts["changed"]) == (1, 3)
    assert HIDDEN in result_of(outcome)["lines"]
    assert "" not in desk.person(register).cells("tier")


def test_case_38_a_filter_view_hides_rows_from_one_person_alone(desk: Any, people: Any) -> None:
    register = desk.make(people(3))
    in_a_view(desk, register)

    outcome = desk.run(register)

    assert (outcome.counts["hidden"], outcome.counts["changed"]) == (0, 3)
    assert HIDDEN not in result_of(outcome)["lines"]


def test_case_38_rows_without_a_customer_are_not_counted(desk: Any, people: Any) -> None:
    register = desk.make(people(3))
    far = {
        "range": span(desk, register, 5, 9),
        "properties": {"hiddenByUser": True},
        "fields": "hiddenByUser",
    }
    desk.person(register).change(updateDimensionProperties=far)

    assert desk.run(register).counts["hidden"] == 0


def merge(desk: Any, register: Any, field_id: str, first: int, last: int) -> None:
    who = desk.person(register)
    place = who.place(field_id)
    rows = {"startRowIndex": first - 1, "endRowIndex": last}
    area = {"sheetId": who.sheet_id(), **rows, "startColumnIndex": place, "endColumnIndex": place + 1}
    who.change(mergeCells={"range": area, "mergeType": "MERGE_ALL"})


def test_case_37_merged_cells_of_the_team_are_named_and_stay_as_they_are(desk: Any, people: Any) -> None:
    register = desk.make(people(3))
    merge(desk, register, "mobile", 3, 4)
    before = desk.person(register).team_rows()

    outcome = desk.run(register)

    found = [issue for issue in outcome.issues if issue.code == "merged-cells"]
    assert [(issue.tab, issue.row, issue.column) for issue in found] == [("Customers", 3, "mobile")]
    assert found[0].message(Language.EN) == (
        "O3:O4 is merged: only O3 has a value, the other cells count as blank and nothing is written into "
        "them; unmerge it and fill in each cell"
    )
    assert found[0].message(Language.ZH) == (
        "O3:O4 是合并单元格：只有 O3 有值，其余按空白处理，也不会写入；请取消合并，再逐格填写"
    )
    assert desk.person(register).team_rows() == before
    assert desk.run(register).counts["cells"] == 0


def test_case_37_a_merged_title_above_the_headers_is_nobodys_business(desk: Any, people: Any) -> None:
    register = desk.make(people(3))
    who = desk.person(register)
    who.insert("ROWS", 1)
    area = {"sheetId": who.sheet_id(), "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0}
    who.change(mergeCells={"range": area | {"endColumnIndex": 20}, "mergeType": "MERGE_ALL"})

    outcome = desk.run(register)

    assert (str(outcome.state), [one for one in outcome.issues if one.code == "merged-cells"]) == ("done", [])
