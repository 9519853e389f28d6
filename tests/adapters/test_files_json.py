from typing import Any

import pytest

from backend import errors
from backend.adapters.files import CellFormat, Sheet, meant, read_table, write_json
from backend.adapters.files.write_csv import harmless

SHEET = Sheet(
    headers=["姓名 / Name", "生日", "我的列", "", "我的列"],
    rows=[["张三", 33_000, "=1+1", True, 1.5], ["李四", "", "007", "", 10**17], ["王五", 33_000.5]],
    formats=[CellFormat.PLAIN, CellFormat.DATE],
)


def test_records_go_out_by_field_and_come_back(tmp_path: Any) -> None:
    file = tmp_path / "a.json"

    write_json(file, SHEET, ["full_name", "birth_date"])

    table = read_table(file)
    assert table.headers == ("full_name", "birth_date", "我的列", "D", "我的列 (E)")
    assert table.rows == [
        ["张三", "1990-05-07", "=1+1", True, 1.5],
        ["李四", "", "007", "", 10**17],
        ["王五", "1990-05-07 12:00:00", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[", errors.FileNotATable),
        ("{}", errors.FileNotATable),
        ("[1]", errors.FileNotATable),
        ('[{"a": [1]}]', errors.FileNotATable),
        ("[]", errors.FileEmpty),
        ('[{"a": "\\u0000"}]', errors.CellHasNul),
    ],
)
def test_other_json_is_refused(tmp_path: Any, text: Any, kind: Any) -> None:
    file = tmp_path / "a.json"
    file.write_text(text)

    with pytest.raises(kind):
        read_table(file)


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''@x", "+86 138", "'x", "", "-5", "'-5", "＝1"])
def test_a_mark_against_formulas_is_taken_back(text: Any) -> None:
    assert (meant(harmless(text)), meant(1)) == (text, 1)


@pytest.mark.parametrize("text", ["'x", "'-5", "''", "x"])
def test_any_other_quote_stays(text: Any) -> None:
    assert meant(text) == text


@pytest.mark.parametrize("text", ["name\nMüller\nJosé Ibáñez\n", "name\nMüller\nBär\n"])
def test_windows_1252_is_named_and_never_read_as_chinese(tmp_path: Any, text: Any) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(text.encode("cp1252"))

    with pytest.raises(errors.EncodingUnknown, match="Windows-1252"):
        read_table(file)


def test_chinese_between_letters_is_read(tmp_path: Any) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("姓名\nA张b\n".encode("gb18030"))

    assert read_table(file).rows == [["A张b"]]
