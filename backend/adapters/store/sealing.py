"""Seals what must not lie open in the database: AES-256-GCM over compressed JSON."""

from __future__ import annotations

import json
import secrets
import zlib
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12


class SealBrokenError(Exception):
    """The key is another one, or what was sealed was changed or stands in another place."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals and opens.

    Attributes:
        key: 32 bytes; without one, a key that nobody else has.
    """

    key: bytes = field(default_factory=partial(secrets.token_bytes, KEY_BYTES), repr=False)

    def close(self, content: object, about: str) -> bytes:
        """Seal what JSON can hold with what it is about: moved to another place it does not open."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        text = zlib.compress(json.dumps(content).encode(), level=1)
        return nonce + self._cipher.encrypt(nonce, text, about.encode())

    def open(self, sealed: bytes, about: str) -> Any:
        """Give what was sealed.

        Raises:
            SealBrokenError: It does not open.
        """
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - most commands never open anything

        try:
            opened = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about.encode())
        except InvalidTag:
            raise SealBrokenError from None
        return json.loads(zlib.decompress(opened))

    @property
    def _cipher(self) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - few need it

        return AESGCM(self.key)
