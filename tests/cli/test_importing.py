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
    assert (said.json["ok"], said.json["register"], said.json["rows"], said.json["fields"]) == (
        True,
        name,
        2,
        fields,
    )


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
    assert (said.code, said.json["register"], said.json["written"], said.json["fields"]) == (
        0,
        "book",
        1,
        fields,
    )


def test_what_came_in_goes_out_as_it_was(steward: Any, tmp_path: Any) -> None:
    text = "姓名,手机,编号,我的列\n张三,013800138000,00012,=1+1\n李四,+86 138,1E5,@x\n"
    steward("import", write(tmp_path, text), "--register", "round")

    csv = steward("export", "--out", tmp_path / "out.csv", "--register", "round")
    xlsx = steward("export", "--out", tmp_path / "out.xlsx", "--register", "round", "--json")

    table = read_table(tmp_path / "out.xlsx", tabs=["客户"])
    assert [row[9:] for row in table.rows] == [
        ["张三", "013800138000", "00012", "=1+1"],
        ["李四", "+86 138", "1E5", "@x"],
    ]
    harmless = read_table(tmp_path / "out.csv")
    assert [row[9:] for row in harmless.rows] == [
        ["张三", "013800138000", "00012", "'=1+1"],
        ["李四", "+86 138", "1E5", "'@x"],
    ]
    assert (csv.code, xlsx.json["tabs"][0], len(xlsx.json["tabs"])) == (0, "客户", 9)


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


MONTHLY = (
    "姓名,手机,邮箱,我的列\n张三,013800138000,,a\n李四,,,\n"
    ",13700137000,,b\n赵六,13600136000,,\n赵六,13600136000,,\n"
)


def told(said: Any) -> Any:
    return said.json["written"], {fate: count for fate, count in said.json["counts"].items() if count}


def test_the_same_file_twice_changes_nothing(steward: Any, tmp_path: Any) -> None:
    file = write(tmp_path, MONTHLY, "twice.csv")

    first = steward("import", file, "--json")
    steward("run", "validate-and-tier", "--register", "twice")
    again = steward("import", file, "--json")

    assert told(first) == (4, {"new": 3, "duplicate": 1, "refused": 1})
    assert told(again) == (0, {"same": 4, "refused": 1})
    assert "登记" not in again.err


def test_a_file_comes_into_a_register_that_is_there(steward: Any, tmp_path: Any) -> None:
    steward("import", write(tmp_path, MONTHLY, "there.csv"))
    rows = (
        "客户,手机,邮箱,我的列,外\n李四,13500135000,,,\n王五,013700137000,,z,o\n张三,13800138000,z@qq.com,,\n"
    )
    file = write(tmp_path, rows, "next_2026-11.csv")
    arguments = ("import", file, "--register", "there", "--map", "客户=full_name", "--json")

    preview = steward(*arguments, "--preview")
    first = steward(*arguments)
    again = steward("import", file, "--register", "there", "--json")
    steward("export", "--out", tmp_path / "out.json", "--register", "there")

    assert told(preview) == told(first) == (2, {"new": 2, "update": 1})
    assert (told(again), again.json["left_out"]) == ((0, {"same": 2, "update": 1}), ["外"])
    out = read_table(tmp_path / "out.json")
    at = [out.headers.index(name) for name in ("full_name", "mobile", "email", "我的列")]
    assert [[row[place] for place in at] for row in out.rows[-2:]] == [
        ["李四", "13500135000", "", ""],
        ["王五", "013700137000", "", "z"],
    ]
    assert steward("runs", "--json").json["runs"][0]["job"] == "import"


def test_possible_duplicates_come_in_when_they_are_asked_for(steward: Any, tmp_path: Any) -> None:
    steward("import", write(tmp_path, ROWS, "dup.csv"))
    file = write(tmp_path, "姓名,手机\n王五,13500135000\n王五,13500135000\n", "more.csv")
    arguments = ("import", file, "--register", "dup", "--json")

    assert told(steward(*arguments, "--preview")) == (1, {"new": 1, "duplicate": 1})
    assert told(steward(*arguments, "--include-duplicates")) == (2, {"new": 1, "duplicate": 1})
    assert told(steward(*arguments, "--include-duplicates")) == (0, {"same": 2})


def test_refused_rows_go_into_a_file_with_their_reason(steward: Any, tmp_path: Any) -> None:
    file = write(tmp_path, MONTHLY, "refuse.csv")

    preview = steward("import", file, "--preview", "--lang", "zh")
    nothing_yet = list(tmp_path.glob("*.refused.csv"))
    said = steward("import", file, "--lang", "zh")
    steward("import", file, "--register", "refuse", "--refused", tmp_path / "r.csv")

    assert (nothing_yet, "预览：将写入 4 行" in preview.out, "不能用" in said.out) == ([], True, True)
    assert read_table(tmp_path / "refuse.refused.csv").rows == [
        ["4", "没有客户名称", "", "13700137000", "", "b"]
    ]
    assert read_table(tmp_path / "r.csv").rows[0][1] == "it has no customer name"


