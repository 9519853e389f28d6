"""What `steward doctor` looks at beyond this machine: credentials, token, clock, and every register."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from backend.adapters.google.access import KEY_FILE
from backend.cli.doctor_machine import Finding, Level, found
from backend.core.rules import read_settings
from backend.core.snapshot import NOT_THERE
from backend.core.wording import say
from backend.errors import ClockWrong, StewardError
from backend.ports import RunState
from sheets_schema.presets import register as register_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from backend.adapters.google.register import SheetRegister
    from backend.core.snapshot import Snapshot
    from backend.ports import RunRecord
    from backend.wiring import Steward
    from sheets_schema.model import Language, Text

_BY_OTHERS = 0o077
_CLOCK_SLACK_SECONDS = 60
_RUNS_SEEN = 500
_WELL = (RunState.DONE, RunState.RUNNING, RunState.QUEUED)


def look_at_access(steward: Steward) -> Iterator[Finding]:
    """Look at the credentials, whether they give a token, and at the clock."""
    if not steward.in_google:
        for check in ("credentials", "token", "clock"):
            yield found(check, Level.OK, "doctor-local")
        return
    try:
        yield _credentials(steward)
    except StewardError as problem:
        yield Finding.of_error("credentials", problem)
        yield found("token", Level.WARNING, "doctor-not-asked")
        return
    yield from _token_and_clock(steward)


def _credentials(steward: Steward) -> Finding:
    access = steward.google_access
    if access.kind == KEY_FILE:
        if Path(steward.settings.credentials).expanduser().stat().st_mode & _BY_OTHERS:
            return found("credentials", Level.WARNING, "doctor-credentials-open", email=access.email)
        return found("credentials", Level.OK, "doctor-credentials", email=access.email)
    # A machine's own account is known only with its token; whether there is one is looked at afterwards.
    with suppress(StewardError):
        steward.google_session.sign_in()
    email = access.email or partial(say, "doctor-account-unknown")
    return found("credentials", Level.OK, "doctor-credentials-default", kind=access.kind, email=email)


def _token_and_clock(steward: Steward) -> Iterator[Finding]:
    try:
        steward.google_session.sign_in()
    except StewardError as problem:
        yield Finding.of_error("clock" if isinstance(problem, ClockWrong) else "token", problem)
        return
    local = bool(steward.settings.sheets_url)
    yield found(
        "token", Level.WARNING if local else Level.OK, "doctor-token-local" if local else "doctor-token"
    )
    ahead = steward.google_session.seconds_ahead
    if ahead is None:
        yield found("clock", Level.WARNING, "doctor-clock-unknown")
    elif abs(ahead) > _CLOCK_SLACK_SECONDS:
        yield found("clock", Level.WARNING, "doctor-clock-off", seconds=f"{abs(ahead):,.0f}")
    else:
        yield found("clock", Level.OK, "doctor-clock", seconds=f"{abs(ahead):,.0f}")


def look_at_registers(steward: Steward, text: str | None) -> Iterator[Finding]:
    """Look at one register, or at every one that is known."""
    try:
        texts = [known.spreadsheet_id for known in steward.registers.all()] if text is None else [text]
        runs = steward.ledger.recent(_RUNS_SEEN)
    except StewardError as problem:
        yield Finding.of_error("registers", problem)
        return
    if not texts:
        yield found("registers", Level.WARNING, "doctor-no-registers")
    for one in texts:
        try:
            register = steward.register(one)
        except StewardError as problem:
            yield Finding.of_error("register", problem)
            continue
        yield from _look_at(steward, register, runs)


def _look_at(steward: Steward, register: SheetRegister, runs: Sequence[RunRecord]) -> Iterator[Finding]:
    try:
        register.look()
    except StewardError as problem:
        yield found("register", Level.ERROR, "doctor-register-bad", register=register.name, why=_in(problem))
        return
    code = "doctor-register" if steward.in_google else "doctor-register-local"
    yield found("register", Level.OK, code, register=register.name)
    try:
        yield _layout(register.name, register.read())
    except StewardError as problem:
        # The error's own words may quote the headers of whatever stands in the sheet.
        refused = partial(found, "layout", Level.ERROR, "doctor-layout-refused")
        yield refused(register=register.name, error=problem.code)
    yield _last_run(register, [run for run in runs if run.spreadsheet_id == register.spreadsheet_id])


def _in(problem: StewardError) -> Callable[[Language], str]:
    return lambda language: problem.to(language.value)


def _layout(name: str, snapshot: Snapshot) -> Finding:
    """Compare a register with what a new one of its preset has; only what is required of a column counts."""
    settings, _issues = read_settings(snapshot)
    tabs = [tab for tab in register_of(settings.preset).tabs if tab.id != "Archive"]
    there = {tab_id: read for tab_id, read in snapshot.tabs.items() if read.sheet_id != NOT_THERE}
    missing: list[tuple[str, Text]] = [("doctor-tab", tab.label) for tab in tabs if tab.id not in there]
    for read in (there[tab.id] for tab in tabs if tab.id in there):
        required = [column for column in read.tab.columns if column.required and not read.has(column.id)]
        missing.extend(("doctor-column", column.label) for column in required)
    if missing:
        return found(
            "layout", Level.WARNING, "doctor-layout-differs", register=name, missing=_listed(missing)
        )
    customers = there["Customers"]
    columns = sum(customers.has(column.id) for column in customers.tab.team_columns)
    return found("layout", Level.OK, "doctor-layout", register=name, tabs=len(there), columns=columns)


def _listed(missing: Sequence[tuple[str, Text]]) -> Callable[[Language], str]:
    return lambda language: ", ".join(say(code, language, name=label.to(language)) for code, label in missing)


def _last_run(register: SheetRegister, runs: Sequence[RunRecord]) -> Finding:
    if not runs:
        return found("last run", Level.OK, "doctor-never-run", register=register.name)
    last = runs[0]
    level, code = (
        (Level.OK, "doctor-last-run") if last.state in _WELL else (Level.WARNING, "doctor-last-run-bad")
    )
    return found(
        "last run",
        level,
        code,
        register=register.name,
        run_id=last.run_id,
        when=f"{last.started:%Y-%m-%d %H:%M}",
        state=partial(say, f"state-{last.state}"),
    )
