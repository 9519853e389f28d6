"""Files as teams keep them, made here, through check, import and init."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from backend.adapters.files import Sheet, read_table, write_xlsx

HEADS = ["客户编号", "姓名", "手机", "邮箱", "性别", "出生日期", "地址", "备注"]
PAGE = 40


def line(number: int) -> list[str]:
    """One customer, different from every other."""
    family, given = "赵钱孙李周吴郑王"[number % 8], "伟芳娜敏静强磊洋"[number // 8 % 8]
    return [
        f"K{number:04d}",
        f"{family}{given}{'一二三四五六七八九十'[number // 64 % 10]}",
        f"13{number % 10}{number * 104_729 % 100_000_000:08d}",
        f"u{number}@example.cn",
        "男女"[number % 2],
        f"19{60 + number % 40}年{number % 12 + 1}月{number % 28 + 1}日",
        f"上海市静安区南京西路{number}号",
        "“常客”，喜欢—红色" if number % 7 == 0 else "",
    ]


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """A printed export of 90 customers in GBK: its headers stand on each page again, its sum at the end."""
    rows = [",".join(HEADS)]
    for number in range(90):
        if number and number % PAGE == 0:
            rows.append(",".join(HEADS))
        rows.append(",".join(line(number)))
    rows.append("合计,,90,,,,,")
    file = tmp_path / "打印导出.csv"
    file.write_bytes("\r\n".join(rows).encode("gbk"))
    return file


REPEATED = [42, 83]
SUM = 94


def test_headers_that_are_printed_again_are_no_customers_to_check(steward: Any, printed: Any) -> None:
    said = steward("check", printed, "--lang", "zh")
    found = steward("check", printed, "--json").json

    assert "打印导出.csv：90 位客户" in said.out
    assert "重复的表头不算客户：第 42, 83 行" in said.out
    assert f"合计行不算客户：第 {SUM} 行" in said.out
    assert (found["rows"], found["repeated_headers"], found["totals"]) == (90, REPEATED, [SUM])
    assert {problem["row"] for problem in found["problems"]} & {*REPEATED, SUM} == set()


def test_headers_that_are_printed_again_are_refused_by_an_import(
    steward: Any, printed: Any, tmp_path: Any
) -> None:
    said = steward("import", printed, "--register", "printed", "--json", "--lang", "en")
    again = steward("import", printed, "--register", "printed", "--json", "--lang", "en")
    run = steward("run", "validate-and-tier", "--register", "printed", "--json")

    why = {one["row"]: one["why"] for one in said.json["told"]}
    assert (said.json["written"], run.json["counts"]["read"]) == (90, 90)
    assert why == dict.fromkeys(REPEATED, "it repeats the headers and is no customer") | {
        SUM: "it sums up other rows and is no customer"
    }
    assert (again.json["written"], again.json["counts"]["same"], again.json["counts"]["refused"]) == (
        0,
        90,
        3,
    )
    refused = read_table(tmp_path / "打印导出.refused.csv")
    assert [int(row[0]) for row in refused.rows] == [*REPEATED, SUM]


def test_headers_that_are_printed_again_are_no_customers_to_init(steward: Any, printed: Any) -> None:
    said = steward("init", printed, "--lang", "en")
    taken = steward("init", printed, "--yes", "--json", "--register", "taken")
    run = steward("run", "validate-and-tier", "--register", "taken", "--json")

    assert "90 rows" in said.out
    assert "Headers repeated, not counted as customers: rows 42, 83" in said.out
    assert (taken.json["tabs"][0]["repeated_headers"], run.json["counts"]["read"]) == (REPEATED, 90)


def test_a_gbk_file_keeps_every_character(steward: Any, printed: Any, tmp_path: Any) -> None:
    steward("import", printed, "--register", "gbk")

    steward("export", "--out", tmp_path / "out.csv", "--register", "gbk")

    first = read_table(tmp_path / "out.csv").rows[0]
    assert first[9:] == line(0)


def test_headers_below_a_title_are_found(steward: Any, tmp_path: Any) -> None:
    titled = ["客户名单,,", "", "公司,手机,备注", "甲,13900139000,好", "乙,1390013,"]
    (tmp_path / "名单.csv").write_bytes("\r\n".join(titled).encode("gbk"))
    only = ["--map", "公司=full_name"]

    found = steward("check", tmp_path / "名单.csv", "--json", *only).json
    said = steward("import", tmp_path / "名单.csv", "--register", "titled", "--json", *only).json

    wrong = [(one["row"], one["field"]) for one in found["problems"] if one["severity"] == "error"]
    assert (found["rows"], wrong) == (2, [(5, "手机")])
    assert (said["written"], said["fields"]) == (
        2,
        {"公司": "full_name", "手机": "mobile", "备注": "notes"},
    )


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with a tab for each salesperson, a hidden old one, and a tab of explanations."""
    sheets = {
        name: Sheet(headers=heads, rows=[line(number)[: len(heads)] for number in numbers])
        for name, heads, numbers in (
            ("小王", HEADS[:4], range(10)),
            ("小李", HEADS[:4], range(10, 25)),
            ("说明", ["怎么填"], range(1)),
        )
    }
    file = tmp_path / "各人客户.xlsx"
    write_xlsx(file, sheets)
    return file


