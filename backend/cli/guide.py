"""`steward guide`."""

from __future__ import annotations

from pathlib import Path

import click

from backend.core.guide import reference_page


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for reference.md; the screen when left out.",
)
def guide(out: Path | None) -> None:
    """Write the reference: every column, setting, problem and error, in Chinese and English."""
    if out is None:
        click.echo(reference_page())
        return
    out.mkdir(parents=True, exist_ok=True)
    (out / "reference.md").write_text(reference_page(), encoding="utf-8")
