"""Errors about settings, options and runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.errors.root import RunError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from backend.errors.root import StewardError


class HomeUnusable(SettingsError):
    """The folder of the local sheets, or a file in it, cannot be used."""

    code = "home-unusable"
    exit_code = 1

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(
            f'"{path}" cannot be used ({reason}). Set STEWARD_HOME to another folder that you may write.',
            f"“{path}”不能用（{reason}）。请把 STEWARD_HOME 设为另一个有写权限的文件夹。",
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


class JobArgumentsWrong(RunError):
    """What a job is to work on cannot be used."""

    code = "arguments-wrong"
    exit_code = 3

    def __init__(self, job: str, en: str, zh: str) -> None:
        super().__init__(
            f'The job "{job}" cannot be run like this: {en}.', f"作业“{job}”不能这样运行：{zh}。"
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


class NothingToUndo(RunError):
    """A run has nothing in the journal."""

    code = "nothing-to-undo"
    exit_code = 3

    def __init__(self, run_id: str) -> None:
        super().__init__(
            f"There is nothing to undo of run {run_id}: it wrote nothing, or so long ago that the journal has forgotten it.",
            f"运行 {run_id} 没有可以撤销的内容：它没有写入，或者时间太久、改动记录已经删除。",
        )


class RegisterMade(RunError):
    """A run made the whole register, which is not undone row by row."""

    code = "register-made"
    exit_code = 3

    def __init__(self, run_id: str, register: str) -> None:
        super().__init__(
            f'Run {run_id} made the register "{register}" of a file. Steward does not take a whole register away: '
            "people may have worked in it since. To be rid of it, delete the spreadsheet itself.",
            f"运行 {run_id} 用文件新建了登记表“{register}”。管家不会撤掉整个登记表：大家可能已经在里面工作。"
            "确实不要的话，请直接删除这个表格文件。",
        )


class JournalUnwritable(RunError):
    """What a run was about to change could not be written down, so it was not begun."""

    code = "journal-unwritable"
    exit_code = 3

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Nothing was written to the sheet: the journal could not be written ({reason}). Free some space, or set STEWARD_HOME to another folder.",
            f"表格没有写入：改动记录写不下来（{reason}）。请腾出空间，或把 STEWARD_HOME 设为另一个文件夹。",
        )


class JournalUnreadable(RunError):
    """The journal cannot be opened with this key."""

    code = "journal-unreadable"

    def __init__(self, run_id: str) -> None:
        super().__init__(
            f"What run {run_id} changed cannot be read: the key is not the one it was written with, or the journal was "
            "changed. Restore STEWARD_JOURNAL_KEY, or the file journal.key in the folder of STEWARD_HOME.",
            f"运行 {run_id} 的改动记录打不开：密钥不是当时的那一把，或记录被改过。请恢复 STEWARD_JOURNAL_KEY，"
            "或 STEWARD_HOME 文件夹里的 journal.key。",
        )


class AlreadyRunning(RunError):
    """Another run holds the spreadsheet."""

    code = "already-running"
    exit_code = 3

    def __init__(self, run_id: str, since: str, requested_by: str) -> None:
        super().__init__(
            f"Run {run_id} has been working on this register since {since}, asked for by {requested_by}. "
            "Wait until it ends.",
            f"运行 {run_id} 从 {since} 起正在处理这个登记表，由 {requested_by} 启动。请等它结束。",
        )


class LeaseLost(RunError):
    """A run gave no sign of life, and its register was taken over."""

    code = "lease-lost"

    def __init__(self, run_id: str, minutes: int) -> None:
        super().__init__(
            f"Run {run_id} gave no sign of life for {minutes} minutes and lost its hold on the register. Run again.",
            f"运行 {run_id} 超过 {minutes} 分钟没有动静，已失去对登记表的占用。请再运行一次。",
        )


class StoppedMidway(RunError):
    """A run had begun to write when something ended it."""

    code = "stopped-midway"
    exit_code = 4

    def __init__(self, cause: StewardError) -> None:
        super().__init__(
            f"The run had begun to write when it stopped: {cause.en} What was written is right; "
            "run again afterwards to finish.",
            f"运行写到一半时停下了：{cause.zh}已写入的内容是对的；处理后再运行一次即可完成。",
        )


class NoTierRules(RunError):
    """The TierRules tab has lines, and none of them can be used.

    Args:
        en: What is wrong with the first of them, in English; '' where all are switched off.
        zh: The same in Chinese.
    """

    code = "no-tier-rules"
    exit_code = 3

    def __init__(self, en: str = "", zh: str = "") -> None:
        first_en = f"First: {en}" if en else "All are switched off"
        first_zh = f"第一处：{zh}" if zh else "所有行都已停用"
        super().__init__(
            f"No line of the TierRules tab can be used, so no customer can be given a tier. {first_en}. "
            "Correct the lines, or clear the tab to get the default rules.",
            f"“分级规则”页没有一行能用，无法分级。{first_zh}。请改正，或清空该页以使用默认规则。",
        )
