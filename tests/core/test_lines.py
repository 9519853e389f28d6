from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.lines import update_lines
from tests.builders import Line, tab_of, tab_read

if TYPE_CHECKING:
    from backend.core.snapshot import TabRead

COLUMNS = [column.id for column in tab_of("Issues").block]
KEY = ("tab", "row_id", "field", "code")


def line(row_id: str, code: str = "x", **cells: object) -> Line:
    return {"row_id": row_id, "code": code, "state": "open", "first_seen": 100, **cells}


def wanted(*lines: Line) -> pd.DataFrame:
    rows = [[one.get(name, "") for name in COLUMNS] for one in lines]
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


def tab(*lines: Line) -> TabRead:
    return tab_read("Issues", *lines, columns=[*COLUMNS, "comment"])


def update(read: TabRead, frame: pd.DataFrame) -> pd.DataFrame:
    return update_lines(read, frame, key=KEY, keep=("first_seen",), settled="resolved")


def said(lines: pd.DataFrame) -> dict[int, tuple[object, ...]]:
    """By sheet row: whom a line is about, its message, since when, and its state."""
    cells = lines[["row_id", "message", "first_seen", "state"]].itertuples(index=False, name=None)
    return dict(zip(lines.index, cells, strict=True))


def written(read: TabRead, lines: pd.DataFrame) -> TabRead:
    """The tab after the lines were written."""
    rows: dict[int, Line] = {row: dict(read.frame.loc[row]) for row in read.frame.index}
    for row in lines.index:
        rows[row] = {**rows.get(row, {}), **dict(lines.loc[row])}
    return tab(*(rows.get(row, {}) for row in range(2, max(rows, default=1) + 1)))


def test_new_lines_stand_below_the_last() -> None:
    lines = update(tab(line("A")), wanted(line("A"), line("B"), line("C")))

    assert said(lines) == {3: ("B", "", 100, "open"), 4: ("C", "", 100, "open")}


def test_a_line_stays_in_its_row_with_the_day_it_was_first_seen() -> None:
    lines = update(tab(line("A"), line("B")), wanted(line("B", first_seen=200, message="new"), line("A")))

    assert said(lines) == {3: ("B", "new", 100, "open")}


def test_a_line_that_is_not_wanted_any_more_is_settled_once() -> None:
    read = tab(line("A"), line("B", state="resolved"))

    lines = update(read, wanted())

    assert said(lines) == {2: ("A", "", 100, "resolved")}


def test_a_settled_line_that_comes_back_is_opened_again() -> None:
    lines = update(tab(line("A", state="resolved")), wanted(line("A", first_seen=200)))

    assert said(lines) == {2: ("A", "", 100, "open")}


def test_a_settled_line_is_used_again_unless_the_team_wrote_beside_it() -> None:
    read = tab(line("A", state="resolved", comment="asked him"), line("B", state="resolved"), line("C"))

    lines = update(read, wanted(line("C"), line("D", first_seen=200), line("E", first_seen=200)))

    assert said(lines) == {3: ("D", "", 200, "open"), 5: ("E", "", 200, "open")}


def test_a_line_only_the_team_wrote_is_left_alone() -> None:
    lines = update(tab(line("A"), {"comment": "call them all"}), wanted(line("A"), line("B")))

    assert said(lines) == {4: ("B", "", 100, "open")}


def test_lines_with_the_same_key_are_kept_apart_by_what_they_say() -> None:
    read = tab(line("", message="row 3"), line("", message="row 7", comment="mine"))

    lines = update(read, wanted(line("", message="row 9"), line("", message="row 7")))

    assert said(lines) == {2: ("", "row 9", 100, "open")}


def test_a_tab_without_lines_is_filled_from_the_top() -> None:
    assert said(update(tab_read("Issues"), wanted(line("A")))) == {2: ("A", "", 100, "open")}


keys = st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from("xy")), max_size=6, unique=True)


@settings(max_examples=40, deadline=None)
@given(keys, keys, st.sets(st.sampled_from("ABCD")))
def test_the_second_update_writes_nothing_and_comments_stay_beside_their_key(
    first: list[tuple[str, str]], then: list[tuple[str, str]], commented: set[str]
) -> None:
    read = tab(*(line(*key, comment=f"{key}" if key[0] in commented else "") for key in first))
    frame = wanted(*(line(*key) for key in then))

    after = written(read, update(read, frame))

    assert update(after, frame).empty
    assert update(after, frame.iloc[::-1]).empty
    for row in after.frame.index:
        cells = after.frame.loc[row]
        assert cells["comment"] in ("", str((cells["row_id"], cells["code"])))
    opened = after.frame[after.frame["state"] == "open"]
    assert sorted(zip(opened["row_id"], opened["code"], strict=True)) == sorted(then)


def test_a_column_people_took_away_does_not_make_lines_differ() -> None:
    names = [name for name in COLUMNS if name not in ("state", "message", "row_id")]
    read = tab_read("Issues", line("A"), line("B", code="y"), columns=names)

    assert update(read, wanted(line("A", message="new"), line("B", code="y"))).empty
    assert update(read, wanted(line("A"))).empty
    assert list(update(read, wanted(line("A"), line("B", code="y"), line("C", code="z"))).index) == [4]
