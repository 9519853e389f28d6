from typing import Any

import pytest

from backend.adapters.files import Sheet, write_xlsx

ROWS = "客户登记表,,\n姓名,手机,我的列\n张伟,13800138001,x\n\n王芳,13900139002,y\n合计,2,\n"


@pytest.fixture
def csv(tmp_path: Any) -> Any:
    file = tmp_path / "team.csv"
    file.write_text(ROWS, encoding="utf-8")
    return file


def test_without_a_terminal_and_without_yes_nothing_is_written(steward: Any, csv: Any) -> None:
    said = steward("init", csv, "--lang", "en")

    assert (said.code, "Nothing was written. Add --yes" in said.out) == (0, True)
    assert "headers in row 2, 2 rows, totals in row 6" in said.out
    assert steward("init", "team", "--lang", "en").code == 3


def test_a_file_is_taken_over_and_can_be_run(steward: Any, csv: Any) -> None:
    said = steward("init", csv, "--yes", "--json", "--register", "one")

    tab = said.json["tabs"][0]
    assert (said.code, said.json["written"], tab["header_row"], tab["totals"]) == (0, True, 2, [6])
    assert (tab["fields"], tab["kept"]) == ({"A": "full_name", "B": "mobile"}, {"C": "我的列"})
    first = steward("run", "validate-and-tier", "--register", "one", "--json").json
    second = steward("run", "validate-and-tier", "--register", "one", "--json").json
    assert (first["counts"]["read"], second["counts"]["changed"]) == (2, 0)
    again = steward("init", "one", "--yes", "--json").json
    assert (again["written"], again["in_place"]) == (False, True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refusal_names_the_reason_and_writes_nothing(steward: Any, tmp_path: Any, language: Any) -> None:
    sheet = Sheet(headers=["品名", "手机"], rows=[["茶", "13800138001"]])
    write_xlsx(tmp_path / "months.xlsx", {"1月": sheet, "2月": sheet})

    said = steward("init", tmp_path / "months.xlsx", "--yes", "--lang", language)

    assert (said.code, "full_name" in said.err) == (3, True)
    assert steward("init", "months", "--lang", language).code == 3


def test_one_of_several_tabs_is_chosen_and_all_are_brought_along(steward: Any, tmp_path: Any) -> None:
    sheet = Sheet(headers=["姓名", "手机"], rows=[["张伟", "13800138001"]])
    write_xlsx(tmp_path / "both.xlsx", {"小王": sheet, "小李": sheet})

    said = steward("init", tmp_path / "both.xlsx", "--yes", "--tab", "小李", "--block", "right", "--json")

    assert [tab["title"] for tab in said.json["tabs"]] == ["小李"]
    run = steward("run", "validate-and-tier", "--register", "both", "--json")
    assert run.json["counts"]["read"] == 1


def test_what_is_nowhere_is_said(steward: Any) -> None:
    said = steward("init", "nowhere", "--json")

    assert (said.code, said.json["error"]["code"]) == (3, "spreadsheet-unknown")


def test_a_name_that_is_taken_is_refused(steward: Any, csv: Any) -> None:
    steward("init", csv, "--yes", "--register", "taken")

    said = steward("init", csv, "--yes", "--register", "taken", "--json")

    assert (said.code, said.json["error"]["code"]) == (3, "register-exists")
