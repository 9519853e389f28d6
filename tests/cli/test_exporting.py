"""A register that is kept on several tabs, written into files and taken in again from the command line."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest

from backend.adapters.files import Sheet, write_xlsx

WANG = Sheet(headers=["姓名", "手机", "客户编号", "喜好"], rows=[["张伟", "013800138001", "K1", "茶"]])
LI = Sheet(
    headers=["李的客户"],
    rows=[["电话", "客户名称", "客户编号", "车"], ["1360013", "刘洋", "K5", "有"]],
)
ORDERS = [["订单号", "客户编号", "下单日期", "金额"], ["D1", "K1", 46054, 120]]


@pytest.fixture(scope="module")
def team(steward: Any, tmp_path_factory: Any) -> str:
    """The name of a register of two salespeople."""
    path = tmp_path_factory.mktemp("team") / "team.xlsx"
    write_xlsx(path, {"小王": WANG, "小李": LI, "1月": Sheet(headers=ORDERS[0], rows=ORDERS[1:])})
    said = steward("init", path, "--yes", "--json")
    assert said.code == 0, said.err
    assert steward("run", "validate-and-tier", "--register", "team").code == 0
    return "team"


def table(path: Any) -> list[list[str]]:
    """The team's columns of a CSV file."""
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    return [row[9:] for row in rows]


def test_a_csv_holds_the_customers_of_every_tab_each_column_once(
    steward: Any, team: Any, tmp_path: Any
) -> None:
    said = steward("export", "--out", tmp_path / "all.csv", "--register", team, "--json")

    assert (said.code, said.json["tabs"], said.json["rows"]) == (0, ["小王", "小李"], 2)
    assert table(tmp_path / "all.csv") == [
        ["姓名", "手机", "客户编号", "喜好", "车"],
        ["张伟", "013800138001", "K1", "茶", ""],
        ["刘洋", "1360013", "K5", "", "有"],
    ]


def test_records_go_by_field_and_no_header_row_is_one(steward: Any, team: Any, tmp_path: Any) -> None:
    steward("export", "--out", tmp_path / "all.json", "--register", team)

    records = json.loads((tmp_path / "all.json").read_text("utf-8"))

    names = ("full_name", "mobile", "customer_id", "喜好", "车")
    assert [[one[name] for name in names] for one in records] == [
        ["张伟", "013800138001", "K1", "茶", None],
        ["刘洋", "1360013", "K5", None, "有"],
    ]


def test_one_tab_of_several_is_named_by_its_title(steward: Any, team: Any, tmp_path: Any) -> None:
    said = steward("export", "--out", tmp_path / "li.csv", "--register", team, "--tab", "小李", "--json")

    assert said.json["tabs"] == ["小李"]
    assert table(tmp_path / "li.csv") == [
        ["电话", "客户名称", "客户编号", "车"],
        ["1360013", "刘洋", "K5", "有"],
    ]


def test_an_xlsx_holds_each_tab_as_it_is(steward: Any, team: Any, tmp_path: Any) -> None:
    said = steward("export", "--out", tmp_path / "all.xlsx", "--register", team, "--json")

    assert said.json["tabs"][:3] == ["小王", "小李", "1月"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_file_and_a_tab_disagree_on_is_named_by_tab_and_row(
    steward: Any, team: Any, tmp_path: Any, language: str
) -> None:
    file = tmp_path / "november.csv"
    file.write_text("客户编号,姓名,手机\nK5,刘洋,13600136999\n", "utf-8")

    said = steward("import", file, "--register", team, "--preview", "--lang", language)

    assert (said.code, "小李!3" in said.out) == (0, True)


def test_a_preview_names_a_problem_by_tab_and_row(steward: Any, team: Any) -> None:
    said = steward("run", "validate-and-tier", "--register", team, "--preview", "--lang", "en")

    assert "小李!3" in said.out
    assert steward("doctor", "--register", team).code == 0


def test_all_of_it_comes_back_as_a_register_of_one_tab(steward: Any, team: Any, tmp_path: Any) -> None:
    steward("export", "--out", tmp_path / "again.csv", "--register", team)

    said = steward("import", tmp_path / "again.csv", "--json")

    assert (said.code, said.json["written"], said.json["fields"]) == (
        0,
        2,
        {"姓名": "full_name", "手机": "mobile", "客户编号": "customer_id"},
    )
