"""`steward duplicates`: any file, by any columns, and what it says."""

from pathlib import Path
from typing import Any

import pytest

FILE = """编号,联系人,手机,单位,备注
K1,张晓明,13812348000,北京华信科技有限公司,老客户
K2,李娜,13912345678,,
K3,章小鸣,138-1234-8000,华信科技,
K4,王芳,13712345678,上海远大贸易有限公司,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "名单.csv"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_pairs_are_named_by_the_id_column_with_evidence_that_adds_up(steward: Any, file: Path) -> None:
    answer = steward("duplicates", file, "--id", "编号", "--json", "--lang", "zh").json

    (pair,) = answer["pairs"]
    bits = sum(reason["bits"] for reason in pair["evidence"])
    assert (pair["a"], pair["b"], pair["strength"]) == ("K1", "K3", "possible")
    assert 1 / (1 + 2**-bits) == pytest.approx(pair["score"], abs=1e-4)
    assert pair["explanation"]["zh"] == "单位相同；联系人同音；手机相同 138****8000"
    assert "same 手机 138****8000" in pair["explanation"]["en"]
    assert answer["groups"] == [["K1", "K3"]]
    assert (answer["rows"], answer["not_compared"], answer["shared"]) == (4, 0, [])


def test_kinds_are_drawn_from_headers_and_cells(steward: Any, file: Path) -> None:
    answer = steward("duplicates", file, "--id", "编号", "--json").json

    assert answer["columns"] == {"联系人": "name", "手机": "phone", "单位": "company"}


def test_once_a_column_is_named_only_named_ones_are_compared(steward: Any, file: Path) -> None:
    answer = steward("duplicates", file, "--map", "手机=phone", "--map", "联系人=Person Name", "--json").json

    assert answer["columns"] == {"手机": "phone", "联系人": "person_name"}
    assert answer["groups"] == [[2, 4]]


def test_cells_speak_where_headers_do_not(steward: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    rows = [f"c{i},u{i}@x.org,+4420712345{i:02d},{i} Oak Street" for i in range(20)]
    path.write_text("\n".join(["A,B,C,D", *rows]), encoding="utf-8")

    answer = steward("duplicates", path, "--id", "A", "--json").json

    assert answer["columns"] == {"B": "email", "C": "phone", "D": "address"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--map", "手机=telex"), "the kinds are: person_name"),
        (("--map", "fax=phone"), "the file has these columns"),
        (("--id", "nr"), "a column of the file"),
        (("--id", "备注"), "see row 3"),
        (("--map", "手机=-", "--map", "联系人=-", "--map", "单位=-"), "No column of"),
    ],
)
def test_what_cannot_be_used_is_said(steward: Any, file: Path, arguments: tuple[str, ...], said: str) -> None:
    answer = steward("duplicates", file, *arguments, "--lang", "en")

    assert answer.code == 2
    assert said in answer.err


def test_a_person_sees_a_table(steward: Any, file: Path) -> None:
    said = steward("duplicates", file, "--id", "编号", "--lang", "zh")

    assert said.code == 0
    assert "可能重复：1 组，1 对" in said.out
    assert "联系人 = name" in said.out
