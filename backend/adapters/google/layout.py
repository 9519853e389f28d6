"""Lays out tabs: headers with help notes, dropdowns, formats, the tool block. No format of a single cell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from backend.adapters.google.layout_names import COLUMN_KEY, HEADER_KEY, TAB_KEY, block_range, tab_value
from backend.core import block
from sheets_schema.headers import LEFT_ALONE, HeaderLanguage, column_letters, header_text
from sheets_schema.model import Kind, Owner

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
        tab_tag(tab, sheet_id),
    ]
    for place in range(len(tab.columns)):
        requests.extend(_column_requests(tab, sheet_id, place, language))
    if tab.id == "Customers":
        places = {column.id: place for place, column in enumerate(tab.columns) if column.id}
        requests.extend(
            [
                *block_range_request(sheet_id, 0, len(tab.block)),
                *_group(tab, sheet_id, 0),
                _protection(sheet_id, 0, len(tab.block)),
                *conditional_formats(tab, sheet_id, places),
            ]
        )
    return requests


def _column_requests(
    tab: Tab, sheet_id: int, place: int, language: HeaderLanguage, *, first: int = 0, header_row: int = 1
) -> list[Request]:
    """Lay out the column at `place` of the tab, whose columns begin at position `first` of the sheet."""
    column, at = tab.columns[place], first + place
    requests = [_width(sheet_id, at, column), _number_format(sheet_id, at, column, header_row)]
    requests.append(column_tag(tab, column.id, sheet_id, at))
    if column.choices:
        requests.append(_dropdown(sheet_id, at, column, language, header_row))
    return requests


def column_tag(tab: Tab, column_id: str, sheet_id: int, place: int) -> Request:
    """Tag a column as a field of a tab, or as one that is left alone when it has no field id."""
    where = {"dimensionRange": _columns(sheet_id, place)}
    return _tag(COLUMN_KEY, f"{tab.id}.{column_id or LEFT_ALONE}", where)


def header_tag(header: str, sheet_id: int, place: int) -> Request:
    """Tag a column with the header it was bound under, though that header means another field."""
    return _tag(HEADER_KEY, header, {"dimensionRange": _columns(sheet_id, place)})


def tab_tag(tab: Tab, sheet_id: int) -> Request:
    """Tag a sheet as a tab."""
    return _tag(TAB_KEY, tab_value(tab.id, sheet_id), {"sheetId": sheet_id})


def block_requests(
    tab: Tab, sheet_id: int, language: HeaderLanguage, *, first: int, header_row: int, grouped: bool = True
) -> list[Request]:
    """Give the requests that lay out the tool block in columns of a team's sheet that are blank.

    Args:
        tab: Customers.
        sheet_id: Its sheet.
        language: Language of headers and notes.
        first: 0-based position of the block's first column.
        header_row: 1-based sheet row of the team's headers.
        grouped: Whether the columns that are seldom looked at are put in a group; else they are hidden.
    """
    block = replace(tab, columns=tab.block)
    whole = {"sheetId": sheet_id, "startColumnIndex": first, "endColumnIndex": first + len(tab.block)}
    blank = {"range": whole, "cell": {}, "fields": "userEnteredFormat,dataValidation,note"}
    return [
        {"repeatCell": blank},
        _headers(block, sheet_id, language, (), first=first, header_row=header_row),
        *(
            request
            for place in range(len(tab.block))
            for request in _column_requests(
                block, sheet_id, place, language, first=first, header_row=header_row
            )
        ),
        *block_range_request(sheet_id, first, len(tab.block)),
        *(_group(tab, sheet_id, first) if grouped else [_hiding(tab, sheet_id, first)]),
        _protection(sheet_id, first, first + len(tab.block)),
    ]


def block_range_request(sheet_id: int, first: int, count: int, *, replaces: str = "") -> list[Request]:
    """Give the requests that name the tool block, all rows of it.

    Args:
        sheet_id: Sheet of Customers.
        first: 0-based position of the block's first column.
        count: Columns of the block.
        replaces: Id of the named range that stands wrong; '' when there is none.
    """
    named = {
        "name": block_range(sheet_id),
        "range": {"sheetId": sheet_id, "startColumnIndex": first, "endColumnIndex": first + count},
    }
    if replaces:
        named["namedRangeId"] = replaces
        return [{"updateNamedRange": {"namedRange": named, "fields": "range"}}]
    return [{"addNamedRange": {"namedRange": named}}]


def _seldom_seen(tab: Tab, sheet_id: int, first: int) -> dict[str, Any]:
    hidden = [place for place, column in enumerate(tab.block) if column.hidden]
    return _columns(sheet_id, first + hidden[0], first + hidden[-1] + 1)


def _group(tab: Tab, sheet_id: int, first: int) -> list[Request]:
    group = _seldom_seen(tab, sheet_id, first)
    collapsed = {"range": group, "depth": 1, "collapsed": True}
    return [
        {"addDimensionGroup": {"range": group}},
        {"updateDimensionGroup": {"dimensionGroup": collapsed, "fields": "collapsed"}},
    ]


def _hiding(tab: Tab, sheet_id: int, first: int) -> Request:
    return {
        "updateDimensionProperties": {
            "range": _seldom_seen(tab, sheet_id, first),
            "properties": {"hiddenByUser": True},
            "fields": "hiddenByUser",
        }
    }


def _protection(sheet_id: int, first: int, end: int) -> Request:
    return {
        "addProtectedRange": {
            "protectedRange": {
                "range": {"sheetId": sheet_id, "startColumnIndex": first, "endColumnIndex": end},
                "description": "客户管家 / Sheet Steward",
                "warningOnly": True,
            }
        }
    }


def conditional_formats(
    tab: Tab, sheet_id: int, places: Mapping[str, int], *, header_row: int = 1, index: int = 0
) -> list[Request]:
    """Give the conditional formats of Customers.

    One greys a block whose signature is not its own row's; one colours the status; one for each team
    column looks for the column's name in `issues`, in either language.

    Args:
        tab: Customers.
        sheet_id: Its sheet.
        places: 0-based position of each column that is bound, the whole block among them.
        header_row: 1-based sheet row of the headers.
        index: Where they stand among the sheet's conditional formats.
    """
    below = header_row + 1
    row_id, sig, status, issues = (
        f"${column_letters(places[name])}{below}" for name in ("row_id", "sig", "status", "issues")
    )
    whole = {"startColumnIndex": places["row_id"], "endColumnIndex": places["sig"] + 1}
    foreign = f'=AND({row_id}<>"",LEFT({sig},LEN({row_id}))<>{row_id})'
    rules: list[tuple[dict[str, int], str, dict[str, Any]]] = [
        (whole, foreign, {"textFormat": {"foregroundColor": _GREY, "strikethrough": True}})
    ]
    for choice, colour in zip(tab.column("status").choices[1:], (_WARNING, _ERROR), strict=True):
        formula = f'=OR({status}="{choice.label.zh}",{status}="{choice.label.en}")'
        rules.append((_span(places["status"]), formula, {"backgroundColor": colour}))
    for column_id, place in places.items():
        column = tab.column(column_id)
        if column.owner is Owner.TEAM:
            found = ",".join(f'ISNUMBER(FIND("{mark}",{issues}))' for mark in block.marks(column))
            rules.append((_span(place), f"=OR({found})", {"backgroundColor": _WARNING}))
    return [
        _conditional({"sheetId": sheet_id, "startRowIndex": header_row, **where}, formula, look, index)
        for where, formula, look in rules
    ]


def _span(place: int) -> dict[str, int]:
    return {"startColumnIndex": place, "endColumnIndex": place + 1}


def _conditional(where: dict[str, int], formula: str, look: dict[str, Any], index: int) -> Request:
    rule = {
        "ranges": [where],
        "booleanRule": {
            "condition": {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]},
            "format": look,
        },
    }
    return {"addConditionalFormatRule": {"rule": rule, "index": index}}


def _columns(sheet_id: int, first: int, end: int | None = None) -> dict[str, Any]:
    return {
        "sheetId": sheet_id,
        "dimension": "COLUMNS",
        "startIndex": first,
        "endIndex": first + 1 if end is None else end,
    }


def _cells(sheet_id: int, place: int, header_row: int) -> dict[str, int]:
    return {"sheetId": sheet_id, "startRowIndex": header_row, **_span(place)}


def _frozen(sheet_id: int, tab: Tab) -> Request:
    colour = _STEWARD if tab.owner is Owner.STEWARD else _TEAM
    properties = {"sheetId": sheet_id, "gridProperties": {"frozenRowCount": 1}, "tabColor": colour}
    fields = "gridProperties.frozenRowCount,tabColor"
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _headers(
    tab: Tab,
    sheet_id: int,
    language: HeaderLanguage,
    headers: Sequence[str],
    *,
    first: int = 0,
    header_row: int = 1,
) -> Request:
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
            "start": {"sheetId": sheet_id, "rowIndex": header_row - 1, "columnIndex": first},
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


def _number_format(sheet_id: int, place: int, column: Column, header_row: int) -> Request:
    return {
        "repeatCell": {
            "range": _cells(sheet_id, place, header_row),
            "cell": {"userEnteredFormat": {"numberFormat": _FORMATS.get(column.kind, _TEXT)}},
            "fields": "userEnteredFormat.numberFormat",
        }
    }


def _dropdown(
    sheet_id: int, place: int, column: Column, language: HeaderLanguage, header_row: int
) -> Request:
    labels = [
        choice.label.en if language is HeaderLanguage.EN else choice.label.zh for choice in column.choices
    ]
    return {
        "setDataValidation": {
            "range": _cells(sheet_id, place, header_row),
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
