"""The methods of spreadsheets.values: get, update, append, clear, their batches and by-data-filter forms."""

from collections.abc import Callable
from types import MappingProxyType
from typing import TypeAlias

from backend.localsheets.a1 import area_name
from backend.localsheets.appending import append
from backend.localsheets.metadata import filtered_targets
from backend.localsheets.problems import Json, RefusedError, invalid
from backend.localsheets.rendering import Rendering, render, rendering_of
from backend.localsheets.workbook import Target, Workbook
from backend.localsheets.writing import Written, entry_of, rows_of, totals, write

Options: TypeAlias = Json
"""Query parameters and body fields in one: the batch forms take options from the body."""


def is_true(value: object) -> bool:
    """Tell whether an option is set; a query says it as text, in any case."""
    return value is True or str(value).lower() in {"true", "1"}


def _rendering(book: Workbook, options: Options) -> Rendering:
    return rendering_of(
        options.get("valueRenderOption"),
        options.get("dateTimeRenderOption"),
        options.get("majorDimension"),
        book.properties["locale"],
    )


def _value_range(target: Target, rendering: Rendering) -> Json:
    shown = {"range": area_name(target.sheet.title, target.area), "majorDimension": rendering.major}
    values = render(target.sheet, target.area, rendering)
    return {**shown, "values": values} if values else shown


def get(book: Workbook, range_name: str, options: Options) -> Json:
    """Read one range: a ValueRange, without `values` when all is blank."""
    return _value_range(book.find(range_name), _rendering(book, options))


def batch_get(book: Workbook, ranges: list[str], options: Options) -> Json:
    """Read several ranges, in the order asked for."""
    rendering = _rendering(book, options)
    found = [_value_range(book.find(each), rendering) for each in ranges]
    return {"spreadsheetId": book.spreadsheet_id, **({"valueRanges": found} if found else {})}


def batch_get_by_data_filter(book: Workbook, options: Options) -> Json:
    """Read the ranges data filters select, each with the filter that selected it."""
    rendering = _rendering(book, options)
    found = [
        {"valueRange": _value_range(target, rendering), "dataFilters": [data_filter]}
        for data_filter in options.get("dataFilters") or ()
        for target in filtered_targets(book, data_filter)
    ]
    return {"spreadsheetId": book.spreadsheet_id, **({"valueRanges": found} if found else {})}


def _answer(book: Workbook, written: Written, target: Target, options: Options, major: str) -> Json:
    answer = {"spreadsheetId": book.spreadsheet_id, **written.counts()}
    if is_true(options.get("includeValuesInResponse")):
        rendering = rendering_of(
            options.get("responseValueRenderOption"),
            options.get("responseDateTimeRenderOption"),
            major,
            book.properties["locale"],
        )
        larger = target.area if target.area.contains(written.area) else written.area
        answer["updatedData"] = _value_range(Target(target.sheet, target.reference, larger), rendering)
    return answer


def update(book: Workbook, range_name: str, value_range: Json, options: Options) -> Json:
    """Write one range.

    With includeValuesInResponse the answer shows the whole requested range where that was larger than what
    was written (discovery document, UpdateValuesResponse.updatedData).
    """
    values = rows_of(value_range)
    entry = entry_of(options.get("valueInputOption"), book.properties["locale"])
    target = book.find(range_name)
    named = value_range.get("range")
    if named and book.find(named).area != target.area:
        raise invalid(message=f"Requested writing within range [{range_name}], but the data says [{named}]")
    written = write(target, values, entry)
    return _answer(book, written, target, options, value_range.get("majorDimension") or "ROWS")


def batch_update(book: Workbook, options: Options) -> Json:
    """Write several ranges; when one is refused, none is written."""
    return _update_all(book, options, lambda data: [book.find(data.get("range") or "")])


def batch_update_by_data_filter(book: Workbook, options: Options) -> Json:
    """Write the same values to every range a data filter selects; when one is refused, none is written."""
    return _update_all(book, options, lambda data: filtered_targets(book, data.get("dataFilter") or {}))


def _update_all(book: Workbook, options: Options, targets: Callable[[Json], list[Target]]) -> Json:
    entry = entry_of(options.get("valueInputOption"), book.properties["locale"])
    writes: list[Written] = []
    responses: list[Json] = []
    for place, data in enumerate(options.get("data") or ()):
        values = rows_of(data)
        try:
            for target in targets(data):
                writes.append(
                    write(target, [row[:] for row in values] if "dataFilter" in data else values, entry)
                )
                major = data.get("majorDimension") or "ROWS"
                answer = _answer(book, writes[-1], target, options, major)
                if "dataFilter" in data:
                    del answer["spreadsheetId"]
                    answer["dataFilter"] = data["dataFilter"]
                responses.append(answer)
        except RefusedError as error:
            raise invalid(message=f"Invalid data[{place}]: {error.message}") from error
    answer = {"spreadsheetId": book.spreadsheet_id, **totals(writes)}
    return {**answer, "responses": responses} if responses else answer


def append_values(book: Workbook, range_name: str, value_range: Json, options: Options) -> Json:
    """Write rows after the table a range means; see `appending`."""
    values = rows_of(value_range)
    entry = entry_of(options.get("valueInputOption"), book.properties["locale"])
    target = book.find(range_name)
    insert_rows = options.get("insertDataOption") == "INSERT_ROWS"
    table, written = append(book, target, values, entry, insert_rows=insert_rows)
    major = value_range.get("majorDimension") or "ROWS"
    spot = Target(written.sheet, target.reference, written.area)
    answer = _answer(book, written, spot, options, major)
    return {"spreadsheetId": book.spreadsheet_id, **table, "updates": answer}


def clear(book: Workbook, range_name: str) -> Json:
    """Make a range blank; formats, notes and validation stay."""
    return {"spreadsheetId": book.spreadsheet_id, "clearedRange": _cleared(book.find(range_name))}


def batch_clear(book: Workbook, options: Options) -> Json:
    """Make several ranges blank."""
    ranges = [_cleared(target) for target in [book.find(each) for each in options.get("ranges") or ()]]
    return {"spreadsheetId": book.spreadsheet_id, **({"clearedRanges": ranges} if ranges else {})}


def batch_clear_by_data_filter(book: Workbook, options: Options) -> Json:
    """Make the ranges data filters select blank."""
    filters = options.get("dataFilters") or ()
    targets = [target for each in filters for target in filtered_targets(book, each)]
    ranges = [_cleared(target) for target in targets]
    return {"spreadsheetId": book.spreadsheet_id, **({"clearedRanges": ranges} if ranges else {})}


def _cleared(target: Target) -> str:
    target.sheet.clear(target.area)
    return area_name(target.sheet.title, target.area)


BATCH_READS = MappingProxyType({"batchGetByDataFilter": batch_get_by_data_filter})
BATCH_WRITES = MappingProxyType(
    {
        "batchUpdate": batch_update,
        "batchUpdateByDataFilter": batch_update_by_data_filter,
        "batchClear": batch_clear,
        "batchClearByDataFilter": batch_clear_by_data_filter,
    }
)
