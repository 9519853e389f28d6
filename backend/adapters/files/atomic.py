"""A file that is written whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from backend import errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a binary file that takes the place of `path` when the block ends, and vanishes when it fails.

    Raises:
        FileIsFolder: A folder has that name.
        FileUnwritable: The system says no; what stood at `path` is unharmed.
    """
    if path.is_dir():
        raise errors.FileIsFolder(path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise errors.FileUnwritable(path, error.strerror or str(error)) from error
    finally:
        draft.unlink(missing_ok=True)
