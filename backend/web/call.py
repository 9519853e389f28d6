"""One call: who makes it, in which language, and what they may do with the register it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import g

from backend.errors import IdWrong, NotSignedIn, ProofNeeded, RegisterUnknown, RoleMissing
from backend.web.logs import hashed
from sheets_schema.model import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Request

    from backend.adapters.google.id_tokens import Caller
    from backend.adapters.store.grants import Role
    from backend.adapters.store.registers import KnownRegister
    from backend.wiring import Steward

_SPREADSHEET_ID = re.compile(r"[A-Za-z0-9_-]{20,80}")
_SHEET_SHARE = 10
"""How many callers' worth of calls all callers of one spreadsheet have together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call.

    Attributes:
        fields: What its body says, checked.
    """

    steward: Steward
    caller: Caller | None
    language: Language
    fields: Mapping[str, Any]

    @property
    def who(self) -> Caller:
        """Who calls.

        Raises:
            NotSignedIn: Nobody has signed in.
        """
        if self.caller is None:
            raise NotSignedIn
        return self.caller

    def role(self, spreadsheet_id: str) -> Role | None:
        """Give the role of the caller on a spreadsheet; None for none."""
        return self.steward.grants.role(self.who.sub, spreadsheet_id)

    def register(self, spreadsheet_id: str) -> KnownRegister:
        """Give a register there is, whoever asks.

        Raises:
            IdWrong: This is no id of a spreadsheet.
            RegisterUnknown: It is not among the registers; nothing is asked of Google.
        """
        if not _SPREADSHEET_ID.fullmatch(spreadsheet_id):
            raise IdWrong
        g.sheet = hashed(spreadsheet_id)
        for known in self.steward.registers.all():
            if known.spreadsheet_id == spreadsheet_id:
                return known
        raise RegisterUnknown(spreadsheet_id, ())

    def register_for(self, spreadsheet_id: str, needed: Role) -> tuple[KnownRegister, Role]:
        """Give a register on which the caller has a role, and that role.

        Raises:
            IdWrong, RegisterUnknown: As `register`.
            ProofNeeded: The caller has no role on it.
            RoleMissing: The caller has one, but it does not do.
            TooManyCalls: All callers together call this spreadsheet too often.
        """
        known = self.register(spreadsheet_id)
        role = self.role(spreadsheet_id)
        if role is None:
            raise ProofNeeded
        self.count_for(spreadsheet_id)
        if not role.includes(needed):
            raise RoleMissing(needed)
        return known, role

    def count_for(self, spreadsheet_id: str) -> None:
        """Count one call for a spreadsheet.

        Raises:
            TooManyCalls: There were too many.
        """
        a_minute = self.steward.settings.calls_a_minute * _SHEET_SHARE
        self.steward.rate.count(f"sheet:{spreadsheet_id}", a_minute)


def signed_in(steward: Steward, request: Request) -> Caller:
    """Give who calls, by the token in the Authorization header; the call is counted.

    Raises:
        NotSignedIn: There is none, or it cannot be believed.
        NotReady: There is nothing to check it with.
        TooManyCalls: This caller calls too often.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn
    caller = steward.id_tokens.caller(token.strip())
    steward.rate.count(f"caller:{caller.sub}", steward.settings.calls_a_minute)
    steward.callers.remember(caller.sub, caller.email)
    return caller


def language_wanted(request: Request) -> Language:
    """Give the language a caller wants to read; English when it is neither."""
    best = request.accept_languages.best_match(["zh", "en"], "en")
    return Language.ZH if best == "zh" else Language.EN
