"""The service over HTTP: a click in the sheet comes in, a run goes into the ledger. It imports no pandas."""

from __future__ import annotations

from backend.web.application import create_app

__all__ = ["create_app"]
