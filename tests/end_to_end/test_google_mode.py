"""Google mode as a person uses it: a key file, the command line, Validate & Tier over HTTP on loopback."""

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any

import pytest

from backend.adapters.google.creator import NewTab, create_register
from backend.cli import main
from backend.core.new_register import first_lines, in_columns, new_tabs
from backend.localsheets import LocalSheets
from backend.wiring import local_client
from sheets_schema.headers import HeaderLanguage
from sheets_schema.model import Language, Preset
from tests.google_desk import EMAIL

Said = tuple[int, str, str]
SHOP = "上海门店"


@pytest.fixture(scope="module")
def steward(google_desk: Any) -> Iterator[Callable[..., Said]]:
    before = dict(os.environ)
    for name in [name for name in before if name.startswith(("STEWARD_", "LC_", "LANG"))]:
        del os.environ[name]

    def run(*arguments: object, **more: str) -> Said:
        out, err, code = StringIO(), StringIO(), 0
        os.environ.update(google_desk.environment(**more))
        try:
            with redirect_stdout(out), redirect_stderr(err):
                main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            for name in [name for name in os.environ if name.startswith("STEWARD_")]:
                del os.environ[name]
        return code, out.getvalue(), err.getvalue()

    yield run
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="module")
def sheet(google_desk: Any, people: Any) -> str:
    """A register that a team made and shared with the account."""
    return make(google_desk.sheets, "上海门店", people(40))


@pytest.fixture(scope="module")
def people() -> Any:
    return lambda count: [
        {"customer_id": f"K{number}", "full_name": f"客户{number}", "mobile": f"138{number:08d}"}
        for number in range(count)
    ]


def make(sheets: LocalSheets, title: str, customers: Any, role: str = "writer") -> str:
    """A register of somebody's own, shared with Steward's account."""
    client = local_client(sheets)
    lines = {"Customers": customers}
    tabs = [
        NewTab(tab=tab, rows=in_columns(tab, lines.get(tab.id) or first_lines(tab, Language.ZH, {})))
        for tab in new_tabs(Preset.RETAIL)
    ]
    made = create_register(client, title, tabs, language=HeaderLanguage.BOTH, told=lambda _done, _total: None)
    client.insert_permission(made, EMAIL, "user", role)
    client.session.close()
    return made


def address(sheet: str) -> str:
    return f"https://docs.google.com/spreadsheets/d/{sheet}/edit#gid=0"


@pytest.fixture(scope="module")
def first(steward: Any, sheet: str) -> Any:
    preview = steward("run", "validate-and-tier", "--register", address(sheet), "--preview", "--json")
    assert preview[0] == 0, preview
    return steward("run", "validate-and-tier", "--json")


def test_a_shared_sheet_is_run_by_its_address_and_remembered_by_its_title(first: Any) -> None:
    code, out, err = first

    assert (code, err) == (0, "")
    said = json.loads(out)
    assert (said["register"], said["counts"]["changed"], said["state"]) == ("上海门店", 40, "done")


def test_a_second_run_writes_no_cell(steward: Any, first: Any) -> None:
    code, out, _ = steward("run", "validate-and-tier", "--register", SHOP)

    assert (first[0], code) == (0, 0)
    assert "Nothing changed: 0 cells written. 2 API calls" in out


def test_a_token_that_ran_out_between_two_runs_is_no_matter(
    steward: Any, first: Any, google_desk: Any
) -> None:
    google_desk.http.forget_tokens()

    assert (first[0], steward("run", "validate-and-tier", "--register", SHOP)[0]) == (0, 0)


def test_doctor_finds_no_error_and_names_the_account(steward: Any, first: Any) -> None:
    code, out, _ = steward("doctor", "--register", SHOP)

    assert (first[0], code) == (0, 0)
    assert f"Share the sheet with {EMAIL} as an editor" in out
    assert "上海门店: can be reached and read" in out
    assert re.search(r"ok +the clock differs from the token service's by \d s", out)
    assert [text for text in ("客户7", "PRIVATE", "127.0.0.1") if text in out] == []


def test_doctor_warns_of_a_key_that_others_can_read(steward: Any, first: Any, google_desk: Any) -> None:
    google_desk.key_file().chmod(0o644)

    code, out, _ = steward("doctor", "--register", SHOP)

    google_desk.key_file()
    assert (first[0], code) == (0, 0)
    assert "warning  the key of a service account can be read, by others" in out


def test_application_default_credentials_do_as_well(
    steward: Any, first: Any, google_desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(google_desk.key_file()))

    ran = steward("run", "validate-and-tier", "--register", SHOP, STEWARD_GOOGLE_CREDENTIALS="default")
    looked = steward("doctor", "--register", SHOP, STEWARD_GOOGLE_CREDENTIALS="default")

    assert (first[0], ran[0], looked[0]) == (0, 0, 0)
    account = f"application default credentials (google.oauth2.service_account.Credentials), account {EMAIL}"
    assert account in looked[1]


