"""What a command works with, closed again when the command ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from backend.settings import read_settings
from backend.wiring import open_local_steward, open_steward

if TYPE_CHECKING:
    from backend.wiring import Steward


def steward_of_this_command() -> Steward:
    """Give the parts of this process, with the settings of the environment.

    Raises:
        SettingsError: The environment cannot be used.
        CredentialsUnusable: It names credentials that cannot be used; better said before any work than after.
    """
    steward = _until_the_end(open_steward(read_settings()))
    if steward.in_google:
        _ = steward.google_access
    return steward


def local_steward_of_this_command() -> Steward:
    """Give the parts of this process over sheets on this machine, even where Google's are set up.

    Raises:
        SettingsError: The environment cannot be used.
    """
    return _until_the_end(open_local_steward(read_settings()))


def _until_the_end(steward: Steward) -> Steward:
    click.get_current_context().call_on_close(steward.close)
    return steward
