"""batchUpdate requests about tabs and the spreadsheet's own properties."""

from backend.localsheets.field_mask import update_mask, updated
from backend.localsheets.formats import with_colour_styles
from backend.localsheets.formula_references import follow_title
from backend.localsheets.problems import Json, invalid, unimplemented
from backend.localsheets.sheet import Sheet
from backend.localsheets.spreadsheets import check_title, new_sheet, sheet_properties
from backend.localsheets.workbook import Workbook

SIZE = ("rowCount", "columnCount")
OBJECTS_WITH_IDS = (
    ("protected_ranges", "protectedRangeId"),
    ("banded_ranges", "bandedRangeId"),
    ("filter_views", "filterViewId"),
)


def add_sheet(book: Workbook, request: Json) -> Json:
    """Add a tab; reply with its properties."""
    properties = request.get("properties") or {}
    if properties.get("sheetType") not in {None, "GRID", "SHEET_TYPE_UNSPECIFIED"}:
        raise unimplemented(what=f"sheets of type {properties['sheetType']}")
    sheet = new_sheet(book, properties)
    place = properties.get("index")
    place = len(book.sheets) if place is None else min(max(int(place), 0), len(book.sheets))
    book.adopt(sheet, place)
    book.check_cell_limit()
    return {"properties": sheet_properties(sheet, place)}


def delete_sheet(book: Workbook, request: Json) -> None:
    """Delete a tab with its named ranges and developer metadata; the last one cannot go."""
    sheet = book.sheet_of(request)
    rest = [each for each in book.sheets if each is not sheet]
    if not any(not each.properties.get("hidden") for each in rest):
        raise invalid(message="You can't remove all the visible sheets in a document.")
    book.sheets = rest
    book.named_ranges = [
        each for each in book.named_ranges if int(each["range"].get("sheetId") or 0) != sheet.sheet_id
    ]
    book.metadata = [each for each in book.metadata if not _lies_on(each, sheet)]


def _lies_on(metadata: Json, sheet: Sheet) -> bool:
    location = metadata["location"]
    place = location.get("dimensionRange") or location
    return bool(place.get("sheetId") == sheet.sheet_id)


def update_sheet_properties(book: Workbook, request: Json) -> None:
    """Change title, place, size, frozen rows, colour or visibility of a tab, as the mask says."""
    properties = request.get("properties") or {}
    sheet = book.sheet_of(properties)
    mask = update_mask(request)
    names = set(mask) if "*" not in mask else set(properties)
    if "title" in names:
        _rename(book, sheet, properties.get("title") or "")
    grid_mask = mask.get("gridProperties", {}) if "*" not in mask else {}
    if "gridProperties" in names:
        _change_grid(book, sheet, properties.get("gridProperties") or {}, grid_mask)
    for name in names & {"hidden", "rightToLeft", "tabColor", "tabColorStyle"}:
        _change_property(sheet, name, properties.get(name))
    if not any(not each.properties.get("hidden") for each in book.sheets):
        raise invalid(message="You can't hide all the sheets in a document.")
    if "index" in names:
        _move(book, sheet, int(properties.get("index") or 0))
    unknown = names - {
        "title",
        "gridProperties",
        "hidden",
        "rightToLeft",
        "tabColor",
        "tabColorStyle",
        "index",
    }
    if unknown - {"sheetId", "sheetType"}:
        raise unimplemented(what=f"updateSheetProperties.{min(unknown)}")


def _rename(book: Workbook, sheet: Sheet, title: str) -> None:
    if not title:
        raise invalid(message="Sheet title cannot be empty.")
    check_title(book, title, sheet)
    follow_title(book, sheet.title, title)
    sheet.title = title


def _change_property(sheet: Sheet, name: str, value: object) -> None:
    names = ("tabColor", "tabColorStyle") if name.startswith("tabColor") else (name,)
    rest = {each: old for each, old in sheet.properties.items() if each not in names}
    if (
        isinstance(value, dict)
        and name == "tabColorStyle"
        and not (value.get("rgbColor") or value.get("themeColor"))
    ):
        value = None
    styled = with_colour_styles({name: value}) if value is not None else {}
    sheet.properties = {**rest, **styled}


def _change_grid(book: Workbook, sheet: Sheet, grid: Json, mask: Json) -> None:
    names = set(mask) or set(grid)
    if names & set(SIZE):
        old = {"rowCount": sheet.row_count, "columnCount": sheet.column_count}
        new = {name: int(grid.get(name) or 0) if name in names else old[name] for name in SIZE}
        book.resize(sheet, new["rowCount"], new["columnCount"])
    changed = {name: grid.get(name) for name in names - set(SIZE)}
    merged = {**sheet.grid_properties, **changed}
    sheet.grid_properties = {name: value for name, value in merged.items() if value}
    if sheet.grid_properties.get("frozenRowCount", 0) >= sheet.row_count > 0:
        raise invalid(message="You can't freeze all visible rows on the sheet.")
    if sheet.grid_properties.get("frozenColumnCount", 0) >= sheet.column_count > 0:
        raise invalid(message="You can't freeze all visible columns on the sheet.")


def _move(book: Workbook, sheet: Sheet, index: int) -> None:
    """Move a tab before the one that has this index now (discovery document, SheetProperties.index)."""
    place = book.sheets.index(sheet)
    if index in {place, place + 1}:
        return
    book.sheets.remove(sheet)
    book.sheets.insert(index if index < place else index - 1, sheet)


def duplicate_sheet(book: Workbook, request: Json) -> Json:
    """Copy a tab with all that lies on it; reply with the copy's properties."""
    source = book.sheet(int(request.get("sourceSheetId") or 0))
    title = request.get("newSheetName") or _copy_title(book, source.title)
    place = min(max(int(request.get("insertSheetIndex") or 0), 0), len(book.sheets))
    wanted = {"title": title, "sheetId": request.get("newSheetId")}
    return {"properties": _put_twin(book, source, wanted, place)}


def copy_to(book: Workbook, source: Sheet) -> Json:
    """Copy a tab of another spreadsheet to the end of this one; give the copy's properties.

    Named ranges and developer metadata stay behind. Source: discovery document, sheets.copyTo.
    """
    return _put_twin(book, source, {"title": _copy_title(book, source.title)}, len(book.sheets))


def _put_twin(book: Workbook, source: Sheet, properties: Json, place: int) -> Json:
    blank = new_sheet(book, properties)
    twin = source.copy()
    twin.sheet_id, twin.title = blank.sheet_id, blank.title
    twin.touch_rows_from(0, 0)
    twin.settings_touched = True
    twin.is_stored = False
    for name, id_name in OBJECTS_WITH_IDS:
        objects = [{**each, id_name: book.outside.new_sheet_id()} for each in getattr(source, name)]
        setattr(twin, name, objects)
    book.adopt(twin, place)
    book.check_cell_limit()
    return sheet_properties(twin, place)


def _copy_title(book: Workbook, title: str) -> str:
    name, number = f"Copy of {title}", 1
    while book.sheet_titled(name) is not None:
        number += 1
        name = f"Copy of {title} {number}"
    return name


def update_spreadsheet_properties(book: Workbook, request: Json) -> None:
    """Change title, locale, time zone or the like of the spreadsheet, as the mask says."""
    book.properties = updated(book.properties, request.get("properties") or {}, update_mask(request))
