"""`steward check`: what it finds, shows, writes and leaves behind."""

from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from backend.adapters.files import Sheet, write_xlsx
from tests.builders import tab_of

FILE = """姓名,手机,邮箱,来源
王小明,1381234800,xm@qq.com,门店
李雷,13912345678,li@qq.con,线上
李 雷,13912345678,li@qq.com,线上
韩梅梅,13712345678,han@163.com,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "客户.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_errors_are_counted_and_leave_exit_code_5(steward: Any, file: Path, home: Path) -> None:
    said = steward("check", file)

    assert said.code == 5
    assert "客户.csv checked: 4 customers" in said.out
    assert "has 10 digits; a mobile number" in said.out
    assert "Possible duplicates: 1 groups, 1 pairs" in said.out
    assert "1 errors. Nothing was written." in said.out
    assert list(home.iterdir()) == []


def test_a_file_without_errors_leaves_exit_code_0(steward: Any, tmp_path: Path) -> None:
    path = tmp_path / "good.csv"
    path.write_text("姓名,手机\n王小明,13812348000\n", encoding="utf-8")

    said = steward("check", path, "--lang", "zh")

    assert (said.code, "没有错误。没有写入任何内容。" in said.out) == (0, True)


def test_json_lists_every_problem_and_pair_by_the_row_of_the_file(steward: Any, file: Path) -> None:
    answer = steward("check", file, "--json").json

    assert (answer["ok"], answer["file"], answer["rows"], answer["duplicate_groups"]) == (
        False,
        "客户.csv",
        4,
        1,
    )
    assert [(one["row"], one["field"], one["value"], one["code"]) for one in answer["problems"]] == [
        (2, "手机", "1381234800", "phone-mobile-too-short"),
        (3, "邮箱", "li@qq.con", "email-domain-typo"),
        (3, "手机", "13912345678", "contact-shared"),
        (4, "姓名", "李 雷", "form-differs"),
        (4, "手机", "13912345678", "contact-shared"),
    ]
    assert [(pair["a"], pair["b"], pair["strength"]) for pair in answer["duplicates"]] in (
        [(3, 4, "certain")],
        [(4, 3, "certain")],
    )


def test_each_row_each_column_and_the_file_get_points(steward: Any, file: Path) -> None:
    """The source weighs 1, the others 3. Wrong phone in row 2, doubtful e-mail in 3, no source in 5."""
    quality = steward("check", file, "--json").json["quality"]

    assert (quality["score"], quality["rows"]) == (86, {"2": 70, "3": 85, "4": 100, "5": 90})
    assert quality["filled"] == round(15 / 16, 4)
    assert quality["columns"] == {
        "mobile": {"filled": 1.0, "score": 75},
        "source": {"filled": 0.75, "score": 75},
        "email": {"filled": 1.0, "score": 88},
        "full_name": {"filled": 1.0, "score": 100},
    }


def test_the_weakest_columns_are_named(steward: Any, file: Path) -> None:
    said = steward("check", file, "--lang", "zh")

    assert "数据质量 86 分（满分 100），该填的填了 94%。" in said.out.replace("\n", "")
    assert "手机号 75 分（填了 100%）" in said.out.replace("\n", "")


def test_out_holds_the_rows_with_their_answers_the_problems_and_the_pairs(
    steward: Any, file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "checked.xlsx"

    said = steward("check", file, "--lang", "zh", "--out", out)

    book = CalamineWorkbook.from_path(str(out))
    rows, problems, pairs = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert (said.code, book.sheet_names) == (5, ["已检查", "问题", "可能重复"])
    assert rows[0] == ["客户等级", "校验结果", "问题", "疑似重复", "等级依据", "姓名", "手机", "邮箱", "来源"]
    assert [row[1] for row in rows[1:]] == ["错误", "提醒", "正常", "正常"]
    assert sorted(row[3] for row in rows[1:] if row[3] != "") in ([3.0], [4.0])
    assert [row[5:] for row in rows[1:]] == [line.split(",") for line in FILE.splitlines()[1:]]
    assert problems[0] == ["行", "列", "现值", "级别", "原因", "建议", "代码"]
    assert problems[1][:4] == [2.0, "手机", "1381234800", "错误"]
    assert len(pairs) == 2


@pytest.mark.parametrize(
    ("content", "arguments", "code", "text"),
    [
        ("姓名,手机\n", [], 3, "is empty"),
        ("a,b\n1,2\n", [], 3, "is recognised as the customer's name"),
        (FILE, ["--out", "x.csv"], 2, "Let the name end in .xlsx"),
        (FILE, ["--map", "姓名=nothing"], 2, "the fields are"),
        (FILE, ["--country", "China"], 2, "--country"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_the_reason(
    steward: Any, tmp_path: Path, content: str, arguments: list[str], code: int, text: str
) -> None:
    path = tmp_path / "in.csv"
    path.write_text(content, encoding="utf-8")

    said = steward("check", path, *arguments)

    assert (said.code, said.out, text in said.err) == (code, "", True)


def workbook(path: Path, **tabs: Sheet) -> Path:
    customers = Sheet(headers=["姓名", "手机"], rows=[["李雷", "13912345678"], ["李雷", "13912345678"]])
    write_xlsx(path, {"客户": customers, **tabs})
    return path


@pytest.mark.parametrize(("active", "groups"), [("", 1), ("否", 0)])
def test_a_workbook_is_searched_by_its_own_match_rules(
    steward: Any, tmp_path: Path, active: str, groups: int
) -> None:
    rules = Sheet(headers=["列", "启用"], rows=[["手机", active]])

    answer = steward("check", workbook(tmp_path / "b.xlsx", 查重规则=rules), "--json").json

    assert answer["duplicate_groups"] == groups


def test_what_was_decided_in_a_workbook_is_obeyed(steward: Any, tmp_path: Path) -> None:
    block = [column.label.both for column in tab_of("Customers").block]
    ids = ["C-MW1MW-6222B", "C-BW7B4-9E5M4"]
    rows = [[row_id, *[""] * (len(block) - 1), "李雷", "13912345678"] for row_id in ids]
    decided = Sheet(headers=["第一行", "第二行", "决定"], rows=[[*ids, "不是重复"]])
    sheets = {"客户": Sheet(headers=[*block, "姓名", "手机"], rows=rows)}
    write_xlsx(tmp_path / "undecided.xlsx", sheets)
    write_xlsx(tmp_path / "decided.xlsx", {**sheets, "重复候选": decided})

    groups = [
        steward("check", tmp_path / name, "--json").json["duplicate_groups"]
        for name in ("undecided.xlsx", "decided.xlsx")
    ]

    assert groups == [1, 0]
