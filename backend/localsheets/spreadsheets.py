"""spreadsheets.create and spreadsheets.get: the workbook as a Spreadsheet message."""

from collections.abc import Iterator

from backend.localsheets.field_mask import Mask, below, parse_mask, wants
from backend.localsheets.formats import DEFAULT_FORMAT, with_colour_styles
from backend.localsheets.grid import Area, shown_range
from backend.localsheets.grid_data import grid_data
from backend.localsheets.metadata import filtered_targets
from backend.localsheets.problems import Json, invalid
from backend.localsheets.protection import seen_protection
from backend.localsheets.runs import Runs
from backend.localsheets.sheet import COLUMNS_BY_DEFAULT, ROWS_BY_DEFAULT, Sheet
from backend.localsheets.workbook import Outside, Target, Workbook

THEME_COLOURS: tuple[tuple[str, Json], ...] = (
    ("TEXT", {}),
    ("BACKGROUND", {"red": 1, "green": 1, "blue": 1}),
    ("ACCENT1", {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275}),
    ("ACCENT2", {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314}),
    ("ACCENT3", {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275}),
    ("ACCENT4", {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902}),
    ("ACCENT5", {"red": 1, "green": 0.42745098, "blue": 0.003921569}),
    ("ACCENT6", {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706}),
    ("LINK", {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}),
)
GRID_SETTINGS = (
    "frozenRowCount",
    "frozenColumnCount",
    "hideGridlines",
    "rowGroupControlAfter",
    "columnGroupControlAfter",
)


def new_workbook(title: str, outside: Outside, properties: Json | None = None) -> Workbook:
    """Give a workbook without tabs, with the properties Google gives a new one."""
    theme = [{"colorType": name, "color": {"rgbColor": colour}} for name, colour in THEME_COLOURS]
    fixed = {
        "title": title,
        "locale": "en_US",
        "autoRecalc": "ON_CHANGE",
        "timeZone": "Etc/GMT",
        "defaultFormat": DEFAULT_FORMAT,
        "spreadsheetTheme": {"primaryFontFamily": "Arial", "themeColors": theme},
    }
    given = {name: value for name, value in (properties or {}).items() if value}
    return Workbook(outside.new_id(), {**fixed, **given, "title": title}, outside)


def create(outside: Outside, message: Json) -> Workbook:
    """Make a workbook from a Spreadsheet message: title, locale, time zone, tabs with title and size.

    Raises:
        RefusedError: Two tabs have one title or id, or there are too many cells.
    """
    properties = message.get("properties") or {}
    book = new_workbook(properties.get("title") or "Untitled spreadsheet", outside, properties)
    for place, each in enumerate(message.get("sheets") or [{}]):
        book.adopt(new_sheet(book, each.get("properties") or {}, first=not place), place)
    book.check_cell_limit()
    return book


def new_sheet(book: Workbook, properties: Json, *, first: bool = False) -> Sheet:
    """Give a tab as addSheet makes it, not yet in the workbook; the first one of a workbook has id 0.

    Raises:
        RefusedError: The title or the id is taken.
    """
    sheet_id = properties.get("sheetId")
    if sheet_id is None:
        sheet_id = 0 if first else book.outside.new_sheet_id()
    if any(sheet.sheet_id == sheet_id for sheet in book.sheets):
        raise invalid(message=f"Sheet with id {sheet_id} already exists.")
    title = properties.get("title") or _free_title(book)
    check_title(book, title)
    size = properties.get("gridProperties") or {}
    rows = int(size.get("rowCount") or ROWS_BY_DEFAULT)
    sheet = Sheet(int(sheet_id), title, rows, int(size.get("columnCount") or COLUMNS_BY_DEFAULT))
    sheet.grid_properties = {name: size[name] for name in GRID_SETTINGS if size.get(name)}
    styled = with_colour_styles(properties)
    names = ("hidden", "rightToLeft", "tabColor", "tabColorStyle")
    sheet.properties = {name: styled[name] for name in names if styled.get(name)}
    return sheet


def _free_title(book: Workbook) -> str:
    number = len(book.sheets) + 1
    while book.sheet_titled(f"Sheet{number}") is not None:
        number += 1
    return f"Sheet{number}"


def check_title(book: Workbook, title: str, sheet: Sheet | None = None) -> None:
    """Refuse a title another tab has, in any case."""
    other = next((each for each in book.sheets if each.title.casefold() == title.casefold()), None)
    if other is not None and (sheet is None or other.sheet_id != sheet.sheet_id):
        raise invalid(message=f'A sheet with the name "{title}" already exists. Please enter another name.')


def get(book: Workbook, ranges: list[str], fields: str | None, *, include_grid_data: bool) -> Json:
    """Give the Spreadsheet message: everything but grid data, or exactly what the field mask names.

    With ranges, only their tabs, each with one `data` entry a range.
    """
    targets = [book.find(each) for each in ranges]
    return message(book, targets, fields, include_grid_data=include_grid_data)


