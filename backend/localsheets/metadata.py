"""Developer metadata: what it is attached to, how it is looked up, how it is shown.

Source: discovery documents DeveloperMetadata, DeveloperMetadataLookup and DataFilter; the metadata guide.
"""

from backend.localsheets.grid import Area
from backend.localsheets.problems import Json, invalid, not_found
from backend.localsheets.sheet import Sheet
from backend.localsheets.workbook import Target, Workbook, reference_of

CHARACTER_LIMIT = 30_000
"""Characters of keys and values for the spreadsheet, and again for each sheet."""


def complete_location(book: Workbook, location: Json) -> Json:
    """Give a DeveloperMetadataLocation in the form it is kept in: with its type, and the sheet id set.

    Raises:
        RefusedError: It names no sheet there is, or more or less than one row or column.
    """
    if location.get("dimensionRange") is not None:
        return _on_dimension(book, location["dimensionRange"])
    if location.get("sheetId") is not None:
        sheet = book.sheet(int(location["sheetId"]))
        return {"locationType": "SHEET", "sheetId": sheet.sheet_id}
    if location.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    raise invalid(message="No location specified.")


def _on_dimension(book: Workbook, place: Json) -> Json:
    dimension = place.get("dimension")
    if dimension not in {"ROWS", "COLUMNS"}:
        raise invalid(message="dimensionRange.dimension must be ROWS or COLUMNS")
    sheet = book.sheet_of(place)
    size = sheet.row_count if dimension == "ROWS" else sheet.column_count
    start = int(place.get("startIndex") or 0)
    end = int(place.get("endIndex") or size)
    if end - start != 1 or start >= size:
        raise invalid(message="Developer metadata can only be associated with a single row or column.")
    spot = {"sheetId": sheet.sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}
    return {"locationType": "ROW" if dimension == "ROWS" else "COLUMN", "dimensionRange": spot}


def shown_metadata(metadata: Json) -> Json:
    """Give developer metadata as an answer shows it: sheetId 0 of a row or column is left out."""
    place = metadata["location"].get("dimensionRange")
    if not place or place["sheetId"]:
        return metadata
    spot = {name: value for name, value in place.items() if name != "sheetId"}
    return {**metadata, "location": {**metadata["location"], "dimensionRange": spot}}


def metadata_by_id(book: Workbook, metadata_id: int) -> Json:
    """Give developer metadata by its id.

    Raises:
        RefusedError: 404, there is none.
    """
    for metadata in book.metadata:
        if metadata["metadataId"] == metadata_id:
            return metadata
    raise not_found()


def matching(book: Workbook, data_filter: Json) -> list[Json]:
    """Give the developer metadata a DataFilter selects, in the order it was created."""
    lookup = data_filter.get("developerMetadataLookup")
    if lookup is not None:
        return [each for each in book.metadata if _fits(book, each, lookup)]
    target = target_of_range(book, data_filter)
    return [each for each in book.metadata if _lies_in(each, target)]


def _fits(book: Workbook, metadata: Json, lookup: Json) -> bool:
    for name in ("metadataId", "metadataKey", "metadataValue", "visibility"):
        if lookup.get(name) is not None and metadata.get(name) != lookup[name]:
            return False
    kind = lookup.get("locationType")
    if kind and metadata["location"]["locationType"] != kind:
        return False
    if lookup.get("metadataLocation") is None:
        return True
    wanted = complete_location(book, lookup["metadataLocation"])
    exact = lookup.get("locationMatchingStrategy") != "INTERSECTING_LOCATION"
    return metadata["location"] == wanted if exact else _intersects(metadata["location"], wanted)


def _intersects(location: Json, wanted: Json) -> bool:
    if "SPREADSHEET" in {location["locationType"], wanted["locationType"]}:
        return True
    if _sheet_id(location) != _sheet_id(wanted):
        return False
    one, other = location.get("dimensionRange"), wanted.get("dimensionRange")
    same_kind = one and other and one["dimension"] == other["dimension"]
    return bool(not same_kind or one == other)


def _sheet_id(location: Json) -> int | None:
    place = location.get("dimensionRange")
    return int(place["sheetId"]) if place else location.get("sheetId")


def _lies_in(metadata: Json, target: Target) -> bool:
    place = metadata["location"].get("dimensionRange")
    if place is None:
        on_sheet = metadata["location"].get("sheetId") == target.sheet.sheet_id
        return on_sheet and target.area == target.sheet.whole
    if place["sheetId"] != target.sheet.sheet_id:
        return False
    area = target.area
    first, end = (area.top, area.bottom) if place["dimension"] == "ROWS" else (area.left, area.right)
    return bool(first <= place["startIndex"] < end)


def target_of_range(book: Workbook, data_filter: Json) -> Target:
    """Give what the a1Range or gridRange of a DataFilter means.

    Raises:
        RefusedError: It has neither.
    """
    if data_filter.get("a1Range"):
        return book.find(data_filter["a1Range"])
    if data_filter.get("gridRange") is not None:
        return book.target(data_filter["gridRange"])
    raise invalid(message="Must specify a DataFilter with a1Range, gridRange or developerMetadataLookup.")


def filtered_targets(book: Workbook, data_filter: Json) -> list[Target]:
    """Give every range a DataFilter selects: its own range, or the places its metadata is attached to."""
    if data_filter.get("developerMetadataLookup") is None:
        return [target_of_range(book, data_filter)]
    return [target for metadata in matching(book, data_filter) for target in _places(book, metadata)]


def _places(book: Workbook, metadata: Json) -> list[Target]:
    location = metadata["location"]
    if location["locationType"] == "SPREADSHEET":
        return [_whole(book.sheet(sheet.sheet_id)) for sheet in book.sheets]
    if location["locationType"] == "SHEET":
        return [_whole(book.sheet(location["sheetId"]))]
    place = location["dimensionRange"]
    sheet = book.sheet(place["sheetId"])
    first, end = place["startIndex"], place["endIndex"]
    if place["dimension"] == "ROWS":
        area = Area(first, end, 0, sheet.column_count)
        return [Target(sheet, reference_of({"startRowIndex": first, "endRowIndex": end}), area)]
    area = Area(0, sheet.row_count, first, end)
    return [Target(sheet, reference_of({"startColumnIndex": first, "endColumnIndex": end}), area)]


def _whole(sheet: Sheet) -> Target:
    return Target(sheet, reference_of({}), sheet.whole)


def found_metadata(book: Workbook, body: Json) -> Json:
    """Answer developerMetadata:search: what some filter matches, each with the filters that match it."""
    found: dict[int, Json] = {}
    for data_filter in body.get("dataFilters") or ():
        for each in matching(book, data_filter):
            entry = found.setdefault(
                each["metadataId"], {"developerMetadata": shown_metadata(each), "dataFilters": []}
            )
            entry["dataFilters"].append(data_filter)
    return {"matchedDeveloperMetadata": list(found.values())} if found else {}
