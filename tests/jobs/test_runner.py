import itertools
import re
from typing import Any

import pytest
import requests

from backend.core.block import unsettled_rows
from backend.errors import (
    AccessDenied,
    AlreadyRunning,
    BlockTorn,
    LeaseLost,
    NoTierRules,
    RegisterEmpty,
    RequestRefused,
    RunCancelled,
    RunHandedBack,
    RunMissing,
    ServiceBusy,
    ServiceUnreachable,
    StoppedMidway,
)
from backend.jobs.catalogue import find_job
from backend.jobs.recording import Progress, Recorder
from backend.jobs.runner import Runner
from backend.localsheets.faults import PASSING, Fault, Faults
from backend.localsheets.faulty import FaultyService
from backend.ports import RunRecord, RunState

FIRST_WRITE = 3
"""The request of a first run that writes the block: structure and cells are read before it."""


def refuse(status: Any, message: Any = "no") -> Any:
    def give(request: Any, _carry_out: Any) -> Any:
        response = requests.Response()
        response.status_code, response.request = status, request
        response._content = b'{"error": {"code": %d, "message": "%s"}}' % (status, message.encode())  # noqa: SLF001
        return response

    return give


def never_arrive(_request: Any, _carry_out: Any) -> None:
    raise requests.ConnectionError


def states(desk: Any) -> Any:
    return [(record.state, record.message) for record in desk.ledger.recent(9)]


def proved(register: Any) -> Any:
    """Whether each customer has an id of its own, and a signature that proves its block."""
    read = register.read()["Customers"]
    ids = read.cells("row_id").tolist()
    return unsettled_rows(read) == () and "" not in ids and len(set(ids)) == len(ids)


def test_a_run_goes_from_read_to_done(desk: Any, people: Any) -> None:
    register = desk.make(people(5))

    outcome = desk.run(register)

    (record,) = desk.ledger.recent(9)
    assert (outcome.state, outcome.counts["changed"], outcome.api_calls) == (RunState.DONE, 5, 5)
    assert (record.state, record.requested_by, record.register, record.job) == (
        RunState.DONE,
        "ann",
        "shop",
        "validate-and-tier",
    )
    assert (record.plan_hash, record.rules_hash) == (outcome.plan_hash, outcome.rules_hash)
    assert proved(register)


def test_a_run_id_says_when_it_began(desk: Any, people: Any) -> None:
    outcome = desk.run(desk.make(people(1)))

    assert re.fullmatch(r"20261121-0700-[0-9a-f]{4}", outcome.run_id)


def test_a_second_run_reads_and_writes_nothing(desk: Any, people: Any) -> None:
    register = desk.make(people(50, {3: {"mobile": "12"}}))
    desk.run(register)
    before = desk.person(register).rows()

    outcome = desk.run(register)

    assert (outcome.state, outcome.api_calls, outcome.counts["cells"], outcome.counts["lines"]) == (
        RunState.DONE,
        2,
        0,
        0,
    )
    assert (desk.person(register).rows(), [sent.writes for sent in desk.wire.sent]) == (before, [False] * 2)


def test_a_run_the_next_day_writes_nothing_new(desk: Any, people: Any) -> None:
    register = desk.make(people(20, {3: {"mobile": "12"}, 4: {"email": "nobody"}}))
    desk.run(register)
    desk.clock.forward(days=1)

    outcome = desk.run(register)

    assert (outcome.counts["changed"], outcome.counts["lines"]) == (0, 0)


def test_only_a_run_that_changed_something_has_a_line_in_the_runs_tab(desk: Any, people: Any) -> None:
    register = desk.make(people(5))
    first = desk.run(register)
    desk.run(register)
    desk.person(register).type_in(2, "mobile", "12")
    third = desk.run(register)

    ids = [row[0] for row in desk.person(register, "Runs").rows()[1:]]
    assert ids == [first.run_id, third.run_id]


def test_only_the_rows_that_differ_are_sent(desk: Any, people: Any) -> None:
    register = desk.make(people(9))
    desk.run(register)
    desk.person(register).type_in(5, "mobile", "12")

    desk.run(register)

    (put,) = [sent for sent in desk.wire.sent if sent.method == "PUT"]
    assert [bool(row) for row in put.body["values"]] == [False] * 4 + [True]
    assert put.body["values"][4][0] is None


def test_a_preview_writes_nothing_and_says_what_it_would(desk: Any, people: Any) -> None:
    register = desk.make(people(5, {2: {"mobile": "12"}}))
    before = desk.person(register).rows()

    outcome = desk.run(register, preview=True)

    (record,) = desk.ledger.recent(9)
    assert [sent.writes for sent in desk.wire.sent] == [False, False]
    assert desk.person(register).rows() == before
    assert (outcome.counts["changed"], outcome.state, record.preview) == (5, RunState.DONE, True)