def get_by_data_filter(book: Workbook, body: Json, fields: str | None) -> Json:
    """Give the Spreadsheet message of the ranges data filters select."""
    targets = [target for each in body.get("dataFilters") or () for target in filtered_targets(book, each)]
    return message(book, targets, fields, include_grid_data=bool(body.get("includeGridData")))


def message(book: Workbook, targets: list[Target], fields: str | None, *, include_grid_data: bool) -> Json:
    """Give the Spreadsheet message, with grid data when it is asked for or the field mask names it."""
    mask = parse_mask(fields) if fields else {}
    with_data = wants(mask, "sheets", "data") if fields else include_grid_data
    result: Json = {"spreadsheetId": book.spreadsheet_id, "properties": book.properties}
    if wants(mask, "sheets"):
        result["sheets"] = list(_sheets(book, targets, below(mask, "sheets"), with_data=with_data))
    named = [{**each, "range": _named_range(each)} for each in book.named_ranges]
    metadata = [each for each in book.metadata if each["location"]["locationType"] == "SPREADSHEET"]
    result |= {
        name: found for name, found in (("namedRanges", named), ("developerMetadata", metadata)) if found
    }
    result["spreadsheetUrl"] = f"https://docs.google.com/spreadsheets/d/{book.spreadsheet_id}/edit"
    return result


def _named_range(named: Json) -> Json:
    return shown_range(named["range"], int(named["range"].get("sheetId") or 0))


def _sheets(book: Workbook, targets: list[Target], mask: Mask, *, with_data: bool) -> Iterator[Json]:
    for place, sheet in enumerate(book.sheets):
        areas = [target.area for target in targets if target.sheet.sheet_id == sheet.sheet_id]
        if targets and not areas:
            continue
        shown: Json = {"properties": sheet_properties(sheet, place), **_objects(book, sheet)}
        if with_data:
            data_mask = below(mask, "data") if mask else {}
            shown["data"] = [grid_data(book, sheet, area, data_mask) for area in areas or [sheet.whole]]
        yield shown


def sheet_properties(sheet: Sheet, place: int) -> Json:
    """Give the SheetProperties message of a tab."""
    grid = {"rowCount": sheet.row_count, "columnCount": sheet.column_count}
    extra = {name: value for name, value in sheet.grid_properties.items() if value}
    return {
        "sheetId": sheet.sheet_id,
        "title": sheet.title,
        "index": place,
        "sheetType": "GRID",
        "gridProperties": {**grid, **extra},
        **{name: value for name, value in sheet.properties.items() if value},
    }


def _objects(book: Workbook, sheet: Sheet) -> Json:
    metadata = [each for each in book.metadata if each["location"].get("sheetId") == sheet.sheet_id]
    parts: Json = {
        "merges": [shown_range(_area_range(area), sheet.sheet_id) for area in sheet.merges],
        "conditionalFormats": [shown_object(each, sheet) for each in sheet.conditional_formats],
        "protectedRanges": [
            shown_object(seen_protection(book, each), sheet) for each in sheet.protected_ranges
        ],
        "basicFilter": shown_object(sheet.basic_filter, sheet) if sheet.basic_filter else None,
        "filterViews": [shown_object(each, sheet) for each in sheet.filter_views],
        "bandedRanges": [shown_object(each, sheet) for each in sheet.banded_ranges],
        "developerMetadata": metadata,
        "rowGroups": groups(sheet, "ROWS"),
        "columnGroups": groups(sheet, "COLUMNS"),
    }
    return {name: value for name, value in parts.items() if value}


def _area_range(area: Area) -> Json:
    return area.grid_range()


def shown_object(thing: Json, sheet: Sheet) -> Json:
    """Give a thing with a `range` or `ranges` as an answer shows it."""
    result = {name: value for name, value in thing.items() if value not in (None, False)}
    if "range" in result:
        result["range"] = shown_range(result["range"], sheet.sheet_id)
    if "ranges" in result:
        result["ranges"] = [shown_range(each, sheet.sheet_id) for each in result["ranges"]]
    return result


def groups(sheet: Sheet, dimension: str) -> list[Json]:
    """Give the DimensionGroups of rows or columns, the outer ones first."""
    depths = sheet.row_depths if dimension == "ROWS" else sheet.column_depths
    deepest = max((depth for _, _, depth in depths.spans), default=0)
    return [
        _group(sheet, dimension, start, stop, depth)
        for depth in range(1, deepest + 1)
        for start, stop, _ in _at_least(depths, depth)
    ]


def _at_least(depths: Runs, depth: int) -> list[tuple[int, int, bool]]:
    level = Runs()
    for start, stop, each in depths.spans:
        level.put(start, stop, value=True if each >= depth else None)
    return level.spans


def _group(sheet: Sheet, dimension: str, start: int, stop: int, depth: int) -> Json:
    place = {"dimension": dimension, "startIndex": start, "endIndex": stop}
    group: Json = {"range": {"sheetId": sheet.sheet_id, **place} if sheet.sheet_id else place, "depth": depth}
    if {**place, "depth": depth} in sheet.collapsed_groups:
        group["collapsed"] = True
    return group
