"""Files as teams keep them, made here, through check, import and init."""

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


@pytest.mark.parametrize("command", ["check", "import"])
def test_tabs_that_look_alike_are_not_left_out_unseen(steward: Any, book: Any, command: Any) -> None:
    said = steward(command, book, "--lang", "en")

    assert said.code == 3
    assert "has 2 tabs with the same headers: 小王, 小李." in said.err
    assert '--tab "小王"' in said.err
    assert "steward init" in said.err


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

    note = 'The tab "客户" is read; not read: 说明 (--tab chooses).'
    assert (note in said.out, note in asked.out) == (True, False)
