"""Lays out tabs: headers with help notes, dropdowns, formats, the tool block. No format of a single cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.adapters.google.layout_names import BLOCK_RANGE, COLUMN_KEY, TAB_KEY
from backend.core import block
from sheets_schema.headers import LEFT_ALONE, HeaderLanguage, column_letters, header_text
from sheets_schema.model import Kind, Owner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheets_schema.model import Column, Tab

Request = dict[str, Any]

_TEAM = {"red": 0.85, "green": 0.92, "blue": 0.83}
_STEWARD = {"red": 0.81, "green": 0.89, "blue": 0.95}
_ERROR = {"red": 0.96, "green": 0.80, "blue": 0.80}
_WARNING = {"red": 1.0, "green": 0.95, "blue": 0.80}
_GREY = {"red": 0.72, "green": 0.72, "blue": 0.72}
_FORMATS = {
    Kind.DATE: {"type": "DATE", "pattern": "yyyy-mm-dd"},
    Kind.MONEY: {"type": "NUMBER", "pattern": "#,##0.00"},
    Kind.INTEGER: {"type": "NUMBER", "pattern": "0"},
    Kind.NUMBER: {"type": "NUMBER", "pattern": "0.##"},
}
_TEXT = {"type": "TEXT", "pattern": "@"}


def tab_requests(tab: Tab, sheet_id: int, language: HeaderLanguage, headers: Sequence[str]) -> list[Request]:
    """Give the batch requests that lay out one tab whose sheet exists and is empty.

    Args:
        tab: Its columns; one without an id is the team's own and gets no tag and no note.
        sheet_id: Its sheet.
        language: Language of headers and notes.
        headers: Header texts by position; '' or none where the schema's own is to be used.
    """
    requests = [
        _frozen(sheet_id, tab),
        _headers(tab, sheet_id, language, headers),
        _tag(TAB_KEY, tab.id, {"sheetId": sheet_id}),
    ]
    for place in range(len(tab.columns)):
        requests.extend(_column_requests(tab, sheet_id, place, language))
    if tab.id == "Customers":
        requests.extend(_block_requests(tab, sheet_id))
    return requests


def _column_requests(tab: Tab, sheet_id: int, place: int, language: HeaderLanguage) -> list[Request]:
    column = tab.columns[place]
    requests = [_width(sheet_id, place, column), _number_format(sheet_id, place, column)]
    where = {"dimensionRange": _columns(sheet_id, place)}
    requests.append(_tag(COLUMN_KEY, f"{tab.id}.{column.id or LEFT_ALONE}", where))
    if column.choices:
        requests.append(_dropdown(sheet_id, place, column, language))
    return requests


def block_range_request(sheet_id: int, first: int, count: int, *, replaces: str = "") -> list[Request]:
    """Give the requests that name the tool block, all rows of it.

    Args:
        sheet_id: Sheet of Customers.
        first: 0-based position of the block's first column.
        count: Columns of the block.
        replaces: Id of the named range that stands wrong; '' when there is none.
    """
    named = {
        "name": BLOCK_RANGE,
        "range": {"sheetId": sheet_id, "startColumnIndex": first, "endColumnIndex": first + count},
    }
    if replaces:
        named["namedRangeId"] = replaces
        return [{"updateNamedRange": {"namedRange": named, "fields": "range"}}]
    return [{"addNamedRange": {"namedRange": named}}]


def _block_requests(tab: Tab, sheet_id: int) -> list[Request]:
    hidden = [place for place, column in enumerate(tab.block) if column.hidden]
    group = _columns(sheet_id, hidden[0], hidden[-1] + 1)
    return [
        *block_range_request(sheet_id, 0, len(tab.block)),
        {"addDimensionGroup": {"range": group}},
        {
            "updateDimensionGroup": {
                "dimensionGroup": {"range": group, "depth": 1, "collapsed": True},
                "fields": "collapsed",
            }
        },
        {
            "addProtectedRange": {
                "protectedRange": {
                    "range": {"sheetId": sheet_id, "startColumnIndex": 0, "endColumnIndex": len(tab.block)},
                    "description": "客户管家 / Sheet Steward",
                    "warningOnly": True,
                }
            }
        },
        *conditional_formats(tab, sheet_id),
    ]


def conditional_formats(tab: Tab, sheet_id: int) -> list[Request]:
    """Give the conditional formats of Customers, for a block that begins at column A.

    One greys a block whose signature is not its own row's; one colours the status; one for each team
    column looks for the column's name in `issues`, in either language.
    """
    places = {column.id: column_letters(place) for place, column in enumerate(tab.columns)}
    row_id, sig, status, issues = (places[name] for name in ("row_id", "sig", "status", "issues"))
    whole = {"startColumnIndex": 0, "endColumnIndex": len(tab.block)}
    foreign = f'=AND(${row_id}2<>"",LEFT(${sig}2,LEN(${row_id}2))<>${row_id}2)'
    rules: list[tuple[dict[str, int], str, dict[str, Any]]] = [
        (whole, foreign, {"textFormat": {"foregroundColor": _GREY, "strikethrough": True}})
    ]
    at = tab.columns.index(tab.column("status"))
    for choice, colour in zip(tab.column("status").choices[1:], (_WARNING, _ERROR), strict=True):
        formula = f'=OR(${status}2="{choice.label.zh}",${status}2="{choice.label.en}")'
        rules.append(
            ({"startColumnIndex": at, "endColumnIndex": at + 1}, formula, {"backgroundColor": colour})
        )
    for place, column in enumerate(tab.columns):
        if column.owner is Owner.TEAM and column.id:
            found = ",".join(f'ISNUMBER(FIND("{mark}",${issues}2))' for mark in block.marks(column))
            where = {"startColumnIndex": place, "endColumnIndex": place + 1}
            rules.append((where, f"=OR({found})", {"backgroundColor": _WARNING}))
    return [_conditional(sheet_id, where, formula, look) for where, formula, look in rules]


def _conditional(sheet_id: int, where: dict[str, int], formula: str, look: dict[str, Any]) -> Request:
    rule = {
        "ranges": [{"sheetId": sheet_id, "startRowIndex": 1, **where}],
        "booleanRule": {
            "condition": {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]},
            "format": look,
        },
    }
    return {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def _columns(sheet_id: int, first: int, end: int | None = None) -> dict[str, Any]:
    return {
        "sheetId": sheet_id,
        "dimension": "COLUMNS",
        "startIndex": first,
        "endIndex": first + 1 if end is None else end,
    }


def _cells(sheet_id: int, place: int) -> dict[str, int]:
    return {
        "sheetId": sheet_id,
        "startRowIndex": 1,
        "startColumnIndex": place,
        "endColumnIndex": place + 1,
    }


def _frozen(sheet_id: int, tab: Tab) -> Request:
    colour = _STEWARD if tab.owner is Owner.STEWARD else _TEAM
    properties = {"sheetId": sheet_id, "gridProperties": {"frozenRowCount": 1}, "tabColor": colour}
    fields = "gridProperties.frozenRowCount,tabColor"
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _headers(tab: Tab, sheet_id: int, language: HeaderLanguage, headers: Sequence[str]) -> Request:
    cells = [
        {
            "userEnteredValue": {"stringValue": header or header_text(column.label, language)},
            "note": header_text(column.help, language).replace(" / ", "\n") if column.id else "",
            "userEnteredFormat": {
                "textFormat": {"bold": True},
                "wrapStrategy": "WRAP",
                "backgroundColor": _STEWARD if column.owner is Owner.STEWARD else _TEAM,
            },
        }
        for column, header in zip(tab.columns, headers or [""] * len(tab.columns), strict=True)
    ]
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0},
            "rows": [{"values": cells}],
            "fields": "userEnteredValue,note,userEnteredFormat(textFormat.bold,wrapStrategy,backgroundColor)",
        }
    }


def _tag(key: str, value: str, location: dict[str, Any]) -> Request:
    metadata = {"metadataKey": key, "metadataValue": value, "location": location, "visibility": "DOCUMENT"}
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}


def _width(sheet_id: int, place: int, column: Column) -> Request:
    return {
        "updateDimensionProperties": {
            "range": _columns(sheet_id, place),
            "properties": {"pixelSize": column.width},
            "fields": "pixelSize",
        }
    }


def _number_format(sheet_id: int, place: int, column: Column) -> Request:
    return {
        "repeatCell": {
            "range": _cells(sheet_id, place),
            "cell": {"userEnteredFormat": {"numberFormat": _FORMATS.get(column.kind, _TEXT)}},
            "fields": "userEnteredFormat.numberFormat",
        }
    }


def _dropdown(sheet_id: int, place: int, column: Column, language: HeaderLanguage) -> Request:
    labels = [
        choice.label.en if language is HeaderLanguage.EN else choice.label.zh for choice in column.choices
    ]
    return {
        "setDataValidation": {
            "range": _cells(sheet_id, place),
            "rule": {
                "condition": {
                    "type": "ONE_OF_LIST",
                    "values": [{"userEnteredValue": label} for label in labels],
                },
                "strict": False,
                "showCustomUi": True,
            },
        }
    }


def sheet_properties(title: str, rows: int, columns: int) -> dict[str, Any]:
    """Give the properties of a new sheet."""
    return {"title": title, "gridProperties": {"rowCount": rows, "columnCount": columns}}
