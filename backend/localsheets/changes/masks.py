"""The field mask of a batchUpdate request names fields there are: a misspelt one is no silent no-op."""

from types import MappingProxyType

from backend.localsheets.field_mask import parse_mask
from backend.localsheets.message_shapes import unknown_fields
from backend.localsheets.problems import Json, invalid

ROOTS = MappingProxyType(
    {
        "updateCells": "CellData",
        "repeatCell": "CellData",
        "appendCells": "CellData",
        "updateSheetProperties": "SheetProperties",
        "updateSpreadsheetProperties": "SpreadsheetProperties",
        "updateDimensionProperties": "DimensionProperties",
        "updateDimensionGroup": "DimensionGroup",
        "updateNamedRange": "NamedRange",
        "updateProtectedRange": "ProtectedRange",
        "updateFilterView": "FilterView",
        "updateBanding": "BandedRange",
        "updateDeveloperMetadata": "DeveloperMetadata",
    }
)
"""The message the names of a mask start from, for each request that has one."""


def check_mask(kind: str, request: Json) -> None:
    """Refuse a mask that names a field its message does not have.

    Raises:
        RefusedError: Such a field is named. The sentence is unverified.
    """
    if kind in ROOTS and request.get("fields"):
        for path in unknown_fields(ROOTS[kind], parse_mask(request["fields"])):
            raise invalid(message=f"Invalid field: {path}")
