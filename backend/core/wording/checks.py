"""Sentences about cells, rows and columns that break a rule of the register."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording.words import Words
from sheets_schema.model import Severity

if TYPE_CHECKING:
    from backend.core.wording.words import Catalogue

WORDS: Catalogue = MappingProxyType(
    {
        "column-missing": Words(
            zh="“{tab}”页没有“{column_zh}”列，这一项没有检查",
            en='tab "{tab}" has no column "{column_en}", so it was not checked',
            severity=Severity.INFO,
        ),
        "columns-missing": Words(
            zh="“{tab}”页没有这些列中的任何一列：{columns_zh}；这一项没有检查",
            en='tab "{tab}" has none of these columns: {columns_en}; this was not checked',
            severity=Severity.INFO,
        ),
        "header-twice": Words(
            zh="“{tab}”页有 {count} 个“{column_zh}”列，只读第一个；请给其余的改名",
            en='tab "{tab}" has {count} columns "{column_en}"; only the first is read, rename the others',
            severity=Severity.WARNING,
        ),
        "merged-cells": Words(
            zh="{range} 是合并单元格：只有 {cell} 有值，其余按空白处理，也不会写入；请取消合并，再逐格填写",
            en="{range} is merged: only {cell} has a value, the other cells count as blank and nothing is written "
            "into them; unmerge it and fill in each cell",
            severity=Severity.WARNING,
        ),
        "column-broken": Words(
            zh="“{tab}”页“{column_zh}”列有 {rows} 行公式出错；这些格按“未知”处理，请修好公式",
            en='tab "{tab}", column "{column_en}": the formula fails in {rows} rows; they count as unknown, '
            "mend the formula",
            severity=Severity.ERROR,
        ),
        "column-no-area-code": Words(
            zh="“{tab}”页“{column_zh}”列有 {rows} 个号码没有区号，查重时只比对号码本身；请在“设置”的 area_code 里填上",
            en='tab "{tab}", column "{column_en}": {rows} numbers have no area code, so duplicates compare the bare '
            "digits; enter it as area_code in Settings",
            severity=Severity.WARNING,
        ),
        "required-error": Words(zh="没有填写", en="is blank", severity=Severity.ERROR),
        "required-warning": Words(zh="没有填写", en="is blank", severity=Severity.WARNING),
        "required-info": Words(zh="没有填写", en="is blank", severity=Severity.INFO),
        "required-one-of": Words(
            zh="至少要填一项：{columns_zh}",
            en="at least one is needed of: {columns_en}",
            severity=Severity.ERROR,
        ),
        "not-unique": Words(
            zh="应当唯一，却出现了 {count} 次",
            en="may stand once and stands on {count} rows",
            severity=Severity.ERROR,
        ),
        "too-small": Words(zh="不能小于 {least}", en="may not be less than {least}", severity=Severity.ERROR),
        "date-too-early": Words(
            zh="{date} 太早，不应早于 {earliest}",
            en="{date} is too early, the earliest is {earliest}",
            severity=Severity.ERROR,
        ),
        "date-in-future": Words(
            zh="{date} 还没有到", en="{date} lies in the future", severity=Severity.ERROR
        ),
        "reference-unknown": Words(
            zh="“客户”页里没有 {value}",
            en="there is no {value} in the Customers tab",
            severity=Severity.ERROR,
        ),
        "contact-shared": Words(zh="有 {rows} 行都是这个", en="is on {rows} rows", severity=Severity.INFO),
        "row-id-shared": Words(
            zh="有几行的行号标识都是 {row_id}，看不出是谁的；请在其中一行保留，清空其他行的标识。这些行没有写入",
            en="several rows carry the row id {row_id} and it is not clear whose it is; keep it on one row and "
            "clear it on the others. These rows were not written",
            severity=Severity.ERROR,
        ),
        "row-id-doubted": Words(
            zh="有行和它们的标识分开过，这一行的姓名和联系方式又都不是 {row_id} 原来的，看不出是谁的；是新客户请清空标识，"
            "还是原来的客户请清空这一行的签名。这一行没有评级",
            en="rows and their ids came apart, and neither name nor contact is what {row_id} had, so it is not clear whose "
            "row this is; clear the id if it is a new customer, the signature if it is still the same. It got no tier",
            severity=Severity.ERROR,
        ),
        "form-differs": Words(
            zh="写法不统一，可写成 {suggestion}",
            en="is written in a form of its own; {suggestion} is the common one",
            severity=Severity.INFO,
        ),
        "required-of-company": Words(
            zh="企业客户没有填写", en="is blank, and the customer is a company", severity=Severity.INFO
        ),
        "not-unique-within": Words(
            zh="在“{scope}”应当唯一，却出现了 {count} 次",
            en='may stand once in "{scope}" and stands on {count} rows',
            severity=Severity.ERROR,
        ),
        "birth-date-unlike-id": Words(
            zh="与身份证号里的出生日期 {date} 不同",
            en="differs from the birth date in the resident id, {date}",
            severity=Severity.WARNING,
        ),
        "age-unlike-birth-date": Words(
            zh="按出生日期 {date} 应为 {age} 岁",
            en="does not follow from the birth date {date}: that makes {age}",
            severity=Severity.WARNING,
        ),
        "gender-unlike-id": Words(
            zh="与身份证号里的性别不同",
            en="differs from the sex in the resident id",
            severity=Severity.WARNING,
        ),
        "name-of-company": Words(
            zh="像是企业名称（{form}），客户类型却是个人",
            en="is called like a company ({form}), yet the customer is said to be a person",
            severity=Severity.WARNING,
        ),
        "city-elsewhere": Words(
            zh="{value} 不在 {where}", en="{value} does not lie in {where}", severity=Severity.WARNING
        ),
        "district-elsewhere": Words(
            zh="{where} 没有 {value}", en="{where} has no {value}", severity=Severity.WARNING
        ),
        "address-elsewhere": Words(
            zh="地址在 {value}，另一列却写着 {where}",
            en="lies in {value}, yet another column says {where}",
            severity=Severity.WARNING,
        ),
        "postcode-elsewhere": Words(
            zh="是 {value} 的邮编，客户却在 {where}",
            en="is a postcode of {value}, yet the customer is in {where}",
            severity=Severity.WARNING,
        ),
        "landline-elsewhere": Words(
            zh="区号 {area} 属于 {value}，客户却在 {where}",
            en="has area code {area} of {value}, yet the customer is in {where}",
            severity=Severity.INFO,
        ),
        "date-before": Words(
            zh="{date} 早于{column_zh} {earlier}",
            en="{date} lies before {column_en}, {earlier}",
            severity=Severity.WARNING,
        ),
        "text-card-number": Words(
            zh="含有银行卡号 {number}；请删去",
            en="holds a bank card number, {number}; take it out",
            severity=Severity.WARNING,
        ),
        "text-resident-id": Words(
            zh="含有身份证号 {number}；请删去",
            en="holds a resident id, {number}; take it out",
            severity=Severity.WARNING,
        ),
        "other-text-card-number": Words(
            zh="“{header}”列含有银行卡号 {number}；请删去",
            en="column “{header}” holds a bank card number, {number}; take it out",
            severity=Severity.WARNING,
        ),
        "other-text-resident-id": Words(
            zh="“{header}”列含有身份证号 {number}；请删去",
            en="column “{header}” holds a resident id, {number}; take it out",
            severity=Severity.WARNING,
        ),
        "amount-above-product": Words(
            zh="多于数量乘单价 {product}",
            en="is more than quantity times price, {product}",
            severity=Severity.WARNING,
        ),
        "amount-below-product": Words(
            zh="少于数量乘单价 {product}；如是优惠则没问题",
            en="is less than quantity times price, {product}; fine if it is a discount",
            severity=Severity.INFO,
        ),
        "refund-above-purchase": Words(
            zh="共退 {refunded}，多于所付的 {paid}",
            en="refunds come to {refunded}, more than the {paid} that was paid",
            severity=Severity.WARNING,
        ),
        "refund-not-marked": Words(
            zh="金额是负数，状态却不是“已退款”",
            en="is negative, yet the status is not refunded",
            severity=Severity.WARNING,
        ),
        "currency-no-rate": Words(
            zh="“设置”里没有 {currency} 折合 {base} 的汇率，这一行没有计入消费",
            en="Settings has no rate from {currency} to {base}, so the line does not count",
            severity=Severity.WARNING,
        ),
        "setting-unknown": Words(
            zh="设置第 {row} 行：没有“{key}”这一项，已忽略",
            en='line {row} of Settings: there is no setting "{key}", it is ignored',
            severity=Severity.WARNING,
        ),
        "setting-twice": Words(
            zh="设置第 {row} 行：“{key}”前面已经写过，以前面的为准",
            en='line {row} of Settings: "{key}" stands above already, the upper line applies',
            severity=Severity.WARNING,
        ),
        "setting-unreadable": Words(
            zh="设置第 {row} 行：“{key}”的值“{value}”读不懂，{expected_zh}；先用默认值",
            en='line {row} of Settings: "{key}" is "{value}", but should be {expected_en}; the default applies',
            severity=Severity.WARNING,
        ),
    }
)
