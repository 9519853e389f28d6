"""What gunicorn serves: `gunicorn -c backend/gunicorn.conf.py backend.wsgi:app`."""

from __future__ import annotations

from backend.settings import read_settings
from backend.web import create_app
from backend.web.logs import write_to
from backend.wiring import open_steward

write_to()
app = create_app(open_steward(read_settings()))
