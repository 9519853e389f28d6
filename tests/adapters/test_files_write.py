from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from backend import errors
from backend.adapters.files import CellFormat, Sheet, read_table, write_csv, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

SHEET = Sheet(
    headers=("编号", "手机", "日期", "金额", "备注"),
    rows=[
        ["00012", "+86 138-0013-8000", 45355, 1200.5, "=1+1"],
        ["110101199003077758", 13800138000, "2024年3月4日", "", "@SUM(A1)"],
        ["C-7", True, 45355.5, -3, "http://example.com"],
    ],
    formats=(CellFormat.PLAIN, CellFormat.PLAIN, CellFormat.DATE, CellFormat.MONEY),
)


def test_an_xlsx_gives_back_what_was_written(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", {"客户": SHEET, "空": Sheet(headers=("a",), rows=[])})

    table = read_table(tmp_path / "a.xlsx", tabs=["客户"])

    assert table.headers == SHEET.headers
    assert table.rows == [list(row) for row in SHEET.rows]
    assert read_table(tmp_path / "a.xlsx", tabs=["空"]).rows == []


def test_an_xlsx_holds_no_formula_and_no_link(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", {"客户": SHEET})

    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "<hyperlink" not in xml
    assert '<autoFilter ref="A1:E4"/>' in xml
    assert 'state="frozen"' in xml


def test_a_number_that_excel_would_round_is_text(tmp_path: Path) -> None:
    rows = [[10**17 + 1, float("nan"), 10**15 - 1]]
    write_xlsx(tmp_path / "a.xlsx", {"客户": Sheet(headers=("a", "b", "c"), rows=rows)})

    table = read_table(tmp_path / "a.xlsx")

    assert table.rows == [["100000000000000001", "nan", 999_999_999_999_999]]


def test_text_that_xlsx_cannot_hold_is_cut_and_says_so(tmp_path: Path) -> None:
    rows = [["长" * 40_000, "\ud800"]]
    write_xlsx(tmp_path / "a.xlsx", {"客户": Sheet(headers=("a", "b"), rows=rows)})

    cell, broken = read_table(tmp_path / "a.xlsx").rows[0]

    assert isinstance(cell, str)
    assert len(cell) == 32_767
    assert cell.endswith("长 … (cut: an Excel cell holds 32,767 characters)")
    assert broken == "?"


def test_more_rows_than_xlsx_holds_are_refused(tmp_path: Path) -> None:
    rows = [["x"]] * 1_048_576

    with pytest.raises(errors.FileTooLarge, match='the tab "客户" has 1,048,576 rows'):
        write_xlsx(tmp_path / "a.xlsx", {"客户": Sheet(headers=("a",), rows=rows)})

    assert list(tmp_path.iterdir()) == []


def test_a_row_may_be_wider_than_its_headers(tmp_path: Path) -> None:
    wide = Sheet(headers=(), rows=[["a", 1.0, False]])
    write_csv(tmp_path / "a.csv", wide)
    write_xlsx(tmp_path / "a.xlsx", {"a": wide})

    assert (tmp_path / "a.csv").read_text("utf-8-sig") == "\na,1,FALSE\n"
    with pytest.raises(errors.HeaderMissing):
        read_table(tmp_path / "a.xlsx")


def test_titles_that_excel_does_not_allow_are_cleaned(tmp_path: Path) -> None:
    titles = ("a/b", "A b", "'客户'", "x" * 40, "x" * 31)
    write_xlsx(tmp_path / "a.xlsx", {title: Sheet(headers=(f"{len(title)}",), rows=[]) for title in titles})

    with pytest.raises(errors.TabNotInFile) as raised:
        read_table(tmp_path / "a.xlsx", tabs=["none"])

    assert f"It has: a b, A b 2, 客户, {'x' * 31}, {'x' * 29} 2." in str(raised.value)


def test_a_csv_opens_in_excel_with_its_dates_and_no_formula(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", SHEET)

    assert (tmp_path / "a.csv").read_bytes().decode() == (
        "\ufeff编号,手机,日期,金额,备注\r\n"
        "00012,+86 138-0013-8000,2024-03-04,1200.50,'=1+1\r\n"
        "110101199003077758,13800138000,2024年3月4日,,'@SUM(A1)\r\n"
        "C-7,TRUE,2024-03-04 12:00:00,-3.00,http://example.com\r\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+86 (0)10-6552.9988", "+86 (0)10-6552.9988"),
        ("-12.50", "-12.50"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-1+cmd", "'-1+cmd"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("\ra", "'\ra"),
        ("＝1+1", "'＝1+1"),
        ("＋a", "'＋a"),
        ("－a", "'－a"),
        ("＠a", "'＠a"),
        ("+" + "1" * 33, "'+" + "1" * 33),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(
    tmp_path: Path, text: str, written: str
) -> None:
    write_csv(tmp_path / "a.csv", Sheet(headers=("a", "b"), rows=[[text, 1]]))

    assert read_table(tmp_path / "a.csv").rows == [[written, "1"]]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_text("old")

    if name == "a.csv":
        write_csv(target, SHEET)
    else:
        write_xlsx(target, {"客户": SHEET})

    assert read_table(target).headers == SHEET.headers
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    broken = Sheet(headers=("a",), rows=[[object()]])  # type: ignore[list-item]
    wrong = Sheet(headers=("a",), rows=[5])  # type: ignore[list-item]

    write_csv(target, broken)
    before = target.read_bytes()
    with pytest.raises(TypeError):
        write_csv(target, wrong)

    assert target.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(errors.FileUnwritable, match="No such file or directory"):
        write_csv(tmp_path / "none" / "a.csv", SHEET)
    with pytest.raises(errors.FileIsFolder):
        write_xlsx(tmp_path, {"客户": SHEET})
