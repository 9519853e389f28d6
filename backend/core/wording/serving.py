"""Sentences of `steward serve`, `steward worker` and `steward sheets serve`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording.words import Words

if TYPE_CHECKING:
    from backend.core.wording.words import Catalogue

WORDS: Catalogue = MappingProxyType(
    {
        "serve-address": Words(
            zh="表格服务地址：{url}（只有本机可以访问）",
            en="Sheets are served at {url}, for this machine alone.",
        ),
        "serve-spreadsheet": Words(zh="  {id}  {title}", en="  {id}  {title}"),
        "serve-empty": Words(zh="  还没有表格", en="  There is no spreadsheet yet."),
        "serve-use": Words(
            zh="在另一个终端里设置：\n    export STEWARD_SHEETS_URL={url}\n    export STEWARD_GOOGLE_CREDENTIALS='{key}'\n按 Ctrl-C 停止。",
            en="In another terminal:\n    export STEWARD_SHEETS_URL={url}\n    export STEWARD_GOOGLE_CREDENTIALS='{key}'\nCtrl-C stops it.",
        ),
        "service-serves": Words(
            zh="服务地址：{url}。按 Ctrl-C 停止。", en="The service listens at {url}. Ctrl-C stops it."
        ),
        "service-left": Words(zh="服务已停止。", en="The service has ended."),
        "worker-works": Words(
            zh="工作进程 {name} 已就绪。按 Ctrl-C 停止。", en="Worker {name} is ready. Ctrl-C stops it."
        ),
        "worker-left": Words(zh="工作进程 {name} 已离开。", en="Worker {name} has left."),
        "serve-stopped": Words(
            zh="已停止。回答了 {calls} 次请求。", en="Stopped. {calls} requests were answered."
        ),
    }
)
