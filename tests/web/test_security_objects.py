"""What a caller may do with which register: checks 17 to 28 of the design."""

from typing import Any

import pytest

from tests.web.conftest import Bench, error_of

NOBODYS = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"


def prove(bench: Bench, sheet: str, name: str = "li") -> Any:
    """Do what the bridge does; gives the answer to the last call."""
    asked = bench.call("POST", f"/registers/{sheet}/proof", name=name).get_json()
    bench.write_metadata(sheet, asked["key"], asked["nonce"])
    return bench.call("POST", f"/registers/{sheet}/proof/check", {"nonce": asked["nonce"]}, name=name)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", f"/registers/{NOBODYS}/summary", None),
        ("POST", f"/registers/{NOBODYS}/proof", {}),
        ("POST", f"/registers/{NOBODYS}/proof/check", {"nonce": "n" * 43}),
        (
            "POST",
            "/runs",
            {"spreadsheet_id": NOBODYS, "job": "validate-and-tier", "idempotency_key": "click-1234"},
        ),
    ],
)
def test_check_17_an_unregistered_sheet_is_unknown_and_nobody_is_asked(
    bench: Bench, method: Any, path: Any, body: Any
) -> None:
    bench.register()
    before = bench.asked, bench.sheets.spreadsheets()

    answer = bench.call(method, path, body)

    assert error_of(answer) == (404, "register-unknown")
    assert (bench.asked, bench.sheets.spreadsheets()) == before


def test_check_18_a_register_without_a_proof(bench: Bench) -> None:
    sheet = bench.register()

    assert error_of(bench.call("GET", f"/registers/{sheet}/summary")) == (403, "proof-needed")
    assert error_of(bench.ask(sheet)) == (403, "proof-needed")
    assert bench.steward.ledger.recent(1) == []


def test_somebody_who_can_edit_the_sheet_becomes_an_editor_for_12_hours(bench: Bench) -> None:
    sheet = bench.register()

    answer = prove(bench, sheet)

    assert (answer.status_code, answer.get_json()) == (
        200,
        {"ok": True, "role": "editor", "expires_in": 43_200},
    )
    assert bench.metadata(sheet) == []
    assert bench.ask(sheet).status_code == 202
    bench.clock.forward(hours=12)
    assert error_of(bench.call("GET", f"/registers/{sheet}/summary")) == (403, "proof-needed")


def test_a_nonce_that_is_not_in_the_sheet_proves_nothing(bench: Bench) -> None:
    sheet = bench.register()
    nonce = bench.call("POST", f"/registers/{sheet}/proof").get_json()["nonce"]
    bench.write_metadata(sheet, "steward-proof", "x" * 43)
    bench.write_metadata(sheet, "another-key", nonce)

    answer = bench.call("POST", f"/registers/{sheet}/proof/check", {"nonce": nonce})

    assert error_of(answer) == (403, "proof-wrong")
    assert error_of(bench.ask(sheet)) == (403, "proof-needed")


def test_check_19_a_nonce_of_somebody_else_another_sheet_or_another_purpose(bench: Bench) -> None:
    sheet, other = bench.register("shop"), bench.register("other")
    nonce = bench.call("POST", f"/registers/{sheet}/proof").get_json()["nonce"]
    bench.write_metadata(sheet, "steward-proof", nonce)
    bench.write_metadata(other, "steward-proof", nonce)
    to_erase = bench.steward.proofs.ask_for("sub-of-li", sheet, "erase")
    bench.write_metadata(sheet, "steward-proof", to_erase)

    def check(at: str, shown: str, name: str) -> tuple[int, str]:
        return error_of(bench.call("POST", f"/registers/{at}/proof/check", {"nonce": shown}, name=name))

    assert check(sheet, nonce, "mallory") == (403, "proof-wrong")
    assert check(other, nonce, "li") == (403, "proof-wrong")
    assert check(sheet, to_erase, "li") == (403, "proof-wrong")
    assert bench.call("POST", f"/registers/{sheet}/proof/check", {"nonce": nonce}).status_code == 200


def test_check_20_a_nonce_used_twice(bench: Bench) -> None:
    sheet = bench.register()
    nonce = bench.call("POST", f"/registers/{sheet}/proof").get_json()["nonce"]
    bench.write_metadata(sheet, "steward-proof", nonce)

    first = bench.call("POST", f"/registers/{sheet}/proof/check", {"nonce": nonce})
    bench.write_metadata(sheet, "steward-proof", nonce)
    second = bench.call("POST", f"/registers/{sheet}/proof/check", {"nonce": nonce})

    assert first.status_code == 200
    assert error_of(second) == (403, "proof-wrong")


def test_check_21_a_nonce_shown_late(bench: Bench) -> None:
    sheet = bench.register()
    asked = bench.call("POST", f"/registers/{sheet}/proof").get_json()
    bench.write_metadata(sheet, asked["key"], asked["nonce"])
    bench.clock.forward(seconds=asked["expires_in"])

    answer = bench.call("POST", f"/registers/{sheet}/proof/check", {"nonce": asked["nonce"]})

    assert (asked["expires_in"], error_of(answer)) == (300, (403, "proof-wrong"))


