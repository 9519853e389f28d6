"""`steward token`, `grant`, `audience` and `audit`, as an administrator uses them."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from backend.settings import Settings
from backend.wiring import Steward, open_steward


@pytest.fixture(scope="module")
def shop(steward: Callable[..., Any], home: Path) -> str:
    """A register, and two people who opened the menu once."""
    file = home / "shop.csv"
    file.write_text("姓名,手机\n张三,13812348000\n", encoding="utf-8")
    assert steward("import", file, "--preset", "retail", "--register", "shop").code == 0
    opened = open_steward(Settings(home=home))
    opened.callers.remember("sub-li", "li@example.com")
    opened.callers.remember("sub-wang", "wang@example.com")
    spreadsheet_id = opened.registers.find("shop").spreadsheet_id
    opened.close()
    return spreadsheet_id


@pytest.fixture
def parts(home: Path) -> Iterator[Steward]:
    opened = open_steward(Settings(home=home))
    yield opened
    opened.close()


def test_a_token_is_taken_on_this_machine(steward: Any, parts: Any) -> None:
    said = steward("token", "li@example.com")

    caller = parts.id_tokens.caller(said.out.strip())
    assert (said.code, caller.sub, caller.email) == (0, "local:li@example.com", "li@example.com")


def test_a_token_is_not_for_googles_sheets(steward: Any, tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    key.write_text("{}", encoding="utf-8")

    said = steward("token", "li@example.com", env={"STEWARD_GOOGLE_CREDENTIALS": str(key)})

    assert (said.code, said.out) == (2, "")


def test_a_role_is_granted_listed_and_taken_back(steward: Any, parts: Any, shop: str) -> None:
    given = steward("grant", "add", "li@example.com", "approver", "--register", "shop")
    everywhere = steward("grant", "add", "sub-wang", "viewer", "--every-register")
    listed = steward("grant", "list", "--json").json["grants"]
    shown = steward("grant", "list")
    held = parts.grants.role("sub-li", shop)
    taken = steward("grant", "revoke", "li@example.com", "--register", "shop")
    again = steward("grant", "revoke", "li@example.com", "--register", "shop")

    assert [said.code for said in (given, everywhere, shown, taken, again)] == [0] * 5
    assert "li@example.com is approver on shop now." in given.out
    assert held == "approver"
    assert [(one["email"], one["spreadsheet_id"], one["role"]) for one in listed] == [
        ("wang@example.com", "*", "viewer"),
        ("li@example.com", shop, "approver"),
    ]
    assert "every register" in shown.out
    assert parts.grants.role("sub-li", shop) is None
    assert ("no role on shop any longer" in taken.out, "had no role" in again.out) == (True, True)


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("grant", "add", "nobody@example.com", "editor", "--register", "shop"), 2, "nobody@example.com"),
        (("grant", "add", "li@example.com", "emperor", "--register", "shop"), 2, "emperor"),
        (("grant", "add", "li@example.com", "editor", "--register", "nowhere"), 3, "nowhere"),
    ],
)
def test_what_cannot_be_granted_is_refused(
    steward: Any, shop: str, arguments: Any, code: Any, word: Any
) -> None:
    assert shop
    said = steward(*arguments)

    assert (said.code, word in said.err) == (code, True)


def test_audiences_are_added_listed_and_removed(steward: Any) -> None:
    fixed = {"STEWARD_AUDIENCES": "one.apps.googleusercontent.com, two.apps.googleusercontent.com"}
    added = steward("audience", "add", "three", "--note", "the shop's copy")
    listed = steward("audience", "list", "--json", env=fixed).json["audiences"]
    removed = steward("audience", "remove", "three")
    again = steward("audience", "remove", "three")

    assert [said.code for said in (added, removed, again)] == [0, 0, 0]
    assert {one["audience"] for one in listed} == {
        "localsheets",
        "one.apps.googleusercontent.com",
        "two.apps.googleusercontent.com",
        "three",
    }
    assert {one["note"] for one in listed if one["audience"] == "three"} == {"the shop's copy"}
    assert ("longer" in removed.out, "never added" in again.out) == (True, True)


def test_what_administrators_did_stands_in_the_audit_log(steward: Any, home: Path, shop: str) -> None:
    steward("grant", "add", "li@example.com", "editor", "--register", "shop")
    verified = steward("audit", "verify", "--json")
    shown = steward("audit", "show", "--most", "1", "--json").json["lines"]
    table = steward("audit", "show")

    assert (verified.code, verified.json["ok"], verified.json["lines"] > 0) == (0, True, True)
    assert [(one["action"], one["spreadsheet_id"], one["detail"]) for one in shown] == [
        ("role-granted", shop, {"to": "sub-li", "role": "editor"})
    ]
    assert shown[0]["mac"] == verified.json["mac"]
    assert "role-granted" in table.out
    (home / "audit.key").write_bytes(b"x" * 32)
    broken = steward("audit", "verify", "--json")
    assert (broken.code, broken.json["error"]["code"]) == (1, "audit-broken")


def test_tokens_run_out(parts: Any) -> None:
    old = parts.identities.token("li@example.com", time.time() - 3700)

    with pytest.raises(Exception, match="not signed in"):
        parts.id_tokens.caller(old)
