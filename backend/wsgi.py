"""What gunicorn serves: `gunicorn -c backend/gunicorn.conf.py backend.wsgi:app`."""

from __future__ import annotations

from backend.json_log import write_log
from backend.settings import read_settings
from backend.web import create_app
from backend.wiring import open_steward

write_log()
steward = open_steward(read_settings())
app = create_app(steward)
app.extensions["queue"] = steward.queue  # made now, so that the first click need not wait for its modules