def test_check_22_a_run_of_another_user_who_has_no_role(bench: Bench) -> None:
    sheet = bench.register()
    bench.grant(sheet, "editor", "li")
    bench.grant(sheet, "viewer", "wang")
    run = bench.ask(sheet).get_json()["run"]["run_id"]

    stranger = bench.call("GET", f"/runs/{run}", name="mallory")
    nothing = bench.call("GET", "/runs/20261122-0700-ffff", name="mallory")

    assert error_of(stranger) == error_of(nothing) == (404, "run-missing")
    assert stranger.text == nothing.text
    assert bench.call("GET", f"/runs/{run}", name="wang").status_code == 200
    assert error_of(bench.call("POST", f"/runs/{run}/cancel", name="wang")) == (403, "role-missing")
    assert error_of(bench.call("POST", f"/runs/{run}/cancel", name="mallory")) == (404, "run-missing")
    assert bench.steward.ledger.find(run).state == "queued"


def test_check_23_a_run_of_another_tenant(bench: Bench) -> None:
    sheet, other = bench.register("shop"), bench.register("other tenant")
    bench.grant(sheet, "editor", "li")
    bench.grant(other, "admin", "mallory")
    run = bench.ask(sheet).get_json()["run"]["run_id"]

    undo = bench.ask(other, "mallory", job="undo", arguments={"run_id": run})

    assert error_of(bench.call("GET", f"/runs/{run}", name="mallory")) == (404, "run-missing")
    assert error_of(undo) == (404, "run-missing")
    bench.grant(sheet, "viewer", "mallory")
    assert error_of(bench.ask(other, "mallory", job="undo", arguments={"run_id": run})) == (
        404,
        "run-missing",
    )


@pytest.mark.parametrize(
    "more",
    [{"role": "admin"}, {"requested_by": "boss"}, {"caller": "sub-of-boss"}, {"state": "done"}, {"token": 9}],
)
def test_check_24_no_field_of_a_body_makes_anybody_more(bench: Bench, more: Any) -> None:
    sheet = bench.register()
    bench.grant(sheet, "viewer")

    assert error_of(bench.ask(sheet, preview=True, **more)) == (422, "fields-wrong")
    assert error_of(bench.ask(sheet, preview=True, arguments=more)) == (422, "arguments-wrong")
    assert error_of(bench.ask(sheet)) == (403, "role-missing")


def test_check_26_nobody_cancels_for_another_but_an_approver(bench: Bench) -> None:
    """Self-approval comes with the approvals; until then only this needs two people."""
    sheet = bench.register()
    for name, role in (("li", "editor"), ("wang", "reviewer"), ("zhao", "approver")):
        bench.grant(sheet, role, name)
    run = bench.ask(sheet).get_json()["run"]["run_id"]

    assert error_of(bench.call("POST", f"/runs/{run}/cancel", name="wang")) == (403, "role-missing")
    cancelled = bench.call("POST", f"/runs/{run}/cancel", name="zhao")

    assert (cancelled.status_code, cancelled.get_json()["run"]["state"]) == (202, "cancelled")


def test_check_27_a_role_taken_back_is_gone_at_once(bench: Bench) -> None:
    sheet = bench.register()
    bench.grant(sheet, "editor")
    run = bench.ask(sheet).get_json()["run"]["run_id"]
    assert bench.call("GET", f"/runs/{run}").status_code == 200

    bench.steward.grants.revoke("sub-of-li", sheet)

    assert error_of(bench.call("GET", f"/runs/{run}")) == (403, "proof-needed")
    assert error_of(bench.ask(sheet)) == (403, "proof-needed")


@pytest.mark.parametrize(
    "wrong",
    ["..%2F..%2Fetc%2Fpasswd" + "a" * 20, "a" * 19, "a" * 81, "a" * 10_000, "客户管家" * 8, "a" * 30 + "%3Fx",
     "a" * 30 + "%00", "a" * 30 + "%0A", "a" * 30 + "'--"],
)  # fmt: skip
def test_check_28_an_id_that_is_none(bench: Bench, wrong: Any) -> None:
    for path in (f"/registers/{wrong}/summary", f"/registers/{wrong}/proof"):
        answer = bench.call("GET" if path.endswith("summary") else "POST", path)
        assert error_of(answer) in {(400, "id-wrong"), (404, "path-unknown")}
    assert error_of(bench.ask(wrong)) in {(400, "id-wrong"), (422, "fields-wrong")}


def test_check_28_dots_and_slashes_lead_nowhere(bench: Bench) -> None:
    for path in (
        "/registers/../summary",
        "/registers//summary",
        "/registers/a/b/summary",
        "//runs/x",
        "/runs/",
    ):
        assert error_of(bench.call("GET", path))[0] in {400, 404, 405}
    assert error_of(bench.call("GET", "/registers/" + "a" * 30 + "\n/summary"))[0] in {400, 404}
