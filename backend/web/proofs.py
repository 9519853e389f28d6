"""Proofs: somebody writes a nonce into a sheet, and is taken for an editor of it for a while."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from backend.adapters.store.grants import PROOF_HOLDS, Role
from backend.adapters.store.proofs import SHOWN_WITHIN
from backend.errors import ProofWrong
from backend.web.routes import Route
from backend.web.shapes import NonceShape, NothingShape, ProofShape, RoleShape

if TYPE_CHECKING:
    from backend.web.call import Call

METADATA_KEY = "steward-proof"
"""Key of the developer metadata that holds the nonce."""


def ask_for_proof(call: Call, spreadsheet_id: str) -> dict[str, Any]:
    """Give a nonce for this caller and this spreadsheet."""
    call.register(spreadsheet_id)
    nonce = call.steward.proofs.ask_for(call.who.sub, spreadsheet_id)
    return {"nonce": nonce, "key": METADATA_KEY, "expires_in": int(SHOWN_WITHIN.total_seconds())}


def check_proof(call: Call, spreadsheet_id: str) -> dict[str, Any]:
    """Make whoever wrote their nonce into the sheet an editor of it.

    Raises:
        ProofWrong: It was not given out for this, not in time, or is not in the sheet.
    """
    call.register(spreadsheet_id)
    nonce, caller = call.fields["nonce"], call.who.sub
    if not call.steward.proofs.use(nonce, caller, spreadsheet_id):
        raise ProofWrong
    if not call.steward.sheet_proofs.holds(spreadsheet_id, METADATA_KEY, nonce):
        raise ProofWrong
    call.steward.grants.give_for_proof(caller, spreadsheet_id)
    call.steward.audit.add(caller, "proof-shown", spreadsheet_id, role=Role.EDITOR.value)
    role = call.role(spreadsheet_id) or Role.EDITOR
    return {"role": role.value, "expires_in": int(PROOF_HOLDS.total_seconds())}


ROUTES = (
    Route(
        method="POST",
        path="/registers/{spreadsheet_id}/proof",
        summary="Ask for a nonce that shows that one can edit a sheet",
        answer=ask_for_proof,
        gives=ProofShape,
        body=NothingShape,
        status=HTTPStatus.CREATED,
        refusals=(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
    ),
    Route(
        method="POST",
        path="/registers/{spreadsheet_id}/proof/check",
        summary="Show the nonce that was written into the sheet",
        answer=check_proof,
        gives=RoleShape,
        body=NonceShape,
        refusals=(HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
    ),
)
