"""The script of the sheet, opened for a test and closed after it."""

from collections.abc import Callable, Iterator

import pytest

from tests.bridge.script import Script


@pytest.fixture
def opened() -> Iterator[Callable[..., Script]]:
    """Opens scripts: `opened(locale="zh_CN", bound=True)`. What they did wrong fails the test in the end."""
    scripts: list[Script] = []

    def open_script(**how: object) -> Script:
        scripts.append(Script(**how))  # type: ignore[arg-type]
        return scripts[-1]

    yield open_script
    for script in scripts:
        script.close()


@pytest.fixture
def script(opened: Callable[..., Script]) -> Script:
    """The script as an English reader opens it."""
    return opened()
