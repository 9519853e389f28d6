"""Settings -> adapters -> runner: the only module that knows which adapter is used."""

from __future__ import annotations

import os
import socket
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import requests

from backend.adapters.clock import SystemClock
from backend.adapters.google.access import read_access
from backend.adapters.google.session import GoogleSession
from backend.adapters.store.journal import SqlJournal
from backend.adapters.store.ledger import SqlRunLedger
from backend.adapters.store.opening import open_store
from backend.adapters.store.registers import KnownRegister, Registers, spreadsheet_id_in
from backend.adapters.store.sealing import Seal
from backend.errors import HomeUnusable, RegisterUnknown, SpreadsheetMissing, StoreOnSand
from backend.jobs.recording import Progress, Recorder
from backend.jobs.worker import Worker
from backend.wiring_callers import CallerParts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine

    from backend.adapters.google.access import Access
    from backend.adapters.google.client import SheetsClient
    from backend.adapters.google.register import SheetRegister
    from backend.adapters.queue import HueyQueue
    from backend.jobs.importer import Importer
    from backend.jobs.job import Outcome
    from backend.jobs.runner import Runner
    from backend.localsheets import LocalSheets
    from backend.ports import Clock, RunRecord
    from backend.settings import Settings

_GOOGLE_HOSTS = ("https://sheets.googleapis.com", "https://www.googleapis.com")
_DRIVE_FILES = "https://www.googleapis.com/drive/v3/files"