def test_a_sheet_shared_for_reading_alone_can_be_previewed(
    steward: Any, google_desk: Any, people: Any
) -> None:
    other = make(google_desk.sheets, "Read only", people(3), role="reader")

    code, out, _ = steward("run", "validate-and-tier", "--preview", "--register", other)

    assert (code, "Preview: nothing was written." in out) == (0, True)


def test_doctor_says_that_a_sheet_is_no_longer_shared(steward: Any, first: Any, google_desk: Any) -> None:
    google_desk.refused.append("GET /v4/spreadsheets")

    code, out, _ = steward("doctor", "--register", SHOP)

    google_desk.refused.clear()
    assert (first[0], code) == (0, 1)
    assert '上海门店: The service refused access: "The caller does not have permission" Share' in out
    assert EMAIL in out


def test_doctor_names_what_a_register_lacks(steward: Any, google_desk: Any, people: Any) -> None:
    lacking = make(google_desk.sheets, "Lacking", people(3))
    client = local_client(google_desk.sheets)
    sheets = client.fetch_sheet_metadata(lacking)["sheets"]
    properties = next(one["properties"] for one in sheets if "Transactions" in one["properties"]["title"])
    client.batch_update(lacking, {"requests": [{"deleteSheet": {"sheetId": properties["sheetId"]}}]})
    client.session.close()

    code, out, _ = steward("doctor", "--register", lacking)

    assert code == 0
    assert 'warning  Lacking: the tool block is whole; missing: tab "Transactions".' in out


def test_doctor_says_which_error_a_torn_register_will_give_and_quotes_nothing(
    steward: Any, google_desk: Any, people: Any
) -> None:
    torn = make(google_desk.sheets, "Torn", people(3))
    client = local_client(google_desk.sheets)
    place = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    sheets = client.fetch_sheet_metadata(torn)["sheets"]
    place["sheetId"] = next(
        one["properties"].get("sheetId", 0) for one in sheets if "Customers" in one["properties"]["title"]
    )
    client.batch_update(torn, {"requests": [{"deleteDimension": {"range": place}}]})
    client.session.close()

    code, out, _ = steward("doctor", "--register", torn)

    assert code == 1
    assert "error    Torn: cannot be run as it is (block-missing)." in out


def test_a_share_taken_back_while_writing_stops_the_run_and_the_next_one_finishes_it(
    steward: Any, first: Any, google_desk: Any, people: Any
) -> None:
    other = make(google_desk.sheets, "Taken back", people(3))
    google_desk.refused.append("POST :batchUpdate")

    code, _, err = steward("run", "validate-and-tier", "--register", other)

    google_desk.refused.clear()
    again = steward("run", "validate-and-tier", "--register", other, "--json")
    assert (first[0], code, again[0], json.loads(again[1])["state"]) == (0, 4, 0, "done")
    assert f"Share the sheet with Steward's account ({EMAIL}) as an editor." in err


def protect(sheets: LocalSheets, register: str, tab: str, **area: Any) -> list[list[Any]]:
    """Protect cells of a tab from everybody but the owner; give the customers as they stand."""
    client = local_client(sheets)
    found = client.fetch_sheet_metadata(register)["sheets"]
    sheet_id = next(one["properties"]["sheetId"] for one in found if tab in one["properties"]["title"])
    request = {"range": {"sheetId": sheet_id, **area}, "editors": {"users": []}}
    client.batch_update(register, {"requests": [{"addProtectedRange": {"protectedRange": request}}]})
    cells: list[list[Any]] = client.values_get(register, "'客户 Customers'")["values"]
    client.session.close()
    return cells


PROTECTED = {
    "39 protected rows of Customers": (
        ("Customers", {"startRowIndex": 2, "endRowIndex": 3}),
        ("客户 Customers", "A3:AG3"),
    ),
    "39 a protected tool tab": (("Issues", {}), ("问题清单 Issues", "A1:L1000")),
    "40 a protected tool column": (
        ("Customers", {"startColumnIndex": 1, "endColumnIndex": 2}),
        ("客户 Customers", "B1:B1000"),
    ),
}


