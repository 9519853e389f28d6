"""What the web process is made of: it has to be small, because it waits."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.web.conftest import Bench

ROOT = Path(__file__).parents[2]
HEAVY = ("pandas", "numpy", "gspread", "scipy", "matplotlib", "rapidfuzz", "phonenumbers", "rich", "alembic")
PROGRAM = f"""
import json, sys
sys.path.insert(0, {str(ROOT)!r})
from backend.wsgi import app
client = app.test_client()
statuses = [client.get(path).status_code for path in ("/healthz", "/openapi.json", "/runs/x")]
steward = app.extensions["steward"]
call = {{"headers": {{"Authorization": "Bearer " + sys.stdin.read()}}}}
sheet = steward.registers.all()[0].spreadsheet_id
statuses.append(client.get(f"/registers/{{sheet}}/summary", **call).status_code)
body = {{"spreadsheet_id": sheet, "job": "validate-and-tier", "idempotency_key": "a-click-1"}}
asked = client.post("/runs", json=body, **call)
statuses += [asked.status_code, client.get("/runs/" + asked.json["run"]["run_id"], **call).status_code]
json.dump({{"statuses": statuses, "heavy": [name for name in {HEAVY!r} if name in sys.modules]}}, sys.stderr)
"""


def test_the_web_process_imports_nothing_heavy_whatever_it_is_asked(bench: Bench) -> None:
    sheet = bench.register()
    bench.grant(sheet)
    environment = {"PATH": "/usr/bin:/bin", **bench.desk.environment()}

    done: Any = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM],
        input=bench.token(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment,
    )

    found = json.loads(done.stderr.splitlines()[-1])
    assert found == {"statuses": [200, 200, 401, 200, 202, 200], "heavy": []}
