from __future__ import annotations

import numpy as np

from backend.core.duplicates.cluster import cluster, components


def test_connected_rows_have_the_smallest_row_as_label() -> None:
    labels = components(6, np.array([4, 3, 0]), np.array([5, 4, 1]))

    assert labels.tolist() == [0, 0, 2, 3, 3, 3]


def weights(known: dict[tuple[int, int], float]):  # type: ignore[no-untyped-def]  # noqa: ANN201  # a closure
    return lambda a, b: np.array(
        [known.get((int(x), int(y)), -15.0) for x, y in zip(a, b, strict=True)], dtype=np.float32
    )


def test_one_weak_pair_does_not_chain_two_customers() -> None:
    strong = {(0, 1): 12.0, (2, 3): 12.0, (1, 2): 1.0}
    a, b = np.array([0, 1, 2]), np.array([1, 2, 3])

    labels = cluster(4, a, b, np.array([12.0, 1.0, 12.0], dtype=np.float32), weights(strong))

    assert labels.tolist() == [0, 0, 2, 2]


def test_two_groups_against_which_the_odds_are_need_one_pair_that_is_likely() -> None:
    strong = {(0, 1): 12.0, (2, 3): 12.0, (0, 2): -1.0, (0, 3): -1.0, (1, 3): -1.0}
    a, b, known = np.array([0, 1, 2]), np.array([1, 2, 3]), np.array([12.0, 1.0, 12.0], dtype=np.float32)

    weak = cluster(4, a, b, known, weights({**strong, (1, 2): 1.0}))
    likely = cluster(4, a, b, known, weights({**strong, (1, 2): 2.5}))

    assert weak.tolist() == [0, 0, 2, 2]
    assert likely.tolist() == [0, 0, 0, 0]


def test_a_member_that_looks_weak_to_one_other_stays() -> None:
    known = {(0, 1): 12.0, (1, 2): 12.0, (0, 2): -4.0}

    labels = cluster(
        3, np.array([0, 1]), np.array([1, 2]), np.array([12.0, 12.0], dtype=np.float32), weights(known)
    )

    assert labels.tolist() == [0, 0, 0]


def test_a_group_too_large_to_look_into_keeps_its_strong_pairs_only() -> None:
    a, b = np.arange(399), np.arange(1, 400)
    bits = np.where(a == 199, 1.0, 12.0).astype(np.float32)

    labels = cluster(400, a, b, bits, weights({}))

    assert labels.tolist() == [0] * 200 + [200] * 200
