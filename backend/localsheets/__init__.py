"""A Google Sheets v4 server for this machine, reached by the real gspread through a requests adapter.

It knows spreadsheets and no customers, and imports nothing of ours.

    session = requests.Session()
    adapter = LocalSheetsAdapter(LocalSheets(None))
    session.mount("https://sheets.googleapis.com", adapter)
    session.mount("https://www.googleapis.com", adapter)
    client = gspread.Client(auth=None, session=session)
"""

from backend.localsheets.adapter import LocalSheetsAdapter
from backend.localsheets.problems import Answer
from backend.localsheets.server import LocalSheets

__all__ = ["Answer", "LocalSheets", "LocalSheetsAdapter"]
