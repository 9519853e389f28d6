"""Settings -> adapters -> runner: the only module that knows which adapter is used."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import requests

from backend.adapters.clock import SystemClock
from backend.adapters.google.client import SheetsClient
from backend.adapters.google.register import SheetRegister
from backend.adapters.store.ledger import SqlRunLedger
from backend.adapters.store.registers import KnownRegister, Registers, spreadsheet_id_in
from backend.adapters.store.tables import open_store
from backend.errors import HomeUnusable, RegisterUnknown, SpreadsheetMissing
from backend.jobs.runner import Runner
from backend.localsheets import LocalSheets, LocalSheetsAdapter

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from backend.ports import Clock
    from backend.settings import Settings

_GOOGLE_HOSTS = ("https://sheets.googleapis.com", "https://www.googleapis.com")
_DRIVE_FILES = "https://www.googleapis.com/drive/v3/files"


@dataclass(frozen=True, kw_only=True)
class Steward:
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
    def sheets_file(self) -> Path:
        """The file that holds the local spreadsheets."""
        return self.home / "sheets.db"

    @cached_property
    def sheets(self) -> LocalSheets:
        """The local sheet server.

        Raises:
            HomeUnusable: Its file is there and is no database.
        """
        try:
            return LocalSheets(self.sheets_file)
        except sqlite3.DatabaseError as problem:
            raise HomeUnusable(self.sheets_file, str(problem)) from None

    @cached_property
    def client(self) -> SheetsClient:
        """The client of the sheet service: gspread's, over the local server."""
        return local_client(self.sheets)

    @cached_property
    def registers(self) -> Registers:
        """The registers known here."""
        return Registers(self._engine, self.clock)

    @cached_property
    def ledger(self) -> SqlRunLedger:
        """The run ledger."""
        return SqlRunLedger(self._engine, self.clock)

    @cached_property
    def runner(self) -> Runner:
        """What carries out jobs."""
        return Runner(ledger=self.ledger, clock=self.clock)

    def register(self, text: str | None) -> SheetRegister:
        """Give a register by name, id or address; without a text, the one used last.

        Raises:
            RegisterUnknown: There is none like that.
        """
        known = self.registers.find(text)
        return SheetRegister(self.client, known.spreadsheet_id, known.name)

    def spreadsheet(self, text: str) -> KnownRegister | None:
        """Give a spreadsheet by register, title, id or address, whether it is a register yet or not."""
        with suppress(RegisterUnknown):
            return self.registers.find(text)
        wanted = spreadsheet_id_in(text)
        for spreadsheet_id, title in self.sheets.spreadsheets():
            if wanted in (spreadsheet_id, title):
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
        if "_engine" in opened:
            self._engine.dispose()

    @cached_property
    def _engine(self) -> Engine:
        return open_store(self.home / "state.db")


def local_client(sheets: LocalSheets) -> SheetsClient:
    """Give a client that reaches a local server in process, under the addresses of Google's."""
    session = requests.Session()
    adapter = LocalSheetsAdapter(sheets)
    for host in _GOOGLE_HOSTS:
        session.mount(host, adapter)
    return SheetsClient(None, session)


def open_steward(settings: Settings) -> Steward:
    """Give the parts of a process with these settings."""
    return Steward(settings=settings, clock=SystemClock())