def test_values_are_written_raw_and_in_requests_of_two_megabytes_at_most(desk: Any, people: Any) -> None:
    register = desk.make(people(30, {2: {"full_name": "=HYPERLINK(1)", "mobile": "=1+1", "email": "+x"}}))

    desk.run(register)

    options = [option for sent in desk.wire.sent for option in sent.input_options]
    assert (set(options), len(options), max(sent.size for sent in desk.wire.sent) < 2_000_000) == (
        {"RAW"},
        2,
        True,
    )


def test_text_that_begins_like_a_formula_stays_text(desk: Any, people: Any) -> None:
    register = desk.make(people(3, {2: {"full_name": "=1+1", "mobile": "12"}}))

    desk.run(register)

    formulas = desk.person(register).ask("GET", "/values/steward_block_0?valueRenderOption=FORMULA")["values"]
    issues = desk.person(register, "Issues").rows()[1]
    assert not [cell for row in formulas for cell in row if str(cell).startswith("=")]
    assert "=1+1" in issues


def test_many_rows_are_written_in_few_calls(desk: Any, people: Any) -> None:
    register = desk.make(people(4_000))
    team = desk.person(register).team_rows()

    first, second = desk.run(register), desk.run(register)

    assert (first.state, first.api_calls <= 10, second.api_calls, second.counts["cells"]) == (
        RunState.DONE,
        True,
        2,
        0,
    )
    assert desk.person(register).team_rows() == team


# What people do while a run is under way


def insert_on_top(person: Any) -> None:
    person.insert("ROWS", 2)
    person.type_in(2, "full_name", "新来的")
    person.type_in(2, "mobile", "13900000000")


def insert_blank(person: Any) -> None:
    person.insert("ROWS", 5)


def delete_a_row(person: Any) -> None:
    person.delete("ROWS", 4)


def sort_by_phone(person: Any) -> None:
    person.sort("mobile")


def edit_a_phone(person: Any) -> None:
    person.type_in(6, "mobile", "12")


def move_a_column(person: Any) -> None:
    person.move_column(person.place("notes"), person.place("mobile"))


def insert_a_column_on_the_left(person: Any) -> None:
    person.insert("COLUMNS", 0)


def clear_an_id(person: Any) -> None:
    person.type_in(3, "row_id", "")


EDITS = [
    insert_on_top,
    insert_blank,
    delete_a_row,
    sort_by_phone,
    edit_a_phone,
    move_a_column,
    insert_a_column_on_the_left,
    clear_an_id,
]


def team_cells(person: Any) -> Any:
    """What the team sees: rows of header and cell, whatever the order of columns and rows."""
    header, *rows = person.team_rows()
    return sorted(
        sorted((str(title), str(cell)) for title, cell in zip(header, row, strict=True) if cell != "")
        for row in rows
        if any(cell != "" for cell in row)
    )


@pytest.mark.parametrize(
    ("again", "number"),
    [*((False, number) for number in range(2, 7)), (True, 2), (True, 3)],
    ids=lambda value: (
        {True: "later run", False: "first run"}.get(value) if isinstance(value, bool) else value
    ),
)
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_whatever_a_person_does_every_block_belongs_to_its_own_customer(
    desk: Any, people: Any, edit: Any, number: Any, again: Any
) -> None:
    register = desk.make(people(12, {5: {"mobile": "12"}, 7: {"email": "nobody"}}))
    person = desk.person(register)
    if again:
        desk.run(register)
        for row in range(2, 12):
            person.type_in(row, "notes", f"seen {row}")
    seen = []
    desk.wire.before = {number: lambda: (edit(person), seen.append(team_cells(person)))}

    outcome = desk.run(register)

    if not seen:
        desk.wire.before = {}
        edit(person)
        seen.append(team_cells(person))
        outcome = desk.run(register)
    desk.wire.before = {}
    assert (outcome.state, team_cells(person)) == (RunState.DONE, seen[0])
    later = desk.run(register)
    if outcome.unsettled or number > FIRST_WRITE + 2 or later.counts["changed"]:
        later = desk.run(register)
    assert (proved(register), later.counts["cells"], later.counts["lines"]) == (True, 0, 0)


