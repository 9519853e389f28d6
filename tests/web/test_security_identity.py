"""Who calls: checks 1 to 16 of the design, through the whole service with certificates over HTTP."""

import hashlib
import hmac
import time
from typing import Any

import pytest

from backend.adapters.google.id_tokens import GOOGLE_ISSUERS
from backend.errors import AudiencesMissing, TokenNotOurs
from backend.localsheets.identities import AUDIENCE, Identities
from backend.settings import Settings
from backend.web import create_app
from backend.wiring import open_steward
from tests.web.conftest import Bench, error_of
from tests.web.tokens import encoded, private, public, signed, unsigned

PATH = "/registers/abcdefghijklmnopqrstuvwxyz/summary"
SIGNED_OUT = (401, "not-signed-in")
UNKNOWN = (404, "register-unknown")
"""What somebody is told who is signed in: there is no such register."""


def told(bench: Bench, authorization: str | None) -> tuple[int, str]:
    headers = {} if authorization is None else {"Authorization": authorization}
    return error_of(bench.web.get(PATH, headers=headers))


def bearing(bench: Bench, token: str) -> tuple[int, str]:
    return told(bench, f"Bearer {token}")


def test_an_honest_token_is_let_in(bench: Bench) -> None:
    assert bearing(bench, bench.token()) == UNKNOWN


def test_check_01_no_header(bench: Bench) -> None:
    answer = bench.web.get(PATH)

    assert error_of(answer) == SIGNED_OUT
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("scheme", ["Basic", "Token", "", "Bearer-"])
def test_check_02_wrong_scheme(bench: Bench, scheme: Any) -> None:
    assert told(bench, f"{scheme} {bench.token()}") == SIGNED_OUT
    assert told(bench, "Bearer") == SIGNED_OUT
    assert told(bench, "Bearer   ") == SIGNED_OUT


def test_check_03_wrong_audience_and_the_answer_does_not_name_it(bench: Bench, caplog: Any) -> None:
    answer = bench.web.get(
        PATH,
        headers={"Authorization": f"Bearer {bench.token(aud='copied-script.apps.googleusercontent.com')}"},
    )

    assert error_of(answer) == SIGNED_OUT
    assert "copied-script" not in answer.text
    assert "copied-script" in str(caplog.records[0].__dict__["fields"]["why"])


def test_check_03_an_audience_that_is_added_or_removed_counts_at_once(bench: Bench) -> None:
    token = bench.token(aud="copied-script")

    before = bearing(bench, token)
    bench.steward.audiences.add("copied-script", "")
    during = bearing(bench, token)
    bench.steward.audiences.remove("copied-script")

    assert [before, during, bearing(bench, token)] == [SIGNED_OUT, UNKNOWN, SIGNED_OUT]


def test_check_04_no_audience_refuses_the_start(bench: Bench) -> None:
    settings = Settings(home=bench.folder / "h", credentials=str(bench.folder / "key.json"))
    steward = open_steward(settings)

    with pytest.raises(AudiencesMissing):
        create_app(steward)
    steward.audiences.add("123-abc", "")
    create_app(steward)

    steward.close()


NOW = int(time.time())


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"iat": NOW - 7000, "exp": NOW - 60}, id="05 expired"),
        pytest.param({"iat": NOW + 100_000, "exp": NOW + 100_100}, id="06 iat in the future"),
        pytest.param({"nbf": NOW + 100_000}, id="07 nbf in the future"),
        pytest.param({"iss": "https://accounts.google.com"}, id="08 another issuer"),
        pytest.param({"iss": None}, id="08 no issuer"),
        pytest.param({"email_verified": False}, id="11 e-mail not verified"),
        pytest.param({"email_verified": "true"}, id="11 e-mail verified as text"),
        pytest.param({"email_verified": None}, id="11 e-mail not said to be verified"),
        pytest.param({"exp": NOW + 100_000}, id="13 lives longer than two hours"),
        pytest.param({"sub": None}, id="no subject"),
    ],
)
def test_checks_05_to_13_a_claim_that_breaks_a_rule(bench: Bench, changed: Any) -> None:
    assert bearing(bench, bench.token(**changed)) == SIGNED_OUT


