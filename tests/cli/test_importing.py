import codecs
from typing import Any

import pytest

from backend.adapters.files import CellFormat, Sheet, read_table, write_xlsx

ROWS = "姓名,手机,登记日期\n张三,013800138000,2024-03-04\n李四,=1+1,\n"
ENCODINGS = {
    "utf-8": ROWS.encode(),
    "utf-8 with a mark": codecs.BOM_UTF8 + ROWS.encode(),
    "gbk": ROWS.encode("gbk"),
    "utf-16": ROWS.encode("utf-16"),
    "semicolons": ROWS.replace(",", ";").encode(),
}


def write(folder: Any, content: Any, name: Any = "in.csv") -> Any:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize("content", ENCODINGS.values(), ids=ENCODINGS)
def test_a_csv_in_any_usual_encoding_becomes_a_register(
    steward: Any, tmp_path: Any, content: Any, request: Any
) -> None:
    name = request.node.callspec.id

    said = steward("import", write(tmp_path, content), "--register", name, "--json")

    fields = {"姓名": "full_name", "手机": "mobile", "登记日期": "collected_at"}
    assert said.json == {"ok": True, "register": name, "rows": 2, "fields": fields}


def test_an_xlsx_becomes_a_register(steward: Any, tmp_path: Any) -> None:
    sheets = {
        "说明": Sheet(headers=["x"], rows=[["y"]]),
        "客户": Sheet(
            headers=["姓名", "生日"], rows=[["张三", 33000]], formats=[CellFormat.PLAIN, CellFormat.DATE]
        ),
    }
    write_xlsx(tmp_path / "book.xlsx", sheets)

    said = steward("import", tmp_path / "book.xlsx", "--tab", "客户", "--json")

    fields = {"姓名": "full_name", "生日": "birth_date"}
    assert (said.code, said.json) == (0, {"ok": True, "register": "book", "rows": 1, "fields": fields})


def test_what_came_in_goes_out_as_it_was(steward: Any, tmp_path: Any) -> None:
    text = "姓名,手机,编号,我的列\n张三,013800138000,00012,=1+1\n李四,+86 138,1E5,@x\n"
    steward("import", write(tmp_path, text), "--register", "round")

    csv = steward("export", "--out", tmp_path / "out.csv", "--register", "round")
    xlsx = steward("export", "--out", tmp_path / "out.xlsx", "--register", "round", "--json")

    table = read_table(tmp_path / "out.xlsx", tab="客户")
    assert [row[9:] for row in table.rows] == [
        ["张三", "013800138000", "00012", "=1+1"],
        ["李四", "+86 138", "1E5", "@x"],
    ]
    harmless = read_table(tmp_path / "out.csv")
    assert [row[9:] for row in harmless.rows] == [
        ["张三", "013800138000", "00012", "'=1+1"],
        ["李四", "+86 138", "1E5", "'@x"],
    ]
    assert (csv.code, xlsx.json["tabs"][0], len(xlsx.json["tabs"])) == (0, "客户", 7)


