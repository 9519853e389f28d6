"""The shapes of what the service takes and gives: for checking bodies, and for the document."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from backend.adapters.store.grants import Role
from backend.ports import RunState

_IDEMPOTENCY_KEY = validate.Regexp(r"^[A-Za-z0-9_-]{8,64}\Z")
_NONCE = validate.Regexp(r"^[A-Za-z0-9_-]{20,100}\Z")
_JOB = validate.Regexp(r"^[a-z-]{2,40}\Z")


class _Truth(fields.Boolean):
    """True or false; no 1, no "yes"."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)  # noqa: EM101 - the key of its words
        return super()._deserialize(value, attr, data, **options)


class NothingShape(Schema):
    """No field at all."""


class RunRequestShape(Schema):
    """A run that is asked for."""

    spreadsheet_id = fields.String(required=True, validate=validate.Length(1, 10_000))
    job = fields.String(required=True, validate=_JOB)
    idempotency_key = fields.String(required=True, validate=_IDEMPOTENCY_KEY)
    preview = _Truth(load_default=False)
    arguments = fields.Dict(keys=fields.String(), load_default=dict)


class NonceShape(Schema):
    """A proof that is shown."""

    nonce = fields.String(required=True, validate=_NONCE)


class ErrorPart(Schema):
    """What is wrong."""

    code = fields.String(required=True)
    message = fields.String(required=True)


class ErrorShape(Schema):
    """Every refusal."""

    ok = fields.Boolean(required=True, validate=validate.Equal(comparable=False))
    error = fields.Nested(ErrorPart, required=True)


class OkShape(Schema):
    """Every good answer."""

    ok = fields.Boolean(required=True, validate=validate.Equal(comparable=True))


class ProgressPart(Schema):
    """How far a run is; `stage_text` says it in words."""

    stage = fields.String(required=True)
    stage_text = fields.String(required=True)
    done = fields.Integer(required=True)
    total = fields.Integer(required=True)


class RunPart(Schema):
    """A run."""

    run_id = fields.String(required=True)
    job = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf([state.value for state in RunState]))
    preview = fields.Boolean(required=True)
    created = fields.String(required=True, metadata={"format": "date-time"})
    started = fields.String(required=True, allow_none=True, metadata={"format": "date-time"})
    ended = fields.String(required=True, allow_none=True, metadata={"format": "date-time"})
    requested_by = fields.String(required=True)
    progress = fields.Nested(ProgressPart, required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    message = fields.String(required=True)
    result = fields.Dict(required=True, allow_none=True)


class RunShape(OkShape):
    """One run, and after how many seconds to look again; 0 when it has ended."""

    run = fields.Nested(RunPart, required=True)
    retry_after = fields.Float(required=True)


class RequestedShape(OkShape):
    """The run that was asked for; `joined` when it was there already."""

    run = fields.Nested(RunPart, required=True)
    joined = fields.Boolean(required=True)


class CancelledShape(OkShape):
    """The run that is to stop."""

    run = fields.Nested(RunPart, required=True)


class RegisterPart(Schema):
    """A register, and what the caller may do with it."""

    name = fields.String(required=True)
    spreadsheet_id = fields.String(required=True)
    role = fields.String(required=True, validate=validate.OneOf([role.value for role in Role]))


class SummaryShape(OkShape):
    """A register with its last runs; `can_undo` is the last run that can be taken back."""

    register = fields.Nested(RegisterPart, required=True)
    last_runs = fields.List(fields.Nested(RunPart), required=True)
    can_undo = fields.String(required=True, allow_none=True)


class ProofShape(OkShape):
    """A nonce, the key under which the sheet has to hold it, and for how many seconds it is good."""

    nonce = fields.String(required=True)
    key = fields.String(required=True)
    expires_in = fields.Integer(required=True)


class RoleShape(OkShape):
    """The role a proof gave, and for how many seconds."""

    role = fields.String(required=True)
    expires_in = fields.Integer(required=True)


class ReadyShape(Schema):
    """Whether every part answers, each by its name."""

    ok = fields.Boolean(required=True)
    checks = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)
