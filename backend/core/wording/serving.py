"""Sentences of `steward sheets serve`."""

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
        "serve-stopped": Words(
            zh="已停止。回答了 {calls} 次请求。", en="Stopped. {calls} requests were answered."
        ),
    }
)
