"""`steward version`."""

from __future__ import annotations

import importlib.metadata
import platform

import click


@click.command()
def version() -> None:
    """Say which version this is, and of what it is made."""
    names = ("sheet-steward", "gspread", "pandas", "phonenumbers", "rapidfuzz")
    parts = [f"{name} {importlib.metadata.version(name)}" for name in names]
    click.echo(", ".join([*parts, f"Python {platform.python_version()}"]))
