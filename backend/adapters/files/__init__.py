"""Tables in and out of files: CSV, XLSX and JSON."""

from __future__ import annotations

from backend.adapters.files.read import read_table
from backend.adapters.files.table import CellFormat, Scalar, Sheet, Table
from backend.adapters.files.write_csv import meant, write_csv
from backend.adapters.files.write_json import write_json
from backend.adapters.files.write_xlsx import write_xlsx

__all__ = [
    "CellFormat",
    "Scalar",
    "Sheet",
    "Table",
    "meant",
    "read_table",
    "write_csv",
    "write_json",
    "write_xlsx",
]