def test_check_09_algorithms_that_need_no_key(bench: Bench) -> None:
    claims = bench.claims()
    said = unsigned({"alg": "HS256", "kid": "google"}, claims)
    mac = hmac.new(public("google").encode(), said.encode(), hashlib.sha256).digest()

    assert bearing(bench, unsigned({"alg": "none", "kid": "google"}, claims) + ".") == SIGNED_OUT
    assert bearing(bench, f"{said}.{encoded(mac)}") == SIGNED_OUT
    assert bearing(bench, signed(claims, signer="mallory", kid="google")) == SIGNED_OUT


def test_check_10_forged_keys_do_not_make_us_ask_again(bench: Bench) -> None:
    fetched = []
    fetch = bench.steward.certificates.fetch
    bench.steward.certificates.fetch = lambda: (fetched.append(1), fetch())[1]

    assert bearing(bench, bench.token()) == UNKNOWN
    for number in range(20):
        assert bearing(bench, signed(bench.claims(), signer="mallory", kid=f"k{number}")) == SIGNED_OUT

    assert len(fetched) == 1


def test_check_12_another_domain_or_none(bench: Bench) -> None:
    bench.open(domains=("example.com",))

    assert bearing(bench, bench.token(hd="example.com")) == UNKNOWN
    assert bearing(bench, bench.token(hd="other.example")) == SIGNED_OUT
    assert bearing(bench, bench.token()) == SIGNED_OUT


def test_check_14_a_token_of_more_than_8_kb(bench: Bench) -> None:
    assert bearing(bench, bench.token(extra="x" * 9000)) == SIGNED_OUT


def test_check_15_an_access_token(bench: Bench) -> None:
    assert bearing(bench, "ya29.a0AfB_byCanary") == SIGNED_OUT


def test_check_16_certificates_cannot_be_had(bench: Bench) -> None:
    def down() -> Any:
        raise OSError

    assert bearing(bench, bench.token()) == UNKNOWN
    cache = bench.steward.certificates
    cache.fetch = down
    ticking = cache.seconds
    cache.seconds = lambda: ticking() + 23 * 3600
    old_ones = bearing(bench, bench.token())
    cache.seconds = lambda: ticking() + 50 * 3600

    answer = bench.call("GET", PATH)

    assert old_ones == UNKNOWN
    assert error_of(answer) == (503, "not-ready")
    assert answer.headers["Retry-After"] == "10"


def test_a_service_over_googles_sheets_takes_no_token_of_this_machine(bench: Bench) -> None:
    settings = Settings(
        home=bench.folder / "h", credentials=str(bench.folder / "key.json"), audiences=(AUDIENCE,)
    )
    steward = open_steward(settings)
    steward.certificates.fetch = lambda: (Identities(private("google")).certificates(), 3600.0)
    web = create_app(steward).test_client()
    token = Identities(private("google")).token("li@example.com", time.time())

    assert steward.id_tokens.issuers == GOOGLE_ISSUERS
    assert error_of(web.get(PATH, headers={"Authorization": f"Bearer {token}"})) == SIGNED_OUT
    with pytest.raises(TokenNotOurs):
        _ = steward.identities
    steward.close()


def test_a_service_over_sheets_of_this_machine_takes_its_tokens(bench: Bench) -> None:
    steward = open_steward(Settings(home=bench.folder / "local"))
    web = create_app(steward).test_client()
    headers = {"Authorization": f"Bearer {steward.identities.token('li@example.com', time.time())}"}

    assert error_of(web.get(PATH, headers=headers)) == UNKNOWN
    assert (bench.folder / "local" / "identity.key").stat().st_mode & 0o777 == 0o600
    steward.close()