def test_dates_go_out_as_dates(steward: Any, tmp_path: Any) -> None:
    sheet = Sheet(
        headers=["姓名", "生日"], rows=[["张三", 33000]], formats=[CellFormat.PLAIN, CellFormat.DATE]
    )
    write_xlsx(tmp_path / "dates.xlsx", {"客户": sheet})
    steward("import", tmp_path / "dates.xlsx")

    steward("export", "--out", tmp_path / "out.csv", "--register", "dates")

    assert read_table(tmp_path / "out.csv").rows[0][9:] == ["张三", "1990-05-07"]


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (["--map", "Nope=full_name"], 2, "the file has these columns: Site, Phone"),
        (["--map", "Site=nope"], 2, "the fields are: customer_id"),
        (["--map", "Site"], 2, 'The mapping "Site" cannot be used'),
        (["--map", "Site=row_id"], 2, "the fields are: customer_id"),
        (["--map", "Site=full_name", "--map", "Phone=full_name"], 2, "another column has that field already"),
        (["--map", "Site=-"], 3, "is recognised as the customer's name"),
        ([], 3, "is recognised as the customer's name"),
        (
            ["--map", "Site=full_name", "--country", "USA"],
            2,
            '--country is "USA", but should be a two-letter',
        ),
        (["--map", "Site=full_name", "--area-code", "x"], 2, '--area-code is "x", but should be'),
        (["--map", "Site=full_name", "--time-zone", "Mars"], 2, '--time-zone is "Mars", but should be'),
        (["--map", "Site=full_name", "--currency", "¥"], 2, "--currency"),
        (["--map", "Site=full_name", "--preset", "bank"], 2, "'bank' is not one of"),
        (["--map", "Site=full_name", "--tab", "x"], 2, 'has no tab "x"'),
        (["--map", "Site=full_name", "--register", "demo"], 2, '--register is "demo"'),
    ],
)
def test_an_option_that_cannot_be_used_is_named(
    steward: Any, tmp_path: Any, arguments: Any, code: Any, text: Any
) -> None:
    said = steward("import", write(tmp_path, "Site,Phone\nA,1\n"), *arguments)

    assert (said.code, said.out, text in said.err) == (code, "", True)


def test_a_register_is_never_made_twice(steward: Any, tmp_path: Any) -> None:
    file = write(tmp_path, ROWS, "twice.csv")
    steward("import", file)

    said = steward("import", file)

    assert (said.code, 'There is a register "twice" already' in said.err) == (3, True)


BAD_FILES = {
    "no such file": (None, 2, "missing.csv"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, 3, "bad"),
    "an open quote": ('姓名,手机\n"张三,138\n李四,139\n', 3, "line 2"),
    "no header": ("\n\n", 3, "bad"),
    "a header twice": ("姓名,姓名\n张三,李四\n", 3, "姓名"),
    "nothing in it": ("", 3, "bad"),
    "a row too long": ("姓名,手机\n张三,1,2,3\n", 3, "Line 2"),
    "a cell of 50,001 characters": (f"姓名,备注\n张三,{'长' * 50_001}\n", 3, "B2"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_file_that_cannot_be_taken_in_is_named_with_its_place(
    steward: Any, tmp_path: Any, case: Any
) -> None:
    content, code, place = BAD_FILES[case]
    file = tmp_path / "missing.csv" if content is None else write(tmp_path, content, "bad.csv")

    said = steward("import", file, "--register", case)

    assert (said.code, file.name in said.err, place in said.err) == (code, True, True)
    assert case not in steward("run", "validate-and-tier", "--register", "no such register").err


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (["--out", "x.pdf"], 2, ".pdf"),
        (["--out", "x.csv", "--tab", "午餐"], 3, "午餐"),
        (["--out", "/nowhere/at/all/x.csv"], 1, "/nowhere"),
        ([], 2, "--out"),
    ],
)
def test_an_export_that_cannot_be_made_says_why(
    steward: Any, tmp_path: Any, arguments: Any, code: Any, text: Any
) -> None:
    steward("import", write(tmp_path, ROWS, "away.csv"))

    said = steward("export", *arguments, "--register", "away")

    assert (said.code, text in said.err) == (code, True)


def test_the_countrys_currency_and_day_are_those_of_the_register(steward: Any, tmp_path: Any) -> None:
    steward("import", write(tmp_path, ROWS, "de.csv"), "--country", "de", "--register", "de")

    steward("export", "--out", tmp_path / "settings.csv", "--tab", "Settings", "--register", "de")

    settings = {row[0]: row[1] for row in read_table(tmp_path / "settings.csv").rows}
    assert {key: settings[key] for key in ("default_country", "base_currency", "time_zone", "language")} == {
        "default_country": "DE",
        "base_currency": "EUR",
        "time_zone": "Europe/Berlin",
        "language": "en",
    }
