"""The script and its sidebar in Node and in Chromium: types, style, the real files over HTTP, clicks."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.bridge.script import BRIDGE

TESTS = Path(__file__).parent / "node"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def in_node(folder: Path, *command: str) -> str:
    """Run a command where its packages are installed, and give what it said."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node and npm are not installed")
    if not (folder / "node_modules").is_dir():
        pytest.skip(f"node packages are not installed: sh .ci/node, or npm ci in {folder.name}")
    environment = {**os.environ, "FORCE_COLOR": "0"}
    environment.pop("NODE_OPTIONS", None)
    done = subprocess.run(  # noqa: S603 - our own commands
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-2000:]}"
    return done.stdout


def test_the_types_hold() -> None:
    in_node(BRIDGE, "npm", "run", "--silent", "types")


def test_the_style_holds() -> None:
    in_node(BRIDGE, "npm", "run", "--silent", "lint")


def test_the_script_asks_a_backend_over_http() -> None:
    said = in_node(TESTS, "node", "--test", "--test-reporter=tap", "script.test.mjs")

    assert "# skipped 0\n" in said


def test_the_sidebar_is_clicked_in_chromium() -> None:
    if not any(shutil.which(name) for name in BROWSERS) and "CHROMIUM" not in os.environ:
        pytest.skip("Chromium is not installed: apt-get install chromium, or CHROMIUM=/path/to/it")

    said = in_node(TESTS, "node", "--test", "--test-reporter=tap", "sidebar.test.mjs")

    assert "# skipped 0\n" in said


@pytest.mark.parametrize(
    "wrong", ["http://a.example", "https://a.example/b", "https://u:p@a.example", "a", ""]
)
def test_the_build_takes_the_address_of_a_backend_alone(wrong: str) -> None:
    with pytest.raises(AssertionError, match="is not the address of a backend"):
        in_node(BRIDGE, "node", "tools/build.mjs", wrong)


def test_the_build_puts_one_address_in_place_of_the_placeholder(tmp_path: Path) -> None:
    for folder in ("src", "tools"):
        shutil.copytree(BRIDGE / folder, tmp_path / folder)
    (tmp_path / "node_modules").mkdir()

    in_node(tmp_path, "node", "tools/build.mjs", "https://steward.acme.example", "--bound")

    built = {
        file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "build" / "script").iterdir()
    }
    assert built.keys() == {file.name for file in (BRIDGE / "src").iterdir()}
    assert 'backend: "https://steward.acme.example",' in built["Install.js"]
    assert "bound: true" in built["Install.js"]
    assert '"https://steward.acme.example/"' in built["appsscript.json"]
    assert not [name for name, text in built.items() if "steward.example.com" in text]
