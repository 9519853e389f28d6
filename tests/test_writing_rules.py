"""What the code that writes may never use: helpers that parse what they write or guess what they read."""

import ast
from pathlib import Path

import pytest

BACKEND = Path(__file__).parents[1] / "backend"
FILES = [file for file in sorted(BACKEND.rglob("*.py")) if "localsheets" not in file.parts]
BANNED = {
    "get_all_records": "turns texts into numbers",
    "get_records": "turns texts into numbers",
    "numericise": "turns texts into numbers",
    "append_row": "appended twice when an answer gets lost",
    "append_rows": "appended twice when an answer gets lost",
    "values_append": "appended twice when an answer gets lost",
    "insert_row": "writes by row number",
    "insert_rows_at": "writes by row number",
    "update_cell": "writes by row number, parsed",
    "update_cells": "writes by row number",
    "update_acell": "writes by row number, parsed",
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(BACKEND)))
def test_nothing_is_written_as_if_typed(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}

    assert "USER_ENTERED" not in texts
    assert not called & BANNED.keys()
