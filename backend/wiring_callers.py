"""The parts of a process that know callers: whose tokens are taken, who may do what, what was done."""

from __future__ import annotations

import os
import secrets
from abc import ABC, abstractmethod
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

import requests

from backend.adapters.google.certificates import GOOGLE_CERTIFICATES, CertificateCache, fetch_over_http
from backend.adapters.google.id_tokens import GOOGLE_ISSUERS, IdTokens
from backend.adapters.google.sheet_proofs import SheetProofs
from backend.adapters.store.audit import Audit
from backend.adapters.store.callers import Audiences, Callers
from backend.adapters.store.grants import Grants
from backend.adapters.store.proofs import Proofs
from backend.adapters.store.rate import Rate
from backend.adapters.store.service_look import ServiceLook
from backend.errors import HomeUnusable, KeyOnSand, TokenNotOurs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Engine

    from backend.adapters.google.access import Access
    from backend.adapters.google.session import GoogleSession
    from backend.localsheets.identities import Identities
    from backend.ports import Clock
    from backend.settings import Settings

KEY_BYTES = 32
_FOR_EVER = 1e9


@dataclass(frozen=True, kw_only=True)
class CallerParts(ABC):
    """What knows callers, each part made when it is first needed.

    Attributes:
        settings: Settings of the process.
        clock: The time.
    """

    settings: Settings
    clock: Clock

    @property
    @abstractmethod
    def home(self) -> Path:
        """The folder of the local sheets and the store."""

    @property
    @abstractmethod
    def _engine(self) -> Engine:
        """The database."""

    @property
    @abstractmethod
    def google_access(self) -> Access:
        """What Steward signs in to Google with."""

    @property
    @abstractmethod
    def google_session(self) -> GoogleSession:
        """The session that carries Steward's token."""

    @property
    @abstractmethod
    def in_google(self) -> bool:
        """Whether the sheets are Google's; otherwise they lie on this machine."""

    @property
    @abstractmethod
    def sheets_file(self) -> Path:
        """The file that holds the local spreadsheets."""

    @property
    def knows_own_people(self) -> bool:
        """Whether tokens are issued on this machine: its sheets are its own, or a test bench's."""
        return not self.in_google or bool(self.settings.sheets_url)

    @cached_property
    def callers(self) -> Callers:
        """Who has signed in."""
        return Callers(self._engine, self.clock)

    @cached_property
    def audiences(self) -> Audiences:
        """Whose tokens are taken."""
        fixed = set(self.settings.audiences)
        if self.knows_own_people:
            from backend.localsheets.identities import AUDIENCE  # noqa: PLC0415 - only where tokens are our own

            fixed.add(AUDIENCE)
        return Audiences(self._engine, self.clock, frozenset(fixed))

    @cached_property
    def grants(self) -> Grants:
        """Who may do what."""
        return Grants(self._engine, self.clock)

    @cached_property
    def proofs(self) -> Proofs:
        """Nonces that are to be shown."""
        return Proofs(self._engine, self.clock)

    @cached_property
    def rate(self) -> Rate:
        """How often may be called."""
        return Rate(self._engine, self.clock)

    @cached_property
    def audit(self) -> Audit:
        """What was done."""
        key = self._kept_key("STEWARD_AUDIT_KEY", self.settings.audit_key, "audit.key")
        return Audit(self._engine, self.clock, key)

    @cached_property
    def service_look(self) -> ServiceLook:
        """What somebody who watches the service wants to know."""
        return ServiceLook(self._engine, self.clock)

    @cached_property
    def certificates(self) -> CertificateCache:
        """What tokens are checked with: Google's certificates, a test bench's, or the key of this machine."""
        if not self.in_google:
            return CertificateCache(lambda: (self.identities.certificates(), _FOR_EVER))
        return CertificateCache(partial(fetch_over_http, self._certificates_url))

    @cached_property
    def id_tokens(self) -> IdTokens:
        """Says whose token it is."""
        issuers = GOOGLE_ISSUERS
        if self.knows_own_people:
            from backend.localsheets.identities import ISSUER  # noqa: PLC0415 - only where tokens are our own

            issuers = frozenset({ISSUER})
        return IdTokens(
            certificates=self.certificates,
            audiences=self.audiences.allowed,
            issuers=issuers,
            domains=self.settings.domains,
        )

    @cached_property
    def identities(self) -> Identities:
        """Issues tokens of this machine.

        Raises:
            TokenNotOurs: The sheets are Google's, and so are the people.
            HomeUnusable: The key of this machine cannot be read.
        """
        if not self.knows_own_people:
            raise TokenNotOurs
        return identities_in(self.home)

    @cached_property
    def sheet_proofs(self) -> SheetProofs:
        """Looks for nonces in sheets."""
        if not self.in_google:
            return SheetProofs(session=self._local_session)
        return SheetProofs(session=lambda: nullcontext(self.google_session), account=self.google_access.email)

    def _kept_key(self, variable: str, given: bytes, name: str) -> bytes:
        """Give the key of a variable, else the one that lies in a file of the home.

        Raises:
            KeyOnSand: There is none, and a file would not last.
        """
        if not given and self.settings.platform:
            raise KeyOnSand(variable, self.settings.platform)
        return given or key_in(self.home / name)

    @property
    def _certificates_url(self) -> str:
        if not self.settings.sheets_url:
            return GOOGLE_CERTIFICATES
        from backend.localsheets.identities import CERTIFICATES_PATH  # noqa: PLC0415 - only for a test bench

        return self.settings.sheets_url.rstrip("/") + CERTIFICATES_PATH

    def _local_session(self) -> AbstractContextManager[requests.Session]:
        """Open the local sheets as they are now: another process may have written them."""
        return _session_to(self.sheets_file)


@contextmanager
def _session_to(sheets_file: Path) -> Iterator[requests.Session]:
    from backend.localsheets import LocalSheets, LocalSheetsAdapter  # noqa: PLC0415 - takes memory

    with closing(LocalSheets(sheets_file)) as sheets, requests.Session() as session:
        session.mount("https://sheets.googleapis.com", LocalSheetsAdapter(sheets))
        yield session


def identities_in(home: Path) -> Identities:
    """Give what issues tokens, with the key that lies in a folder; made when it is missing.

    Raises:
        HomeUnusable: The file holds no key.
    """
    from backend.localsheets.identities import Identities, make_private_key  # noqa: PLC0415

    path = home / "identity.key"
    try:
        return Identities(_kept(path, make_private_key))
    except (ValueError, TypeError) as problem:
        raise HomeUnusable(path, type(problem).__name__) from None


def key_in(path: Path) -> bytes:
    """Give the key of a file that only its owner may read; made when it is missing.

    Raises:
        HomeUnusable: The file holds no key.
    """
    key = _kept(path, lambda: secrets.token_bytes(KEY_BYTES))
    if len(key) != KEY_BYTES:
        raise HomeUnusable(path, f"{len(key)} bytes, not {KEY_BYTES}")
    return key


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """Give what a secret file holds. It appears whole or not at all, whoever else makes it then."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
