"""batchUpdate requests about developer metadata."""

from backend.localsheets.field_mask import update_mask, updated
from backend.localsheets.metadata import CHARACTER_LIMIT, complete_location, matching, shown_metadata
from backend.localsheets.problems import Json, invalid
from backend.localsheets.workbook import Workbook


def create_developer_metadata(book: Workbook, request: Json) -> Json:
    """Attach metadata to the spreadsheet, a sheet, one row or one column; reply with it."""
    given = request.get("developerMetadata") or {}
    metadata_id = given.get("metadataId") or book.outside.new_sheet_id()
    if any(each["metadataId"] == metadata_id for each in book.metadata):
        raise invalid(message=f"A developer metadata with id {metadata_id} already exists.")
    created = {
        "metadataId": metadata_id,
        "metadataKey": given.get("metadataKey"),
        "metadataValue": given.get("metadataValue"),
        "location": complete_location(book, given.get("location") or {}),
        "visibility": given.get("visibility"),
    }
    created = {name: value for name, value in created.items() if value}
    _check(created)
    book.metadata = [*book.metadata, created]
    _check_limit(book)
    return {"developerMetadata": shown_metadata(created)}


def _check(metadata: Json) -> None:
    if not metadata.get("metadataKey"):
        raise invalid(message="DeveloperMetadata.metadataKey must be specified.")
    if metadata.get("visibility") not in {"DOCUMENT", "PROJECT"}:
        raise invalid(message="DeveloperMetadata.visibility must be DOCUMENT or PROJECT.")


def _check_limit(book: Workbook) -> None:
    """Refuse more than 30,000 characters for the spreadsheet or one sheet (metadata guide)."""
    used: dict[int | None, int] = {}
    for each in book.metadata:
        location = each["location"]
        place = (location.get("dimensionRange") or location).get("sheetId")
        size = len(each["metadataKey"]) + len(each.get("metadataValue", ""))
        used[place] = used.get(place, 0) + size
    if any(size > CHARACTER_LIMIT for size in used.values()):
        raise invalid(message=f"Developer metadata exceeds the limit of {CHARACTER_LIMIT} characters.")


def update_developer_metadata(book: Workbook, request: Json) -> Json:
    """Change all metadata the filters select, as the mask says; reply with all of it as it is now."""
    mask, given = update_mask(request), request.get("developerMetadata") or {}
    if given.get("location") is not None:
        given = {**given, "location": complete_location(book, given["location"])}
    chosen = {
        each["metadataId"]
        for data_filter in request.get("dataFilters") or ()
        for each in matching(book, data_filter)
    }
    changed = []
    for old in book.metadata:
        if old["metadataId"] in chosen:
            changed.append({**updated(old, given, mask), "metadataId": old["metadataId"]})
            _check(changed[-1])
    by_id = {each["metadataId"]: each for each in changed}
    book.metadata = [by_id.get(each["metadataId"], each) for each in book.metadata]
    _check_limit(book)
    return {"developerMetadata": [shown_metadata(each) for each in changed]} if changed else {}


def delete_developer_metadata(book: Workbook, request: Json) -> Json:
    """Take all metadata the filter selects away; reply with it."""
    chosen = matching(book, request.get("dataFilter") or {})
    gone = {each["metadataId"] for each in chosen}
    book.metadata = [each for each in book.metadata if each["metadataId"] not in gone]
    return {"deletedDeveloperMetadata": [shown_metadata(each) for each in chosen]} if chosen else {}
