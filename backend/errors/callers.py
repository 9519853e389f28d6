"""Errors about calls to the service: who called, what may be done, what the call says."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from backend.errors.root import SettingsError, StewardError

if TYPE_CHECKING:
    from collections.abc import Sequence


class CallError(StewardError):
    """A call to the service cannot be answered as it was meant.

    Attributes:
        status: The HTTP status it is answered with.
        retry_after: Seconds after which the same call may be made again; 0 where waiting does not help.
    """

    code = "call-error"
    status: ClassVar[int] = 400
    retry_after: int = 0


class NotSignedIn(CallError):
    """A call carries no token that can be believed. The answer does not say why; the log does."""

    code = "not-signed-in"
    status = 401

    def __init__(self) -> None:
        super().__init__(
            "The call is not signed in, or the sign-in has run out. Open the menu again.",
            "没有登录，或登录已过期。请重新打开菜单。",
        )


class ProofNeeded(CallError):
    """The caller has no role on this register, and has not shown yet that they can edit the sheet."""

    code = "proof-needed"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            "You have no role on this register yet. Show once that you can edit the sheet: the menu does it by itself.",
            "你在这个登记表还没有角色。请先证明你能编辑这个表格：菜单会自动完成。",
        )


class ProofWrong(CallError):
    """What was to show that the caller can edit the sheet is not what was given out, or not in the sheet."""

    code = "proof-wrong"
    status = 403

    def __init__(self) -> None:
        super().__init__(
            "It could not be shown that you can edit this sheet: the proof has run out, was used already, or is not in "
            "the sheet. Ask for editing rights, then open the menu again.",
            "无法证明你能编辑这个表格：证明已过期、已用过，或不在表格里。请先取得编辑权限，再重新打开菜单。",
        )


class RoleMissing(CallError):
    """The caller has a role on this register, but not the one this needs."""

    code = "role-missing"
    status = 403

    def __init__(self, role: str) -> None:
        super().__init__(
            f'This needs the role "{role}" on the register. Ask whoever looks after Steward to grant it.',
            f"这一步需要登记表上的“{role}”角色。请联系管家的管理员授予。",
        )


class IdWrong(CallError):
    """What stands where a spreadsheet's id should be is none."""

    code = "id-wrong"

    def __init__(self) -> None:
        super().__init__(
            "This is no id of a spreadsheet: 20 to 80 letters, digits, hyphens and underscores. Take it from the address "
            "of the sheet.",
            "这不是表格的 ID：应为 20 到 80 个字母、数字、连字符或下划线。请从表格的链接里复制。",
        )


class PathUnknown(CallError):
    """The service has nothing at this path."""

    code = "path-unknown"
    status = 404

    def __init__(self) -> None:
        super().__init__(
            "There is nothing at this address. GET /openapi.json says what there is.",
            "没有这个地址。可用的地址见：GET /openapi.json。",
        )


class MethodWrong(CallError):
    """The path is there, the method is not."""

    code = "method-wrong"
    status = 405

    def __init__(self) -> None:
        super().__init__(
            "This address does not take this method. GET /openapi.json says which one it takes.",
            "这个地址不支持这种请求方法。可用的方法见：GET /openapi.json。",
        )


class BodyTooLarge(CallError):
    """The body of a call is longer than any call needs."""

    code = "body-too-large"
    status = 413

    def __init__(self, length: int) -> None:
        super().__init__(
            f"The body is larger than {length:,} bytes. Send less.",
            f"请求内容超过 {length:,} 字节，没有处理。请减少内容。",
        )


class ContentTypeWrong(CallError):
    """The body of a call is not said to be JSON."""

    code = "content-type-wrong"
    status = 415

    def __init__(self) -> None:
        super().__init__(
            "The body is not said to be JSON. Send it with Content-Type: application/json.",
            "请求内容没有标明是 JSON，没有处理。请使用 Content-Type: application/json。",
        )


class BodyUnreadable(CallError):
    """The body of a call is no JSON object, or is nested too deep."""

    code = "body-unreadable"

    def __init__(self) -> None:
        super().__init__(
            "The body is no JSON object, or is nested too deep. Send one flat JSON object.",
            "请求内容不是 JSON 对象，或嵌套太深。请发送一个简单的 JSON 对象。",
        )


