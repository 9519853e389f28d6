from typing import Any

import pytest
import sqlalchemy as sa

from backend.adapters.store.caller_tables import PROOFS
from backend.adapters.store.proofs import Proofs


@pytest.fixture
def proofs(engine: Any, clock: Any) -> Proofs:
    return Proofs(engine, clock)


def test_a_nonce_is_good_once_for_what_it_was_given_out_for(proofs: Proofs) -> None:
    nonce = proofs.ask_for("li", "s")

    wrong = [("wang", "s", "edit"), ("li", "t", "edit"), ("li", "s", "erase")]
    assert [proofs.use(nonce, *one) for one in wrong] == [False] * 3
    assert [proofs.use(nonce, "li", "s") for _ in range(2)] == [True, False]


def test_a_nonce_is_good_for_five_minutes(proofs: Proofs, clock: Any) -> None:
    first, second = proofs.ask_for("li", "s"), proofs.ask_for("li", "s")
    clock.forward(minutes=4, seconds=59)
    in_time = proofs.use(first, "li", "s")
    clock.forward(seconds=1)

    assert (in_time, proofs.use(second, "li", "s")) == (True, False)


def test_nonces_cannot_be_guessed_nor_read_in_the_store(proofs: Proofs) -> None:
    nonces = {proofs.ask_for("li", "s") for _ in range(50)}

    with proofs.engine.connect() as connection:
        kept = str(connection.execute(sa.select(PROOFS)).all())
    assert (len(nonces), {len(nonce) for nonce in nonces}) == (50, {43})
    assert not any(nonce in kept for nonce in nonces)


def test_nonces_that_ran_out_are_not_kept(proofs: Proofs, clock: Any) -> None:
    for _ in range(3):
        proofs.ask_for("li", "s")
    clock.forward(minutes=6)
    proofs.ask_for("li", "s")

    with proofs.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(PROOFS)).scalar() == 1