READ_TOGETHER = "These tabs have the same headers and are read as one table: 小王, 小李."


@pytest.mark.parametrize("command", ["check", "import", "duplicates"])
def test_tabs_that_look_alike_are_read_together(steward: Any, book: Any, command: Any) -> None:
    said = steward(command, book, "--lang", "en")
    zh = steward(command, book, "--lang", "zh", "--tab", "小王", "--tab", "小李")

    assert (said.code, zh.code) == (0, 0)
    assert READ_TOGETHER in said.out
    assert "Not read: 说明 (--tab chooses" in said.out
    assert "工作表" not in zh.out


def test_tabs_come_in_one_after_the_other(steward: Any, book: Any) -> None:
    counts = [steward("check", book, "--tab", tab, "--json").json["rows"] for tab in ("小王", "小李")]

    written = [
        steward("import", book, "--tab", tab, "--register", "各人", "--json").json["written"]
        for tab in ("小王", "小李", "小王")
    ]

    assert (counts, written) == ([10, 15], [10, 15, 0])
    run = steward("run", "validate-and-tier", "--register", "各人", "--json").json
    assert run["counts"]["read"] == 25


def test_tabs_that_are_not_read_are_named(steward: Any, tmp_path: Any) -> None:
    sheets = {
        "客户": Sheet(headers=HEADS[:3], rows=[line(1)[:3]]),
        "说明": Sheet(headers=["x"], rows=[["y"]]),
    }
    write_xlsx(tmp_path / "two.xlsx", sheets)

    said = steward("check", tmp_path / "two.xlsx", "--lang", "en")
    asked = steward("check", tmp_path / "two.xlsx", "--lang", "en", "--tab", "客户")

    note = 'The tab "客户" is read.\nNot read: 说明 (--tab chooses'
    assert (note in said.out, note in asked.out) == (True, False)


EXTRA = ["邮箱", "姓名", "微信", "手机", "客户编号"]


def turned(number: int, **cells: str) -> list[str]:
    """One customer as the second salesperson keeps it: other order, one column more."""
    told = {**dict(zip(HEADS, line(number), strict=True)), "微信": f"wx_{number}xxx", **cells}
    return [told[head] for head in EXTRA]


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """Salespeople with their own order, titles, sums; one without customers yet, and a copy put aside."""
    known = dict(zip(HEADS, line(3), strict=True))
    sheets = {
        "小王": Sheet(
            headers=HEADS[:4], rows=[*(line(number)[:4] for number in range(10)), ["合计", "", "10"]]
        ),
        "小李": Sheet(
            headers=["小李的客户"],
            rows=[
                EXTRA,
                turned(10),
                turned(11, 手机="1390013"),
                turned(12),
                turned(3, **known | {"客户编号": "K9000"}),
                turned(13, 姓名="", 邮箱=""),
                EXTRA,
                ["", "合计", "", "", "5"],
            ],
        ),
        "小张": Sheet(headers=HEADS[:4], rows=[]),
        "小王备份": Sheet(headers=HEADS[:4], rows=[line(number)[:4] for number in range(10)]),
        "生日": Sheet(headers=["姓名"], rows=[["谁"]]),
    }
    file = tmp_path / "杂乱.xlsx"
    write_xlsx(file, sheets)
    return file


