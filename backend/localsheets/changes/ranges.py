"""batchUpdate requests about named ranges, protected ranges, filters, banding and merges."""

import re

from backend.localsheets.field_mask import update_mask, updated
from backend.localsheets.formats import with_colour_styles
from backend.localsheets.grid import Area, shown_range
from backend.localsheets.problems import Json, invalid
from backend.localsheets.protection import editors_of, seen_protection
from backend.localsheets.sheet import Sheet
from backend.localsheets.spreadsheets import shown_object
from backend.localsheets.workbook import Workbook

NAME = re.compile(r"(?!(?:true|false)$)[^\W\d]\w{0,249}", re.IGNORECASE)
REFERENCE_NAME = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]+[Cc][0-9]+")


def add_named_range(book: Workbook, request: Json) -> Json:
    """Name a range; reply with the name, its id and its range."""
    given = request.get("namedRange") or {}
    _check_name(book, given.get("name") or "", None)
    sheet = book.sheet_of(given.get("range") or {})
    named_id = given.get("namedRangeId") or str(book.outside.new_sheet_id())
    if any(each["namedRangeId"] == named_id for each in book.named_ranges):
        raise invalid(message=f"A named range with id {named_id} already exists.")
    kept = {**(given.get("range") or {}), "sheetId": sheet.sheet_id}
    named = {"namedRangeId": named_id, "name": given["name"], "range": kept}
    book.named_ranges = [*book.named_ranges, named]
    return {"namedRange": {**named, "range": shown_range(kept, sheet.sheet_id)}}


def _check_name(book: Workbook, name: str, own_id: str | None) -> None:
    if not NAME.fullmatch(name) or REFERENCE_NAME.fullmatch(name):
        raise invalid(message=f'The name of the named range is invalid: "{name}"')
    taken = [each for each in book.named_ranges if each["name"].casefold() == name.casefold()]
    if any(each["namedRangeId"] != own_id for each in taken):
        raise invalid(
            message=f'A named range with the name "{name}" already exists. Please enter another name.'
        )


def update_named_range(book: Workbook, request: Json) -> None:
    """Change name or range of a named range, as the mask says."""
    given = request.get("namedRange") or {}
    old = _named(book, given.get("namedRangeId"))
    new = updated(old, {**given, "namedRangeId": old["namedRangeId"]}, update_mask(request))
    _check_name(book, new.get("name") or "", old["namedRangeId"])
    sheet = book.sheet_of(new.get("range") or {})
    new["range"] = {**(new.get("range") or {}), "sheetId": sheet.sheet_id}
    book.named_ranges = [new if each is old else each for each in book.named_ranges]


def delete_named_range(book: Workbook, request: Json) -> None:
    """Forget a named range."""
    old = _named(book, request.get("namedRangeId"))
    book.named_ranges = [each for each in book.named_ranges if each is not old]


def _named(book: Workbook, named_id: object) -> Json:
    for each in book.named_ranges:
        if each["namedRangeId"] == named_id:
            return each
    raise invalid(message=f"Cannot find named range with id {named_id}")


def add_protected_range(book: Workbook, request: Json) -> Json:
    """Protect a range; the reply does not list its editors, a later get shows the caller.

    Source: recording WorksheetTest.test_add_protected_range_normal; gspread#1437.
    """
    given = request.get("protectedRange") or {}
    if given.get("namedRangeId") is not None:
        grid_range = _named(book, given["namedRangeId"])["range"]
    else:
        grid_range = given.get("range") or {}
    sheet = book.sheet_of(grid_range)
    _check_editors(given)
    protected = {
        **{name: value for name, value in given.items() if value not in (None, False)},
        "protectedRangeId": given.get("protectedRangeId") or book.outside.new_sheet_id(),
        "range": {name: value for name, value in grid_range.items() if name != "sheetId"},
        "editors": editors_of(book, given.get("editors")),
    }
    sheet.protected_ranges = [*sheet.protected_ranges, protected]
    return {"protectedRange": {**shown_object(seen_protection(book, protected), sheet), "editors": {}}}


def _check_editors(given: Json) -> None:
    editors = given.get("editors") or {}
    if given.get("warningOnly") and (editors.get("users") or editors.get("groups")):
        raise invalid(message="ProtectedRange is warningOnly. Editors cannot be set on it.")


def _protected(book: Workbook, protected_id: object) -> tuple[Sheet, Json]:
    for sheet in book.sheets:
        for each in sheet.protected_ranges:
            if each["protectedRangeId"] == protected_id:
                return book.sheet(sheet.sheet_id), each
    raise invalid(message=f"No protected range with id: {protected_id}")


