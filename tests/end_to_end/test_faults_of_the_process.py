"""Cases of faults.md about leases, clocks, tokens and keys: what is said then, word for word."""

import re
from typing import Any

import pytest

from backend.adapters.google.access import read_access
from backend.adapters.google.client import Patience, SheetsClient
from backend.adapters.google.session import GoogleSession
from backend.adapters.store.journal import SqlJournal
from backend.errors import (
    ClockWrong,
    CredentialsRefused,
    CredentialsUnusable,
    JournalUnreadable,
    KeyOnSand,
    LeaseLost,
    RunHandedBack,
    SettingsError,
    StewardError,
)
from backend.jobs.catalogue import find_job
from backend.jobs.recording import Recorder
from backend.settings import KNOWN, Settings, read_settings
from backend.wiring import open_steward

SHORT_LIVED = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."


def said(problem: StewardError) -> tuple[str, str, str, int]:
    return problem.code, problem.en, problem.zh, problem.exit_code


def words(code: str, en: str, zh: str, exit_code: int) -> tuple[str, str, str, int]:
    return code, en, zh, exit_code


def test_case_19_a_run_that_lost_its_lease_stops_and_says_so(desk: Any, people: Any) -> None:
    register = desk.make(people(2))

    def take_over() -> None:
        desk.clock.forward(minutes=16)
        desk.runner.run(find_job("validate-and-tier"), register, requested_by="bob")

    desk.wire.before = {2: take_over}
    with pytest.raises(LeaseLost) as caught:
        desk.run(register)

    run_id = desk.ledger.recent(9)[-1].run_id
    assert said(caught.value) == words(
        "lease-lost",
        f"Run {run_id} gave no sign of life for so long that it lost its hold on the register. Run again.",
        f"运行 {run_id} 太久没有动静，已失去对登记表的占用。请再运行一次。",
        1,
    )


def test_case_22_a_wrong_clock_is_named_with_how_far_it_is_off(google_desk: Any) -> None:
    google_desk.ahead, google_desk.answers = 1200.0, [SHORT_LIVED]
    session = GoogleSession(read_access(str(google_desk.key_file())), google_desk.http.url)

    with pytest.raises(ClockWrong) as caught:
        session.sign_in()

    google_desk.ahead = 0.0
    session.close()
    assert (caught.value.code, caught.value.exit_code) == ("clock-wrong", 3)
    assert re.fullmatch(
        r"The clock of this machine is wrong by 1,(199|200) s \(behind\), so Google gives no access\. Set "
        r"it, best by network time \(NTP\), and run again\.",
        caught.value.en,
    )
    assert re.fullmatch(
        r"这台机器的时钟不准（慢了 1,(199|200) 秒），所以 Google 不给访问权限。"
        r"请校准时钟，最好启用网络时间（NTP），然后再运行。",
        caught.value.zh,
    )


@pytest.mark.parametrize("signer", ["steward", "thief"])
def test_case_24_a_token_that_ran_out_is_renewed_and_a_key_that_was_replaced_is_refused(
    google_desk: Any, signer: str
) -> None:
    key = google_desk.key_file(signer)
    session = GoogleSession(read_access(str(key)), google_desk.http.url)
    client = SheetsClient(None, session, patience=Patience(sleep=lambda _seconds: None))
    google_desk.http.forget_tokens()

    if signer == "steward":
        url = "https://sheets.googleapis.com/v4/spreadsheets"
        assert client.request("post", url, json={"properties": {"title": "x"}}).ok
    else:
        with pytest.raises(CredentialsRefused) as caught:
            client.request("get", "https://sheets.googleapis.com/v4/spreadsheets/none")
        assert said(caught.value) == words(
            "credentials-refused",
            "Google does not accept the credentials in STEWARD_GOOGLE_CREDENTIALS: "
            '"invalid_grant: Invalid JWT Signature." The key may have been deleted or replaced, or '
            "the account "
            "switched off. Make a new key and name its file there.",
            "Google 不接受 STEWARD_GOOGLE_CREDENTIALS 里的凭据：“invalid_grant: Invalid JWT Signature.”"
            "密钥可能已删除或更换，或账号已停用。请新建密钥，并把变量指向新文件。",
            3,
        )
    session.close()
    google_desk.key_file()


