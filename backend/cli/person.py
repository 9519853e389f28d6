"""Who is asking: the name that stands beside a run."""

from __future__ import annotations

import getpass


def person() -> str:
    """Give the name of whoever is at this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
