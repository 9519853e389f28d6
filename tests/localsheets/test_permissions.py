"""Who may read, write, share and delete a spreadsheet, and the Drive permissions that say so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import gspread
import pytest

from backend.localsheets import LocalSheets, LocalSheetsAdapter

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Bench

OWNER = "steward@localhost"
ANN, BOB = "ann@shop.test", "bob@shop.test"
FILES = "https://www.googleapis.com/drive/v3/files"
NOT_PERMITTED = (403, "The caller does not have permission")
NO_WRITER = "the target user does not have a writer role for the file."
INSUFFICIENT = (403, "The user does not have sufficient permissions for this file.")


def reason(answer_body: bytes) -> str:
    return str(json.loads(answer_body)["error"]["errors"][0]["reason"])


def permissions(bench: Bench) -> dict[str, str]:
    url = f"{FILES}/{bench.id}/permissions?fields=permissions(emailAddress,domain,type,role)"
    found = bench.ask("GET", url)["permissions"]
    return {each.get("emailAddress") or each.get("domain") or each["type"]: each["role"] for each in found}


# Source: recording ClientTest.test_access_private_spreadsheet (the 403); Drive says 404 to a stranger.
def test_a_stranger_reads_nothing_and_finds_nothing(bench: Bench) -> None:
    stranger = bench.called_by(ANN)

    assert stranger.refusal("GET", bench.url()) == NOT_PERMITTED
    assert stranger.refusal("GET", bench.range_url("A1")) == NOT_PERMITTED
    assert stranger.refusal("POST", bench.url(":getByDataFilter"), {}) == NOT_PERMITTED
    assert stranger.refused_change({"addSheet": {}}) == NOT_PERMITTED
    assert stranger.refusal("GET", f"{FILES}/{bench.id}") == (404, f"File not found: {bench.id}.")
    assert stranger.refusal("DELETE", f"{FILES}/{bench.id}") == (404, f"File not found: {bench.id}.")
    assert stranger.ask("GET", FILES)["files"] == []


@pytest.mark.parametrize("role", ["reader", "commenter"])
def test_who_may_read_may_not_write_share_or_delete(bench: Bench, role: str) -> None:
    bench.write("A1", [["x"]])
    bench.share(ANN, role)
    ann = bench.called_by(ANN)

    assert ann.read("A1") == [["x"]]
    assert [each["name"] for each in ann.ask("GET", FILES)["files"]] == ["Register"]
    assert ann.refusal("PUT", bench.range_url("A1", valueInputOption="RAW"), {}) == NOT_PERMITTED
    assert ann.refusal("POST", bench.range_url("A1", ":clear")) == NOT_PERMITTED
    assert ann.refused_change({"addSheet": {}}) == NOT_PERMITTED
    assert ann.refusal("GET", f"{FILES}/{bench.id}/permissions") == INSUFFICIENT
    other = bench.share(BOB, "reader")
    assert ann.refusal("GET", f"{FILES}/{bench.id}/permissions/{other}") == INSUFFICIENT
    assert ann.refusal("POST", f"{FILES}/{bench.id}/permissions", {"type": "anyone", "role": "reader"}) == (
        INSUFFICIENT
    )
    assert ann.refusal("DELETE", f"{FILES}/{bench.id}") == INSUFFICIENT
    assert bench.read("A1") == [["x"]]


# Source: tidyverse/googledrive#298 (a file is deleted by its owner alone).
def test_a_writer_writes_and_shares_and_does_not_delete(bench: Bench) -> None:
    bench.share(ANN, "writer")
    ann = bench.called_by(ANN.upper())

    ann.write("A1", [["from ann"]])
    ann.share(BOB, "reader")

    assert bench.called_by(BOB).read("A1") == [["from ann"]]
    answer = ann.send("DELETE", f"{FILES}/{bench.id}")
    assert (answer.status, reason(answer.body)) == (403, "insufficientFilePermissions")


@pytest.mark.parametrize(
    ("kind", "grantee", "account", "reads"),
    [
        ("domain", "shop.test", ANN, True),
        ("domain", "shop.test", "ann@workshop.test", False),
        ("anyone", "", "who@else.test", True),
        ("group", "team@shop.test", ANN, False),
    ],
)
def test_access_is_given_to_a_domain_to_anyone_and_on_paper_to_a_group(
    bench: Bench, kind: str, grantee: str, account: str, *, reads: bool
) -> None:
    bench.share(grantee, "reader", kind)

    assert (bench.called_by(account).send("GET", bench.url()).status == 200) == reads


def test_a_link_alone_lets_nobody_find_the_file(bench: Bench) -> None:
    given = bench.share("", "reader", "anyone")
    hidden = bench.called_by(ANN).ask("GET", FILES)["files"]
    found = bench.share("", "reader", "anyone", allowFileDiscovery=True)

    # Source: CSSS/csss-site#644 for the id anyoneWithLink.
    assert (given, found) == ("anyoneWithLink", "anyone")
    assert (hidden, len(bench.called_by(ANN).ask("GET", FILES)["files"])) == ([], 1)


def test_what_an_account_makes_or_copies_is_its_own(bench: Bench) -> None:
    bench.share(ANN, "reader")
    ann = bench.called_by(ANN)

    made = ann.ask("POST", FILES, {"name": "Hers"})["id"]
    sheet = ann.ask("POST", "https://sheets.googleapis.com/v4/spreadsheets", {})["spreadsheetId"]
    twin = ann.ask("POST", f"{FILES}/{bench.id}/copy", {"name": "Twin"})["id"]

    for each in (made, sheet, twin):
        listed = ann.ask("GET", f"{FILES}/{each}/permissions?fields=permissions(emailAddress,role)")
        assert listed == {"permissions": [{"emailAddress": ANN, "role": "owner"}]}
        assert bench.refusal("GET", f"{FILES}/{each}") == (404, f"File not found: {each}.")


# Source: googleapis/google-api-python-client#2406 for the four fields.
def test_a_permission_is_shown_by_kind_id_type_and_role_unless_more_is_asked_for(bench: Bench) -> None:
    number = bench.share(ANN, "reader")
    url = f"{FILES}/{bench.id}/permissions/{number}"

    short = {"kind": "drive#permission", "id": number, "type": "user", "role": "reader"}
    assert bench.ask("GET", url) == short
    assert bench.ask("GET", f"{FILES}/{bench.id}/permissions")["permissions"][1] == short
    assert bench.ask("GET", url + "?fields=emailAddress") == {"emailAddress": ANN}
    assert bench.called_by(ANN).ask("GET", url) == short, "everybody sees their own"


def test_a_second_share_raises_a_role_and_an_update_may_lower_it(bench: Bench) -> None:
    number = bench.share(ANN, "writer")

    assert bench.share(ANN.upper(), "reader") == number
    kept = permissions(bench)[ANN]
    bench.ask("PATCH", f"{FILES}/{bench.id}/permissions/{number}", {"role": "reader"})

    assert (kept, permissions(bench)) == ("writer", {OWNER: "owner", ANN: "reader"})


def test_everybody_may_leave_but_for_the_owner(bench: Bench) -> None:
    number, other = bench.share(ANN, "reader"), bench.share(BOB, "reader")
    ann = bench.called_by(ANN)
    mine = bench.ask("GET", f"{FILES}/{bench.id}/permissions")["permissions"][0]["id"]

    assert ann.refusal("DELETE", f"{FILES}/{bench.id}/permissions/{other}") == INSUFFICIENT
    assert ann.send("DELETE", f"{FILES}/{bench.id}/permissions/{number}").status == 204
    assert bench.refusal("DELETE", f"{FILES}/{bench.id}/permissions/{mine}") == INSUFFICIENT
    assert permissions(bench) == {OWNER: "owner", BOB: "reader"}
    assert ann.refusal("GET", bench.url()) == NOT_PERMITTED


def test_the_owner_stays_the_owner_whoever_shares(bench: Bench) -> None:
    bench.share(ANN, "writer")
    ann = bench.called_by(ANN)

    ann.share(OWNER, "reader")
    mine = ann.ask("GET", f"{FILES}/{bench.id}/permissions")["permissions"][0]["id"]

    assert ann.refusal("PATCH", f"{FILES}/{bench.id}/permissions/{mine}", {"role": "reader"}) == INSUFFICIENT
    assert permissions(bench)[OWNER] == "owner"


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"type": "user", "emailAddress": ANN}, (400, "The permission role field is required.")),
        ({"role": "reader", "emailAddress": ANN}, (400, "The permission type field is required.")),
        (
            {"type": "user", "role": "reader", "emailAddress": "ann"},
            (400, "The specified emailAddress is invalid or not applicable for the given permission type."),
        ),
        (
            {"type": "domain", "role": "reader"},
            (400, "The specified domain is invalid or not applicable for the given permission type."),
        ),
        ({"type": "anyone", "role": "editor"}, (400, "The specified role is invalid: editor.")),
        # Source: tidyverse/googledrive#297.
        (
            {"type": "user", "role": "owner", "emailAddress": ANN},
            (403, "The transferOwnership parameter must be enabled when the permission role is 'owner'."),
        ),
        # Source: googleapis/google-api-python-client#2741.
        (
            {"type": "user", "role": "reader", "emailAddress": ANN, "pendingOwner": True},
            (
                403,
                f"The target user cannot be a pending owner because {NO_WRITER}",
            ),
        ),
    ],
)
def test_a_permission_that_makes_no_sense_is_refused(
    bench: Bench, body: object, refusal: tuple[int, str]
) -> None:
    assert bench.refusal("POST", f"{FILES}/{bench.id}/permissions", body) == refusal
    assert permissions(bench) == {OWNER: "owner"}


def test_a_permission_that_is_not_there_is_not_found(bench: Bench) -> None:
    for method in ("GET", "PATCH", "DELETE"):
        refusal = bench.refusal(method, f"{FILES}/{bench.id}/permissions/7")
        assert refusal == (404, "Permission not found: 7.")


# Source: Google's guide "Transfer file ownership"; googleapis/google-api-python-client#1753 for the refusal.
def test_a_file_is_given_away_by_offer_and_consent(bench: Bench) -> None:
    number = bench.share(ANN, "writer")
    owner, ann = bench.session(), bench.called_by(ANN)
    book = gspread.Client(auth=None, session=owner).open_by_key(bench.id)
    url = f"{FILES}/{bench.id}/permissions/{number}?transferOwnership=true"

    unasked = bench.send("PATCH", url, {"role": "owner"})
    too_early = ann.refusal("PATCH", url, {"role": "owner"})
    book.transfer_ownership(number)
    offered = permissions(bench)
    bench.share(BOB, "writer")
    for_her = bench.called_by(BOB).refusal("PATCH", url, {"role": "owner"})
    bench.send("DELETE", f"{FILES}/{bench.id}/permissions/{bench.share(BOB, 'writer')}")
    gspread.Client(auth=None, session=ann.session()).open_by_key(bench.id).accept_ownership(number)

    assert (unasked.status, reason(unasked.body)) == (403, "consentRequiredForOwnershipTransfer")
    assert (too_early, for_her, offered) == (INSUFFICIENT, INSUFFICIENT, {OWNER: "owner", ANN: "writer"})
    assert permissions(bench) == {OWNER: "writer", ANN: "owner"}
    assert "pendingOwner" not in ann.ask("GET", f"{FILES}/{bench.id}/permissions/{number}?fields=*")
    assert ann.send("DELETE", f"{FILES}/{bench.id}").status == 204


def test_only_the_owner_offers_a_file(bench: Bench) -> None:
    bench.share(ANN, "writer")
    ann = bench.called_by(ANN)

    body = {"type": "user", "role": "writer", "emailAddress": BOB, "pendingOwner": True}
    assert ann.refusal("POST", f"{FILES}/{bench.id}/permissions", body) == INSUFFICIENT


def test_within_an_organisation_a_file_is_just_given(bench: Bench) -> None:
    bench.ask(
        "POST",
        f"{FILES}/{bench.id}/permissions?transferOwnership=true",
        {"type": "user", "role": "owner", "emailAddress": "ann@localhost"},
    )

    assert permissions(bench) == {OWNER: "writer", "ann@localhost": "owner"}


def test_two_accounts_of_a_mail_provider_are_no_organisation() -> None:
    server = LocalSheets(None, caller="ann@gmail.com")
    book = gspread.Client(auth=None, session=session_of(server)).create("Register")

    with pytest.raises(gspread.exceptions.APIError, match="Consent is required to transfer ownership"):
        book.client.request(
            "post",
            f"{FILES}/{book.id}/permissions",
            params={"transferOwnership": "true"},
            json={"type": "user", "role": "owner", "emailAddress": "bob@gmail.com"},
        )
    server.close()


def test_gspread_shares_lists_and_takes_back(bench: Bench) -> None:
    book = gspread.Client(auth=None, session=bench.session()).open_by_key(bench.id)

    book.share(ANN, perm_type="user", role="writer")
    book.share("shop.test", perm_type="domain", role="reader")
    listed = [(each.get("emailAddress") or each["domain"], each["role"]) for each in book.list_permissions()]
    gone = book.remove_permissions(ANN, role="writer")

    assert listed == [(OWNER, "owner"), (ANN, "writer"), ("shop.test", "reader")]
    assert (len(gone), permissions(bench)) == (1, {OWNER: "owner", "shop.test": "reader"})


def test_permissions_outlive_the_process(tmp_path: Path) -> None:
    path = tmp_path / "sheets.db"
    first = LocalSheets(path)
    client = gspread.Client(auth=None, session=session_of(first))
    book = client.create("Register")
    book.share(ANN, perm_type="user", role="reader", notify=False)
    first.close()

    second = LocalSheets(path, caller=ANN)
    listed = gspread.Client(auth=None, session=session_of(second)).list_spreadsheet_files()
    kept = second.book(book.id).permissions
    second.close()

    assert [each["id"] for each in listed] == [book.id]
    assert [(each["emailAddress"], each["role"]) for each in kept] == [(OWNER, "owner"), (ANN, "reader")]


def test_a_server_may_share_everything_with_some_accounts() -> None:
    server = LocalSheets(None, writers=[ANN])
    book = gspread.Client(auth=None, session=session_of(server)).create("Register")
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{book.id}"
    rename = {"updateSpreadsheetProperties": {"properties": {"title": "Ours"}, "fields": "title"}}

    writes = server.handle(
        "POST", f"{url}:batchUpdate", json.dumps({"requests": [rename]}).encode(), caller=ANN
    )
    listed = server.handle("GET", FILES, None, caller=ANN)
    others = server.handle("GET", url, None, caller=BOB)
    deletes = server.handle("DELETE", f"{FILES}/{book.id}", None, caller=ANN)
    server.close()

    assert [each["name"] for each in json.loads(listed.body)["files"]] == ["Ours"]
    assert (writes.status, others.status, deletes.status) == (200, 403, 403)


def session_of(server: LocalSheets) -> gspread.http_client.Session:
    session = gspread.http_client.Session()
    for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
        session.mount(host, LocalSheetsAdapter(server))
    return session
