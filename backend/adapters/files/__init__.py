"""Tables in and out of files: CSV, XLSX and JSON."""

from __future__ import annotations

from backend.adapters.files.read import read_table, read_tabs
from backend.adapters.files.table import CellFormat, FileTab, Scalar, Sheet, Table
from backend.adapters.files.write_csv import meant, write_csv
from backend.adapters.files.write_json import write_json
from backend.adapters.files.write_xlsx import write_xlsx

__all__ = [
    "CellFormat",
    "FileTab",
    "Scalar",
    "Sheet",
    "Table",
    "meant",
    "read_table",
    "read_tabs",
    "write_csv",
    "write_json",
    "write_xlsx",
]
