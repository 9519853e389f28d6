"""What a person reads when the backend or the network does not do what was asked."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from backend.core.wording.menu import WORDS
from tests.bridge.script import Script, refused, said

PAGE = "<html>502 Bad Gateway</html>"
ANSWERS: list[tuple[Mapping[str, Any], str, int, bool]] = [
    (refused("not-signed-in", 401), "not-signed-in", 0, False),
    (refused("token-expired", 401), "not-signed-in", 0, False),
    (refused("role-missing", 403), "role-missing", 0, False),
    (refused("register-unknown", 404), "register-unknown", 0, False),
    (refused("run-missing", 404), "run-missing", 0, False),
    (refused("already-running", 409), "already-running", 0, False),
    (refused("content-type-wrong", 415), "not-understood", 0, False),
    (refused("arguments-wrong", 422), "arguments-wrong", 0, False),
    (refused("body-wrong", 400), "arguments-wrong", 0, False),
    (refused("too-many-requests", 429, Retry_After="17"), "too-many-requests", 17, True),
    (refused("too-many-requests", 429, retry_after="1.2"), "too-many-requests", 2, True),
    (refused("too-many-requests", 429), "too-many-requests", 10, True),
    (refused("unexpected", 500), "server-error", 0, True),
    (refused("not-ready", 503, Retry_After="30"), "not-ready", 30, True),
    (said(PAGE, 502), "not-ready", 10, True),
    (said(PAGE, 504), "not-ready", 10, True),
    (said(PAGE, 500), "server-error", 0, True),
    (said(PAGE, 429), "too-many-requests", 10, True),
    (said(PAGE, 200), "not-steward", 0, False),
    (said("", 302), "not-steward", 0, False),
    (said(PAGE, 404), "not-steward", 0, False),
    (said("null", 200), "not-steward", 0, False),
    (said({"ok": False}, 200), "not-steward", 0, False),
    (said([1], 200), "not-steward", 0, False),
    (said({"ok": True}, 404), "not-steward", 0, False),
]


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize(
    ("answer", "code", "wait", "passing"), ANSWERS, ids=[f"{one[0]['status']}-{one[1]}" for one in ANSWERS]
)
def test_each_refusal_has_its_words(
    opened: Callable[..., Script],
    locale: str,
    answer: Mapping[str, Any],
    code: str,
    wait: int,
    passing: object,
) -> None:
    script = opened(locale=locale)
    script.answers(answer)

    failure = script.call("lookAtRun", "20261122-0700-a1b2")["failure"]

    text = getattr(WORDS[f"fail-{code}"], locale).format(wait=wait)
    assert (failure["code"], failure["text"], failure["wait"]) == (code, text, wait)
    assert failure["passing"] is passing


def test_the_backends_own_words_are_kept_as_details(script: Script) -> None:
    script.answers(refused("arguments-wrong", 422, 'A row is a number from 1, not "x".'))

    assert script.call("readRegister")["failure"]["detail"] == 'A row is a number from 1, not "x".'


def test_what_a_broken_backend_says_of_itself_is_not_shown(script: Script) -> None:
    script.answers(refused("unexpected", 500, "Traceback: /srv/app.py"))

    assert script.call("readRegister")["failure"]["detail"] == ""


@pytest.mark.parametrize("thrown", ["DNS error: steward.example.com", "Address unavailable", "Timeout"])
def test_a_lost_network_is_told_with_what_google_says(script: Script, thrown: str) -> None:
    script.answers(thrown)

    assert script.call("lookAtRun", "r")["failure"] == {
        "code": "no-network",
        "text": WORDS["fail-no-network"].en,
        "detail": f"Error: {thrown}",
        "wait": 0,
        "passing": True,
    }


@pytest.mark.parametrize("nothing", [None, ""])
def test_without_an_identity_nothing_is_sent(script: Script, nothing: object) -> None:
    script.set(token=nothing)

    assert script.call("readRegister")["failure"]["code"] == "no-identity"
    assert script.world("sent") == []


def test_a_token_is_asked_for_anew_for_every_request(script: Script) -> None:
    script.answers(said({"ok": True}), said({"ok": True}))
    script.evaluate("world.token = 'e30.first.x'")
    script.call("readRegister")
    script.evaluate("world.token = 'e30.second.x'")
    script.call("readRegister")

    assert script.value("world.sent.map((one) => one.headers.Authorization)") == [
        "Bearer e30.first.x",
        "Bearer e30.second.x",
    ]
