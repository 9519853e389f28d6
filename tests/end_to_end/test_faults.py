"""The cases of faults.md that concern the sheet, the network and the process, by number: what is said then.

A case is arranged in a small register that has had one run; then the main job runs. It ends in exactly one of
done, refused before writing, failed before writing, or stopped midway, with these words in both languages, and
leaves the team's cells as they were. `test_faults_table.py` says where every case is tested.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from backend.core.journal import JournalEntry
from backend.errors import AlreadyRunning, JournalUnwritable, StewardError
from backend.localsheets.faults import Fault, Faults
from backend.localsheets.faulty import FaultyService
from backend.localsheets.problems import RefusedError
from backend.ports import RunRecord
from sheets_schema.headers import column_letters
from sheets_schema.model import Preset
from sheets_schema.presets import laid_out
from sheets_schema.tabs.customers import CUSTOMERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CALLS = 60
"""More calls than any patience."""

FIRST_WRITE = 4
"""Structure and cells are read before it, and the column of row ids."""

LINES = FIRST_WRITE + 1
"""The lines of the Issues tab are written after the block."""

VERIFY = FIRST_WRITE + 2

Said = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A case of faults.md.

    Attributes:
        arrange: What happens in the sheet before the run.
        faults: What befalls single calls of the run.
        state: How the run ends.
        said: What is said, in English and in Chinese; blank for a run that comes to its end.
    """

    arrange: Callable[[Any, Any], object] = lambda _desk, _register: None
    faults: Mapping[int, Fault] = field(default_factory=dict)
    state: str = "done"
    said: Said = ("", "")


def always(fault: Fault, since: int = 1) -> dict[int, Fault]:
    return dict.fromkeys(range(since, CALLS), fault)


def at_first_write(fault: Fault) -> Case:
    """An answer that gets lost: the sheet is read again and the run goes on by itself."""
    return Case(faults={FIRST_WRITE: fault})


def person(desk: Any, register: Any) -> Any:
    return desk.person(register)


def delete_column(field_id: str) -> Callable[[Any, Any], None]:
    def arrange(desk: Any, register: Any) -> None:
        who = person(desk, register)
        who.delete("COLUMNS", who.place(field_id))

    return arrange


def header(field_id: str, text: str) -> Callable[[Any, Any], None]:
    def arrange(desk: Any, register: Any) -> None:
        who = person(desk, register)
        who.type_at(f"{column_letters(who.place(field_id))}1", text)

    return arrange


def move_column(desk: Any, register: Any) -> None:
    who = person(desk, register)
    who.move_column(who.place("mobile"), who.place("full_name"))


def into_the_block(desk: Any, register: Any) -> None:
    who = person(desk, register)
    who.move_column(who.place("mobile"), 3)


def name_again(desk: Any, register: Any) -> None:
    who = person(desk, register)
    who.insert("COLUMNS", 9)
    who.type_at("J1", "姓名")
    who.type_at("K1", "姓名")
    who.change(
        deleteDeveloperMetadata={"dataFilter": {"developerMetadataLookup": {"metadataKey": "steward.column"}}}
    )


def merge(field_id: str, first: int, last: int, columns: int = 1) -> Callable[[Any, Any], None]:
    """Merge rows `first` to `last` of a column, and of those right of it."""

    def arrange(desk: Any, register: Any) -> None:
        who = person(desk, register)
        area = {"sheetId": who.sheet_id(), "startRowIndex": first - 1, "endRowIndex": last}
        area |= {"startColumnIndex": who.place(field_id), "endColumnIndex": who.place(field_id) + columns}
        who.change(mergeCells={"range": area, "mergeType": "MERGE_ALL"})

    return arrange


def second_header_line(desk: Any, register: Any) -> None:
    """A line of units under the headers, the first header merged with it."""
    who = person(desk, register)
    who.insert("ROWS", 2)
    who.type_in(2, "mobile", "11 digits")
    merge("full_name", 1, 2)(desk, register)