@pytest.mark.parametrize("case", PROTECTED)
def test_protected_cells_refuse_the_run_before_it_writes_and_are_named(
    steward: Any, google_desk: Any, people: Any, case: str
) -> None:
    (tab, area), (title, cells) = PROTECTED[case]
    other = make(google_desk.sheets, f"Locked {case}", [*people(3), {"full_name": "谁", "mobile": "1"}])
    before = protect(google_desk.sheets, other, tab, **area)

    english = steward("run", "validate-and-tier", "--register", other)
    chinese = steward("run", "validate-and-tier", "--register", other, "--lang", "zh")
    preview = steward("run", "validate-and-tier", "--register", other, "--preview")

    client = local_client(google_desk.sheets)
    after = client.values_get(other, "'客户 Customers'")["values"]
    client.session.close()
    assert (english[0], chinese[0], preview[0], after) == (3, 3, 0, before)
    assert (
        f'Cells {cells} of tab "{title}" are protected, and Steward\'s account ({EMAIL}) may not write '
        f"there. Let it "
        "(Data > Protect sheets and ranges > Set permissions), or lift the protection, then run again."
    ) in english[2]
    assert (
        f"“{title}”页的 {cells} 受保护，管家的账号（{EMAIL}）不能写入。"
        "请在“数据 > 保护工作表和范围 > 设置权限”里加上它，或取消保护，然后再运行。"
    ) in chinese[2]


def test_protected_cells_nothing_is_written_into_stop_nobody(
    steward: Any, google_desk: Any, people: Any
) -> None:
    other = make(google_desk.sheets, "Locked elsewhere", people(3))
    protect(google_desk.sheets, other, "Customers", startColumnIndex=12, endColumnIndex=13)

    assert steward("run", "validate-and-tier", "--register", other)[0] == 0


def test_a_sheet_of_the_same_title_gets_a_name_of_its_own(
    steward: Any, first: Any, google_desk: Any, people: Any
) -> None:
    twin = make(google_desk.sheets, "上海门店", people(3))

    code, out, _ = steward("run", "validate-and-tier", "--register", twin, "--json")

    assert (first[0], code, json.loads(out)["register"]) == (0, 0, f"上海门店 ({twin[:6]})")


def test_a_sheet_that_is_not_there_is_not_remembered(steward: Any) -> None:
    nothing = "1" * 44

    first = steward("run", "validate-and-tier", "--register", nothing)
    second = steward("doctor", "--register", nothing)

    assert (first[0], second[0], f"({EMAIL})" in first[2]) == (3, 1, True)


def test_a_clock_that_is_wrong_is_named_before_anything_is_read(
    steward: Any, first: Any, google_desk: Any
) -> None:
    google_desk.ahead = -3600.0
    google_desk.answers = ["Invalid JWT: not in a reasonable timeframe."]

    code, _, err = steward("run", "validate-and-tier")

    google_desk.ahead = 0.0
    assert (first[0], code) == (0, 3)
    assert re.search(r"The clock of this machine is wrong by 3,60\d s \(ahead\)", err)


def test_a_key_that_was_replaced_is_refused(steward: Any, first: Any, google_desk: Any) -> None:
    google_desk.key_file("thief")

    code, _, err = steward("run", "validate-and-tier", STEWARD_LANG="zh")
    looked = steward("doctor", "--json", STEWARD_LANG="en")

    google_desk.key_file()
    assert (first[0], code, looked[0]) == (0, 3, 1)
    assert "Google 不接受 STEWARD_GOOGLE_CREDENTIALS 里的凭据" in err
    assert json.loads(looked[1])["checks"][-1]["code"] == "credentials-refused"


def test_a_key_file_that_is_gone_ends_every_command_but_the_demo_at_once(steward: Any, tmp_path: Any) -> None:
    gone = str(tmp_path / "gone.json")

    codes = [
        steward(*arguments, STEWARD_GOOGLE_CREDENTIALS=gone)[0]
        for arguments in (
            ("run", "validate-and-tier"),
            ("runs",),
            ("demo", "--customers", 3, "--transactions", 3),
        )
    ]

    assert codes == [2, 2, 0]


def test_the_demo_stays_on_this_machine(steward: Any, google_desk: Any) -> None:
    before = google_desk.sheets.spreadsheets()

    code, out, _ = steward("demo", "--customers", 3, "--transactions", 3)

    assert (code, google_desk.sheets.spreadsheets() == before) == (0, True)
    assert "sheets.db" in out


def test_an_import_makes_a_sheet_that_belongs_to_the_account(
    steward: Any, google_desk: Any, tmp_path: Any
) -> None:
    (tmp_path / "north.csv").write_text("full_name,mobile\n张三,13800138000\n", encoding="utf-8")

    code, _, err = steward("import", tmp_path / "north.csv")

    made = next(one for one, title in google_desk.sheets.spreadsheets() if title == "north")
    assert (code, f"https://docs.google.com/spreadsheets/d/{made}. It belongs to the" in err) == (0, True)
    assert [each["emailAddress"] for each in google_desk.sheets.book(made).permissions] == [EMAIL]
