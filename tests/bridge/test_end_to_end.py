"""A click in the sheet all the way: menu, bridge, Flask, queue, worker, gspread, sheet, and back."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bridge.service import Service
from tests.bridge.test_node import BROWSERS, TESTS, in_node
from tests.web.conftest import Bench


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    bench = Bench(tmp_path)
    service = Service(bench)
    yield service
    service.close()
    bench.close()


def test_clicks_go_all_the_way_to_the_cells_and_back(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not any(shutil.which(name) for name in BROWSERS) and "CHROMIUM" not in os.environ:
        pytest.skip("Chromium is not installed: apt-get install chromium, or CHROMIUM=/path/to/it")
    monkeypatch.setenv("STEWARD_TEST_SERVICE", json.dumps(service.start()))

    said = in_node(TESTS, "node", "--test", "--test-reporter=tap", "end-to-end.test.mjs")

    assert "# skipped 0\n" in said
