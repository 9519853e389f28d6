"""People of this machine: ID tokens as Google would issue them, signed with a key of this machine.

Its issuer is no address of Google's, so that nobody who believes Google believes these.
"""

import base64
import json
from collections.abc import Callable
from typing import TypeAlias

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

ISSUER = "https://localsheets.invalid"
AUDIENCE = "localsheets"
CERTIFICATES_PATH = "/oauth2/v1/certs"
LIFE = 3600
"""Seconds a token lasts, as Google's do."""

_BITS = 2048
_KEY_ID_BYTES = 10

Claim: TypeAlias = str | int | bool


class Identities:
    """Issues ID tokens.

    Args:
        private: The private key, PEM.
    """

    def __init__(self, private: bytes) -> None:
        key = serialization.load_pem_private_key(private, password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            msg = "not an RSA key"
            raise TypeError(msg)
        self._key = key
        self._public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        digest = hashes.Hash(hashes.SHA256())
        digest.update(self._public)
        self._key_id = digest.finalize().hex()[: 2 * _KEY_ID_BYTES]

    def certificates(self) -> dict[str, str]:
        """Give the public key, PEM, by its id: what Google's certificate address answers."""
        return {self._key_id: self._public.decode()}

    def token(self, email: str, now: float) -> str:
        """Give a token for somebody, good for an hour.

        Args:
            email: Who; the same e-mail is always the same account.
            now: Seconds since 1970.
        """
        claims: dict[str, Claim] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": f"local:{email.lower()}",
            "email": email,
            "email_verified": True,
            "hd": email.rpartition("@")[2],
            "iat": int(now),
            "exp": int(now) + LIFE,
        }
        header: dict[str, Claim] = {"alg": "RS256", "kid": self._key_id, "typ": "JWT"}
        said = b".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
        signature = self._key.sign(said, padding.PKCS1v15(), hashes.SHA256())
        return (said + b"." + _encoded(signature)).decode()


def make_private_key() -> bytes:
    """Make a private key, PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


Certificates: TypeAlias = Callable[[], dict[str, str]]
"""Gives what the certificate address answers."""


def _encoded(part: bytes) -> bytes:
    return base64.urlsafe_b64encode(part).rstrip(b"=")
