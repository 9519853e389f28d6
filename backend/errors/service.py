"""Errors of the sheet service: what it refused, or did not answer."""

from __future__ import annotations

from backend.errors.root import SettingsError, SheetError


def _named(account: str) -> tuple[str, str]:
    """Give the e-mail of an account as it stands in a sentence, English and Chinese; '' when it is not known."""
    return (f" ({account})", f"（{account}）") if account else ("", "")


class SpreadsheetMissing(SheetError):
    """No spreadsheet has this id, or it is not shared with us."""

    code = "spreadsheet-missing"
    exit_code = 3

    def __init__(self, account: str = "") -> None:
        en, zh = _named(account)
        super().__init__(
            "The spreadsheet was not found. It may have been deleted, or it is not shared with Steward. "
            f"Check the address and share the sheet with Steward's account{en}.",
            f"找不到这个表格。它可能已被删除，或没有共享给管家。请检查链接，并把表格共享给管家的账号{zh}。",
        )


class AccessDenied(SheetError):
    """The service does not let us read or write this spreadsheet."""

    code = "access-denied"
    exit_code = 3

    def __init__(self, answer: str, account: str = "") -> None:
        en, zh = _named(account)
        super().__init__(
            f'The service refused access: "{answer}" Share the sheet with Steward\'s account{en} as an editor.',
            f"没有权限：“{answer}”请把表格共享给管家的账号{zh}，并给编辑权限。",
        )


class CellsProtected(SheetError):
    """Cells that were to be written are protected from Steward's account."""

    code = "cells-protected"
    exit_code = 3

    def __init__(self, tab: str, cells: str, account: str = "") -> None:
        en, zh = _named(account)
        super().__init__(
            f'Cells {cells} of tab "{tab}" are protected, and Steward\'s account{en} may not write there. Let it '
            "(Data > Protect sheets and ranges > Set permissions), or lift the protection, then run again.",
            f"“{tab}”页的 {cells} 受保护，管家的账号{zh}不能写入。"
            "请在“数据 > 保护工作表和范围 > 设置权限”里加上它，或取消保护，然后再运行。",
        )


class ApiDisabled(SheetError):
    """The Sheets API is switched off in the project of Steward's account."""

    code = "api-disabled"
    exit_code = 3

    def __init__(self, answer: str) -> None:
        super().__init__(
            f'The project of Steward\'s account does not have the Google Sheets API: "{answer}" Enable it '
            "there, wait some minutes and run again.",
            f"管家账号所在的项目没有启用 Google Sheets API：“{answer}”请在该项目中启用它，等几分钟再运行。",
        )


class RequestRefused(SheetError):
    """The service says that a request is wrong; the cause is a limit, a protection or a bug of ours."""

    code = "request-refused"
    exit_code = 3

    def __init__(self, answer: str) -> None:
        super().__init__(
            f'The sheet service refused a request: "{answer}" Nothing of that request was carried out. '
            "If the text names a protected range or a limit, lift it and run again; otherwise report it.",
            f"表格服务拒绝了一次请求：“{answer}”该请求没有执行。如果提到受保护的区域或上限，请先解除再运行；否则请反馈给我们。",
        )


class ServiceBusy(SheetError):
    """The service kept asking us to wait."""

    code = "service-busy"
    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            "The sheet service is busy and kept asking Steward to wait; the request was not carried out. "
            "Run again in some minutes.",
            "表格服务太忙，一直要求等待；这次请求没有执行。请几分钟后再运行一次。",
        )


class ServiceUnreachable(SheetError):
    """The service did not answer."""

    code = "service-unreachable"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The sheet service did not answer ({reason}). Check the network and run again; nothing was lost.",
            f"表格服务没有回应（{reason}）。请检查网络后再运行；没有丢失任何内容。",
        )


class AnswerUnclear(SheetError):
    """A write may or may not have been carried out: only reading again tells."""

    code = "answer-unclear"
    exit_code = 4

    def __init__(self) -> None:
        super().__init__(
            "The answer to a write was lost, so it is not known whether it was carried out. "
            "Run again: Steward reads the sheet first and writes only what is missing.",
            "一次写入的回应丢失了，不知道是否已执行。请再运行一次：管家会先读表，只补缺的内容。",
        )


class CredentialsUnusable(SettingsError):
    """What STEWARD_GOOGLE_CREDENTIALS names cannot be used."""

    code = "credentials-unusable"

    def __init__(self, path: str, en: str, zh: str) -> None:
        super().__init__(
            f'STEWARD_GOOGLE_CREDENTIALS is "{path}", which cannot be used: {en}. Set it to the JSON key file of '
            "a service account, or to the word default; without it, sheets are local.",
            f"STEWARD_GOOGLE_CREDENTIALS 是“{path}”，不能用：{zh}。"
            "请把它设为服务账号的 JSON 密钥文件，或设为 default；不设则使用本机表格。",
        )


class CredentialsRefused(SettingsError):
    """Google gives no token for the credentials: the key was deleted or replaced, or the account is gone."""

    code = "credentials-refused"
    exit_code = 3

    def __init__(self, answer: str) -> None:
        super().__init__(
            f'Google does not accept the credentials in STEWARD_GOOGLE_CREDENTIALS: "{answer}" The key may have '
            "been deleted or replaced, or the account switched off. Make a new key and name its file there.",
            f"Google 不接受 STEWARD_GOOGLE_CREDENTIALS 里的凭据：“{answer}”密钥可能已删除或更换，或账号已停用。"
            "请新建密钥，并把变量指向新文件。",
        )


class ClockWrong(SettingsError):
    """Google gives no token because the clock of this machine is wrong.

    Args:
        seconds: How far it is ahead; 0 where that is not known.
    """

    code = "clock-wrong"
    exit_code = 3

    def __init__(self, seconds: int) -> None:
        ahead = seconds > 0
        en = f" by {abs(seconds):,} s ({'ahead' if ahead else 'behind'})" if seconds else ""
        zh = f"（{'快' if ahead else '慢'}了 {abs(seconds):,} 秒）" if seconds else ""
        super().__init__(
            f"The clock of this machine is wrong{en}, so Google gives no access. Set it, best by network time "
            "(NTP), and run again.",
            f"这台机器的时钟不准{zh}，所以 Google 不给访问权限。请校准时钟，最好启用网络时间（NTP），然后再运行。",
        )
