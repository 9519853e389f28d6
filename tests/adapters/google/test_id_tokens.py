"""The rules for tokens one by one, by google-auth's real check with certificates over the cache."""

import hashlib
import hmac
import time
from typing import Any

import pytest

from backend.adapters.google.certificates import CertificateCache
from backend.adapters.google.id_tokens import Caller, IdTokens
from backend.errors import NotReady, NotSignedIn
from tests.web.tokens import encoded, public, signed, unsigned

AUDIENCE = "123-abc.apps.googleusercontent.com"


def claims(**changed: Any) -> dict[str, Any]:
    """Claims as Google writes them; None takes one away."""
    now = int(time.time())
    whole = {
        "iss": "https://accounts.google.com",
        "aud": AUDIENCE,
        "azp": AUDIENCE,
        "sub": "109876543210",
        "email": "li@example.com",
        "email_verified": True,
        "hd": "example.com",
        "iat": now - 10,
        "exp": now + 3590,
        **changed,
    }
    return {name: value for name, value in whole.items() if value is not None}


def tokens(**changed: Any) -> IdTokens:
    kept = {"google": public("google")}
    options: dict[str, Any] = {
        "certificates": CertificateCache(lambda: (kept, 3600.0)),
        "audiences": lambda: {AUDIENCE},
        **changed,
    }
    return IdTokens(**options)


def why(caplog: Any, checker: IdTokens, token: str) -> str:
    """Why a token is refused: the log says it, the answer does not."""
    caplog.clear()
    with pytest.raises(NotSignedIn):
        checker.caller(token)
    return str(caplog.records[-1].fields["why"])


@pytest.mark.parametrize("issuer", ["https://accounts.google.com", "accounts.google.com"])
def test_a_token_of_googles_says_who_it_is(issuer: Any) -> None:
    caller = tokens().caller(signed(claims(iss=issuer)))

    assert caller == Caller(sub="109876543210", email="li@example.com")


NOW = int(time.time())


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"aud": "999-other.apps.googleusercontent.com"}, "audience '999-other.apps.googleusercontent.com'"),
        ({"aud": [AUDIENCE]}, f"audience \"['{AUDIENCE}']\""),
        ({"aud": None}, "audience 'None'"),
        ({"exp": NOW - 60, "iat": NOW - 3660}, "InvalidValue"),
        ({"iat": NOW + 100_000, "exp": NOW + 103_600}, "InvalidValue"),
        ({"nbf": NOW + 100_000}, "not-yet"),
        ({"nbf": "soon"}, "nbf"),
        ({"iss": "https://accounts.google.com.evil.example"}, "issuer"),
        ({"iss": "https://localsheets.invalid"}, "issuer"),
        ({"iss": None}, "issuer"),
        ({"email_verified": False}, "email-not-verified"),
        ({"email_verified": "true"}, "email-not-verified"),
        ({"email_verified": 1}, "email-not-verified"),
        ({"email_verified": None}, "email-not-verified"),
        ({"exp": NOW + 100_000}, "lifetime"),
        ({"exp": float("inf")}, "exp"),
        ({"exp": True}, "InvalidValue"),
        ({"iat": "yesterday"}, "TypeError"),
        ({"exp": None}, "MalformedError"),
        ({"sub": None}, "subject"),
        ({"sub": 5}, "subject"),
        ({"sub": "a\nb"}, "subject"),
        ({"email": ["li@example.com"]}, "subject"),
        ({"email": None}, "subject"),
        ({"email": "li@example.com\r\nBcc: x"}, "subject"),
    ],
)
def test_a_claim_that_breaks_a_rule_is_refused(caplog: Any, changed: Any, reason: Any) -> None:
    assert why(caplog, tokens(), signed(claims(**changed))) == reason


def test_only_what_google_signed_is_believed(caplog: Any) -> None:
    checker = tokens()
    forged = signed(claims(), signer="mallory", kid="google")
    none = unsigned({"alg": "none", "kid": "google"}, claims()) + "."

    assert why(caplog, checker, forged) == "MalformedError"
    assert why(caplog, checker, signed(claims(), signer="mallory")) == "MalformedError"
    assert why(caplog, checker, none) == "algorithm"
    assert why(caplog, checker, signed(claims(), kid=None)) == "algorithm"
    assert why(caplog, checker, signed(claims(), kid=["google"])) == "algorithm"


def test_a_public_key_is_no_shared_secret(caplog: Any) -> None:
    said = unsigned({"alg": "HS256", "kid": "google"}, claims())
    mac = hmac.new(public("google").encode(), said.encode(), hashlib.sha256).digest()

    assert why(caplog, tokens(), f"{said}.{encoded(mac)}") == "algorithm"


@pytest.mark.parametrize("domain", ["other.example", None, True])
def test_where_domains_are_named_others_are_refused(caplog: Any, domain: Any) -> None:
    checker = tokens(domains=("example.com",))

    assert checker.caller(signed(claims())).email == "li@example.com"
    assert why(caplog, checker, signed(claims(hd=domain))) == "domain"


def test_without_an_audience_that_is_allowed_nobody_is_believed(caplog: Any) -> None:
    assert why(caplog, tokens(audiences=set), signed(claims())) == "no-audience-allowed"


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        ("ya29.a0AfH6SMBxyz", "MalformedError"),
        ("a" * 8193, "too-long"),
        ("..", "MalformedError"),
        ("客户", "MalformedError"),
        ("\ud800.a.b", "UnicodeEncodeError"),
    ],
)
def test_what_is_no_token_is_refused(caplog: Any, token: Any, reason: Any) -> None:
    assert why(caplog, tokens(), token) == reason


def test_without_certificates_nobody_is_let_in_and_is_told_to_wait() -> None:
    def down() -> Any:
        raise OSError

    with pytest.raises(NotReady) as caught:
        tokens(certificates=CertificateCache(down)).caller(signed(claims()))

    assert (caught.value.status, caught.value.retry_after) == (503, 10)


def test_no_part_of_a_token_gets_into_the_log(caplog: Any) -> None:
    canary = signed(
        claims(sub="canary-subject", email="canary@example.com", hd="canary.example", iss="canary")
    )

    why(caplog, tokens(), canary)

    said = " ".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert "canary" not in said
    assert canary[:40] not in said
