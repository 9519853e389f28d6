"""Errors of the sheet service: what it refused, or did not answer."""

from __future__ import annotations

from backend.errors.root import SheetError


class SpreadsheetMissing(SheetError):
    """No spreadsheet has this id, or it is not shared with us."""

    code = "spreadsheet-missing"
    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            "The spreadsheet was not found. It may have been deleted, or it is not shared with Steward. "
            "Check the address and share the sheet with Steward's account.",
            "找不到这个表格。它可能已被删除，或没有共享给管家。请检查链接，并把表格共享给管家的账号。",
        )


class AccessDenied(SheetError):
    """The service does not let us read or write this spreadsheet."""

    code = "access-denied"
    exit_code = 3

    def __init__(self, answer: str) -> None:
        super().__init__(
            f'The service refused access: "{answer}" Share the sheet with Steward\'s account as an editor.',
            f"没有权限：“{answer}”请把表格共享给管家的账号，并给编辑权限。",
        )


class RequestRefused(SheetError):
    """The service says that a request is wrong; the cause is a limit, a protection or a bug of ours."""

    code = "request-refused"

    def __init__(self, answer: str) -> None:
        super().__init__(
            f'The sheet service refused a request: "{answer}" Nothing of that request was carried out. '
            "If the text names a protected range or a limit, lift it and run again; otherwise report it.",
            f"表格服务拒绝了一次请求：“{answer}”该请求没有执行。如果提到受保护的区域或上限，请先解除再运行；否则请反馈给我们。",
        )


class ServiceBusy(SheetError):
    """The service kept asking us to wait."""

    code = "service-busy"
    exit_code = 4

    def __init__(self) -> None:
        super().__init__(
            "The sheet service is busy and kept asking Steward to wait. What was written is right; "
            "run again in some minutes to finish.",
            "表格服务太忙，一直要求等待。已写入的内容是对的；请几分钟后再运行一次来完成。",
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
