"""What stands between a client and a spreadsheet: whatever answers requests, and answers that get lost."""

from enum import StrEnum
from typing import Protocol
from urllib.parse import unquote, urlsplit

from backend.localsheets.problems import Answer
from backend.localsheets.workbook import Workbook

_SPREADSHEETS = "/v4/spreadsheets/"
_READING_POSTS = (":batchGetByDataFilter", ":getByDataFilter", "developerMetadata:search")


class Service(Protocol):
    """Answers requests: the local server, or something around it that quotas, spoils or interferes."""

    def handle(self, method: str, url: str, body: bytes | None, *, caller: str | None = None) -> Answer:
        """Answer one request of an account.

        Raises:
            NoAnswerError: The client gets no answer, or not a whole one.
        """

    def book(self, spreadsheet_id: str) -> Workbook:
        """Give a spreadsheet as it is now; it is not to be changed.

        Raises:
            RefusedError: 404, there is none.
        """


class Loss(StrEnum):
    """How a client comes to have no whole answer."""

    NOT_CONNECTED = "not connected"
    RESET = "reset"
    TIMED_OUT = "timed out"
    CUT_SHORT = "cut short"


class NoAnswerError(Exception):
    """No whole answer reaches the client.

    Args:
        loss: What happens on the line.
        answer: For `CUT_SHORT`, the answer of which the client gets the first half.
    """

    def __init__(self, loss: Loss, answer: Answer | None = None) -> None:
        super().__init__(str(loss))
        self.loss = loss
        self.answer = answer


class ProcessKilledError(BaseException):
    """The process of the client ends here and now, as by kill -9.

    Not an Exception: nothing in the client may catch it. Whoever plays the operating system does.
    """


def reads(method: str, url: str) -> bool:
    """Tell whether a request only reads."""
    return method.upper() == "GET" or urlsplit(url).path.endswith(_READING_POSTS)


def spreadsheet_in(url: str) -> str:
    """Give the id of the spreadsheet a request is about; '' when it is about none, or about files."""
    path = urlsplit(url).path
    if not path.startswith(_SPREADSHEETS):
        return ""
    return unquote(path[len(_SPREADSHEETS) :].partition("/")[0].partition(":")[0])