def test_a_row_of_several_tabs_is_named_with_its_tab_by_a_check(steward: Any, messy: Any) -> None:
    said = steward("check", messy, "--lang", "zh")
    found = steward("check", messy, "--json", "--lang", "zh").json

    assert "合在一起读：小王, 小李, 小张。\n没有读：小王备份, 生日" in said.out
    assert "合计行不算客户：第 小王!12, 小李!9 行" in said.out
    assert "重复的表头不算客户：第 小李!8 行" in said.out
    assert "第 小李!4 行“1***”：只有 7 位" in said.out
    assert (found["tabs"], found["tabs_not_read"]) == (["小王", "小李", "小张"], ["小王备份", "生日"])
    assert (found["rows"], found["totals"], found["repeated_headers"]) == (
        15,
        ["小王!12", "小李!9"],
        ["小李!8"],
    )
    errors = [one for one in found["problems"] if one["severity"] == "error"]
    assert [(one["tab"], one["row"], one["field"]) for one in errors] == [
        ("小李", 4, "手机"),
        ("小李", 7, "姓名"),
    ]
    assert {(pair["a"], pair["b"]) for pair in found["duplicates"]} <= {
        ("小王!5", "小李!6"),
        ("小李!6", "小王!5"),
    }
    assert len(found["duplicates"]) == 1
    assert found["quality"]["rows"]["小李!4"] < 100


def test_a_checked_workbook_of_several_tabs_says_where_each_row_stands(
    steward: Any, messy: Any, tmp_path: Any
) -> None:
    out = tmp_path / "checked.xlsx"

    steward("check", messy, "--lang", "zh", "--out", out)

    checked, problems = read_table(out), read_table(out, tabs=["问题"])
    places = [row[:2] for row in checked.rows]
    assert checked.headers[:2] == ("工作表", "行")
    assert checked.headers[-5:] == ("客户编号", "姓名", "手机", "邮箱", "微信")
    assert places == [*(["小王", row] for row in range(2, 13)), *(["小李", row] for row in range(3, 10))]
    wrong = checked.rows[places.index(["小李", 4])]
    assert wrong[-5:] == ["K0011", line(11)[1], "1390013", "u11@example.cn", "wx_11xxx"]
    named = {tuple(row[:2]): row[5] for row in checked.rows if row[5]}
    assert named in ({("小李", 6): "小王!5"}, {("小王", 5): "小李!6"})
    assert problems.headers[:3] == ("工作表", "行", "列")
    assert problems.rows[0][:4] == ["小李", 4, "手机", "1390013"]
    assert "J14" in _coloured(out)
    assert "J13" not in _coloured(out)


def _coloured(book: Path) -> set[str]:
    """Give the cells of the first tab below the headers that have a style of their own."""
    with zipfile.ZipFile(book) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    return {cell for cell in re.findall(r'<c r="([A-Z]+[0-9]+)" s="[1-9]', sheet) if cell[1:] != "1"}


def test_a_row_of_several_tabs_is_named_with_its_tab_by_an_import(
    steward: Any, messy: Any, tmp_path: Any
) -> None:
    said = steward("import", messy, "--register", "messy", "--lang", "zh", "--preview")
    first = steward("import", messy, "--register", "messy", "--json", "--lang", "zh")
    again = steward("import", messy, "--register", "messy", "--json", "--lang", "zh")

    told = {(one["tab"], one["row"]): (one["fate"], one["why"]) for one in first.json["told"]}
    assert (first.json["written"], again.json["written"], again.json["filled"]) == (14, 0, 0)
    assert first.json["tabs"] == ["小王", "小李", "小张"]
    assert {place: fate for place, (fate, _) in told.items()} == {
        ("小王", 12): "refused",
        ("小王", 5): "duplicate",
        ("小李", 7): "refused",
        ("小李", 8): "refused",
        ("小李", 9): "refused",
    }
    assert told["小王", 5][1].startswith("可能是文件第 小李!6 行")
    assert "小李!9" in said.out
    refused = read_table(tmp_path / "杂乱.refused.csv")
    assert refused.headers == ("工作表", "文件行号", "原因", "客户编号", "姓名", "手机", "邮箱", "微信")
    assert [row[:2] for row in refused.rows] == [["小王", "12"], ["小李", "7"], ["小李", "8"], ["小李", "9"]]
    assert refused.rows[2][3:] == ["客户编号", "姓名", "手机", "邮箱", "微信"]


def test_what_only_a_later_tab_has_comes_in(steward: Any, messy: Any, tmp_path: Any) -> None:
    steward("import", messy, "--register", "wechat", "--lang", "zh")

    steward("export", "--out", tmp_path / "out.csv", "--register", "wechat")

    out = read_table(tmp_path / "out.csv")
    column = [row[out.headers.index("微信")] for row in out.rows]
    assert column[:10] == [""] * 10
    assert column[10:13] == ["wx_10xxx", "wx_11xxx", "wx_12xxx"]


