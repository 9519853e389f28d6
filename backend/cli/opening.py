"""What a command works with, closed again when the command ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backend.settings import read_settings
from backend.wiring import open_steward

if TYPE_CHECKING:
    from backend.wiring import Steward


def steward_of_this_command() -> Steward:
    """Give the parts of this process, with the settings of the environment.

    Raises:
        SettingsError: The environment cannot be used.
    """
    steward = open_steward(read_settings())
    click.get_current_context().call_on_close(steward.close)
    return steward
