"""Sentences of the service: what a call is answered with, and the commands about callers."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording.words import Words

if TYPE_CHECKING:
    from backend.core.wording.words import Catalogue

WORDS: Catalogue = MappingProxyType(
    {
        "service-token": Words(
            zh="在本机试用的令牌（一小时有效）：steward token 邮箱",
            en="A token to try it with on this machine, good for an hour: steward token EMAIL",
        ),
        "http-register-unknown": Words(
            zh="这个表格不是这里的登记表。请先由管理员用 steward init 接管它。",
            en='This sheet is no register here. Let whoever looks after Steward take it over with "steward init" first.',
        ),
        "http-run-missing": Words(
            zh="没有这次运行，或者你无权查看。", en="There is no such run, or it is not for you to see."
        ),
        "http-run-partly_done": Words(
            zh="没有全部完成{reason}。已写入的内容是对的；再运行一次即可完成。",
            en="Not everything was done{reason}. What was written is right; run again to finish.",
        ),
        "http-run-refused": Words(zh="没有写入任何内容{reason}。", en="Nothing was written{reason}."),
        "http-run-failed": Words(
            zh="运行失败{reason}。请再试一次；如果还是这样，请联系管家的管理员。",
            en="The run failed{reason}. Try again; if it stays, tell whoever looks after Steward.",
        ),
        "http-run-cancelled": Words(zh="已取消。", en="Cancelled."),
        "table-grants": Words(zh="角色", en="Roles"),
        "table-audiences": Words(zh="接受的客户端 ID", en="Client ids whose tokens are taken"),
        "table-audit": Words(zh="审计记录", en="Audit log"),
        "column-who": Words(zh="谁", en="Who"),
        "column-spreadsheet": Words(zh="表格 ID", en="Spreadsheet"),
        "column-role": Words(zh="角色", en="Role"),
        "column-until": Words(zh="到（UTC）", en="Until (UTC)"),
        "column-source": Words(zh="来源", en="By"),
        "column-audience": Words(zh="客户端 ID", en="Client id"),
        "column-note": Words(zh="说明", en="Note"),
        "column-number": Words(zh="行", en="Line"),
        "column-at": Words(zh="时间（UTC）", en="At (UTC)"),
        "column-action": Words(zh="动作", en="Action"),
        "column-detail": Words(zh="详情", en="Detail"),
        "grant-given": Words(
            zh="已授予 {who}：{register} 的 {role} 角色。", en="{who} is {role} on {register} now."
        ),
        "grant-revoked": Words(
            zh="已收回 {who} 在 {register} 的角色，立即生效。",
            en="{who} has no role on {register} any longer.",
        ),
        "grant-none": Words(zh="{who} 在 {register} 没有角色。", en="{who} had no role on {register}."),
        "grants-empty": Words(zh="还没有授予任何角色。", en="No role has been granted yet."),
        "every-register": Words(zh="所有登记表", en="every register"),
        "audience-added": Words(zh="已接受 {audience} 的令牌。", en="Tokens for {audience} are taken now."),
        "audience-removed": Words(
            zh="不再接受 {audience} 的令牌。", en="Tokens for {audience} are taken no longer."
        ),
        "audience-none": Words(
            zh="没有添加过 {audience}。STEWARD_AUDIENCES 里的要在那里删除。",
            en="{audience} was never added. One of STEWARD_AUDIENCES is taken out there.",
        ),
        "audiences-empty": Words(zh="还没有接受任何客户端 ID。", en="No client id is allowed yet."),
        "audience-fixed": Words(zh="来自 STEWARD_AUDIENCES", en="from STEWARD_AUDIENCES"),
        "audit-holds": Words(
            zh="审计记录完整：{lines} 行。请把最后一行的校验码记在别处：{mac}",
            en="The audit log holds: {lines} lines. Note the code of the last one elsewhere: {mac}",
        ),
        "audit-empty": Words(zh="审计记录还是空的。", en="There is nothing in the audit log yet."),
    }
)
