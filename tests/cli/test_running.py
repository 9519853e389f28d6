from typing import Any

import pytest

KEYS = [
    "ok",
    "run_id",
    "state",
    "register",
    "counts",
    "issues",
    "quality",
    "tiers",
    "duplicate_groups",
    "api_calls",
    "seconds",
    "rules_hash",
]
FILE = """姓名,手机,邮箱,备注
王伟,1380013800O,wang@qq.con,=1+1
李四,138-1234-5678,li si@163.com,[bold]x
李四,13812345678,lisi@163.com,丙
"""

JOB_NAMES = "validate-and-tier, check-rows, find-duplicates, customer-card"


@pytest.fixture(scope="module")
def shop(steward: Any, tmp_path_factory: Any) -> Any:
    file = tmp_path_factory.mktemp("in") / "shop.csv"
    file.write_text(FILE, encoding="utf-8")
    return steward("import", file)


def test_a_preview_says_what_a_run_would_write_and_masks_contacts(steward: Any, shop: Any) -> None:
    said = steward("run", "validate-and-tier", "--preview", "--register", "shop")

    hidden = [text not in said.out for text in ("1380013800O", "wang@qq.con", "13812345678", "lisi@163.com")]
    assert (shop.code, said.code, hidden) == (0, 0, [True] * 4)
    assert "Preview: nothing was written." in said.out


def test_json_has_the_keys_scripts_rely_on_and_nothing_else_is_printed(steward: Any, shop: Any) -> None:
    said = steward("run", "validate-and-tier", "--register", "shop", "--preview", "--json")

    answer = said.json
    assert (shop.code, said.code, said.err, list(answer)) == (0, 0, "", KEYS)
    assert list(answer["counts"]) == ["read", "changed", "unchanged", "conflicts", "hidden"]
    assert answer["issues"]["Customers.mobile"] == {"error": 1, "info": 3}
    assert (answer["ok"], answer["state"], answer["register"], answer["api_calls"]) == (
        True,
        "done",
        "shop",
        2,
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_run_is_told_in_the_language_asked_for(steward: Any, shop: Any, lang: Any) -> None:
    said = steward("run", "validate-and-tier", "--preview", "--register", "shop", "--lang", lang)

    title = {
        "zh": "检查并分级 · 登记表 shop · 读取 3 位客户",
        "en": "Validate & Tier · register shop · 3 customers",
    }
    assert (shop.code, said.out.startswith(title[lang])) == (0, True)


def test_the_language_of_the_environment_counts(steward: Any, shop: Any) -> None:
    steward("run", "validate-and-tier", "--preview", "--register", "shop")

    said = steward("runs", env={"STEWARD_LANG": "zh"})

    assert (shop.code, said.out.splitlines()[0].strip() in ("运行记录", "还没有运行过。")) == (0, True)


def test_runs_are_listed_and_given_as_json(steward: Any, shop: Any) -> None:
    steward("run", "validate-and-tier", "--register", "shop")

    listed, given = steward("runs", "--most", 1), steward("runs", "--json")

    latest = given.json["runs"][0]
    assert (shop.code, latest["run_id"] in listed.out, latest["state"]) == (0, True, "done")
    assert list(latest) == [
        "run_id",
        "job",
        "register",
        "state",
        "preview",
        "requested_by",
        "started",
        "ended",
        "counts",
        "message",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (
            ["run", "tidy"],
            2,
            f'There is no job "tidy". There is: {JOB_NAMES}.',
        ),
        (["run", "validate-and-tier", "--register", "east"], 3, 'There is no register "east" here.'),
        (["run"], 2, "Missing argument 'JOB'"),
        (["run", "validate-and-tier", "--lang", "fr"], 2, "'fr' is not one of"),
        (["runs", "--most", "0"], 2, "Invalid value for '--most'"),
        (["runs", "--nope"], 2, "No such option"),
        (["tidy"], 2, "No such command 'tidy'"),
    ],
)
def test_a_command_that_cannot_run_says_why_on_standard_error(
    steward: Any, shop: Any, arguments: Any, code: Any, text: Any
) -> None:
    said = steward(*arguments)

    assert (shop.code, said.code, said.out, text in said.err) == (0, code, "", True)


def test_a_refusal_says_that_nothing_was_written(steward: Any) -> None:
    said = steward("run", "validate-and-tier", "--register", "east", "--lang", "zh")

    assert (said.code, said.err.splitlines()[-1]) == (3, "没有写入任何内容。")


def test_an_error_is_json_too_when_json_is_wanted(steward: Any) -> None:
    said = steward("run", "tidy", "--json", "--lang", "zh")

    assert said.json == {
        "ok": False,
        "error": {
            "code": "job-unknown",
            "message": f"没有作业“tidy”。现有：{JOB_NAMES}。",
        },
    }


def test_an_unknown_variable_is_refused(steward: Any) -> None:
    said = steward("runs", env={"STEWARD_HOEM": "/x"})

    assert (said.code, "STEWARD_HOEM is not a setting" in said.err) == (2, True)


def test_a_home_that_cannot_be_used_is_named(steward: Any, tmp_path: Any) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    said = steward("runs", env={"STEWARD_HOME": str(tmp_path / "file")})

    assert (said.code, str(tmp_path / "file") in said.err) == (1, True)


