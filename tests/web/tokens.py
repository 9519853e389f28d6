"""Tokens as an attacker would make them: any header, any claims, any key."""

import base64
import json
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """A key of one's own, made once for a name."""
    assert name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public(name: str) -> str:
    """Its public half, PEM."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key(name).public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def private(name: str) -> bytes:
    form = serialization.PrivateFormat.PKCS8
    return key(name).private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def unsigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))


def signed(claims: dict[str, Any], *, signer: str = "google", **header: Any) -> str:
    """A token with these claims; `header` replaces parts of an honest header, None takes one away."""
    whole = {"alg": "RS256", "typ": "JWT", "kid": signer, **header}
    said = unsigned({name: part for name, part in whole.items() if part is not None}, claims)
    signature = key(signer).sign(said.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{said}.{encoded(signature)}"
