"""How often a run is asked about, measured on a virtual clock."""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest

from tests.bridge.script import Script, pages, refused, run, said

FOLLOW = pages()["SidebarFollow"].removeprefix("<script>").strip().removesuffix("</script>")
CLOCK = """
var clock = 0, asked = [], told = [], inFlight = 0, most = 0, ended;
async function follow(look) {
  ended = await followRun("r", {
    look: async (runId) => {
      inFlight += 1; most = Math.max(most, inFlight); asked.push(clock);
      await null;
      const answer = look(runId, clock);
      inFlight -= 1;
      return answer;
    },
    sleep: async (seconds) => { clock += seconds; },
    tell: (answer, pause) => { told.push([answer.ok, pause]); return clock < 7200; },
  });
}
"""
NEEDED = refused("proof-needed", 403)
PROOF = said({"ok": True, "nonce": "n", "key": "k", "expires_in": 300}, 201)
GRANTED = said({"ok": True, "role": "editor", "expires_in": 43200})
STARTED = said({"ok": True, "run": run(), "joined": False}, 202)


@pytest.fixture
def follower(script: Script) -> Script:
    script.evaluate(FOLLOW + CLOCK)
    return script


def look_answers(script: Script, *answers: Mapping[str, Any]) -> None:
    """Follow a run whose looks bring these, the last one for ever."""
    script.evaluate(f"var answers = {json.dumps(answers)}")
    script.evaluate("follow(() => (answers.length > 1 ? answers.shift() : answers[0]))")


def pauses(script: Script) -> Sequence[float]:
    times = [0.0, *script.value("asked")]
    return [round(later - sooner, 6) for sooner, later in pairwise(times)]


def alive(state: str = "running", **more: Any) -> dict[str, Any]:
    return {"ok": True, "run": run(state), **more}


def failed(*, passing: bool, wait: int = 0) -> dict[str, Any]:
    return {"ok": False, "failure": {"code": "x", "text": "", "detail": "", "wait": wait, "passing": passing}}


def test_ten_minutes_cost_at_most_130_fetches_proof_and_start_included(follower: Script) -> None:
    follower.answers(NEEDED, PROOF, GRANTED, STARTED)
    follower.call("startRun", {"job": "validate-and-tier", "preview": False, "arguments": {}, "key": "k"})
    follower.evaluate(
        "world.fetch = () => ({status: 200, text: JSON.stringify("
        "{ok: true, run: {state: clock >= 600 ? 'done' : 'running'}})});"
        "follow((runId) => callByName('lookAtRun', runId))"
    )

    assert follower.value("ended.run.state") == "done"
    assert 600 <= follower.value("clock") <= 605
    # Four for proof and start, five looks in the first 6.2 seconds, then one every 5 seconds: 119 more.
    assert len(follower.sent) == 4 + 5 + 119 <= 130


def test_looks_begin_quickly_and_slow_down_to_five_seconds(follower: Script) -> None:
    look_answers(follower, *[alive()] * 8, alive("done"))

    assert pauses(follower) == [0.2, 0.4, 0.8, 1.6, 3.2, 5, 5, 5, 5]


def test_there_is_never_more_than_one_look_at_a_time(follower: Script) -> None:
    look_answers(follower, *[alive()] * 20, alive("done"))

    assert follower.value("most") == 1


def test_the_backend_may_ask_for_longer_pauses(follower: Script) -> None:
    look_answers(follower, alive(retry_after=9), alive(retry_after=0.1), alive("done"))

    assert pauses(follower) == [0.2, 9, 5]


@pytest.mark.parametrize("state", ["done", "partly_done", "refused", "failed", "cancelled"])
def test_every_end_is_an_end(follower: Script, state: str) -> None:
    look_answers(follower, alive("queued"), alive("running"), alive(state))

    assert follower.value("ended.run.state") == state
    assert len(follower.value("asked")) == 3


def test_a_failure_that_may_pass_is_waited_out(follower: Script) -> None:
    look_answers(follower, failed(passing=True), failed(passing=True, wait=17), alive("done"))

    assert follower.value("ended.ok") is True
    assert pauses(follower) == [0.2, 0.4, 17]
    assert follower.value("told") == [[False, 0.4], [False, 17]]


def test_a_failure_that_stays_is_told_at_once(follower: Script) -> None:
    look_answers(follower, alive(), failed(passing=False))

    assert follower.value("ended.ok") is False
    assert len(follower.value("asked")) == 2


def test_somebody_is_asked_after_nine_failures_in_a_row(follower: Script) -> None:
    look_answers(follower, *[failed(passing=True)] * 8, alive(), failed(passing=True))

    assert follower.value("ended.ok") is False
    assert len(follower.value("asked")) == 8 + 1 + 9


def test_nobody_asks_any_more_once_another_run_is_shown(follower: Script) -> None:
    follower.evaluate("var shown = 0; follow(() => ({ok: true, run: {state: 'running'}}))")

    assert follower.value("ended") is None
    assert follower.value("clock") < 7210