def move_header(desk: Any, register: Any) -> None:
    """The header row stands below two customers."""
    who = person(desk, register)
    source = {"sheetId": who.sheet_id(), "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    who.change(moveDimension={"source": source, "destinationIndex": 3})


def duplicate_tab(desk: Any, register: Any) -> None:
    who = person(desk, register)
    who.change(duplicateSheet={"sourceSheetId": who.sheet_id(), "newSheetName": "副本"})


def type_of(value: Any, field_id: str = "mobile") -> Callable[[Any, Any], None]:
    return lambda desk, register: person(desk, register).type_in(3, field_id, value)


def disk_full(desk: Any, _register: Any) -> None:
    """The database gets no other page, and another run has filled the last one of the journal."""
    with desk.journal.engine.begin() as connection:
        pages = connection.exec_driver_sql("pragma page_count").scalar()
        connection.exec_driver_sql(f"pragma max_page_count = {pages}")
    entry = JournalEntry(tab="Customers", row_id="C-1", before={}, after={})
    with suppress(JournalUnwritable):
        for _ in range(1_000):
            desk.journal.intend("20261121-0656-cafe", [entry])


def no_room(desk: Any, register: Any) -> None:
    """A tool tab is missing, and the spreadsheet has nearly as many cells as it may have."""
    who = person(desk, register)
    desk.person(register, "Issues").delete_tab()
    used = sum(
        sheet["properties"]["gridProperties"]["rowCount"]
        * sheet["properties"]["gridProperties"]["columnCount"]
        for sheet in who.ask("GET", "?fields=sheets(properties)")["sheets"]
    )
    grid = {"rowCount": (10_000_000 - used) // 10, "columnCount": 10}
    who.change(addSheet={"properties": {"title": "很大", "gridProperties": grid}})


def many_blank_rows(desk: Any, register: Any) -> None:
    who = person(desk, register)
    who.change(appendDimension={"sheetId": who.sheet_id(), "dimension": "ROWS", "length": 200_000})


def short_grid(desk: Any, register: Any) -> None:
    """The Issues tab has no row left."""
    issues = desk.person(register, "Issues")
    rows = issues.sheet()["properties"]["gridProperties"]["rowCount"]
    span = {"sheetId": issues.sheet_id(), "dimension": "ROWS", "startIndex": 1, "endIndex": rows}
    issues.change(deleteDimension={"range": span})


def running(desk: Any, register: Any) -> None:
    desk.ledger.begin(
        RunRecord(
            run_id="20261121-0655-beef",
            job="validate-and-tier",
            spreadsheet_id=register.spreadsheet_id,
            register="shop",
            requested_by="ben",
            created=desk.clock.now(),
            started=desk.clock.now(),
        )
    )


def trash(desk: Any, register: Any) -> None:
    url = f"https://www.googleapis.com/drive/v3/files/{register.spreadsheet_id}"
    desk.server.handle("DELETE", url, None)


def no_rows(desk: Any, register: Any) -> None:
    who = person(desk, register)
    for _ in range(3):
        who.delete("ROWS", 2)


WITHOUT_NAME = ", ".join(
    column.label.both for column in laid_out(CUSTOMERS, Preset.RETAIL).columns if column.id != "full_name"
)
TOO_MANY_CELLS = "Invalid requests[0].addSheet: This action would increase the number of cells in the workbook above the limit of 10000000 cells."
BUSY = (
    "The sheet service is busy and kept asking Steward to wait; the request was not carried out. "
    "Run again in some minutes.",
    "表格服务太忙，一直要求等待；这次请求没有执行。请几分钟后再运行一次。",
)
DENIED = (
    'The service refused access: "The caller does not have permission" Share the sheet with Steward\'s account '
    "as an editor.",
    "没有权限：“The caller does not have permission”请把表格共享给管家的账号，并给编辑权限。",
)


def unreachable(reason: str) -> Said:
    return (
        f"The sheet service did not answer ({reason}). Check the network and run again; nothing was lost.",
        f"表格服务没有回应（{reason}）。请检查网络后再运行；没有丢失任何内容。",
    )


def midway(cause: Said) -> Said:
    return (
        f"The run had begun to write when it stopped: {cause[0]} What was written is right; "
        "run again afterwards to finish.",
        f"运行写到一半时停下了：{cause[1]}已写入的内容是对的；处理后再运行一次即可完成。",
    )


TABS = (
    "交易 Transactions, 问题清单 Issues, 重复候选 Duplicates, 设置 Settings, 分级规则 TierRules, "
    "查重规则 MatchRules, 对接映射 Mappings, 运行记录 Runs"
)

CASES = {
    "1 too many requests": Case(faults=always(Fault.TOO_MANY_REQUESTS), state="refused", said=BUSY),
    "1 too many requests at the first write": Case(
        faults=always(Fault.TOO_MANY_REQUESTS, FIRST_WRITE), state="refused", said=BUSY
    ),
    "1 too many requests after the first write": Case(
        faults=always(Fault.TOO_MANY_REQUESTS, LINES), state="partly_done", said=midway(BUSY)
    ),
    "2 internal error": Case(
        faults=always(Fault.INTERNAL_ERROR), state="failed", said=unreachable("HTTP 500")
    ),
    "2 internal error once": Case(faults={1: Fault.INTERNAL_ERROR, 4: Fault.UNAVAILABLE}),
    "3 bad gateway": Case(
        faults=always(Fault.BAD_GATEWAY_PAGE), state="failed", said=unreachable("HTTP 502")
    ),
    "4 rate limit of Drive": Case(faults=always(Fault.DRIVE_RATE_LIMIT), state="refused", said=BUSY),
    "4 forbidden": Case(faults={1: Fault.PERMISSION_REVOKED}, state="refused", said=DENIED),
    "5 no connection": Case(
        faults=always(Fault.NOT_CONNECTED), state="failed", said=unreachable("ConnectTimeout")
    ),
    "5 no connection once": Case(faults={2: Fault.NOT_CONNECTED, 4: Fault.NOT_CONNECTED}),
    "6 no answer to a write": at_first_write(Fault.TIME_OUT_AFTER_APPLY),
    "7 reset after a write": at_first_write(Fault.RESET_AFTER_APPLY),
    "8 a write that comes late": at_first_write(Fault.LATE_APPLY),
    "9 answer cut off": at_first_write(Fault.TRUNCATED_JSON),
    "9 answer garbled": at_first_write(Fault.GARBLED_JSON),
    "9 every answer garbled": Case(
        faults=always(Fault.GARBLED_JSON), state="failed", said=unreachable("JSONDecodeError")
    ),
    "9 no answer from the first write on": Case(
        faults=always(Fault.RESET_BEFORE_APPLY, FIRST_WRITE),
        state="partly_done",
        said=midway(unreachable("ConnectionError")),
    ),
    "11 fewer ranges": Case(
        faults=dict.fromkeys(range(2, 6), Fault.FEWER_RANGES),
        state="failed",
        said=unreachable("8 of 9 ranges"),
    ),
    "11 fewer ranges once": Case(faults={2: Fault.FEWER_RANGES}),
    "12 slow": Case(faults={2: Fault.SLOW, 4: Fault.SLOW}),
    "13 no network": Case(
        faults=always(Fault.RESET_BEFORE_APPLY), state="failed", said=unreachable("ConnectionError")
    ),
    "14 stale read after the write": Case(faults={VERIFY: Fault.STALE_READ}),
    "18 another run": Case(
        arrange=running,
        state="refused",
        said=(
            "Run 20261121-0655-beef has been working on this register since 2026-11-21 07:05 UTC, "
            "asked for by ben. Wait until it ends.",
            "运行 20261121-0655-beef 从 2026-11-21 07:05 UTC 起正在处理这个登记表，由 ben 启动。请等它结束。",
        ),
    ),
    "20 disk full": Case(
        arrange=disk_full,
        state="refused",
        said=(
            "Nothing was written to the sheet: the journal could not be written (database or disk is full). "
            "Free some space, or set STEWARD_HOME to another folder.",
            "表格没有写入：改动记录写不下来（database or disk is full）。"
            "请腾出空间，或把 STEWARD_HOME 设为另一个文件夹。",
        ),
    ),
    "23 more cells than fit into memory": Case(
        arrange=many_blank_rows,
        state="refused",
        said=(
            "The tabs to read have 6,709,000 cells together, blank ones too; Steward reads at most 5,000,000 at once. "
            'The largest is "客户 Customers" with 201,000 rows and 33 columns. Delete the blank rows below and the '
            "blank columns beside the data there, or move old lines to another spreadsheet.",
            "要读取的各页连空白格共有 6,709,000 格，而管家一次最多读 5,000,000 格。"
            "最大的是“客户 Customers”页：201,000 行、33 列。"
            "请删掉那里数据下方的空白行和右侧的空白列，或把旧的内容移到另一个表格。",
        ),
    ),
    "25 sharing revoked before the first write": Case(
        faults={FIRST_WRITE: Fault.PERMISSION_REVOKED}, state="refused", said=DENIED
    ),
    "25 sharing revoked midway": Case(
        faults={LINES: Fault.PERMISSION_REVOKED}, state="partly_done", said=midway(DENIED)
    ),
    "29 tab renamed": Case(arrange=lambda desk, register: person(desk, register).rename_tab("我们的客户")),
    "30 tab deleted": Case(
        arrange=lambda desk, register: person(desk, register).delete_tab(),
        state="refused",
        said=(
            f'The spreadsheet has no tab "Customers". It has: {TABS}. '
            'Rename the tab that holds the customers to "Customers".',
            f"表格里没有“Customers”页。现有：{TABS}。请把客户所在的页改名为“Customers”。",
        ),
    ),
    "30 tab duplicated": Case(arrange=duplicate_tab),
    "31 column renamed": Case(arrange=header("full_name", "谁")),
    "32 column moved": Case(arrange=move_column),
    "32 column inserted": Case(arrange=lambda desk, register: person(desk, register).insert("COLUMNS", 12)),
    "32 column moved into the block": Case(
        arrange=into_the_block,
        state="refused",
        said=(
            'The tool block of tab "客户 Customers" is torn apart at cell D1: a foreign column stands inside it. '
            "Move that column out of the block.",
            "“客户 Customers”页的管家列在 D1 处被拆开了：中间插了别的列。请把那一列移到外面。",
        ),
    ),
    "33 column of the block deleted": Case(
        arrange=delete_column("status"),
        state="refused",
        said=(
            'Tab "客户 Customers" lacks columns of the tool block: 校验结果 / Status. Steward writes its answers '
            "there. Put the columns back with these headers side by side.",
            "“客户 Customers”页缺少管家的列：校验结果 / Status。管家的结果写在那里。请用这些列名补回来，并排放好。",
        ),
    ),
    "33 name column deleted": Case(
        arrange=delete_column("full_name"),
        state="refused",
        said=(
            f'Tab "客户 Customers" has no column for the customer\'s name. Its headers are: {WITHOUT_NAME}. '
            'Name that column "Customer name".',
            f"“客户 Customers”页没有客户名称列。现有列名：{WITHOUT_NAME}。请把那一列命名为“客户名称”。",
        ),
    ),
    "34 header of another column": Case(
        arrange=header("mobile", "电子邮箱"),
        state="refused",
        said=(
            'Cell O1 of tab "客户 Customers" says "电子邮箱", but this column was bound as "手机号 / Mobile". '
            "Put the header back, or move the data into its own column.",
            "“客户 Customers”页 O1 写着“电子邮箱”，但这一列原来是“手机号 / Mobile”。"
            "请改回表头，或把数据放到对应的列。",
        ),
    ),
    "34 three name columns": Case(
        arrange=name_again,
        state="refused",
        said=(
            'Tab "客户 Customers" has the column "客户名称 / Customer name" more than once, in J1, K1, M1. '
            "Rename all but one of these headers.",
            "“客户 Customers”页有不止一个“客户名称 / Customer name”列：J1, K1, M1。请只留一个，其余改名。",
        ),
    ),
    "35 header row deleted": Case(
        arrange=lambda desk, register: person(desk, register).delete("ROWS", 1),
        state="refused",
        said=(
            'Tab "客户 Customers" has no header row: none of its first ten rows names a known column. '
            "Put the headers back into the first row.",
            "“客户 Customers”页没有表头：前十行里没有认识的列名。请把表头放回第一行。",
        ),
    ),
    "36 rows above the header": Case(arrange=lambda desk, register: person(desk, register).insert("ROWS", 1)),
    "35 headers merged side by side": Case(
        arrange=merge("full_name", 1, 1, columns=2),
        state="refused",
        said=(
            'Cells L1:M1 of tab "客户 Customers" are merged, so it is not clear which column is which. '
            "Unmerge them, and give each column a header of its own.",
            "“客户 Customers”页的 L1:M1 是合并单元格，分不清各列是什么。请取消合并，并给每一列写上列名。",
        ),
    ),
    "35 header in two lines": Case(
        arrange=second_header_line,
        state="refused",
        said=(
            'Cells L1:L2 of tab "客户 Customers" are merged, so it is not clear which column is which. '
            "Unmerge them, and give each column a header of its own.",
            "“客户 Customers”页的 L1:L2 是合并单元格，分不清各列是什么。请取消合并，并给每一列写上列名。",
        ),
    ),
    "35 header row moved below customers": Case(
        arrange=move_header,
        state="refused",
        said=(
            'The headers of tab "客户 Customers" stand in row 3, below the customer in row 1; customers above the '
            "headers are not seen. Move the header row back above them.",
            "“客户 Customers”页的表头在第 3 行，而第 1 行已是客户；表头上面的客户会被漏掉。请把表头移回最上面。",
        ),
    ),
    "37 merged cells in Steward's columns": Case(
        arrange=merge("tier", 2, 3),
        state="refused",
        said=(
            'Cells B2:B3 of tab "客户 Customers" are merged and reach into the columns of Steward, which writes '
            "one answer beside each row. Unmerge them.",
            "“客户 Customers”页的 B2:B3 是合并单元格，伸进了管家的列，而管家要在每一行旁边写结果。请取消合并。",
        ),
    ),
    "41 no row left in a tool tab": Case(arrange=short_grid),
    "42 no cell left": Case(
        arrange=no_room,
        state="refused",
        said=(
            f'The sheet service refused a request: "{TOO_MANY_CELLS}" Nothing of that request was carried out. '
            "If the text names a protected range or a limit, lift it and run again; otherwise report it.",
            f"表格服务拒绝了一次请求：“{TOO_MANY_CELLS}”该请求没有执行。"
            "如果提到受保护的区域或上限，请先解除再运行；否则请反馈给我们。",
        ),
    ),
    "43 spreadsheet deleted": Case(
        arrange=trash,
        state="refused",
        said=(
            "The spreadsheet was not found. It may have been deleted, or it is not shared with Steward. "
            "Check the address and share the sheet with Steward's account.",
            "找不到这个表格。它可能已被删除，或没有共享给管家。请检查链接，并把表格共享给管家的账号。",
        ),
    ),
    "43 no customers": Case(
        arrange=no_rows,
        state="refused",
        said=(
            'Tab "客户 Customers" has headers but no customers. Enter customers below the headers, '
            'or bring them in with "steward import FILE".',
            "“客户 Customers”页只有表头，没有客户。请在表头下面填写客户，或用 steward import 文件 导入。",
        ),
    ),
    "47 formula": Case(arrange=type_of("=1+1", "notes")),
}

EXIT_CODES = {"done": 0, "failed": 1, "refused": 3, "partly_done": 4}


@pytest.mark.parametrize("name", CASES)
def test_a_case_of_faults_ends_in_one_way_and_says_so(desk: Any, people: Any, name: str) -> None:
    case = CASES[name]
    register = desk.make(people(3))
    desk.run(register)
    person(desk, register).type_in(2, "email", "no at")
    desk.clock.forward(minutes=5)
    case.arrange(desk, register)
    before = every_cell(desk, register)
    desk.wire.server = FaultyService(desk.server, Faults.scripted(case.faults))

    said, exit_code = ("", ""), 0
    try:
        outcome = desk.run(register)
        state = str(outcome.state)
    except StewardError as problem:
        said, exit_code, state = (problem.en, problem.zh), problem.exit_code, state_of(desk, problem)
    desk.wire.server = desk.server

    assert (state, said, exit_code) == (case.state, case.said, EXIT_CODES[case.state])
    after = every_cell(desk, register)
    if state in ("refused", "failed"):
        assert after == before
    assert team_cells(after) == team_cells(before)
    if state == "partly_done" or (state == "done" and case.faults):
        desk.run(register)
        assert desk.run(register).counts["cells"] == 0


def state_of(desk: Any, problem: StewardError) -> str:
    """What the ledger says of the last run; a run that never began is not in it."""
    return "refused" if isinstance(problem, AlreadyRunning) else str(desk.ledger.recent(1)[0].state)


def every_cell(desk: Any, register: Any) -> dict[str, Any]:
    """All cells of all tabs, by title; none once the spreadsheet is gone."""
    try:
        book = desk.server.book(register.spreadsheet_id)
    except RefusedError:
        return {}
    return {sheet.title: [[str(cell) for cell in row] for row in sheet.rows] for sheet in book.sheets}


def team_cells(cells: dict[str, Any]) -> list[Any]:
    """The team's columns of every tab that looks like Customers; a tab somebody copied as a whole."""
    return [
        (title, [row if title == "副本" else row[9:] for row in rows])
        for title, rows in cells.items()
        if "客户" in title or title == "副本"
    ]
