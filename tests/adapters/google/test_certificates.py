import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from backend.adapters.google.certificates import CertificateCache, NoCertificatesError, fetch_over_http

DAY = 24 * 3600.0


class Source:
    """Gives certificates, counts, and can be out of order."""

    def __init__(self, max_age: float = 3600.0) -> None:
        self.now = 1000.0
        self.max_age = max_age
        self.kept = {"k1": "PEM 1"}
        self.fetched = 0
        self.is_down = False
        self.cache = CertificateCache(self._fetch, seconds=lambda: self.now)

    def _fetch(self) -> tuple[dict[str, str], float]:
        self.fetched += 1
        if self.is_down:
            raise OSError
        return dict(self.kept), self.max_age


def test_they_are_fetched_once_for_many_tokens() -> None:
    source = Source()

    for _ in range(200):
        assert source.cache.for_key("k1") == {"k1": "PEM 1"}

    assert source.fetched == 1


@pytest.mark.parametrize(
    ("max_age", "kept_for"), [(0.0, 300.0), (60.0, 300.0), (3600.0, 3600.0), (10 * DAY, DAY)]
)
def test_they_are_kept_as_long_as_google_says_within_five_minutes_and_a_day(
    max_age: float, kept_for: float
) -> None:
    source = Source(max_age)
    source.cache.for_key("k1")

    source.now += kept_for - 1
    source.cache.for_key("k1")
    before = source.fetched
    source.now += 1
    source.cache.for_key("k1")

    assert (before, source.fetched) == (1, 2)


def test_a_new_key_is_found_and_an_unknown_one_is_looked_for_once_a_minute() -> None:
    source = Source()
    source.cache.for_key("k1")
    source.kept["k2"] = "PEM 2"

    source.now += 60
    assert source.cache.for_key("k2")["k2"] == "PEM 2"
    for second in range(59):
        source.cache.for_key(f"forged {second}")
        source.now += 1
    assert source.fetched == 2
    source.now += 1
    source.cache.for_key("forged")

    assert source.fetched == 3


def test_old_ones_are_used_for_a_day_while_google_does_not_answer_and_then_no_longer() -> None:
    source = Source()
    source.cache.for_key("k1")
    source.is_down = True

    source.now += 3600 + DAY
    assert source.cache.for_key("k1") == {"k1": "PEM 1"}
    source.now += 1
    with pytest.raises(NoCertificatesError):
        source.cache.for_key("k1")


def test_who_does_not_answer_is_left_alone_for_ten_seconds() -> None:
    source = Source()
    source.is_down = True

    for _ in range(3):
        with pytest.raises(NoCertificatesError):
            source.cache.for_key("k1")
    assert source.fetched == 1
    source.is_down = False
    source.now += 10

    assert source.cache.for_key("k1")
    assert source.cache.has_some()


def test_nothing_is_taken_for_certificates_that_is_none(httpd: "Httpd") -> None:
    assert fetch_over_http(httpd.serve(b'{"k": "PEM"}', "public, max-age=77, must-revalidate")) == (
        {"k": "PEM"},
        77.0,
    )
    assert fetch_over_http(httpd.serve(b'{"k": "PEM"}', "no-cache")) == ({"k": "PEM"}, 0.0)
    for body in (b"{}", b"[]", b'{"keys": [{"kid": "x"}]}', b"<html>", b'{"k": "' + b"x" * 300_000 + b'"}'):
        with pytest.raises(ValueError, match=r"."):
            fetch_over_http(httpd.serve(body, ""))
    with pytest.raises(ValueError, match="HTTP 302"):
        fetch_over_http(httpd.serve(b'{"k": "PEM"}', "", 302))


class Httpd:
    """A server on this machine that says one thing."""

    def __init__(self) -> None:
        outer = self
        self.said: tuple[bytes, str, int] = (b"", "", 200)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body, cache, status = outer.said
                self.send_response(status)
                self.send_header("Cache-Control", cache)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def serve(self, body: bytes, cache: str, status: int = 200) -> str:
        self.said = body, cache, status
        return f"http://127.0.0.1:{self.server.server_address[1]}/certs"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def httpd() -> Iterator[Httpd]:
    httpd = Httpd()
    yield httpd
    httpd.close()