def test_case_26_a_key_file_that_is_gone_is_refused_at_the_start(tmp_path: Any) -> None:
    gone = str(tmp_path / "key.json")

    with pytest.raises(CredentialsUnusable) as caught:
        read_access(gone)

    assert said(caught.value) == words(
        "credentials-unusable",
        f'STEWARD_GOOGLE_CREDENTIALS is "{gone}", which cannot be used: there is no such file. Set it '
        f"to the JSON "
        "key file of a service account, or to the word default; without it, sheets are local.",
        f"STEWARD_GOOGLE_CREDENTIALS 是“{gone}”，不能用：没有这个文件。"
        "请把它设为服务账号的 JSON 密钥文件，或设为 default；不设则使用本机表格。",
        2,
    )


@pytest.mark.parametrize("text", ["short", "a" * 44, "密钥", "b" * 43 + "=="])
def test_case_26_a_journal_key_that_is_none_is_refused_at_the_start(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"STEWARD_JOURNAL_KEY": text})

    assert said(caught.value) == words(
        "settings-error",
        "The environment cannot be used: STEWARD_JOURNAL_KEY is not 32 bytes in base64. Settings are: "
        f"{', '.join(KNOWN)}.",
        f"环境变量不能用：STEWARD_JOURNAL_KEY 不是 base64 写的 32 个字节。可用的有：{', '.join(KNOWN)}。",
        2,
    )
    assert text not in caught.value.en + caught.value.zh


def test_case_26_a_journal_key_that_is_missing_on_a_disk_that_goes_away_is_refused(
    tmp_path: Any, postgresql: Any
) -> None:
    settings = Settings(home=tmp_path, database_url=postgresql, platform="Cloud Run")
    steward = open_steward(settings)

    with pytest.raises(KeyOnSand) as caught:
        _ = steward.journal

    steward.close()
    assert said(caught.value) == words(
        "key-on-sand",
        "The disk of Cloud Run goes away with the instance, so a key made there would be lost. Set "
        'STEWARD_JOURNAL_KEY to 32 bytes in base64 ("openssl rand -base64 32"), the same for every instance.',
        "Cloud Run 的磁盘会随实例消失，在那里生成的密钥会丢失。请把 STEWARD_JOURNAL_KEY 设为 base64 "
        "写的 32 个字节"
        "（openssl rand -base64 32），每个实例都用同一个。",
        2,
    )


def test_case_26_a_journal_key_that_was_replaced_is_named_by_an_undo_and_changes_nothing(
    desk: Any, people: Any
) -> None:
    register = desk.make(people(2))
    run_id = desk.run(register).run_id
    before = desk.person(register).rows()
    right, desk.journal = desk.journal, SqlJournal(desk.journal.engine, desk.clock, b"n" * 32, 90)

    with pytest.raises(JournalUnreadable) as caught:
        desk.undo(run_id, register)

    desk.journal = right
    assert desk.person(register).rows() == before
    assert said(caught.value) == words(
        "journal-unreadable",
        f"What run {run_id} changed cannot be read: the key is not the one it was written with, or the "
        f"journal was "
        "changed. Restore STEWARD_JOURNAL_KEY, or the file journal.key in the folder of STEWARD_HOME.",
        f"运行 {run_id} 的改动记录打不开：密钥不是当时的那一把，或记录被改过。请恢复 STEWARD_JOURNAL_KEY，"
        "或 STEWARD_HOME 文件夹里的 journal.key。",
        1,
    )
    assert desk.undo(run_id, register).counts["undone"] > 0


def test_case_28_a_process_that_is_told_to_end_finishes_its_request_and_hands_the_run_back(
    desk: Any, people: Any
) -> None:
    register = desk.make(people(2))
    recorder = Recorder(ledger=desk.ledger, clock=desk.clock)
    asked = recorder.new_record(
        "validate-and-tier", register.spreadsheet_id, "shop", requested_by="ann", preview=False
    )
    desk.ledger.request(asked)
    record = desk.ledger.claim(asked.run_id, "worker")

    def told_to_end() -> bool:
        return any(sent.writes for sent in desk.wire.sent)

    with pytest.raises(RunHandedBack) as caught:
        desk.runner.carry_out(record, register, must_leave=told_to_end)

    assert said(caught.value) == words(
        "run-handed-back",
        f"Run {asked.run_id} was handed back because this process is ending. Another worker goes on with it.",
        f"本进程即将结束，运行 {asked.run_id} 已交回，由别的工作进程继续。",
        1,
    )
    assert str(desk.ledger.find(asked.run_id).state) == "queued"
    again = desk.ledger.claim(asked.run_id, "another")
    desk.runner.carry_out(again, register)
    assert desk.run(register).counts["cells"] == 0
