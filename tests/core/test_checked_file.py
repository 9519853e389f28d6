from __future__ import annotations

from dataclasses import replace

from backend.core.checked_file import Problem, colours, problem_cells
from backend.core.file_table import FileTable, TabRows
from sheets_schema.model import Language, Severity

TABLE = FileTable.of(["姓名", "手机", "邮箱"], [["", "", ""]] * 4)


def problem(row: int, field: str, severity: Severity) -> Problem:
    return Problem(
        row=row, field=field, value="x", severity=severity, code="not-unique", reason="why", suggestion=""
    )


def test_a_cell_has_the_colour_of_its_worst_problem_and_a_note_has_none() -> None:
    problems = [
        problem(3, "手机", Severity.ERROR),
        problem(3, "手机", Severity.WARNING),
        problem(4, "邮箱", Severity.WARNING),
        problem(4, "手机", Severity.INFO),
        problem(0, "手机", Severity.ERROR),
        problem(5, "not in the file", Severity.ERROR),
    ]

    marked = colours(problems, TABLE, first_column=5)

    assert dict(marked) == {(1, 6): "#F4CCCC", (2, 7): "#FFF2CC"}


def test_a_problem_of_a_whole_column_names_no_row() -> None:
    assert problem_cells(problem(0, "手机", Severity.ERROR), TABLE, Language.EN) == [
        "", "手机", "x", "error", "why", "", "not-unique",
    ]  # fmt: skip
    assert problem_cells(problem(7, "手机", Severity.INFO), TABLE, Language.ZH)[0] == 7


def test_a_problem_of_one_of_several_tabs_is_in_its_place() -> None:
    heads = ("姓名", "手机")
    tabs = [TabRows(headers=heads, rows=[["", ""]] * 2, title=title) for title in ("小王", "小李")]
    table = FileTable(headers=heads, tabs=(tabs[0], replace(tabs[1], header_row=4)))
    wrong = problem(table.number("小李", 6), "手机", Severity.ERROR)

    assert dict(colours([wrong], table, first_column=1)) == {(3, 2): "#F4CCCC"}
    assert problem_cells(wrong, table, Language.EN)[:3] == ["小李", 6, "手机"]
    assert problem_cells(problem(0, "手机", Severity.ERROR), table, Language.EN)[:3] == ["", "", "手机"]
