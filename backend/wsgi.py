"""What gunicorn serves: `gunicorn -c backend/gunicorn.conf.py backend.wsgi:app`."""

from __future__ import annotations

from backend.json_log import write_log
from backend.settings import read_settings
from backend.web import create_app
from backend.wiring import open_steward

write_log()
app = create_app(open_steward(read_settings()))