def test_a_row_that_was_missed_is_written_though_its_old_signature_still_holds(
    desk: Any, people: Any
) -> None:
    order = {"transaction_id": "T1", "customer_id": "K00001", "amount": 90, "transaction_date": 46_300}
    register = desk.make(people(6), Transactions=[order | {"status": "已完成"}])
    desk.run(register)
    person = desk.person(register)
    desk.person(register, "Transactions").type_in(2, "customer_id", "K00003")
    desk.wire.before = {FIRST_WRITE: lambda: person.insert("ROWS", 4)}

    outcome = desk.run(register)

    rows = zip(person.cells("customer_id"), person.cells("tier"), person.cells("sig"), strict=True)
    tiers = {number: tier for number, tier, sig in rows if number or sig}
    unrated = dict.fromkeys((f"K{number:05d}" for number in range(1, 7)), "未评")
    assert (outcome.state, tiers) == (RunState.DONE, unrated | {"K00003": "一般"})


def test_when_people_outrun_a_run_it_ends_partly_done_and_says_which_rows(desk: Any, people: Any) -> None:
    register = desk.make(people(6))
    person = desk.person(register)
    turns = itertools.count()
    desk.wire.before = {
        number: lambda: person.sort("mobile", ["DESCENDING", "ASCENDING"][next(turns) % 2])
        for number in range(FIRST_WRITE, 400)
    }

    outcome = desk.run(register)

    desk.wire.before = {}
    assert (outcome.state, bool(outcome.unsettled)) == (RunState.PARTLY_DONE, True)
    assert (desk.run(register).state, proved(register)) == (RunState.DONE, True)


# Faults


ONE_WRITE = [
    fault for fault in PASSING if fault not in {Fault.TOKEN_EXPIRED, Fault.STALE_READ, Fault.FEWER_RANGES}
]
"""What a write may meet with; a token that has run out is renewed by the session, which is not here."""


@pytest.mark.parametrize(
    ("write", "fault"),
    [*((write, fault) for write in (0, 1) for fault in ONE_WRITE), (1, Fault.FEWER_RANGES)],
)
def test_a_write_whose_answer_is_lost_is_repaired_by_reading_again(
    desk: Any, people: Any, write: Any, fault: Any
) -> None:
    register = desk.make(people(8, {3: {"mobile": "12"}}))
    desk.wire.server = FaultyService(desk.server, Faults.scripted({FIRST_WRITE + write: fault}))

    outcome = desk.run(register)

    desk.wire.server.settle()
    run_ids = [row[0] for row in desk.person(register, "Runs").rows()[1:]]
    assert (outcome.state, proved(register), run_ids) == (RunState.DONE, True, [outcome.run_id])
    assert [one.fault for one in desk.wire.server.befallen] == [fault]
    assert desk.run(register).counts["cells"] == 0


@pytest.mark.parametrize(
    ("faults", "kind", "state", "code"),
    [
        ([refuse(403)], AccessDenied, RunState.REFUSED, "access-denied"),
        ([never_arrive] * 8, ServiceUnreachable, RunState.FAILED, "service-unreachable"),
        ([refuse(429)] * 8, ServiceBusy, RunState.REFUSED, "service-busy"),
        ([None, None, refuse(400)], RequestRefused, RunState.REFUSED, "request-refused"),
        ([None, None, None, refuse(400)], StoppedMidway, RunState.PARTLY_DONE, "request-refused"),
        ([None] * 4 + [never_arrive] * 8, StoppedMidway, RunState.PARTLY_DONE, "service-unreachable"),
    ],
)
def test_a_fault_ends_a_run_in_one_state_with_its_code(
    desk: Any, people: Any, faults: Any, kind: Any, state: Any, code: Any
) -> None:
    register = desk.make(people(4))
    desk.wire.faults = faults

    with pytest.raises(kind):
        desk.run(register)

    assert states(desk) == [(state, code)]
    desk.wire.faults = []
    assert (desk.run(register).state, proved(register)) == (RunState.DONE, True)


def test_a_register_that_is_spoilt_after_the_write_ends_partly_done(desk: Any, people: Any) -> None:
    register = desk.make(people(4))
    person = desk.person(register)
    desk.wire.after = {FIRST_WRITE: lambda: person.insert("COLUMNS", 4)}

    with pytest.raises(StoppedMidway, match="E1") as caught:
        desk.run(register)

    assert (caught.value.exit_code, states(desk)) == (4, [(RunState.PARTLY_DONE, BlockTorn.code)])


def test_an_empty_register_is_refused(desk: Any) -> None:
    register = desk.make([])

    with pytest.raises(RegisterEmpty):
        desk.run(register)

    assert states(desk) == [(RunState.REFUSED, "register-empty")]