def test_rows_that_share_an_id_leave_the_run_partly_done(steward: Any, tmp_path: Any) -> None:
    (tmp_path / "twins.csv").write_text("姓名,手机\n张三,13812345678\n李四,13912345678\n", encoding="utf-8")
    steward("import", tmp_path / "twins.csv")
    steward("run", "validate-and-tier")
    share_an_id(steward)

    said = steward("run", "validate-and-tier", "--register", "twins")

    assert (said.code, "2 rows share a row id and were not written" in said.out) == (4, True)


def share_an_id(_steward: Any) -> None:
    """Do what a person does who copies a row and makes two new customers of it."""
    from backend.settings import read_settings  # noqa: PLC0415
    from backend.wiring import open_steward  # noqa: PLC0415

    opened = open_steward(read_settings())
    register = opened.register("twins")
    ids, sigs = zip(*((row[0], row[8]) for row in register.read_raw()[0].rows[1:]), strict=True)
    title = register.read_raw()[0].title
    people = ("J2", "张三三"), ("K2", "13812345670"), ("J3", "李四四"), ("K3", "13812345671")
    for cell, value in (("A3", ids[0]), ("I3", sigs[0]), *people):
        opened.client.values_update(
            register.spreadsheet_id,
            f"'{title}'!{cell}",
            params={"valueInputOption": "RAW"},
            body={"values": [[value]]},
        )
    opened.close()


@pytest.mark.parametrize("command", [[], ["demo"], ["import"], ["run"], ["runs"], ["export"], ["version"]])
def test_every_command_explains_itself(steward: Any, command: Any) -> None:
    said = steward(*command, "--help")

    assert (said.code, said.out.startswith("Usage: "), "\b" in said.out, "\\b" in said.out) == (
        0,
        True,
        False,
        False,
    )


def test_the_version_names_what_it_is_made_of(steward: Any) -> None:
    said = steward("version")

    assert (said.code, [name in said.out for name in ("sheet-steward 0", "gspread 6", "Python 3")]) == (
        0,
        [True] * 3,
    )


@pytest.fixture(scope="module")
def street(steward: Any, tmp_path_factory: Any) -> Any:
    """A register in which two rows are one customer."""
    path = tmp_path_factory.mktemp("files") / "street.csv"
    rows = "李四,139\n欧阳晓明,13912345678\n王五,13700001111\n欧阳晓明,13912345678\n"
    path.write_text("姓名,手机\n张三,13812345678\n" + rows, encoding="utf-8")
    return steward("import", path, "--include-duplicates")


def test_rows_are_checked_by_their_numbers(steward: Any, street: Any) -> None:
    said = steward("run", "check-rows", "--rows", "3-4", "--register", "street", "--lang", "zh")
    again = steward("run", "check-rows", "--rows", "4", "--register", "street", "--json")

    assert (street.code, said.code, again.code) == (0, 0, 0)
    assert said.out.splitlines()[:2] == [
        "检查选中的行 · 登记表 street · 2 位客户（共 5 位）",
        "第 3 行 李四：未评：没有购买数据",
    ]
    assert "可能与第 6 行 欧阳晓明 重复（" in said.out
    assert "写入 2 行客户的" in said.out
    assert (again.json["counts"]["changed"], again.json["customers"][0]["row"]) == (0, "4")
    assert again.json["customers"][0]["duplicates"][0]["spot"] == "6"


def test_duplicates_are_found_alone(steward: Any, street: Any) -> None:
    preview = steward("run", "find-duplicates", "--register", "street", "--preview", "--json")
    said = steward("run", "find-duplicates", "--register", "street")

    assert (street.code, preview.json["duplicate_groups"], said.code) == (0, 1, 0)
    assert said.out.startswith("Find duplicates · register street · 5 customers compared")
    assert "欧阳晓明" in said.out


def test_the_card_of_a_customer_is_read(steward: Any, street: Any) -> None:
    said = steward("run", "customer-card", "--row", "3", "--register", "street")
    given = steward("run", "customer-card", "--row", "3", "--register", "street", "--json")

    assert (street.code, said.code, said.out.splitlines()[:4]) == (
        0,
        0,
        ["Row 3 李四", "Tier", "  unrated: no purchase data", "Problems"],
    )
    assert given.json["customers"][0]["problems"][0]["column"] == {"zh": "手机号", "en": "Mobile"}
    assert given.json["counts"]["changed"] == 0


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["check-rows"], "it takes sheet_id, rows and nothing else"),
        (["check-rows", "--rows", "9-5"], "the first row (9) is below the last (5)"),
        (["check-rows", "--rows", "five"], '"five" is no row'),
        (["check-rows", "--rows", "2-3", "--sheet", "Nowhere"], 'there is no sheet "Nowhere" with customers'),
        (["check-rows", "--rows", "2-3", "--row", "4"], "it takes sheet_id, rows and nothing else"),
        (["check-rows", "--rows", "999999999999"], "a row is a number from 1 to 9,999,999"),
        (["customer-card", "--row", "1"], "the headers stand there"),
        (["customer-card", "--row", "2-3"], "a row is a number"),
        (["find-duplicates", "--row", "2"], "it takes no arguments"),
    ],
)
def test_rows_that_cannot_be_meant_are_refused(steward: Any, street: Any, arguments: Any, text: Any) -> None:
    said = steward("run", *arguments, "--register", "street", "--json")

    assert (street.code, said.code, said.json["error"]["code"]) == (0, 3, "arguments-wrong")
    assert text in said.json["error"]["message"]
