"""The way from requests to the local server: a transport adapter, no socket."""

from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers

from backend.localsheets.transport import Loss, NoAnswerError, Service


class LocalSheetsAdapter(BaseAdapter):
    """Answers what a requests session sends to the Google hosts from a `LocalSheets` or a service around it.

    `calls` holds the method and the path of every call, in order.

    Args:
        server: What answers.
        caller: The account the session is signed in with; the server's own when left out.
    """

    def __init__(self, server: Service, caller: str | None = None) -> None:
        super().__init__()
        self.server = server
        self.caller = caller
        self.calls: list[tuple[str, str]] = []

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: FBT001, FBT002, ARG002 - the signature requests demands
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,  # noqa: ARG002 - the same
        verify: bool | str = True,  # noqa: FBT001, FBT002, ARG002 - the same
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,  # noqa: ARG002 - the same
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002 - the same
    ) -> requests.Response:
        """Answer one request.

        Raises:
            requests.RequestException: The answer is lost; as what comes from a real connection.
        """
        method, url = str(request.method), str(request.url)
        self.calls.append((method, urlsplit(url).path))
        body: Any = request.body
        sent = body.encode() if isinstance(body, str) else body
        try:
            answer = self.server.handle(method, url, sent, caller=self.caller)
        except NoAnswerError as problem:
            raise _LOSSES[problem.loss](str(problem), request=request) from None
        response = requests.Response()
        response.status_code = answer.status
        response.headers = CaseInsensitiveDict(answer.headers)
        response.encoding = get_encoding_from_headers(response.headers)
        response.raw = BytesIO(answer.body)
        response.url = url
        response.request = request
        return response

    def close(self) -> None:
        """Do nothing: the server belongs to whoever made it."""


_LOSSES: Mapping[Loss, type[requests.RequestException]] = MappingProxyType(
    {
        Loss.NOT_CONNECTED: requests.ConnectTimeout,
        Loss.RESET: requests.ConnectionError,
        Loss.TIMED_OUT: requests.ReadTimeout,
        Loss.CUT_SHORT: requests.exceptions.ChunkedEncodingError,
    }
)
"""What requests raises for what happens on the line."""
