from __future__ import annotations

import io
import struct
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from backend import errors
from backend.adapters.files import read_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def workbook(path: Path, **tabs: list[list[object]]) -> Path:
    book = xlsxwriter.Workbook(path, {"strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"})
    for title, rows in tabs.items():
        tab = book.add_worksheet(title)
        for number, row in enumerate(rows):
            tab.write_row(number, 0, row)
    book.close()
    return path


def changed(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Rewrite the parts of a workbook."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def test_cells_are_what_the_sheets_api_would_give(tmp_path: Path) -> None:
    noon = datetime(2024, 3, 4, 12, 0, tzinfo=UTC).replace(tzinfo=None)
    path = workbook(
        tmp_path / "a.xlsx",
        客户=[
            ["编号", "手机", "日期", "有效"],
            ["00012", 13800138000, date(2024, 3, 4), True],
            ["x", 1.5, noon, False],
        ],
    )

    table = read_table(path)

    assert table.headers == ("编号", "手机", "日期", "有效")
    assert table.rows == [["00012", 13800138000, 45355, True], ["x", 1.5, 45355.5, False]]
    assert [type(cell) for cell in table.rows[0]] == [str, int, int, bool]
    assert (table.titles, table.encoding, table.delimiter) == (("客户",), "", "")


def test_a_formula_gives_its_value_and_an_error_its_text(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    tab = book.add_worksheet()
    tab.write_row(0, 0, ["a", "b"])
    tab.write_formula(1, 0, "=1+1", None, 2)
    tab.write_formula(1, 1, "=Z9", None, "#REF!")
    tab.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    book.close()

    table = read_table(tmp_path / "a.xlsx")

    assert table.rows == [[2, "#REF!"], ["", "#DIV/0!"]]


def test_a_time_and_a_duration_are_parts_of_a_day(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    tab = book.add_worksheet()
    tab.write_row(0, 0, ["time", "duration"])
    tab.write_number(1, 0, 0.25, book.add_format({"num_format": "hh:mm:ss"}))
    tab.write_number(1, 1, 1.5, book.add_format({"num_format": "[h]:mm:ss"}))
    book.close()

    assert read_table(tmp_path / "a.xlsx").rows == [[0.25, 1.5]]


def test_a_date_of_the_1904_calendar_is_the_same_day(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"date_1904": True, "default_date_format": "yyyy-mm-dd"})
    tab = book.add_worksheet()
    tab.write(0, 0, "date")
    tab.write(1, 0, date(2024, 3, 4))
    book.close()

    assert read_table(tmp_path / "a.xlsx").rows == [[45355]]


def test_rows_keep_their_place_when_the_table_starts_lower(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", 客户=[[], ["", "姓名"], ["", "王五"]])

    assert read_table(path, header_row=lambda _rows: 2).rows == [["", "王五"]]
    with pytest.raises(errors.HeaderMissing, match="Row 1"):
        read_table(path)


def test_the_tab_is_the_one_asked_for_or_the_first_in_view(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    book.add_chartsheet("图")
    hidden = book.add_worksheet("旧")
    hidden.write(0, 0, "old")
    book.add_worksheet("空")
    shown = book.add_worksheet("客户")
    shown.write(0, 0, "new")
    shown.write_formula(1, 0, "=Z9", None, "#REF!")
    hidden.hide()
    shown.set_first_sheet()
    shown.activate()
    book.close()

    assert read_table(tmp_path / "a.xlsx", tabs=["旧"]).headers == ("old",)
    assert read_table(tmp_path / "a.xlsx", tabs=["客户"]).rows == [["#REF!"]]
    with pytest.raises(errors.FileEmpty, match='The tab "空"'):
        read_table(tmp_path / "a.xlsx")
    with pytest.raises(errors.TabNotInFile, match="It has: 旧, 空, 客户"):
        read_table(tmp_path / "a.xlsx", tabs=["图"])


@pytest.mark.parametrize(
    ("name", "content", "error", "said"),
    [
        ("xl/vbaProject.bin", b"x", errors.FileUnsafe, "macros"),
        ("xl/externalLinks/externalLink1.xml", b"<x/>", errors.FileUnsafe, "links to other files"),
        ("xl/connections.xml", b"<x/>", errors.FileUnsafe, "links to other files"),
        ("xl/media/a.bin", bytes(30_000_000), errors.FileUnsafe, "it unpacks to 30,0"),
        (
            "xl/workbook.xml",
            b'<workbook><sheets><sheet name="a" sheetId="1" r:id="rId9"/></sheets></workbook>',
            errors.FileNotATable,
            "it is damaged",
        ),
        (
            "xl/workbook.xml",
            b'<workbook><sheets><!-- <sheet name="a" sheetId="1" r:id="rId1"/> --></sheets></workbook>',
            errors.FileNotATable,
            "list of tabs is unclear",
        ),
        ("xl/workbook.xml", b"<workbook>", errors.FileNotATable, "it is damaged"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row", errors.FileNotATable, "it is damaged"),
    ],
)
def test_what_can_do_harm_or_is_damaged_is_refused(
    tmp_path: Path, name: str, content: bytes, error: type[errors.FileError], said: str
) -> None:
    path = changed(
        workbook(tmp_path / "a.xlsx", 客户=[["a"], [1]]), lambda parts: parts.update({name: content})
    )

    with pytest.raises(error, match=said):
        read_table(path)


def test_a_part_that_unpacks_to_more_than_it_says_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", 客户=[["a"], *([f"text {number}"] for number in range(2_000))])
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        size = book.getinfo("xl/worksheets/sheet1.xml").file_size
    lie = bytes(data).replace(struct.pack("<I", size), struct.pack("<I", 100))
    path.write_bytes(lie)

    with pytest.raises(errors.FileUnsafe, match="is larger than it says"):
        read_table(path)


def test_a_stray_cell_far_away_is_refused_before_memory_runs_out(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "far.xlsx")
    tab = book.add_worksheet()
    tab.write(0, 0, "a")
    tab.write(1_048_575, 16_383, "b")
    book.close()

    with pytest.raises(errors.FileTooLarge, match="its cells reach to XFD1048576"):
        read_table(tmp_path / "far.xlsx")


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")

    with pytest.raises(errors.FileNotATable, match="an archive without a workbook"):
        read_table(tmp_path / "a.xlsx")


def test_a_binary_workbook_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsb", "w") as archive:
        archive.writestr("xl/workbook.bin", "x")

    with pytest.raises(errors.FileNotATable, match="xlsb"):
        read_table(tmp_path / "a.xlsb")


def test_tabs_with_the_headers_of_the_first_are_one_table(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheets = {
        "说明 2": [["备份"]],
        "小王": [["姓名", "手机"], ["张三", "1"]],
        "小李": [["电话表"], ["手机", "备注", "姓名"], ["2", "好", "李四"]],
        "旧": [["姓名", "手机"], ["王五", "3"]],
        "归档": [["姓名", "手机"], ["赵六", "4"]],
        "价目": [["货号", "姓名"], ["A", "1"]],
        "空": [],
    }
    for title, rows in sheets.items():
        tab = book.add_worksheet(title)
        for number, row in enumerate(rows):
            tab.write_row(number, 0, row)
    book.get_worksheet_by_name("旧").hide()
    book.get_worksheet_by_name("说明 2").hide()
    book.get_worksheet_by_name("小王").set_first_sheet()
    book.get_worksheet_by_name("小王").activate()
    book.close()

    table = read_table(tmp_path / "a.xlsx")
    named = read_table(tmp_path / "a.xlsx", tabs=["旧", "小李", "旧"])

    assert (table.titles, table.others) == (("小王", "小李"), ("归档", "价目", "空"))
    assert (table.headers, table.rows) == (("姓名", "手机", "备注"), [["张三", "1", ""], ["李四", "2", "好"]])
    assert [table.named(number) for number in table.numbers()] == ["小王!2", "小李!3"]
    assert (named.titles, named.others, named.rows[0]) == (("旧", "小李"), (), ["王五", "3", ""])


def test_of_tabs_alike_those_in_use_are_read(tmp_path: Path) -> None:
    copies = workbook(tmp_path / "a.xlsx", 备份=[["a", "b"], [1, 2]], 客户=[["b", "a"], [3, 4]])
    only = workbook(tmp_path / "b.xlsx", 备份=[["a", "b"], [1, 2]], x=[["c"], [3]])
    nothing = workbook(tmp_path / "c.xlsx", x=[[""], ["1"]], y=[[""], ["2"]])

    assert (read_table(copies).titles, read_table(copies).others) == (("客户",), ("备份",))
    assert (read_table(only).titles, read_table(only).others) == (("备份",), ("x",))
    with pytest.raises(errors.HeaderMissing):
        read_table(nothing)


WRONG = {
    "empty": ([], errors.FileEmpty, 'The tab "小李" of'),
    "no header": ([[""], ["x", "y"]], errors.HeaderMissing, r'a.xlsx \[小李\]" should hold'),
    "header twice": ([["姓名", "手机", "手机"]], errors.HeaderTwice, r'a.xlsx \[小李\]" the columns B and C'),
    "other headers": (
        [["货号", "单价"]],
        errors.TabsDiffer,
        'Only "小王" has: 姓名, 手机. Only "小李" has: 货号',
    ),
}


@pytest.mark.parametrize(("rows", "error", "text"), WRONG.values(), ids=WRONG)
def test_an_error_names_the_tab_where_several_are_read(
    tmp_path: Path, rows: list[list[object]], error: type[Exception], text: str
) -> None:
    path = workbook(tmp_path / "a.xlsx", 小王=[["姓名", "手机"], ["张三", "1"]], 小李=rows)

    with pytest.raises(error, match=text):
        read_table(path, tabs=["小王", "小李"])