def update_protected_range(book: Workbook, request: Json) -> None:
    """Change a protected range, as the mask says."""
    given = request.get("protectedRange") or {}
    sheet, old = _protected(book, given.get("protectedRangeId"))
    mask = update_mask(request)
    new = {**updated(old, given, mask), "protectedRangeId": old["protectedRangeId"]}
    named = (given.get("editors") or {}) if mask.keys() & {"editors", "*"} else {}
    _check_editors({**new, "editors": named})
    stops_warning = old.get("warningOnly") and not new.get("warningOnly")
    new["editors"] = editors_of(book, None if stops_warning and not named else new.get("editors") or {})
    new["range"] = {name: value for name, value in (new.get("range") or {}).items() if name != "sheetId"}
    sheet.protected_ranges = [new if each is old else each for each in sheet.protected_ranges]


def delete_protected_range(book: Workbook, request: Json) -> None:
    """Take a protection away."""
    sheet, old = _protected(book, request.get("protectedRangeId"))
    sheet.protected_ranges = [each for each in sheet.protected_ranges if each is not old]


def add_banding(book: Workbook, request: Json) -> Json:
    """Give a range alternating colours; reply with the banded range and its id."""
    given = request.get("bandedRange") or {}
    sheet = book.sheet_of(given.get("range") or {})
    area = sheet.area(given.get("range") or {})
    if any(sheet.area(each["range"]).overlaps(area) for each in sheet.banded_ranges):
        raise invalid(
            message="You cannot add alternating background colors to a range that already has them."
        )
    banded = with_colour_styles(given)
    banded["bandedRangeId"] = given.get("bandedRangeId") or book.outside.new_sheet_id()
    banded["range"] = area.grid_range()
    sheet.banded_ranges = [*sheet.banded_ranges, banded]
    return {"bandedRange": shown_object(banded, sheet)}


def update_banding(book: Workbook, request: Json) -> None:
    """Move alternating colours, or give them other colours.

    Source: discovery document, UpdateBandingRequest; ranges may not overlap (addBanding's own refusal).
    """
    given = request.get("bandedRange") or {}
    wanted = given.get("bandedRangeId")
    holders = [sheet for sheet in book.sheets if any(_is_banding(one, wanted) for one in sheet.banded_ranges)]
    if not holders:
        raise invalid(message=f"No banded range with id: {wanted}")
    sheet = book.sheet(holders[0].sheet_id)
    old = next(one for one in sheet.banded_ranges if _is_banding(one, wanted))
    rest = [one for one in sheet.banded_ranges if one is not old]
    new = updated(old, given, update_mask(request))
    area = sheet.area(new.get("range") or {})
    if any(sheet.area(each["range"]).overlaps(area) for each in rest):
        raise invalid(
            message="You cannot add alternating background colors to a range that already has them."
        )
    new["range"] = area.grid_range()
    sheet.banded_ranges = [*rest, new]


def _is_banding(banded: Json, wanted: object) -> bool:
    return bool(banded["bandedRangeId"] == wanted)


def delete_banding(book: Workbook, request: Json) -> None:
    """Take alternating colours away."""
    wanted = request.get("bandedRangeId")
    for place in [each.sheet_id for each in book.sheets]:
        sheet = book.sheet(place)
        rest = [each for each in sheet.banded_ranges if each["bandedRangeId"] != wanted]
        if len(rest) < len(sheet.banded_ranges):
            sheet.banded_ranges = rest
            return
    raise invalid(message=f"No banded range with id: {wanted}")


def merge_cells(book: Workbook, request: Json) -> None:
    """Merge the cells of a range into one, or by row, or by column; covered cells lose their value.

    Source: recording WorksheetTest.test_get_merge_cells_and_unmerge_cells.
    """
    sheet = book.sheet_of(request.get("range") or {})
    area = sheet.area(request.get("range") or {})
    _drop_merges(sheet, area)
    parts = _parts(area, request.get("mergeType") or "MERGE_ALL")
    for part in parts:
        _clear_covered(sheet, part)
    sheet.merges = [*sheet.merges, *(part for part in parts if part.height * part.width > 1)]


def _parts(area: Area, kind: str) -> list[Area]:
    if kind == "MERGE_COLUMNS":
        return [Area(area.top, area.bottom, each, each + 1) for each in range(area.left, area.right)]
    if kind == "MERGE_ROWS":
        return [Area(each, each + 1, area.left, area.right) for each in range(area.top, area.bottom)]
    return [area]


def _clear_covered(sheet: Sheet, part: Area) -> None:
    kept = next(
        (
            cell
            for row in range(part.top, part.bottom)
            for cell in (sheet.cell(row, column) for column in range(part.left, part.right))
            if cell != ""
        ),
        "",
    )
    sheet.clear(part)
    sheet.put_cells(part.top, part.left, [kept])


def _drop_merges(sheet: Sheet, area: Area) -> None:
    for merge in sheet.merges:
        if merge.overlaps(area) and not area.contains(merge):
            raise invalid(message="You must select all cells in a merged range to merge or unmerge them.")
    sheet.merges = [merge for merge in sheet.merges if not merge.overlaps(area)]


def unmerge_cells(book: Workbook, request: Json) -> None:
    """Take merged cells in a range apart."""
    sheet = book.sheet_of(request.get("range") or {})
    _drop_merges(sheet, sheet.area(request.get("range") or {}))
