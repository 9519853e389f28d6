from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest

from backend import errors
from backend.adapters.files import Table, read_table

if TYPE_CHECKING:
    from pathlib import Path


def saved(folder: Path, content: str | bytes, name: str = "客户.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_csv_cell_stays_as_it_is_written(tmp_path: Path) -> None:
    path = saved(tmp_path, "编号,手机,备注\n00012,+86 138,1.50\n13800138000.0,,TRUE\n")

    table = read_table(path)

    assert table == Table.of(
        ("编号", "手机", "备注"),
        [["00012", "+86 138", "1.50"], ["13800138000.0", "", "TRUE"]],
        encoding="utf-8",
        delimiter=",",
    )


@pytest.mark.parametrize(
    ("mark", "encoding", "named"),
    [
        (b"", "utf-8", "utf-8"),
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (b"", "gbk", "gb18030"),
        (b"", "gb18030", "gb18030"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    ],
)
def test_chinese_text_is_read_in_every_usual_encoding(
    tmp_path: Path, mark: bytes, encoding: str, named: str
) -> None:
    path = saved(tmp_path, mark + "姓名,城市\n欧阳娜,长沙\n".encode(encoding))

    table = read_table(path)

    assert (table.headers, table.rows, table.encoding) == (("姓名", "城市"), [["欧阳娜", "长沙"]], named)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2;3\n", ","),
        ("a;b\n1;2,3\n", ";"),
        ("a\tb\n1\t2,3\n", "\t"),
        ('"a,x,y";b\n1;2\n', ";"),
        ("a\r1\r", ","),
        ("only\n1\n", ","),
    ],
)
def test_the_delimiter_is_the_one_of_the_header_line(tmp_path: Path, text: str, delimiter: str) -> None:
    assert read_table(saved(tmp_path, text)).delimiter == delimiter


def test_a_line_break_and_a_quote_inside_quotes_belong_to_the_cell(tmp_path: Path) -> None:
    path = saved(tmp_path, 'name,notes\r\nA,"first\r\nsecond, ""quoted"""\r\nB,x\r\n')

    table = read_table(path)

    assert table.rows == [["A", 'first\r\nsecond, "quoted"'], ["B", "x"]]


def test_blank_rows_stay_in_between_and_go_at_the_end(tmp_path: Path) -> None:
    table = read_table(saved(tmp_path, "a,b\n1\n\n ,\n2,3,,\n,\n\n"))

    assert table.rows == [["1", ""], ["", ""], [" ", ""], ["2", "3"]]


def test_a_column_without_a_header_stays_when_it_has_cells(tmp_path: Path) -> None:
    table = read_table(saved(tmp_path, "a,,c,,\n1,2,3,4,\n"))

    assert (table.headers, table.rows) == (("a", "", "c", ""), [["1", "2", "3", "4"]])


def test_the_header_row_may_stand_below_a_title(tmp_path: Path) -> None:
    table = read_table(saved(tmp_path, "客户名单,\n,\n姓名,城市\n王五,长沙\n"), header_row=lambda _rows: 3)

    assert (table.headers, table.rows, list(table.numbers())) == (("姓名", "城市"), [["王五", "长沙"]], [4])


def test_a_table_may_have_headers_and_no_row(tmp_path: Path) -> None:
    assert read_table(saved(tmp_path, "a,b\n")).rows == []


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (b"", errors.FileEmpty, '客户.csv" is empty'),
        (b"\r\n \n", errors.FileEmpty, "is empty"),
        (b"%PDF-1.7 ...", errors.FileNotATable, "it is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", errors.FileNotATable, ".xls"),
        (bytes(range(256)) * 4, errors.FileNotATable, "its bytes are not text"),
        (b"PK\x03\x04 and no more", errors.FileNotATable, "it is damaged"),
        (b"a,b\n\xff\xff,2\n", errors.EncodingUnknown, "(utf-8, gb18030): byte 4 is 0xFF"),
        (codecs.BOM_UTF8 + b"a\n\xd5\xc5\n", errors.EncodingUnknown, "(utf-8-sig): byte 5 is 0xD5"),
        (codecs.BOM_UTF16_LE + b"a\x00b", errors.EncodingUnknown, "(utf-16): byte 4 is 0x62"),
        ('a,b\n1,"x\n2,y\n', errors.QuoteNotClosed, "line 2 is"),
        ('a,b\n"1\n1","x\n\n2,y\n', errors.QuoteNotClosed, "line 3 is"),
        ('a,b\n1,"5" screen"\n2,y\n', errors.QuoteNotClosed, "line 2 is"),
        ('a;b\n1;2\n"x;2\n"y";3\n', errors.QuoteNotClosed, "line 3 is"),
        ("\na,b\n", errors.HeaderMissing, "Row 1 of"),
        (" ,\n1,2\n", errors.HeaderMissing, "Row 1 of"),
        ("a,b, a\n1,2,3\n", errors.HeaderTwice, 'columns A and C have the same header "a"'),
        ('a,b\n"1\n1",2\n1,2,3\n', errors.RowTooLong, "Line 4 of"),
        ("a,b\n1,2,王五\n", errors.RowTooLong, '2 headers; the first beyond them is "王五"'),
        ("a,b\n1,2\x003\n", errors.CellHasNul, "The cell B2 of"),
        ("a,备注\n1,2\n1," + "x" * 50_001, errors.CellTooLong, 'The cell B3 ("备注")'),
        ("a,备注\n1," + "x" * 200_000, errors.CellTooLong, "holds 200,000 characters"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_says_what_is_wrong_and_where(
    tmp_path: Path, content: str | bytes, error: type[errors.FileError], said: str
) -> None:
    path = saved(tmp_path, content)

    with pytest.raises(error) as raised:
        read_table(path)

    assert said in str(raised.value)
    assert str(path) in raised.value.to("zh")


def test_a_cell_of_exactly_50_000_characters_is_read(tmp_path: Path) -> None:
    assert read_table(saved(tmp_path, "a\n" + "长" * 50_000)).rows == [["长" * 50_000]]


def test_what_is_not_a_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(errors.FileMissing, match="There is no file"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(errors.FileIsFolder, match="is a folder"):
        read_table(tmp_path)


def test_a_file_over_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(200_000_001)

    with pytest.raises(errors.FileTooLarge, match="200,000,001 bytes"):
        read_table(path)


def test_a_name_the_system_does_not_take_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(errors.FileUnreadable, match="name too long"):
        read_table(tmp_path / ("x" * 300 + ".csv"))


def test_a_csv_has_no_tabs(tmp_path: Path) -> None:
    with pytest.raises(errors.TabNotInFile, match="it is a CSV"):
        read_table(saved(tmp_path, "a\n1\n"), tabs=["客户"])