def test_tier_rules_of_which_none_can_be_read_are_refused(desk: Any, people: Any) -> None:
    register = desk.make(people(2), TierRules=[{"tier": "gold", "window_days": "many"}])

    with pytest.raises(NoTierRules) as refusal:
        desk.run(register)

    assert states(desk) == [(RunState.REFUSED, "no-tier-rules")]
    assert "First: line 2 of TierRules" in refusal.value.to("en")
    assert "第一处：分级规则第 2 行" in refusal.value.to("zh")


@pytest.mark.parametrize(
    ("reason", "state", "message"),
    [(KeyboardInterrupt, RunState.CANCELLED, "interrupted"), (MemoryError, RunState.FAILED, "MemoryError")],
)
def test_a_run_that_is_stopped_says_why(
    desk: Any, people: Any, reason: Any, state: Any, message: Any
) -> None:
    register = desk.make(people(2))

    def told(*_: Any) -> None:
        raise reason

    with pytest.raises(reason):
        desk.run(register, progress=Progress(told=told))

    assert states(desk) == [(state, message)]


def holding(desk: Any, register: Any) -> Any:
    record = RunRecord(
        run_id="20261121-0655-beef",
        job="validate-and-tier",
        spreadsheet_id=register.spreadsheet_id,
        register="shop",
        requested_by="bob",
        created=desk.clock.now(),
        started=desk.clock.now(),
    )
    return desk.ledger.begin(record)


def test_a_row_in_doubt_does_not_keep_the_row_whose_id_it_carries_from_being_written(
    desk: Any, people: Any
) -> None:
    register = desk.make(people(4))
    desk.run(register)
    person = desk.person(register)
    original = {name: person.cells(name)[0] for name in ("sig", "full_name", "mobile", "email")}
    for row, notes in ((2, "one"), (3, "two")):
        for name, cell in {**original, "notes": notes}.items():
            person.type_in(row, name, cell)
    person.type_in(3, "row_id", "")
    person.type_in(2, "row_id", person.cells("row_id")[2])
    person.type_in(4, "mobile", "123")

    outcome = desk.run(register)

    assert (outcome.state, outcome.unsettled, outcome.counts["conflicts"]) == (RunState.PARTLY_DONE, (), 2)
    assert [bool(row_id) for row_id in person.cells("row_id")] == [False, False, True, True]
    assert desk.run(register).counts["cells"] == 0


def test_a_register_that_is_held_names_its_holder(desk: Any, people: Any) -> None:
    register = desk.make(people(2))
    holding(desk, register)

    with pytest.raises(AlreadyRunning) as caught:
        desk.run(register)

    said = [part in caught.value.en for part in ("20261121-0655-beef", "2026-11-21 07:00 UTC", "bob")]
    assert (said, desk.wire.sent, len(desk.ledger.recent(9))) == ([True] * 3, [], 1)


def test_a_run_whose_lease_ran_out_is_taken_over(desk: Any, people: Any) -> None:
    register = desk.make(people(2))
    holding(desk, register)
    desk.clock.forward(minutes=1, seconds=1)

    outcome = desk.run(register)

    assert (outcome.state, states(desk)) == (
        RunState.DONE,
        [(RunState.DONE, ""), (RunState.FAILED, "worker-died")],
    )


def test_a_run_that_lost_its_lease_goes_no_further(desk: Any, people: Any) -> None:
    register = desk.make(people(2))
    other = Runner(ledger=desk.ledger, journal=desk.journal, clock=desk.clock)

    def take_over() -> None:
        desk.clock.forward(minutes=16)
        other.run(find_job("validate-and-tier"), register, requested_by="bob")

    desk.wire.before = {2: take_over}

    with pytest.raises(LeaseLost):
        desk.run(register)

    assert sorted(states(desk)) == [(RunState.DONE, ""), (RunState.FAILED, "worker-died")]


@pytest.mark.parametrize("tab_id", ["Issues", "Duplicates", "Runs"])
def test_a_tool_tab_that_was_deleted_is_made_again(desk: Any, people: Any, tab_id: Any) -> None:
    register = desk.make(people(4, {2: {"mobile": "12"}, 4: {"mobile": "13800007919", "full_name": "钱伟1"}}))
    desk.run(register)
    desk.person(register, tab_id).delete_tab()
    desk.person(register).type_in(3, "mobile", "123")

    outcome = desk.run(register)

    assert outcome.state is RunState.DONE
    assert (len(desk.person(register, tab_id).rows()) > 1, desk.run(register).counts["lines"]) == (True, 0)