@dataclass(frozen=True, kw_only=True)
class Steward(CallerParts):
    """Everything of one process, each part made when it is first needed.

    Attributes:
        settings: Settings of the process.
        clock: The time.
    """

    settings: Settings
    clock: Clock

    @cached_property
    def home(self) -> Path:
        """The folder of the local sheets and the store, made if it is not there.

        Raises:
            HomeUnusable: It cannot be made or written.
        """
        home = self.settings.home
        try:
            home.mkdir(parents=True, exist_ok=True)
            (home / ".writable").touch()
            (home / ".writable").unlink()
        except OSError as problem:
            raise HomeUnusable(home, problem.strerror or "") from None
        return home

    @property
    def in_google(self) -> bool:
        """Whether the sheets are Google's; otherwise they lie on this machine."""
        return bool(self.settings.credentials)

    @property
    def store_file(self) -> Path:
        """The file of runs and registers; those of Google's sheets and of local ones are kept apart."""
        return self.home / ("google.db" if self.in_google else "state.db")

    @property
    def sheets_file(self) -> Path:
        """The file that holds the local spreadsheets."""
        return self.home / "sheets.db"

    @cached_property
    def sheets(self) -> LocalSheets:
        """The local sheet server.

        Raises:
            HomeUnusable: Its file is there and is no database.
        """
        from backend.localsheets import LocalSheets  # noqa: PLC0415 - not where the sheets are Google's

        try:
            return LocalSheets(self.sheets_file)
        except sqlite3.DatabaseError as problem:
            raise HomeUnusable(self.sheets_file, str(problem)) from None

    @cached_property
    def client(self) -> SheetsClient:
        """The client of the sheet service: gspread's, to Google or over the local server.

        Raises:
            CredentialsUnusable: The settings name credentials that cannot be used.
        """
        if not self.in_google:
            return local_client(self.sheets)
        from backend.adapters.google.client import SheetsClient  # noqa: PLC0415 - the web process has no use for it
        from backend.adapters.google.pace import Pace  # noqa: PLC0415 - the same

        return SheetsClient(None, self.google_session, pace=Pace(), account=self.google_access.email)

    @cached_property
    def google_access(self) -> Access:
        """What Steward signs in to Google with.

        Raises:
            CredentialsUnusable: The settings name credentials that cannot be used.
        """
        return read_access(self.settings.credentials)

    @cached_property
    def google_session(self) -> GoogleSession:
        """The session that carries Steward's token."""
        return GoogleSession(self.google_access, self.settings.sheets_url)

    @cached_property
    def registers(self) -> Registers:
        """The registers known here."""
        return Registers(self._engine, self.clock)

    @cached_property
    def ledger(self) -> SqlRunLedger:
        """The run ledger."""
        lease = timedelta(seconds=self.settings.lease_seconds)
        return SqlRunLedger(
            self._engine, self.clock, lease, Seal(self._key), result_hours=self.settings.result_hours
        )

    @cached_property
    def queue(self) -> HueyQueue:
        """What carries the ids of runs to workers: as set, else in the database if that is PostgreSQL."""
        from backend.adapters.queue import open_queue  # noqa: PLC0415 - the command line has no use for it

        url = self.settings.queue_url or self.settings.database_url
        return open_queue(url, lambda: self.home / "queue.db")

    @cached_property
    def recorder(self) -> Recorder:
        """What gives runs their ids and holds them."""
        return Recorder(ledger=self.ledger, clock=self.clock)

    @cached_property
    def worker(self) -> Worker:
        """What carries out the runs that were asked for."""
        name = f"{socket.gethostname()[:80]}:{os.getpid()}"
        return Worker(ledger=self.ledger, queue=self.queue, carry_out=self.carry_out, name=name)

    def carry_out(self, record: RunRecord, must_leave: Callable[[], bool]) -> Outcome:
        """Carry out a run that was claimed; for the errors see `Runner.carry_out`."""
        with self.recorder.recording(record, Progress(), must_leave=must_leave):
            register = self.register(record.spreadsheet_id)
        from backend.jobs.result import result_of  # noqa: PLC0415 - the web process has no use for it

        return self.runner.carry_out(record, register, must_leave=must_leave, result_of=result_of)

    @cached_property
    def runner(self) -> Runner:
        """What carries out jobs."""
        from backend.jobs.runner import Runner  # noqa: PLC0415 - imports pandas, which the web process has no use for

        return Runner(ledger=self.ledger, journal=self.journal, clock=self.clock)

    @cached_property
    def journal(self) -> SqlJournal:
        """What runs were about to change."""
        return SqlJournal(self._engine, self.clock, self._key, self.settings.journal_days)

    @cached_property
    def importer(self) -> Importer:
        """What brings files in."""
        from backend.jobs.importer import Importer  # noqa: PLC0415 - the same

        return Importer(ledger=self.ledger, journal=self.journal, clock=self.clock)

    def register(self, text: str | None) -> SheetRegister:
        """Give a register by name, id or address; without a text, the one used last.

        A sheet need not be known: it is looked at, and remembered once it holds customers. One of Google's
        goes by its address then, one that lies here by its title; without a text, it has to be the only one.

        Raises:
            RegisterUnknown: There is none like that.
        """
        try:
            known = self.registers.find(text)
        except RegisterUnknown:
            spreadsheet_id = spreadsheet_id_in(text or "") if self.in_google else self._lying_here(text)
            if not spreadsheet_id:
                raise
            return self._first_seen(spreadsheet_id)
        return self._sheet(known.spreadsheet_id, known.name)

    def _sheet(self, spreadsheet_id: str, name: str) -> SheetRegister:
        from backend.adapters.google.register import SheetRegister  # noqa: PLC0415 - imports pandas

        return SheetRegister(self.client, spreadsheet_id, name)

    def _lying_here(self, text: str | None) -> str:
        """Give the id of the one register of this machine that goes by a text, in a store that forgot it."""
        found = [one for one, title in self.sheets.spreadsheets() if text in (None, one, title)]
        ids = [one for one in found if self._sheet(one, "").look()[1]]
        return ids[0] if len(ids) == 1 else ""

    def _first_seen(self, spreadsheet_id: str) -> SheetRegister:
        """Look at a spreadsheet, and remember it by its title if it has a Customers tab."""
        title, is_register = self._sheet(spreadsheet_id, "").look()
        taken = title in {known.name for known in self.registers.all()}
        name = f"{title} ({spreadsheet_id[:6]})" if taken or not title.strip() else title
        if is_register:
            self.registers.remember(name, spreadsheet_id)
        return self._sheet(spreadsheet_id, name)

    def spreadsheet(self, text: str) -> KnownRegister | None:
        """Give a spreadsheet by register, title, id or address, whether it is a register yet or not.

        A sheet of Google's goes by its id or address only.
        """
        with suppress(RegisterUnknown):
            return self.registers.find(text)
        wanted = spreadsheet_id_in(text)
        if self.in_google:
            title = self._sheet(wanted, "").look()[0] if wanted else ""
            return KnownRegister(name=title or wanted, spreadsheet_id=wanted) if wanted else None
        for spreadsheet_id, title in self.sheets.spreadsheets():
            if wanted == spreadsheet_id or text == title:
                return KnownRegister(name=title, spreadsheet_id=spreadsheet_id)
        return None

    def forget(self, name: str) -> None:
        """Throw a local register away, spreadsheet and all; nothing happens when there is none."""
        for known in self.registers.all():
            if known.name == name:
                with suppress(SpreadsheetMissing):
                    self.client.request("delete", f"{_DRIVE_FILES}/{known.spreadsheet_id}")

    def close(self) -> None:
        """Close what was opened."""
        opened = vars(self)
        if "sheets" in opened:
            self.sheets.close()
        if "client" in opened:
            self.client.session.close()
        if "google_session" in opened:
            self.google_session.close()
        if "queue" in opened:
            self.queue.close()
        if "_engine" in opened:
            self._engine.dispose()

    @cached_property
    def _key(self) -> bytes:
        return self._kept_key("STEWARD_JOURNAL_KEY", self.settings.journal_key, "journal.key")

    @cached_property
    def _engine(self) -> Engine:
        if self.settings.platform and not self.settings.database_url:
            raise StoreOnSand(self.settings.platform)
        return open_store(self.settings.database_url or self.store_file)


def local_client(sheets: LocalSheets) -> SheetsClient:
    """Give a client that reaches a local server in process, under the addresses of Google's."""
    from backend.adapters.google.client import SheetsClient  # noqa: PLC0415 - the web process has no use for it
    from backend.localsheets import LocalSheetsAdapter  # noqa: PLC0415 - the same

    session = requests.Session()
    adapter = LocalSheetsAdapter(sheets)
    for host in _GOOGLE_HOSTS:
        session.mount(host, adapter)
    return SheetsClient(None, session)


def open_steward(settings: Settings) -> Steward:
    """Give the parts of a process with these settings."""
    return Steward(settings=settings, clock=SystemClock())


def open_local_steward(settings: Settings) -> Steward:
    """Give the parts of a process whose sheets lie on this machine, whatever the settings say."""
    return open_steward(replace(settings, credentials="", sheets_url=""))
