"""The command line: `steward demo | import | run | runs | export | doctor | version`."""

from __future__ import annotations

from backend.cli.main import main

__all__ = ["main"]