@pytest.mark.parametrize("tab_id", ["Transactions", "Settings", "TierRules"])
def test_a_tab_the_team_does_without_is_not_missed(desk: Any, people: Any, tab_id: Any) -> None:
    register = desk.make(people(3))
    desk.person(register, tab_id).delete_tab()

    assert desk.run(register).state is RunState.DONE


def test_the_named_range_is_made_again_when_somebody_deleted_it(desk: Any, people: Any) -> None:
    register = desk.make(people(3))
    person = desk.person(register)
    (named,) = person.ask("GET", "?fields=namedRanges")["namedRanges"]
    person.change(deleteNamedRange={"namedRangeId": named["namedRangeId"]})

    assert (desk.run(register).state, proved(register)) == (RunState.DONE, True)


def test_the_named_range_is_put_back_when_somebody_moved_it(desk: Any, people: Any) -> None:
    register = desk.make(people(3))
    person = desk.person(register)
    (named,) = person.ask("GET", "?fields=namedRanges")["namedRanges"]
    named["range"] = {"sheetId": person.sheet_id(), "startColumnIndex": 12, "endColumnIndex": 14}
    person.change(updateNamedRange={"namedRange": named, "fields": "range"})
    before = team_cells(person)

    assert (desk.run(register).state, proved(register), team_cells(person)) == (RunState.DONE, True, before)


def test_progress_names_each_stage_once_a_round_and_ends_at_all_rows(desk: Any, people: Any) -> None:
    register = desk.make(people(5))
    told = []

    desk.run(register, progress=Progress(told=lambda *step: told.append(step)))

    assert [stage for stage, done, _ in told if not done] == [
        "stage-read",
        "stage-check",
        "stage-tier",
        "stage-duplicates",
        "stage-plan",
        "stage-write",
        "stage-verify",
    ]
    assert told[6] == ("stage-write", 5, 5)


def claimed(desk: Any, register: Any) -> Any:
    recorder = Recorder(ledger=desk.ledger, clock=desk.clock)
    record = recorder.new_record(
        "validate-and-tier", register.spreadsheet_id, "shop", requested_by="ann", preview=False
    )
    desk.ledger.request(record)
    return desk.ledger.claim(None, "w1")


def test_a_run_handed_back_after_it_wrote_and_cancelled_then_can_be_undone(desk: Any, people: Any) -> None:
    register = desk.make(people(3))
    before = desk.person(register).cells("status")
    record, progress = claimed(desk, register), Progress()

    with pytest.raises(RunHandedBack):
        desk.runner.carry_out(record, register, progress, must_leave=lambda: progress.wrote)
    handed_back = desk.ledger.find(record.run_id)
    again = desk.ledger.claim(None, "w2")
    desk.ledger.cancel(record.run_id)
    with pytest.raises(StoppedMidway):
        desk.runner.carry_out(again, register)
    cancelled = desk.ledger.find(record.run_id)
    written = desk.person(register).cells("status")
    undone = desk.undo(record.run_id, register)

    assert (handed_back.state, handed_back.attempt, again.token) == (RunState.QUEUED, 0, 2)
    assert (cancelled.state, cancelled.message) == (RunState.PARTLY_DONE, "run-cancelled")
    assert (all(written), undone.state, undone.counts["edited"]) == (True, RunState.DONE, 0)
    assert desk.person(register).cells("status") == before


def test_a_run_cancelled_before_it_writes_leaves_the_sheet_as_it_was(desk: Any, people: Any) -> None:
    register = desk.make(people(3))
    before = desk.person(register).rows()
    record = claimed(desk, register)
    desk.wire.before = {2: lambda: desk.ledger.cancel(record.run_id)}

    with pytest.raises(RunCancelled):
        desk.runner.carry_out(record, register)

    assert (desk.person(register).rows(), states(desk)) == (before, [(RunState.CANCELLED, "run-cancelled")])
    assert not any(sent.writes for sent in desk.wire.sent)


def test_a_run_of_another_spreadsheet_is_not_undone(desk: Any, people: Any) -> None:
    one, other = desk.make(people(2)), desk.make(people(2))
    run_id = desk.run(one).run_id
    stands = desk.person(one).rows()

    with pytest.raises(RunMissing):
        desk.undo(run_id, other)

    assert desk.person(one).rows() == stands


def test_what_a_run_shows_is_kept_before_it_ends(desk: Any, people: Any) -> None:
    register = desk.make(people(3))
    record = claimed(desk, register)

    desk.runner.carry_out(record, register, result_of=lambda outcome: {"changed": outcome.counts["changed"]})

    assert desk.ledger.result(record.run_id) == {"changed": 3}
