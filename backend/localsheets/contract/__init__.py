"""The contract with Google: the shapes its own discovery documents give to requests and answers.

`sheets.v4.json` and `drive.v3.json` are taken from google-api-python-client (Copyright Google LLC, licensed
under Apache-2.0), without descriptions and without what no kept method reaches; `revision` says how old they
are. `tests/contracts/discovery.py` makes them, and a test compares them with the package again.

What the documents do not say is not checked: which fields exclude each other, and which must be there.
"""

from backend.localsheets.contract.checking import answer_faults, request_faults
from backend.localsheets.contract.methods import document, method_of

__all__ = ["answer_faults", "document", "method_of", "request_faults"]
