"""Options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sheets_schema.model import Language

if TYPE_CHECKING:
    from enum import StrEnum


class OneOf(click.Choice[str]):
    """One member of an enumeration, by its value."""

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__([member.value for member in kind], case_sensitive=False)
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the member, or refuse a text that is none."""
        return self._kind(super().convert(value, param, ctx))


register_option = click.option(
    "--register",
    "register_text",
    metavar="NAME",
    help="Name, id or address of the register; the one used last when left out.",
)


def _kept(context: click.Context, option: click.Parameter, value: Any) -> Any:
    """Keep what an option says for whoever has to say that the command failed."""
    if isinstance(context.obj, dict):
        context.obj[option.name] = value
    return value


json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    callback=_kept,
    is_eager=True,
    help="Print one JSON object on standard output and nothing else.",
)
language_option = click.option(
    "--lang",
    "language",
    type=OneOf(Language),
    callback=_kept,
    is_eager=True,
    help="Language of what is printed; the terminal's when left out.",
)
