from backend.adapters.google.writer import rows_in_chunks


def test_consecutive_rows_are_cut_where_a_request_is_full() -> None:
    spans = list(rows_in_chunks([["x" * 1_000]] * 2_000, first_row=2))

    assert [(span.first, len(span.rows)) for span in spans] == [(2, 1_980), (1_982, 20)]
