"""Spreadsheets as teams keep them, made by hand: what lies on them, and what init should make of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

NAMES = ("张伟", "王芳", "李娜", "刘洋", "陈静")
PHONES = ("13800138001", "13900139002", "13700137003", "13600136004", "13500135005")
PEOPLE = [[name, phone] for name, phone in zip(NAMES, PHONES, strict=True)]
ENGLISH = [["Ann Lee", "+13125550101"], ["Bob Ray", "+13125550102"], ["Cy Day", "+13125550103"]]
ORDERS = [
    ["订单号", "客户", "下单日期", "商品名称", "数量", "金额"],
    ["D1", "张伟", "2026-03-04", "茶", 2, 120],
    ["D2", "王芳", "2026-04-05", "杯", 1, 80],
    ["合计", "", "", "", 3, 200],
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab: rows typed in by a person, and requests for what lies on it."""

    title: str
    rows: list[list[Any]] = field(default_factory=list)
    requests: tuple[dict[str, Any], ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A spreadsheet, the options init is given, and what is expected: a binding, or the codes of refusals.

    `fields` are those of the customers' columns by letter before anything was inserted, `header_row` and
    `totals` those of the first sheet with customers; `more` are the titles of the others.
    """

    name: str
    tabs: tuple[Tab, ...]
    mapping: tuple[str, ...] = ()
    tabs_named: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    header_row: int = 1
    rows: int = 5
    totals: tuple[int, ...] = ()
    orders: str = ""
    kept: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    cell: str = ""


def area(top: int, bottom: int, left: int, right: int) -> dict[str, int]:
    """Rows and columns counted from 0, `bottom` and `right` not part of it."""
    return {"startRowIndex": top, "endRowIndex": bottom, "startColumnIndex": left, "endColumnIndex": right}


def merged(top: int, bottom: int, left: int, right: int) -> dict[str, Any]:
    return {"mergeCells": {"range": area(top, bottom, left, right), "mergeType": "MERGE_ALL"}}


def formatted(top: int, bottom: int, left: int, right: int, **shown: Any) -> dict[str, Any]:
    return {
        "repeatCell": {
            "range": area(top, bottom, left, right),
            "cell": {"userEnteredFormat": shown},
            "fields": "userEnteredFormat",
        }
    }


def noted(row: int, column: int, note: str) -> dict[str, Any]:
    return {
        "repeatCell": {
            "range": area(row, row + 1, column, column + 1),
            "cell": {"note": note},
            "fields": "note",
        }
    }


def banded(top: int, bottom: int, left: int, right: int) -> dict[str, Any]:
    colours = {"firstBandColor": {"blue": 1}, "secondBandColor": {"green": 1}}
    return {
        "addBanding": {"bandedRange": {"range": area(top, bottom, left, right), "rowProperties": colours}}
    }


def filtered(top: int, bottom: int, left: int, right: int, **more: Any) -> dict[str, Any]:
    return {"setBasicFilter": {"filter": {"range": area(top, bottom, left, right), **more}}}


def filter_view(title: str, *edges: int, **more: Any) -> dict[str, Any]:
    return {"addFilterView": {"filter": {"title": title, "range": area(*edges), **more}}}


def filter_view_over_a_name(title: str, *edges: int) -> list[dict[str, Any]]:
    name = {"namedRangeId": "people", "name": "people", "range": area(*edges)}
    view = {"title": title, "namedRangeId": "people"}
    return [{"addNamedRange": {"namedRange": name}}, {"addFilterView": {"filter": view}}]


def frozen(rows: int, columns: int = 0) -> dict[str, Any]:
    grid = {"frozenRowCount": rows, "frozenColumnCount": columns}
    fields = "gridProperties.frozenRowCount,gridProperties.frozenColumnCount"
    return {"updateSheetProperties": {"properties": {"gridProperties": grid}, "fields": fields}}


def hidden_column(place: int) -> dict[str, Any]:
    span = {"dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
    properties = {"hiddenByUser": True}
    return {"updateDimensionProperties": {"range": span, "properties": properties, "fields": "hiddenByUser"}}


def grouped(first: int, end: int) -> dict[str, Any]:
    return {"addDimensionGroup": {"range": {"dimension": "COLUMNS", "startIndex": first, "endIndex": end}}}


BOLD = {"textFormat": {"bold": True}, "backgroundColor": {"red": 1}}
MONEY = {"numberFormat": {"type": "NUMBER", "pattern": "¥#,##0.00"}}
PLAIN = {"A": "full_name", "B": "mobile"}


def lines(header: list[Any], *columns: list[Any], people: list[list[str]] = PEOPLE) -> list[list[Any]]:
    """A header and the five people, more columns after name and phone."""
    rest = [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in people]
    return [header, *([*one, *more] for one, more in zip(people, rest, strict=True))]


BOUND = (
    Workbook(
        name="one tab for each salesperson, laid out differently",
        tabs=(
            Tab(title="小王", rows=lines(["姓名", "手机"])),
            Tab(
                title="小李",
                rows=[["李的客户"], ["电话", "客户名称", "邮箱"], ["13300133001", "赵敏", "z@a.cn"]],
            ),
            Tab(title="小王 的副本", rows=lines(["姓名", "手机"])),
            Tab(title="离职", rows=lines(["姓名", "手机"]), hidden=True),
            Tab(title="说明", rows=[["每人一页"]]),
        ),
        fields={"A": "full_name", "B": "mobile"},
        rows=6,
        more=("小李",),
        left=("小王 的副本", "离职"),
    ),
    Workbook(
        name="some of several tabs, named",
        tabs=(
            Tab(title="North", rows=[["Name", "Phone"], *ENGLISH]),
            Tab(title="South", rows=[["Name", "Phone"], *PEOPLE]),
            Tab(title="West", rows=[["Phone", "Name"], ["+13125550104", "Di Fox"]]),
        ),
        tabs_named=("North", "West"),
        fields={"A": "full_name", "B": "mobile"},
        rows=4,
        more=("West",),
        left=("South",),
    ),
    Workbook(
        name="orders for each month",
        tabs=(
            Tab(title="客户", rows=lines(["姓名", "手机"])),
            Tab(title="1月", rows=ORDERS),
            Tab(title="2月", rows=ORDERS),
        ),
        fields={"A": "full_name", "B": "mobile"},
        orders="1月2月",
    ),
    Workbook(
        name="plain",
        tabs=(Tab(title="客户", rows=lines(["姓名", "手机"])),),
        fields=PLAIN,
    ),
    Workbook(
        name="a title with a year, headers with stars, brackets and line breaks",
        tabs=(
            Tab(
                title="客户信息表2024",
                rows=lines(["姓名*", "手机号（必填）", "备注\n内部"], ["a", "b", "c", "d", "e"]),
            ),
        ),
        fields={**PLAIN},
        kept=("C",),
    ),
    Workbook(
        name="a merged title and a date above the headers, frozen rows",
        tabs=(
            Tab(
                title="Sheet1",
                rows=[
                    ["2024年客户信息登记表"],
                    ["制表：小王", "", "2024-03-04"],
                    *lines(["客户姓名", "联系电话"]),
                ],
                requests=(merged(0, 1, 0, 4), formatted(0, 1, 0, 1, **BOLD), frozen(3)),
            ),
        ),
        fields=PLAIN,
        header_row=3,
    ),
    Workbook(
        name="headers in two lines, merged across and down",
        tabs=(
            Tab(
                title="客户表",
                rows=[
                    ["姓名", "联系方式", "", "地址", "", ""],
                    ["", "手机", "邮箱", "省", "市", "详细地址"],
                    *[
                        [n, p, f"u{i}@qq.com", "浙江省", "杭州市", f"文一路{i}号"]
                        for i, (n, p) in enumerate(PEOPLE, 1)
                    ],
                ],
                requests=(merged(0, 2, 0, 1), merged(0, 1, 1, 3), merged(0, 1, 3, 6)),
            ),
        ),
        fields={
            "A": "full_name",
            "B": "mobile",
            "C": "email",
            "D": "province",
            "E": "city",
            "F": "address_line",
        },
        header_row=2,
    ),
    Workbook(
        name="blank rows between and totals at the end",
        tabs=(
            Tab(
                title="客户名单",
                rows=[
                    ["姓名", "手机", "累计金额"],
                    ["张伟", "13800138001", 100],
                    [],
                    ["王芳", "13900139002", 200],
                    [],
                    [],
                    ["李娜", "13700137003", 300],
                    ["合计", "", "=SUM(C2:C7)"],
                ],
                requests=(formatted(1, 8, 2, 3, **MONEY), formatted(7, 8, 0, 3, **BOLD)),
            ),
        ),
        fields={**PLAIN, "C": "total_amount"},
        rows=3,
        totals=(8,),
    ),
    Workbook(
        name="subtotals between, in a column of numbers, the label merged",
        tabs=(
            Tab(
                title="客户",
                rows=[
                    ["序号", "姓名", "手机"],
                    [1, "张伟", "13800138001"],
                    [2, "王芳", "13900139002"],
                    ["小计", "", 2],
                    [3, "李娜", "13700137003"],
                    ["总计（3人）"],
                ],
                requests=(merged(3, 4, 0, 2), merged(5, 6, 0, 3)),
            ),
        ),
        fields={"B": "full_name", "C": "mobile"},
        kept=("A",),
        rows=3,
        totals=(4, 6),
    ),
    Workbook(
        name="English, in another order, with a Total row",
        tabs=(
            Tab(
                title="Customer list",
                rows=[
                    ["E-mail address", "Phone number", "Client name", "Nickname"],
                    ["ann@example.com", "+13125550101", "Ann Lee", "A"],
                    ["bob@example.com", "+13125550102", "Bob Ray", "B"],
                    ["Total", 2],
                ],
            ),
        ),
        fields={"A": "email", "B": "mobile", "C": "full_name"},
        kept=("D",),
        rows=2,
        totals=(4,),
    ),
    Workbook(
        name="Chinese and English headers mixed",
        tabs=(
            Tab(
                title="Clients 客户",
                rows=lines(
                    ["姓名 / Name", "Mobile 手机", "WeChat"],
                    ["wx_ann1", "wx_bob2", "wx_cyd3", "wx_dee4", "wx_eve5"],
                ),
            ),
        ),
        mapping=("Mobile 手机=mobile",),
        fields={**PLAIN, "C": "wechat_id"},
    ),
    Workbook(
        name="a tier column of the team's own",
        tabs=(Tab(title="客户", rows=lines(["姓名", "手机", "客户等级"], ["A", "B", "C", "A", "B"])),),
        fields={**PLAIN, "C": "team_tier"},
    ),
    Workbook(
        name="an ABC column and a status column named like Steward's",
        tabs=(
            Tab(
                title="客户",
                rows=lines(
                    ["姓名", "手机", "ABC分类", "校验结果"], list("AABBC"), ["已核", "", "已核", "", ""]
                ),
            ),
        ),
        fields={**PLAIN, "C": "team_tier"},
        kept=("D",),
    ),
    Workbook(
        name="phones as numbers, one with a decimal point",
        tabs=(
            Tab(
                title="客户",
                rows=[
                    ["姓名", "电话"],
                    ["张伟", 13800138001],
                    ["王芳", 13900139002.0],
                    ["李娜", "'13700137003"],
                    ["刘洋", "１３６００１３６００４"],
                    ["陈静", "13500135005转801"],
                ],
            ),
        ),
        fields=PLAIN,
    ),
    Workbook(
        name="a filter that hides, with criteria and a sort",
        tabs=(
            Tab(
                title="客户",
                rows=lines(["姓名", "手机", "城市"], ["杭州市", "上海市", "杭州市", "北京市", "杭州市"]),
                requests=(
                    filtered(
                        0,
                        6,
                        0,
                        3,
                        criteria={"2": {"hiddenValues": ["上海市"]}},
                        sortSpecs=[{"dimensionIndex": 2, "sortOrder": "ASCENDING"}],
                    ),
                ),
            ),
        ),
        fields={**PLAIN, "C": "city"},
    ),
    Workbook(
        name="filter views with criteria and sorts, one of them beside the customers",
        tabs=(
            Tab(
                title="客户",
                rows=lines(["姓名", "手机", "城市"], ["杭州市", "上海市", "杭州市", "北京市", "杭州市"]),
                requests=(
                    filter_view(
                        "杭州",
                        *(0, 6, 0, 3),
                        criteria={"2": {"hiddenValues": ["上海市", "北京市"]}},
                        sortSpecs=[{"dimensionIndex": 0, "sortOrder": "DESCENDING"}],
                    ),
                    filter_view("电话", 0, 6, 1, 3, criteria={"1": {"hiddenValues": [PHONES[0]]}}),
                    filter_view("旁边", 20, 30, 4, 6, criteria={"5": {"hiddenValues": ["x"]}}),
                ),
            ),
        ),
        fields={**PLAIN, "C": "city"},
    ),
    Workbook(
        name="a filter view on each of two tabs with customers",
        tabs=(
            Tab(
                title="小王",
                rows=lines(["姓名", "手机"]),
                requests=(filter_view("王", 0, 6, 0, 2, sortSpecs=[{"dimensionIndex": 1}]),),
            ),
            Tab(
                title="小李",
                rows=[["手机", "姓名"], ["13300133001", "赵敏"]],
                requests=(filter_view("李", 0, 2, 0, 2, criteria={"1": {"hiddenValues": ["赵敏"]}}),),
            ),
        ),
        fields=PLAIN,
        more=("小李",),
        rows=6,
    ),
    Workbook(
        name="alternating colours over the table",
        tabs=(Tab(title="客户", rows=lines(["姓名", "手机"]), requests=(banded(0, 6, 0, 2),)),),
        fields=PLAIN,
    ),
    Workbook(
        name="a hidden tab",
        tabs=(
            Tab(title="说明", rows=[["请先看这里"]]),
            Tab(title="客户资料", rows=lines(["姓名", "手机"]), hidden=True),
        ),
        fields=PLAIN,
    ),
    Workbook(
        name="orders under another name",
        tabs=(
            Tab(title="客户", rows=lines(["姓名", "手机", "编号"], ["K1", "K2", "K3", "K4", "K5"])),
            Tab(title="2024流水", rows=ORDERS, requests=(formatted(1, 4, 5, 6, **MONEY),)),
        ),
        fields={**PLAIN, "C": "customer_id"},
        orders="2024流水",
    ),
    Workbook(
        name="phone twice: the first is read, the other kept",
        tabs=(Tab(title="客户", rows=lines(["姓名", "手机", "手机"], list(PHONES))),),
        fields=PLAIN,
        kept=("C",),
    ),
    Workbook(
        name="phone twice, the second mapped to another field than its header says",
        tabs=(Tab(title="客户", rows=lines(["姓名", "手机", "手机"], list(PHONES))),),
        mapping=("C=phone_2",),
        fields={**PLAIN, "C": "phone_2"},
    ),
    Workbook(
        name="name twice, one of them mapped away by its letter",
        tabs=(Tab(title="客户", rows=lines(["姓名", "手机", "姓名"], list(NAMES))),),
        mapping=("C=-",),
        fields=PLAIN,
        kept=("C",),
    ),
    Workbook(
        name="empty columns between, a column without a header",
        tabs=(
            Tab(
                title="客户",
                rows=[["", "姓名", "", "手机", ""], *[["", n, "", p, "√"] for n, p in PEOPLE]],
                requests=(hidden_column(0),),
            ),
        ),
        fields={"B": "full_name", "D": "mobile"},
        kept=("E",),
    ),
    Workbook(
        name="formulas, notes, formats, a group of columns at the left",
        tabs=(
            Tab(
                title="客户",
                rows=lines(
                    ["姓名", "手机", "生日", "累计消费", "两倍"],
                    ["1990-05-01", "1985/3/4", "2001-12-31", "", "1999-09-09"],
                    [100, 250.5, "", 80, 7],
                    [f"=D{row}*2" for row in range(2, 7)],
                ),
                requests=(
                    noted(0, 0, "按身份证填写"),
                    noted(3, 1, "老客户"),
                    formatted(0, 1, 0, 5, **BOLD),
                    formatted(1, 6, 3, 4, **MONEY),
                    grouped(0, 1),
                    frozen(1, 1),
                ),
            ),
        ),
        fields={**PLAIN, "C": "birth_date", "D": "total_amount"},
        kept=("E",),
    ),
    Workbook(
        name="only headers",
        tabs=(Tab(title="客户", rows=[["姓名", "手机"]]),),
        fields=PLAIN,
        rows=0,
    ),
    Workbook(
        name="a name column nobody could guess",
        tabs=(Tab(title="Sites", rows=lines(["Site", "Phone", "Source"], ["a.csv"] * 3, people=ENGLISH)),),
        mapping=("Site=full_name", "Source=-"),
        fields={"A": "full_name", "B": "mobile"},
        kept=("C",),
        rows=3,
    ),
    Workbook(
        name="a log of visits, settings and a dashboard of the team's beside it",
        tabs=(
            Tab(title="客户", rows=lines(["姓名", "手机", "负责人"], ["甲"] * 5)),
            Tab(
                title="跟进记录",
                rows=[["日期", "客户", "内容", "负责人"], ["2026-01-02", "张伟", "电话", "甲"]],
            ),
            Tab(title="设置", rows=[["颜色", "红"]]),
            Tab(title="看板", rows=[["客户数", "=COUNTA(客户!A2:A)"]]),
        ),
        fields={**PLAIN, "C": "owner"},
    ),
)

REFUSED = (
    Workbook(
        name="a filter view over a named range",
        tabs=(
            Tab(
                title="客户",
                rows=lines(["姓名", "手机"]),
                requests=(
                    filter_view("其他", 0, 6, 0, 2),
                    *filter_view_over_a_name("老客户", 0, 6, 0, 2),
                ),
            ),
        ),
        refused=("init-filter-views",),
        cell="老客户",
    ),
    Workbook(name="no sheet with anything", tabs=(Tab(title="Sheet1"),), refused=("init-empty",)),
    Workbook(
        name="no name column",
        tabs=(Tab(title="客户", rows=[["手机", "邮箱"], ["13800138001", "a@qq.com"]]),),
        refused=("init-no-name",),
    ),
    Workbook(
        name="headers in row 11",
        tabs=(Tab(title="客户", rows=[*[["第一版"] for _ in range(10)], *lines(["姓名", "手机"])]),),
        refused=("init-no-headers",),
    ),
    Workbook(
        name="name twice",
        tabs=(Tab(title="客户", rows=lines(["姓名", "手机", "姓名"], list(NAMES))),),
        refused=("init-twice",),
        cell="A1, C1",
    ),
    Workbook(
        name="a name merged over two customers",
        tabs=(Tab(title="客户", rows=lines(["姓名", "手机"]), requests=(merged(2, 4, 0, 1),)),),
        refused=("init-merged",),
        cell="A3",
    ),
    Workbook(
        name="one header merged over two columns",
        tabs=(
            Tab(
                title="客户",
                rows=lines(["姓名", "联系方式", ""], ["a@qq.com", "b@qq.com", "", "", ""]),
                requests=(merged(0, 1, 1, 3),),
            ),
        ),
        refused=("init-merged-header",),
        cell="B1",
    ),
    Workbook(
        name="a note merged below the table",
        tabs=(
            Tab(
                title="客户",
                rows=[*lines(["姓名", "手机"]), [], ["注：红色为重点客户"]],
                requests=(merged(7, 8, 0, 2),),
            ),
        ),
        refused=("init-merged",),
        cell="A8",
    ),
    Workbook(
        name="alternating colours in two pieces side by side",
        tabs=(
            Tab(
                title="客户",
                rows=lines(["姓名", "手机"]),
                requests=(banded(0, 6, 0, 1), banded(0, 6, 1, 2)),
            ),
        ),
        refused=("init-banding",),
        cell="A1:A6",
    ),
)