def test_cells_that_cannot_be_filled_are_named_with_their_tab(steward: Any, tmp_path: Any) -> None:
    write_xlsx(tmp_path / "old.xlsx", {"x": Sheet(headers=HEADS[:4], rows=[[*line(20)[:3], ""]])})
    tabs = {
        "小王": Sheet(headers=HEADS[:4], rows=[line(1)[:4]]),
        "小李": Sheet(headers=HEADS[:4], rows=[line(2)[:4], line(20)[:4]]),
    }
    write_xlsx(tmp_path / "new.xlsx", tabs)
    steward("import", tmp_path / "old.xlsx", "--register", "unfilled")

    said = steward("import", tmp_path / "new.xlsx", "--register", "unfilled", "--preview", "--lang", "en")
    told = steward("import", tmp_path / "new.xlsx", "--register", "unfilled", "--preview", "--json")

    assert "(rows 小李!3)" in said.out
    assert told.json["not_fillable"] == ["小李!3"]


def test_headers_repeated_in_an_export_of_ours_are_refused(steward: Any, book: Any, tmp_path: Any) -> None:
    steward("import", book, "--register", "exported", "--lang", "zh")
    steward("export", "--out", tmp_path / "out.csv", "--register", "exported")
    out = read_table(tmp_path / "out.csv")
    sheet = Sheet(headers=out.headers, rows=[*out.rows, list(out.headers)])
    write_xlsx(tmp_path / "again.xlsx", {"1月": sheet, "2月": sheet})

    told = steward("import", tmp_path / "again.xlsx", "--register", "exported", "--json", "--lang", "en").json

    assert (told["written"], told["counts"]["same"]) == (0, 50)
    assert [(one["tab"], one["row"], one["why"]) for one in told["told"]] == [
        (tab, 27, "it repeats the headers and is no customer") for tab in ("1月", "2月")
    ]


def test_duplicates_name_the_tabs(steward: Any, messy: Any) -> None:
    maps = ["--map", "姓名=person_name", "--map", "手机=phone", "--map", "微信=identifier"]
    found = steward("duplicates", messy, "--json", *maps).json
    alone = steward("duplicates", messy, "--tab", "小王", "--json").json

    assert (found["groups"], found["tabs"]) == ([["小王!5", "小李!6"]], ["小王", "小李", "小张"])
    assert (alone["rows"], "tabs" in alone) == (11, False)


def test_tabs_that_are_no_one_table_are_refused_by_name(steward: Any, tmp_path: Any) -> None:
    sheets = {
        "客户": Sheet(headers=["姓名", "手机", "城市"], rows=[["王五", "13900139000", "长沙"]]),
        "产品": Sheet(headers=["货号", "单价", "城市"], rows=[["A1", "9", "长沙"]]),
    }
    write_xlsx(tmp_path / "two.xlsx", sheets)

    en = steward("check", tmp_path / "two.xlsx", "--tab", "客户", "--tab", "产品", "--lang", "en")
    zh = steward("import", tmp_path / "two.xlsx", "--tab", "产品", "--tab", "客户", "--lang", "zh")

    assert (en.code, zh.code) == (2, 2)
    assert 'Only "客户" has: 姓名, 手机. Only "产品" has: 货号, 单价.' in en.err
    assert "只有“产品”有：货号, 单价；只有“客户”有：姓名, 手机。" in zh.err


def test_tabs_are_read_in_the_order_they_are_named(steward: Any, messy: Any) -> None:
    found = steward("check", messy, "--tab", "小李", "--tab", "小王备份", "--json").json
    absent = steward("check", messy, "--tab", "小王", "--tab", "小赵", "--lang", "en")

    assert (found["rows"], found["tabs"], found["totals"]) == (15, ["小李", "小王备份"], ["小李!9"])
    assert (absent.code, 'has no tab "小赵"' in absent.err) == (2, True)


def test_headers_of_other_names_are_one_table_where_somebody_says_so(steward: Any, tmp_path: Any) -> None:
    sheets = {
        "小王": Sheet(headers=["姓名", "手机"], rows=[line(1)[1:3]]),
        "小李": Sheet(headers=["手机号码", "客户名称"], rows=[line(2)[2:0:-1], ["手机号码", "客户名称"]]),
    }
    write_xlsx(tmp_path / "two.xlsx", sheets)

    alone = steward("check", tmp_path / "two.xlsx", "--json").json
    found = steward("check", tmp_path / "two.xlsx", "--tab", "小王", "--tab", "小李", "--json").json

    assert (alone["rows"], alone["tabs_not_read"]) == (1, ["小李"])
    assert (found["rows"], found["repeated_headers"], found["problems"]) == (2, ["小李!3"], [])
