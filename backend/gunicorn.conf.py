"""How gunicorn runs the service: one process with threads, because it waits far more than it computes.

Environment: PORT (App Engine and Cloud Run set it), GUNICORN_CMD_ARGS for anything else.
"""

from __future__ import annotations

import os
from pathlib import Path

_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - only a sign of life is written there

_PORT = os.environ.get("PORT")

bind = f"0.0.0.0:{_PORT}" if _PORT else "127.0.0.1:8000"
worker_class = "gthread"
workers = 1
threads = 8
timeout = 60
graceful_timeout = 8 if "K_SERVICE" in os.environ else 25
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
preload_app = False
worker_tmp_dir = str(_SHARED_MEMORY) if _SHARED_MEMORY.is_dir() else None
forwarded_allow_ips = ""
control_socket_disable = True
accesslog = None
errorlog = "-"
loglevel = "warning"
limit_request_line = 2_048
limit_request_fields = 50
limit_request_field_size = 10_240
