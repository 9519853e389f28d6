import base64
import json
import time
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from google.oauth2 import id_token

from backend.localsheets import LocalSheets
from backend.localsheets.http import SheetsOverHttp
from backend.localsheets.identities import AUDIENCE, CERTIFICATES_PATH, ISSUER, Identities, make_private_key

KEY = make_private_key()


def part(token: str, number: int) -> Any:
    text = token.split(".")[number]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def test_a_token_says_who_it_is_for_an_hour() -> None:
    claims = part(Identities(KEY).token("Li@Example.com", 1_800_000_000.9), 1)

    assert claims == {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "local:li@example.com",
        "email": "Li@Example.com",
        "email_verified": True,
        "hd": "Example.com",
        "iat": 1_800_000_000,
        "exp": 1_800_003_600,
    }


def test_the_same_key_has_the_same_id_and_another_key_another() -> None:
    one, again, other = Identities(KEY), Identities(KEY), Identities(make_private_key())

    assert one.certificates() == again.certificates()
    assert one.certificates().keys() != other.certificates().keys()
    assert [*one.certificates()] == [part(one.token("a@b.c", 0), 0)["kid"]]


def test_google_auth_believes_it_with_the_certificates_of_the_server() -> None:
    identities = Identities(KEY)
    sheets = LocalSheets(None)
    http = SheetsOverHttp(sheets, verify=lambda _: {}, certificates=identities.certificates)

    class Over:
        def __call__(self, url: str, method: str = "GET") -> Any:
            answer = requests.request(method, url, timeout=5, proxies={"http": ""})
            return type("Answer", (), {"status": answer.status_code, "data": answer.content})()

    claims = id_token.verify_token(
        identities.token("li@example.com", time.time()),
        Over(),
        audience=AUDIENCE,
        certs_url=http.url + CERTIFICATES_PATH,
    )
    answer = requests.get(http.url + CERTIFICATES_PATH, timeout=5, proxies={"http": ""})
    http.close()
    sheets.close()

    assert claims["email"] == "li@example.com"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"


def test_what_is_no_rsa_key_is_refused() -> None:
    form = serialization.PrivateFormat.PKCS8
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, form, serialization.NoEncryption()
    )

    with pytest.raises(TypeError):
        Identities(other)
    with pytest.raises(ValueError, match=r"."):
        Identities(b"no key")
