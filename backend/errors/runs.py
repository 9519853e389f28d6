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


class StoreUnusable(SettingsError):
    """The database of STEWARD_DATABASE_URL cannot be used."""

    code = "store-unusable"
    exit_code = 1

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The database that STEWARD_DATABASE_URL names cannot be used ({reason}). Start it, and let this "
            "account sign in and make tables.",
            f"STEWARD_DATABASE_URL 指定的数据库不能用（{reason}）。请启动它，并让该账号可以登录和建表。",
        )


class StoreDamaged(SettingsError):
    """The file of runs, registers and journal is not whole."""

    code = "store-damaged"
    exit_code = 3

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(
            f'The database "{path}" is damaged ({reason}). Stop Steward and put the last backup of this file in its '
            "place, without the files of the same name that end in -wal and -shm. Without a backup, move all three "
            "away: Steward begins anew, and the sheets keep their row ids and answers; what is lost is the list of "
            "runs and the undo of earlier ones.",
            f"数据库“{path}”已损坏（{reason}）。请停止管家，用最近的备份替换这个文件，并删除同名的 -wal 和 -shm 文件。"
            "没有备份的话，请把这三个文件移走：管家会新建一个，表格里的行号标识和结果都还在；"
            "失去的只是运行记录，以及对以前运行的撤销。",
        )


class StoreLocked(SettingsError):
    """Another program holds the file of runs, registers and journal."""

    code = "store-locked"
    exit_code = 3

    def __init__(self, path: Path | str, seconds: float) -> None:
        super().__init__(
            f'The database "{path}" is locked by another program, which did not let go of it within {seconds:g} s. '
            "End that program (a backup, a folder that is synchronised, a viewer of databases), then run again.",
            f"数据库“{path}”被别的程序锁住，{seconds:g} 秒内没有放开。"
            "请关闭那个程序（备份、网盘同步、数据库查看工具），然后再运行一次。",
        )


class QueueUnusable(SettingsError):
    """The queue of STEWARD_QUEUE_URL cannot be used."""

    code = "queue-unusable"
    exit_code = 1

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The queue that STEWARD_QUEUE_URL names cannot be used ({reason}). Start it, or set the variable to another one.",
            f"STEWARD_QUEUE_URL 指定的队列不能用（{reason}）。请启动它，或改用别的队列。",
        )


class StoreOnSand(SettingsError):
    """The store would lie on a disk that goes away with the instance."""

    code = "store-on-sand"

    def __init__(self, platform: str) -> None:
        super().__init__(
            f"On {platform} the disk goes away with the instance, and the runs on it. Set STEWARD_DATABASE_URL to a "
            "PostgreSQL database.",
            f"在 {platform} 上，磁盘会随实例一起消失，运行记录也就没了。请把 STEWARD_DATABASE_URL 设为 PostgreSQL 数据库。",
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

    def __init__(self, run_id: str) -> None:
        super().__init__(
            f"Run {run_id} gave no sign of life for so long that it lost its hold on the register. Run again.",
            f"运行 {run_id} 太久没有动静，已失去对登记表的占用。请再运行一次。",
        )


class RunCancelled(RunError):
    """Somebody asked for a run to stop."""

    code = "run-cancelled"
    exit_code = 3

    def __init__(self, run_id: str) -> None:
        super().__init__(
            f"Run {run_id} was cancelled. Run again if it is wanted after all.",
            f"运行 {run_id} 已取消。需要的话请再运行一次。",
        )


class RunHandedBack(RunError):
    """A process that has to end lets another one carry its run out."""

    code = "run-handed-back"

    def __init__(self, run_id: str) -> None:
        super().__init__(
            f"Run {run_id} was handed back because this process is ending. Another worker goes on with it.",
            f"本进程即将结束，运行 {run_id} 已交回，由别的工作进程继续。",
        )


class WorkerDied(RunError):
    """The process that carried a run out was gone, as often as it was tried."""

    code = "worker-died"

    def __init__(self, run_id: str) -> None:
        super().__init__(
            f"The process that carried out run {run_id} ended without a word, each time. Look into the log of the "
            "worker (out of memory?), then run again.",
            f"处理运行 {run_id} 的进程每次都意外结束。请查看工作进程的日志（内存不足？），然后再运行一次。",
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