class FieldsWrong(CallError):
    """A field of a call is missing, unknown, or has a value that cannot be used."""

    code = "fields-wrong"
    status = 422

    def __init__(self, columns: Sequence[str]) -> None:
        fields = ", ".join(columns)
        super().__init__(
            f"These fields are missing, unknown or cannot be used: {fields}. Correct them and send the call again.",
            f"这些字段缺少、多余或不能用：{fields}。请改正后再试。",
        )


class TooManyCalls(CallError):
    """A caller, or all callers of a spreadsheet, call too often."""

    code = "too-many-requests"
    status = 429

    def __init__(self, seconds: int) -> None:
        self.retry_after = seconds
        super().__init__(
            f"Too many calls. Wait {seconds} seconds, then try again.",
            f"请求太频繁，已暂停。请等 {seconds} 秒，再试一次。",
        )


class NotReady(CallError):
    """The service cannot answer for the moment."""

    code = "not-ready"
    status = 503

    def __init__(self, seconds: int) -> None:
        self.retry_after = seconds
        super().__init__(
            f"The service is not ready for the moment. Try again in {seconds} seconds.",
            f"服务暂时不可用，什么也没有改动。请 {seconds} 秒后再试。",
        )


class ServerFault(CallError):
    """Something went wrong that nobody expected; the log says what, the answer does not."""

    code = "server-fault"
    status = 500

    def __init__(self) -> None:
        super().__init__(
            "Something went wrong in the service. Try again; if it stays, tell whoever looks after Steward when it happened.",
            "服务出错了。请再试一次；如果还是这样，请把出错的时间告诉管家的管理员。",
        )


class CallerUnknown(CallError):
    """Nobody who has signed in goes by this e-mail or id."""

    code = "caller-unknown"
    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(
            f'Nobody who has signed in is "{name}". Let them open the menu in the sheet once, then grant the role again.',
            f"登录过的人里没有“{name}”。请对方先在表格里打开一次菜单，再授予角色。",
        )


class AuditBroken(CallError):
    """The audit log was changed: a line does not follow from the line before."""

    code = "audit-broken"

    def __init__(self, line: int) -> None:
        super().__init__(
            f"The audit log does not hold: line {line} was changed, taken out or put in, or the key is another one. "
            "Compare with a backup, and restore STEWARD_AUDIT_KEY if it was lost.",
            f"审计记录对不上：第 {line} 行被改过、删过或插入过，或者密钥不是原来那把。请与备份核对；"
            "如果密钥丢了，请恢复 STEWARD_AUDIT_KEY。",
        )


class AudiencesMissing(SettingsError):
    """No audience is allowed, so that nobody could be told from anybody."""

    code = "audiences-missing"

    def __init__(self) -> None:
        super().__init__(
            "The service does not start: no audience is allowed, so no caller could be believed. Set STEWARD_AUDIENCES, or "
            'add the client id of the Apps Script project with "steward audience add".',
            "服务没有启动：没有允许任何受众（audience），无法认出调用者。请设置 STEWARD_AUDIENCES，"
            "或用 steward audience add 添加 Apps Script 项目的客户端 ID。",
        )


class KeyOnSand(SettingsError):
    """A key would lie on a disk that goes away with the instance, and with it all that it opens."""

    code = "key-on-sand"

    def __init__(self, name: str, platform: str) -> None:
        super().__init__(
            f"The disk of {platform} goes away with the instance, so a key made there would be lost. Set {name} to 32 "
            'bytes in base64 ("openssl rand -base64 32"), the same for every instance.',
            f"{platform} 的磁盘会随实例消失，在那里生成的密钥会丢失。请把 {name} 设为 base64 写的 32 个字节"
            "（openssl rand -base64 32），每个实例都用同一个。",
        )


class TokenNotOurs(SettingsError):
    """Tokens of people who use Google's sheets are given by Google, not by Steward."""

    code = "token-not-ours"

    def __init__(self) -> None:
        super().__init__(
            "With Google's sheets, tokens come from Google. Unset STEWARD_GOOGLE_CREDENTIALS to try the service on this "
            "machine alone.",
            "使用 Google 表格时，令牌由 Google 发放。要在本机试用，请先取消 STEWARD_GOOGLE_CREDENTIALS。",
        )
