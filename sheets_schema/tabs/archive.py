"""Archive: rows that were taken out of Customers, as they were, each below the headers it stood under.

To the right of these columns stands the copy of the whole row. It is a copy and no text made of the cells
read before: the service makes it in the same atomic request that deletes the row, so it holds what stood
there at that moment, formulas and formats included, whatever people did since the last look.
"""

from __future__ import annotations

from sheets_schema.model import Kind, Owner, Tab, Text, column

_STEWARD = {"owner": Owner.STEWARD}

ARCHIVE = Tab(
    id="Archive",
    label=Text(zh="归档", en="Archive"),
    help=Text(
        zh="从“客户”页移出的行，右边是整行原样和当时的表头",
        en="Rows taken out of Customers; to the right each whole row as it was, and its headers",
    ),
    owner=Owner.STEWARD,
    columns=(
        column(
            "row_id", "行号标识", "Row ID", Kind.TEXT, "移出的行", "The row taken out", width=130, **_STEWARD
        ),
        column(
            "customer",
            "客户",
            "Customer",
            Kind.TEXT,
            "客户名称",
            "The customer's name",
            width=130,
            **_STEWARD,
        ),
        column("why", "原因", "Why", Kind.TEXT, "为什么移出", "Why it was taken out", width=180, **_STEWARD),
        column(
            "removed_by", "操作人", "By", Kind.TEXT, "谁要求的", "Who asked for it", width=110, **_STEWARD
        ),
        column("removed_at", "时间", "When", Kind.TEXT, "UTC 时间", "Time in UTC", width=150, **_STEWARD),
        column("run_id", "运行编号", "Run ID", Kind.TEXT, "运行编号", "Id of the run", width=170, **_STEWARD),
        column(
            "merged_into",
            "并入",
            "Merged into",
            Kind.TEXT,
            "并入的行；留空表示没有合并",
            "The row it became part of; blank when it was not merged",
            width=130,
            **_STEWARD,
        ),
        column(
            "purge_after",
            "清除日期",
            "Purge after",
            Kind.TEXT,
            "过了这天可以彻底删除；留空表示一直保留",
            "The day after which it may be deleted for good; blank: kept",
            width=110,
            **_STEWARD,
        ),
        column(
            "place",
            "出处",
            "Place",
            Kind.TEXT,
            "批次、工作表和行；管家用",
            "Batch, sheet and row; for Steward",
            width=170,
            **_STEWARD,
        ),
        column(
            "proof",
            "内容指纹",
            "Proof",
            Kind.TEXT,
            "应移出的内容的指纹；管家用",
            "Fingerprint of what was to be taken out; for Steward",
            width=110,
            **_STEWARD,
        ),
        column(
            "state",
            "核对",
            "Check",
            Kind.TEXT,
            "留空表示已核对；否则下次运行时核对",
            "Blank when verified; otherwise the next run does it",
            width=110,
            **_STEWARD,
        ),
    ),
)
