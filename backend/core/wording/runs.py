"""Sentences about runs: what the command line says, and the small words between."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording.words import Words

if TYPE_CHECKING:
    from backend.core.wording.words import Catalogue

WORDS: Catalogue = MappingProxyType(
    {
        "severity-error": Words(zh="错误", en="error"),
        "severity-warning": Words(zh="提醒", en="warning"),
        "severity-info": Words(zh="提示", en="info"),
        "suggested": Words(zh="（建议：{suggestion}）", en=" (suggested: {suggestion})"),
        "problem-and": Words(zh="；", en="; "),
        "stage-make": Words(zh="建立表格", en="making the sheet"),
        "stage-read": Words(zh="读取表格", en="reading the sheet"),
        "stage-compare": Words(zh="与登记表比较", en="comparing with the register"),
        "stage-add": Words(zh="写入新客户", en="writing new customers"),
        "stage-fill": Words(zh="补充空白格", en="filling blank cells"),
        "stage-check": Words(zh="检查每一格", en="checking every cell"),
        "stage-tier": Words(zh="客户分级", en="giving tiers"),
        "stage-duplicates": Words(zh="查找重复", en="looking for duplicates"),
        "stage-plan": Words(zh="比较结果", en="comparing with what is there"),
        "stage-write": Words(zh="写回结果", en="writing the answers"),
        "stage-verify": Words(zh="核对写入", en="verifying what was written"),
        "state-running": Words(zh="运行中", en="running"),
        "state-queued": Words(zh="排队中", en="queued"),
        "state-done": Words(zh="完成", en="done"),
        "state-partly_done": Words(zh="部分完成", en="partly done"),
        "state-refused": Words(zh="已拒绝", en="refused"),
        "state-failed": Words(zh="失败", en="failed"),
        "state-cancelled": Words(zh="已取消", en="cancelled"),
        "run-title": Words(
            zh="{job} · 登记表 {register} · 读取 {customers} 位客户、{transactions} 条交易",
            en="{job} · register {register} · {customers} customers and {transactions} transactions read",
        ),
        "run-preview": Words(
            zh="预览：没有写入任何内容。去掉 --preview 才会写入。",
            en="Preview: nothing was written. Run it without --preview to write.",
        ),
        "run-nothing-changed": Words(
            zh="没有变化：写入 0 格。{calls} 次 API 调用，{seconds} 秒。运行编号 {run_id}。",
            en="Nothing changed: 0 cells written. {calls} API calls, {seconds} s. Run {run_id}.",
        ),
        "run-written": Words(
            zh="写入 {rows} 行客户的 {cells} 格，工具页 {lines} 行；{calls} 次 API 调用，{seconds} 秒。运行编号 {run_id}。",
            en="{cells} cells written beside {rows} customers, {lines} lines in Steward's tabs. "
            "{calls} API calls, {seconds} s. Run {run_id}.",
        ),
        "run-would-write": Words(
            zh="将写入 {rows} 行客户的 {cells} 格，工具页 {lines} 行。",
            en="{cells} cells beside {rows} customers would be written, and {lines} lines in Steward's tabs.",
        ),
        "run-unsettled": Words(
            zh="有 {rows} 行在写入时被人移动或修改，还没有核对好；再运行一次即可完成。",
            en="{rows} rows were moved or edited while they were written and are not settled; run again to finish.",
        ),
        "run-conflicts": Words(
            zh="有 {rows} 行共用行号标识，没有写入；见“问题清单”。",
            en="{rows} rows share a row id and were not written; see the Issues tab.",
        ),
        "run-restored": Words(
            zh="有 {rows} 行的行号标识不是管家给的，已换成新的。",
            en="{rows} row ids were not Steward's and were replaced by new ones.",
        ),
        "run-hidden": Words(
            zh="其中 {rows} 行在表里被隐藏（筛选、分组或手动），也一样处理了。",
            en="{rows} of these rows are hidden in the sheet (by a filter, a group or by hand); they were processed like all others.",
        ),
        "undo-would": Words(
            zh="撤销 {run_id}（{register}）：{rows} 行会改回，共 {cells} 格。",
            en="Undoing {run_id} ({register}) would give {rows} rows back what they held: {cells} cells.",
        ),
        "undo-done": Words(
            zh="已撤销 {run_id}（{register}）：{rows} 行改回原样，共 {cells} 格。",
            en="Undid {run_id} ({register}): {rows} rows hold again what they held, {cells} cells.",
        ),
        "undo-edited": Words(
            zh="{cells} 格之后又被改过，没有动。",
            en="{cells} cells hold something else by now and stay as they are.",
        ),
        "undo-gone": Words(zh="{cells} 格所在的行已经不在。", en="{cells} cells were on rows that are gone."),
        "undo-rows-out": Words(
            zh="其中 {rows} 行移到“归档”页。", en="Of these, {rows} rows go to the Archive tab."
        ),
        "undo-rows-back": Words(
            zh="其中 {rows} 行从“归档”页放回。", en="Of these, {rows} rows come back from the Archive tab."
        ),
        "undo-why": Words(zh="撤销 {run_id}", en="undo of {run_id}"),
        "undo-again": Words(
            zh="要恢复撤销前的样子：steward undo {run_id}", en="To have it back: steward undo {run_id}"
        ),
        "runs-one": Words(
            zh="{run_id}：{job}，{register}，{started}，{state}",
            en="{run_id}: {job} on {register}, {started}, {state}",
        ),
        "runs-no-journal": Words(
            zh="没有改动记录：它没有写入，或者时间太久。",
            en="Nothing is in the journal: it wrote nothing, or too long ago.",
        ),
        "runs-undo": Words(
            zh="查看能撤销多少：steward undo {run_id} --preview",
            en="What could be taken back: steward undo {run_id} --preview",
        ),
        "run-not-compared": Words(
            zh="为了不超时，有 {pairs} 对记录没有比较。",
            en="{pairs} pairs of rows were not compared, to keep the time bounded.",
        ),
        "table-tiers": Words(zh="客户等级", en="Tiers"),
        "table-problems": Words(zh="问题", en="Problems"),
        "table-duplicates": Words(
            zh="可能重复：{groups} 组，{pairs} 对", en="Possible duplicates: {groups} groups, {pairs} pairs"
        ),
        "quality": Words(
            zh="数据质量 {score} 分（满分 100），该填的填了 {filled}。",
            en="Quality {score} of 100; {filled} of what should be filled is.",
        ),
        "quality-of-tab": Words(
            zh="“{tab}”页 {score} 分，该填的填了 {filled}。",
            en="Tab “{tab}”: {score} of 100; {filled} of what should be filled is.",
        ),
        "quality-weakest": Words(zh="最弱：{columns}。", en=" Weakest: {columns}."),
        "quality-column": Words(
            zh="{column} {score} 分（填了 {filled}）", en="{column} {score} ({filled} filled)"
        ),
        "quality-comma": Words(zh="、", en=", "),
        "table-changes": Words(zh="改动", en="Changes"),
        "table-runs": Words(zh="运行记录", en="Runs"),
        "column-tier": Words(zh="等级", en="Tier"),
        "column-customers": Words(zh="客户", en="Customers"),
        "column-share": Words(zh="占比", en="Share"),
        "column-field": Words(zh="列", en="Field"),
        "column-errors": Words(zh="错误", en="Errors"),
        "column-warnings": Words(zh="提醒", en="Warnings"),
        "column-notes": Words(zh="提示", en="Notes"),
        "column-example": Words(zh="例", en="Example"),
        "column-cells": Words(zh="格数", en="Cells"),
        "column-before": Words(zh="现在", en="Before"),
        "column-after": Words(zh="改为", en="After"),
        "column-first": Words(zh="客户", en="Customer"),
        "column-second": Words(zh="可能也是", en="May also be"),
        "column-strength": Words(zh="把握", en="Strength"),
        "column-evidence": Words(zh="证据", en="Evidence"),
        "column-run": Words(zh="运行编号", en="Run"),
        "column-job": Words(zh="作业", en="Job"),
        "column-register": Words(zh="登记表", en="Register"),
        "column-state": Words(zh="状态", en="State"),
        "column-started": Words(zh="开始（UTC）", en="Started (UTC)"),
        "column-changed": Words(zh="改动行数", en="Rows changed"),
        "no-problems": Words(zh="没有发现问题。", en="No problems were found."),
        "duplicates-title": Words(
            zh="查找重复 {file}：{rows} 行", en="{file} searched for duplicates: {rows} rows"
        ),
        "duplicates-columns": Words(zh="比较的列：{columns}", en="Columns compared: {columns}"),
        "duplicates-too-long": Words(
            zh="{cells} 格超过 200 个字符：姓名、号码、日期不比较，其余只比较一部分。",
            en="{cells} cells of more than 200 characters: not compared in a name, number or date, else in part.",
        ),
        "strength-certain": Words(zh="确定", en="certain"),
        "strength-possible": Words(zh="可能", en="possible"),
        "lookup-unknown": Words(zh="没有找到这位客户。", en="This customer is not known."),
        "lookup-same": Words(zh="已有：第 {row} 行，{label}相同", en="Known: row {row}, same {label}"),
        "lookup-alike": Words(
            zh="可能已有：第 {row} 行，{label}相近", en="Perhaps known: row {row}, similar {label}"
        ),
        "lookup-owner": Words(zh="  负责人 {owner}", en="  looked after by {owner}"),
        "no-duplicates": Words(zh="没有发现可能的重复。", en="No possible duplicates were found."),
        "no-runs": Words(zh="还没有运行过。", en="There are no runs yet."),
        "example-row": Words(zh="第 {row} 行“{value}”：{message}", en='row {row}, "{value}": {message}'),
        "example-blank": Words(zh="第 {row} 行：{message}", en="row {row}: {message}"),
        "demo-title": Words(zh="客户管家演示 Sheet Steward demo", en="Sheet Steward demo"),
        "demo-made": Words(
            zh="演示登记表：{customers} 位客户、{transactions} 条交易，全部虚构，其中故意放了 {planted} 处毛病。",
            en="A register made up for the demo: {customers} customers, {transactions} transactions, "
            "{planted} slips planted on purpose.",
        ),
        "demo-again": Words(zh="再运行一次：", en="The same run once more:"),
        "demo-where": Words(
            zh="表格在 {sheets}；可以用 Excel 或 WPS 打开的副本：{xlsx}",
            en="The sheet lies in {sheets}; a copy to open in Excel or LibreOffice: {xlsx}",
        ),
        "demo-next": Words(
            zh="接下来：steward import 文件.csv 导入自己的客户表，steward run validate-and-tier --preview 先看会改什么。",
            en="Next: steward import FILE.csv brings in your own register, and "
            "steward run validate-and-tier --preview says what a run would change.",
        ),
        "check-title": Words(zh="检查文件 {file}：{rows} 位客户", en="{file} checked: {rows} customers"),
        "left-out-totals": Words(
            zh="合计行不算客户：第 {rows} 行", en="Totals, not counted as customers: rows {rows}"
        ),
        "left-out-headers": Words(
            zh="重复的表头不算客户：第 {rows} 行",
            en="Headers repeated, not counted as customers: rows {rows}",
        ),
        "check-errors": Words(
            zh="有 {errors} 个错误。没有写入任何内容。", en="{errors} errors. Nothing was written."
        ),
        "check-hint": Words(
            zh="加 --out 文件.xlsx 可得到标出问题的副本。",
            en="--out FILE.xlsx gives a copy with the problems marked.",
        ),
        "check-no-errors": Words(zh="没有错误。没有写入任何内容。", en="No errors. Nothing was written."),
        "check-out": Words(zh="标出问题的副本在 {path}", en="A copy with the problems marked lies in {path}"),
        "sheet-checked": Words(zh="已检查", en="Checked"),
        "sheet-pairs": Words(zh="可能重复", en="Possible duplicates"),
        "column-value": Words(zh="现值", en="Value"),
        "column-severity": Words(zh="级别", en="Severity"),
        "column-suggestion": Words(zh="建议", en="Suggestion"),
        "column-code": Words(zh="代码", en="Code"),
        "column-score": Words(zh="分数", en="Score"),
        "import-in-google": Words(
            zh="表格建在 Google：https://docs.google.com/spreadsheets/d/{sheet}。它属于服务账号，管家无法把它共享给别人；见 docs/connect.zh.md。",
            en="The sheet was made in Google: https://docs.google.com/spreadsheets/d/{sheet}. It belongs to the service account, and Steward cannot share it; see docs/connect.md.",
        ),
        "export-done": Words(
            zh="已导出 {tabs} 页、{rows} 行到 {path}", en="{tabs} tabs with {rows} rows exported to {path}"
        ),
        "nothing-written": Words(zh="没有写入任何内容。", en="Nothing was written."),
        "interrupted": Words(
            zh="已中断。已写入的内容是对的；再运行一次即可完成。",
            en="Interrupted. What was written is right; run again to finish.",
        ),
        "unexpected": Words(
            zh="出了没有预料到的问题（{kind}）。没有丢失任何内容。请把下面的内容发给我们：",
            en="Something unexpected went wrong ({kind}). Nothing was lost. Please send us what stands below:",
        ),
    }
)
