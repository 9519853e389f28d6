"""The trimmed discovery documents are what Google's own package holds."""

from pathlib import Path

import pytest

from backend.localsheets.contract import document
from tests.contracts.discovery import DOCUMENTS, FOLDER, WHEEL, text, trimmed


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_what_the_pinned_package_holds(name: str) -> None:
    if not WHEEL.exists():
        pytest.skip(f"build/{WHEEL.name} is absent: `make discovery` downloads it, `make test` does so first")
    kept = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert kept == text(trimmed(name)), "tests/contracts/discovery.py --write makes it anew"


def test_the_documents_are_of_the_revisions_the_guide_names() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "local-sheets.md").read_text(encoding="utf-8")
    for name in DOCUMENTS:
        assert f"{name} revision {document(name)['revision']}" in guide


def test_all_methods_of_sheets_are_kept_and_thirteen_of_drive() -> None:
    kinds = document("sheets.v4")["schemas"]["Request"]["properties"]

    assert (len(document("sheets.v4")["methods"]), len(kinds)) == (17, 74)
    assert len(document("drive.v3")["methods"]) == 13
