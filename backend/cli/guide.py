"""`steward guide`."""

from __future__ import annotations

from pathlib import Path

import click

from backend.cli.bridge_words import bridge_words
from backend.core.guide import reference_page

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--out", type=_FOLDER, help="Folder for reference.md; the screen when left out.")
@click.option("--bridge", type=_FOLDER, help="Folder of the script in the sheet, for its words (I18n.js).")
def guide(out: Path | None, bridge: Path | None) -> None:
    """Write the reference: every column, setting, problem and error, in Chinese and English."""
    if bridge is not None:
        _write(bridge / "I18n.js", bridge_words())
    if out is not None:
        _write(out / "reference.md", reference_page())
    if out is None and bridge is None:
        click.echo(reference_page())


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
