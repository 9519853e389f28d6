"""Sentences of the menu in the sheet and its sidebar; `steward guide --bridge` hands them to the script."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording.words import Words

if TYPE_CHECKING:
    from backend.core.wording.words import Catalogue

WORDS: Catalogue = MappingProxyType(
    {
        "menu-title": Words(zh="客户管家", en="Steward"),
        "menu-preview": Words(zh="预览（不写入）", en="Preview (writes nothing)"),
        "menu-undo": Words(zh="撤销上次运行", en="Undo last run"),
        "menu-open": Words(zh="打开侧边栏", en="Open the sidebar"),
        "menu-settings": Words(zh="设置", en="Settings"),
        "menu-help": Words(zh="帮助与自检", en="Help and self-test"),
        "side-preview": Words(zh="预览", en="Preview"),
        "side-starting": Words(zh="正在开始…", en="Starting…"),
        "side-reading": Words(zh="正在读取…", en="Reading…"),
        "side-joined": Words(
            zh="同样的运行已经在进行，下面显示的就是它。",
            en="The same run was under way already; it is the one shown here.",
        ),
        "side-goes-on": Words(
            zh="可以关闭侧边栏，运行会继续；从菜单“打开侧边栏”可以再看到它。",
            en='You may close this: the run goes on, and "Open the sidebar" in the menu shows it again.',
        ),
        "side-progress": Words(zh="{done} / {total}", en="{done} of {total}"),
        "side-elapsed": Words(zh="已用 {time}", en="{time} so far"),
        "side-stop": Words(zh="停止运行", en="Stop the run"),
        "side-stopping": Words(
            zh="正在停止：正在写的一批写完就停。",
            en="Stopping: what is being written now is finished first.",
        ),
        "side-try-again": Words(zh="再试一次", en="Try again"),
        "side-look-again": Words(zh="再看一下", en="Look again"),
        "side-waiting": Words(
            zh="暂时没有回答，{wait} 秒后再问。运行仍在后台继续。",
            en="No answer just now; asking again in {wait} s. The run goes on meanwhile.",
        ),
        "side-lost-sight": Words(
            zh="运行可能仍在后台继续，没有丢失。",
            en="The run may still be going on; nothing is lost.",
        ),
        "side-details": Words(zh="详细说明", en="Details"),
        "side-failed": Words(zh="没有完成", en="That did not work"),
        "side-changes": Words(zh="改动", en="What changed"),
        "side-changes-preview": Words(zh="将会改动", en="What would change"),
        "side-needs-person": Words(zh="需要人来看", en="What needs a person"),
        "side-row": Words(zh="第 {row} 行", en="Row {row}"),
        "side-from": Words(zh="原来", en="before"),
        "side-to": Words(zh="改为", en="now"),
        "side-blank": Words(zh="（空白）", en="(blank)"),
        "side-write-it": Words(zh="现在写入", en="Write it now"),
        "side-run-id": Words(zh="运行编号 {run_id}", en="Run {run_id}"),
        "side-nav": Words(zh="页面", en="Views"),
        "side-nav-customer": Words(zh="选中的客户", en="Customer"),
        "side-nav-home": Words(zh="运行", en="Runs"),
        "side-nav-help": Words(zh="帮助", en="Help"),
        "side-customer": Words(zh="选中的客户", en="Selected customer"),
        "side-customer-hint": Words(
            zh="在表格里选中另一位客户，再点“选中的客户”。",
            en='Select another customer in the sheet, then click "Customer".',
        ),
        "side-recent": Words(zh="最近的运行", en="Last runs"),
        "side-recent-none": Words(zh="还没有运行过。", en="There are no runs yet."),
        "side-recent-one": Words(zh="{when}，{who}", en="{when}, {who}"),
        "side-show": Words(zh="查看", en="Show"),
        "side-undo-which": Words(
            zh="撤销会把下面这次运行写入的格改回原样；之后有人改过的格不动。",
            en="Undo gives the cells this run wrote their former content back; cells that people changed since stay as they are.",
        ),
        "side-undo-preview": Words(zh="先看会改回什么", en="Show what would come back"),
        "side-undo-now": Words(zh="撤销", en="Undo it"),
        "side-undo-none": Words(zh="没有可以撤销的运行。", en="There is no run to undo."),
        "side-register": Words(zh="登记表", en="Register"),
        "side-role": Words(zh="你的权限", en="Your role"),
        "side-backend": Words(zh="后台地址", en="Backend"),
        "side-language": Words(zh="语言", en="Language"),
        "side-language-name": Words(
            zh="中文（跟随你的 Google 账号）", en="English (follows your Google account)"
        ),
        "side-rules": Words(
            zh="团队的规则写在表格的“{tab}”等页里，改了之后下一次运行就生效。",
            en='The team\'s rules stand in the tab "{tab}" and its neighbours; a change there holds from the next run on.',
        ),
        "side-rules-open": Words(zh="打开“{tab}”页", en='Open the tab "{tab}"'),
        "side-rules-missing": Words(
            zh="没有找到这一页，可能改了名字。", en="That tab was not found; it may have another name."
        ),
        "side-help": Words(
            zh="客户管家检查这张客户登记表，结果写在每一行旁边，不改你们自己的列。",
            en="Steward checks this customer register and writes its answers beside the rows. It leaves your own columns alone.",
        ),
        "side-help-tier": Words(
            zh="检查每一格，给每位客户分级，标出可能的重复。",
            en="checks every cell, gives every customer a tier, flags possible duplicates.",
        ),
        "side-help-rows": Words(
            zh="只看选中的行：有什么问题，可能与谁重复。",
            en="looks at the rows you selected alone: problems, and whom they may duplicate.",
        ),
        "side-help-duplicates": Words(
            zh="找出可能是同一位客户的行，并说明依据。",
            en="finds rows that may be the same customer, with the evidence.",
        ),
        "side-help-preview": Words(
            zh="先看会写什么，不写入。", en="says what would be written, and writes nothing."
        ),
        "side-help-undo": Words(
            zh="把上次运行写入的格改回原样。", en="gives the cells of the last run their former content back."
        ),
        "side-self-test": Words(zh="运行自检", en="Run the self-test"),
        "side-self-test-hint": Words(
            zh="出问题时运行自检，把报告发给管理员。报告里没有客户资料，也没有你的邮箱。",
            en="When something does not work, run the self-test and send its report to your administrator. It holds no customer data and not your address.",
        ),
        "side-report": Words(zh="自检报告", en="Self-test report"),
        "side-copy": Words(zh="复制报告", en="Copy the report"),
        "side-copied": Words(zh="已复制。", en="Copied."),
        "test-ok": Words(zh="正常", en="ok"),
        "test-bad": Words(zh="不行", en="failed"),
        "test-identity": Words(zh="身份令牌", en="identity token"),
        "test-audience": Words(zh="脚本的客户端 ID（aud）", en="the script's client id (aud)"),
        "test-lifetime": Words(zh="令牌剩余分钟", en="minutes the token has left"),
        "test-verified": Words(zh="邮箱已验证", en="address verified"),
        "test-domain": Words(zh="公司域名（hd）", en="company domain (hd)"),
        "test-metadata": Words(zh="写入文档元数据", en="writing document metadata"),
        "test-lock": Words(zh="文档锁", en="document lock"),
        "test-backend": Words(zh="后台回答", en="answer of the backend"),
        "test-selection": Words(zh="读取选中的行", en="reading the selection"),
        "role-viewer": Words(zh="查看", en="viewer"),
        "role-editor": Words(zh="编辑", en="editor"),
        "role-reviewer": Words(zh="审阅", en="reviewer"),
        "role-approver": Words(zh="批准", en="approver"),
        "role-admin": Words(zh="管理", en="admin"),
        "fail-not-signed-in": Words(
            zh="后台不接受你的 Google 登录，或者登录已过期。请刷新表格后再点一次；还是不行，把“帮助与自检”的报告发给管理员。",
            en="The backend does not accept your Google sign-in, or it has expired. Reload the sheet and click again; if that does not help, send the report of the self-test to your administrator.",
        ),
        "fail-no-identity": Words(
            zh="Google 没有说明你是谁。请刷新表格，再点一次，并允许列出的全部权限。",
            en="Google did not say who you are. Reload the sheet, click again and allow every permission it lists.",
        ),
        "fail-proof-needed": Words(
            zh="后台无法确认你可以编辑这张表格。请稍后再试；还是不行，请管理员确认表格已共享给管家的账号。",
            en="The backend could not confirm that you may edit this sheet. Try again; if that does not help, your administrator should make sure that the sheet is shared with Steward's account.",
        ),
        "fail-not-an-editor": Words(
            zh="你只能查看这张表格，不能编辑。请表格的所有者给你编辑权限。",
            en="You may view this sheet, not edit it. Ask its owner for the right to edit.",
        ),
        "fail-role-missing": Words(
            zh="你的权限不够做这件事。请管理员给你相应的权限。",
            en="Your role does not allow this. Ask your administrator for one that does.",
        ),
        "fail-register-unknown": Words(
            zh="后台还不认识这张表格。请管理员先登记它。",
            en="The backend does not know this sheet. Ask your administrator to register it first.",
        ),
        "fail-run-missing": Words(zh="后台没有这次运行的记录。", en="The backend knows no such run."),
        "fail-already-running": Words(
            zh="这张表格上正有另一次运行。等它结束，再点一次。",
            en="Another run is at work on this sheet. Wait for its end, then click again.",
        ),
        "fail-arguments-wrong": Words(
            zh="后台不能照这个要求做。请看详细说明，改正后再点一次。",
            en="The backend cannot do this as asked. See the details, mend it and click again.",
        ),
        "fail-too-many-requests": Words(
            zh="请求太多，请等 {wait} 秒再试。", en="Too many requests. Wait {wait} seconds, then try again."
        ),
        "fail-not-ready": Words(
            zh="后台暂时没有准备好，请等 {wait} 秒再试。",
            en="The backend is not ready just now. Wait {wait} seconds, then try again.",
        ),
        "fail-server-error": Words(
            zh="后台自己出了错。请再试一次；还是不行，请告诉管理员现在的时间。",
            en="The backend met an error of its own. Try again; if it stays, tell your administrator what time it was.",
        ),
        "fail-not-understood": Words(
            zh="菜单和后台的版本可能不一致。请管理员更新菜单。",
            en="The menu and the backend may be of different versions. Your administrator should update the menu.",
        ),
        "fail-not-steward": Words(
            zh="这个地址回答的不是管家。请管理员检查后台地址。",
            en="What answered at this address is not Steward. Your administrator should check the backend's address.",
        ),
        "fail-no-network": Words(
            zh="没有连上后台。请检查网络，再试一次；同一次点击不会运行两遍。",
            en="The backend could not be reached. Check the network and try again; one click never runs twice.",
        ),
        "fail-no-google": Words(
            zh="没有连上 Google 脚本。请检查网络，再试一次；还是不行，请刷新表格。",
            en="Google's script could not be reached. Check the network and try again; if that does not help, reload the sheet.",
        ),
        "fail-start-busy": Words(
            zh="这张表格上刚有人点了菜单。请等几秒再试。",
            en="Somebody has just clicked in this sheet. Wait some seconds and try again.",
        ),
        "fail-no-selection": Words(
            zh="没有选中任何行。请先在表格里选中要看的行。",
            en="No row is selected. Select the rows in the sheet first.",
        ),
    }
)
