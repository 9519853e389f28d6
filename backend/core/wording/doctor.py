"""Sentences of `steward doctor`: what a check found, what it means and what to do."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording.words import Words

if TYPE_CHECKING:
    from backend.core.wording.words import Catalogue

WORDS: Catalogue = MappingProxyType(
    {
        "doctor-level-ok": Words(zh="正常", en="ok"),
        "doctor-level-warning": Words(zh="提醒", en="warning"),
        "doctor-level-error": Words(zh="错误", en="error"),
        "doctor-problem": Words(zh="{message}", en="{message}"),
        "doctor-python": Words(zh="Python {version}", en="Python {version}"),
        "doctor-python-old": Words(
            zh="Python {version} 太旧。请改用 3.11 或更新的版本。",
            en="Python {version} is too old. Use 3.11 or newer.",
        ),
        "doctor-packages": Words(zh="依赖：{packages}", en="packages: {packages}"),
        "doctor-packages-missing": Words(
            zh="缺少依赖：{packages}。请重新运行 make demo，或按 requirements.txt 安装。",
            en="packages are missing: {packages}. Run make demo again, or install requirements.txt.",
        ),
        "doctor-settings": Words(zh="环境变量：{names}", en="environment variables: {names}"),
        "doctor-settings-none": Words(
            zh="没有设置环境变量，全部用默认值", en="no environment variable is set; the defaults apply"
        ),
        "doctor-home": Words(zh="{path} 可写，剩余 {free} GB", en="{path} can be written, {free} GB free"),
        "doctor-home-full": Words(
            zh="{path} 所在的磁盘只剩 {free} GB，运行可能中断。请腾出空间，或把 STEWARD_HOME 设到别的磁盘。",
            en="the disk of {path} has only {free} GB free, and a run may stop midway. Free some, or set STEWARD_HOME to another disk.",
        ),
        "doctor-database": Words(zh="{name} 完好", en="{name} is intact"),
        "doctor-database-none": Words(
            zh="还没有数据库；第一次运行时会建立", en="there is no database yet; the first run makes it"
        ),
        "doctor-database-broken": Words(
            zh="{name} 已损坏。不要再运行；请用备份恢复这个文件。",
            en="{name} is damaged. Run nothing more; put the file back from a backup.",
        ),
        "doctor-time-zones": Words(
            zh="时区数据可用，UTC 现在是 {now}", en="time zone data is there; it is {now} UTC"
        ),
        "doctor-time-zones-missing": Words(
            zh="没有时区数据，无法确定“今天”。请安装 tzdata。",
            en="time zone data is missing, so no run can say which day it is. Install the package tzdata.",
        ),
        "doctor-local": Words(
            zh="本机模式：没有设置 STEWARD_GOOGLE_CREDENTIALS，表格在本机，不连接 Google",
            en="local mode: STEWARD_GOOGLE_CREDENTIALS is not set, sheets lie on this machine and Google is not asked",
        ),
        "doctor-credentials": Words(
            zh="服务账号密钥可读。请把表格共享给 {email}，权限为编辑者",
            en="the key of a service account can be read. Share the sheet with {email} as an editor",
        ),
        "doctor-credentials-open": Words(
            zh="服务账号密钥可读，但这台机器上的其他人也能读。请运行 chmod 600。请把表格共享给 {email}，权限为编辑者",
            en="the key of a service account can be read, by others on this machine too: chmod 600 it. Share the sheet with {email} as an editor",
        ),
        "doctor-credentials-default": Words(
            zh="应用默认凭据（{kind}），账号 {email}。请把表格共享给这个账号，权限为编辑者",
            en="application default credentials ({kind}), account {email}. Share the sheet with that account as an editor",
        ),
        "doctor-account-unknown": Words(zh="邮箱未知", en="e-mail not known"),
        "doctor-token": Words(zh="已从 Google 取得令牌", en="the service gave a token"),
        "doctor-token-local": Words(
            zh="已取得令牌。STEWARD_SHEETS_URL 指向本机服务，不是 Google。正式使用请去掉它",
            en="a token was given. STEWARD_SHEETS_URL points to a server on this machine, not to Google; unset it for real use",
        ),
        "doctor-not-asked": Words(
            zh="没有检查，因为上面的检查没有通过", en="not looked at, because a check above failed"
        ),
        "doctor-clock": Words(
            zh="时钟与令牌服务相差 {seconds} 秒",
            en="the clock differs from the token service's by {seconds} s",
        ),
        "doctor-clock-off": Words(
            zh="时钟与令牌服务相差 {seconds} 秒，再多就无法登录。请启用网络时间（NTP）。",
            en="the clock differs from the token service's by {seconds} s; with more, no access is given. Set it by network time (NTP).",
        ),
        "doctor-clock-unknown": Words(
            zh="令牌服务没有给出时间，无法比较时钟",
            en="the token service told no time, so the clock was not compared",
        ),
        "doctor-no-registers": Words(
            zh="这里还没有登记表。用 steward import 建立一个；连接 Google 后也可以用 --register 写表格链接",
            en="no register is known here yet. Make one with steward import; in Google mode, --register takes the address of a sheet",
        ),
        "doctor-register": Words(
            zh="{register}：能打开、能读取。能否写入只有写的时候才知道；共享时请给编辑权限",
            en="{register}: can be reached and read. Whether Steward may write is known only when it writes: share as an editor",
        ),
        "doctor-register-bad": Words(zh="{register}：{why}", en="{register}: {why}"),
        "doctor-register-local": Words(
            zh="{register}：在本机，能读能写", en="{register}: lies on this machine, can be read and written"
        ),
        "doctor-layout": Words(
            zh="{register}：工具列完整，认出 {tabs} 页、{columns} 列客户字段",
            en="{register}: the tool block is whole; {tabs} tabs and {columns} customer columns are recognised",
        ),
        "doctor-layout-differs": Words(
            zh="{register}：工具列完整，缺少：{missing}。缺的工具页在运行时补上；缺的列不检查。",
            en="{register}: the tool block is whole; missing: {missing}. A missing tab of Steward's is made by the next run; a missing column is not checked.",
        ),
        "doctor-layout-refused": Words(
            zh="{register}：现在不能运行（{error}）。用 steward run validate-and-tier --preview 查看位置和做法。",
            en="{register}: cannot be run as it is ({error}). steward run validate-and-tier --preview says where and what to do.",
        ),
        "doctor-tab": Words(zh="“{name}”页", en='tab "{name}"'),
        "doctor-column": Words(zh="“{name}”列", en='column "{name}"'),
        "doctor-last-run": Words(
            zh="{register}：最近一次运行 {run_id}，{when} UTC，{state}",
            en="{register}: last run {run_id}, {when} UTC, {state}",
        ),
        "doctor-last-run-bad": Words(
            zh="{register}：最近一次运行 {run_id}，{when} UTC，{state}。用 steward runs --json 查看原因，处理后再运行。",
            en="{register}: last run {run_id}, {when} UTC, {state}. steward runs --json says why; mend it and run again.",
        ),
        "doctor-never-run": Words(zh="{register}：还没有运行过", en="{register}: has not been run yet"),
        "doctor-all-well": Words(zh="没有错误，可以运行。", en="No errors: Steward can work."),
        "doctor-errors": Words(
            zh="错误：{errors} 处。先处理上面标为“错误”的。",
            en='Errors: {errors}. Mend what is marked "error" above first.',
        ),
    }
)