def test_what_is_listed_is_said_in_words(steward: Any, tmp_path: Any) -> None:
    steward("import", write(tmp_path, ROWS, "words.csv"))
    rows = "姓名,手机,来源,外\n张三,013800138000,f1.txt,\n李四,13900139000,f2.txt,\n" + "周,1,f,\n" * 12

    said = steward(
        "import", write(tmp_path, rows, "w.csv"), "--register", "words", "--preview", "--lang", "en"
    )

    assert "has no column" in said.out
    assert "sounds like" in said.out


def test_a_line_of_the_mappings_that_cannot_be_used_is_named(steward: Any, tmp_path: Any) -> None:
    file = write(tmp_path, "甲,手机\n张三,13800138000\n", "lines.csv")
    steward("import", file, "--map", "甲=full_name")
    other = write(tmp_path, "甲,手机,乙\n张三,13800138000,x\n", "lines_2.csv")

    said = steward("import", other, "--register", "lines", "--map", "乙=-", "--json")
    moved = steward("import", other, "--register", "lines", "--map", "乙=full_name", "--json")

    assert (said.json["fields"], said.json["mappings_skipped"]) == ({"甲": "full_name", "手机": "mobile"}, [])
    assert moved.json["fields"] == {"手机": "mobile", "乙": "full_name"}


ROUND = (
    "客户编号,姓名,手机,生日,累计金额,备注\n"
    "00012,张三,013800138000,1990-05-07,1234.50,=1+1\n"
    "1E5,李四,+86 138 0013 8001,03/04/1991,,'=x\n"
    "12345678901234567890,王五,13600136000,,-5,@x\n"
)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_a_register_comes_back_from_its_export(steward: Any, tmp_path: Any, kind: Any) -> None:
    one, other = tmp_path / f"one.{kind}", tmp_path / f"other.{kind}"
    steward("import", write(tmp_path, ROUND, "r.csv"), "--register", f"{kind} one")
    steward("run", "validate-and-tier", "--register", f"{kind} one")

    steward("export", "--out", one, "--register", f"{kind} one")
    steward("import", one, "--register", f"{kind} other")
    steward("export", "--out", other, "--register", f"{kind} other")

    first, second = read_table(one), read_table(other)
    assert first.headers == second.headers
    assert [row[9:] for row in first.rows] == [row[9:] for row in second.rows]
    assert first.rows[2][9] == "12345678901234567890"


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


def test_a_later_file_fills_blanks_once_and_stands_in_the_runs(steward: Any, tmp_path: Any) -> None:
    first = write(
        tmp_path, "编号,姓名,手机,备注\nK1,张三,013800138000,\nK2,李四,13900139000,老客户\n", "team.csv"
    )
    later = write(
        tmp_path,
        "编号,姓名,手机,备注\nK1,张三,,喜欢红色\nK2,李四,,新客户\nK3,王五,13700137000,\n",
        "later.csv",
    )
    steward("import", first)
    early = steward("import", later, "--register", "team", "--preview", "--json")
    steward("run", "validate-and-tier", "--register", "team")

    preview = steward("import", later, "--register", "team", "--preview", "--json")
    done = steward("import", later, "--register", "team", "--json")
    again = steward("import", later, "--register", "team", "--json")
    runs = steward("runs", "--json").json["runs"]
    steward("export", "--out", tmp_path / "team-out.csv", "--register", "team")

    fates = {"new": 1, "same": 0, "update": 1, "conflict": 1, "duplicate": 0, "refused": 0}
    assert (early.json["filled"], early.json["not_fillable"]) == (0, [2])
    assert (preview.json["filled"], preview.json["not_fillable"], preview.json["counts"]) == (1, [], fates)
    assert (done.code, done.json["written"], done.json["filled"]) == (0, 1, 1)
    assert (again.json["written"], again.json["filled"], again.json["counts"]["update"]) == (0, 0, 0)
    assert [(run["job"], run["counts"]["changed"], run["preview"]) for run in runs[:2]] == [
        ("import", 0, False),
        ("import", 2, False),
    ]
    assert [row[12] for row in read_table(tmp_path / "team-out.csv").rows] == ["喜欢红色", "老客户", ""]


def test_what_an_import_filled_is_said(steward: Any, tmp_path: Any) -> None:
    first = write(tmp_path, "编号,姓名,手机,备注\nK1,张三,013800138000,\n", "said.csv")
    later = write(tmp_path, "编号,姓名,备注\nK1,张三,喜欢红色\n", "said later.csv")
    steward("import", first)

    early = steward("import", later, "--register", "said")
    steward("run", "validate-and-tier", "--register", "said")
    done = steward("import", later, "--register", "said", "--lang", "zh")

    assert "cannot fill what they know (rows 2)" in early.out
    assert "已补充 1 个空白格" in done.out
