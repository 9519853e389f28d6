"""Errors about settings, options and runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors.root import RunError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class HomeUnusable(SettingsError):
    """The folder of the local sheets cannot be used."""

    code = "home-unusable"
    exit_code = 1

    def __init__(self, home: Path, reason: str) -> None:
        super().__init__(
            f'The folder "{home}" cannot be used ({reason}). Set STEWARD_HOME to a folder you may write.',
            f"文件夹“{home}”不能用（{reason}）。请把 STEWARD_HOME 设为有写权限的文件夹。",
        )


class OptionUnreadable(SettingsError):
    """An option of a command has a value that cannot be used."""

    code = "option-unreadable"

    def __init__(self, option: str, text: str, en: str, zh: str) -> None:
        super().__init__(f'{option} is "{text}", but should be {en}.', f"{option} 的值“{text}”不能用，{zh}。")


class MappingUnreadable(SettingsError):
    """A `--map` of an import cannot be used."""

    code = "mapping-unreadable"

    def __init__(self, text: str, en: str, zh: str) -> None:
        super().__init__(f'The mapping "{text}" cannot be used: {en}', f"对应关系“{text}”不能用：{zh}")


class JobUnknown(RunError):
    """No job goes by this name."""

    code = "job-unknown"
    exit_code = 2

    def __init__(self, name: str, known: Sequence[str]) -> None:
        there = ", ".join(known)
        super().__init__(
            f'There is no job "{name}". There is: {there}.', f"没有作业“{name}”。现有：{there}。"
        )


class RunMissing(RunError):
    """No run has this id."""

    code = "run-missing"
    exit_code = 2

    def __init__(self, run_id: str) -> None:
        super().__init__(
            f'There is no run "{run_id}". "steward runs" lists them.',
            f"没有运行“{run_id}”。用 steward runs 查看。",
        )


class AlreadyRunning(RunError):
    """Another run holds the spreadsheet."""

    code = "already-running"
    exit_code = 3

    def __init__(self, run_id: str, since: str, requested_by: str) -> None:
        super().__init__(
            f"Run {run_id} has been working on this register since {since}, asked for by {requested_by}. "
            "Wait until it ends; nothing was written.",
            f"运行 {run_id} 从 {since} 起正在处理这个登记表，由 {requested_by} 启动。请等它结束；没有写入任何内容。",
        )


class NoTierRules(RunError):
    """The TierRules tab has lines, and none of them can be read."""

    code = "no-tier-rules"
    exit_code = 3

    def __init__(self, first: str) -> None:
        super().__init__(
            f"No line of the TierRules tab can be used, so no customer can be given a tier. First: {first}. "
            "Correct the lines, or clear the tab to get the default rules; nothing was written.",
            f"“分级规则”页没有一行能用，无法分级。第一处：{first}。请改正，或清空该页以使用默认规则；没有写入任何内容。",
        )
