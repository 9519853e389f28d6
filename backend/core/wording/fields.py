"""Sentences about fields, shown after the field's name; severity error: the value cannot be used."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording import field_details
from backend.core.wording.words import error, info, warning

if TYPE_CHECKING:
    from backend.core.wording.words import Catalogue


_ANY = {
    "cell-error": warning(
        "单元格显示 {value}，读不到内容；请检查公式，或稍后再试",
        "the cell shows {value}, so nothing can be read; check its formula or try again later",
    ),
    "too-long": error("太长，最多 {limit} 个字符", "is too long; at most {limit} characters are read"),
    "formula-text": warning(
        "以“=”开头，像一个公式：{value}；请改成内容本身",
        "begins with “=” like a formula: {value}; type the content itself",
    ),
    "placeholder": warning(
        "“{value}”不是真实内容；没有就留空",
        "“{value}” is a filler; leave the cell blank if there is nothing to enter",
    ),
    "placeholder-text": info(
        "“{value}”按空白处理；没有就留空", "“{value}” counts as blank; the cell can be left blank"
    ),
    "digits-lost": error(
        "数字 {value} 的后几位可能已丢失；请把单元格设为纯文本后重新填写",
        "the last digits of {value} may be lost; format the cell as plain text and type it again",
    ),
}

_PHONE = {
    "phone-mobile-too-short": error(
        "只有 {digits} 位，手机号应为 {expected} 位，少了 {missing} 位",
        "has {digits} digits; a mobile number has {expected}, {missing} missing",
    ),
    "phone-mobile-too-long": error(
        "有 {digits} 位，手机号应为 {expected} 位，多了 {extra} 位",
        "has {digits} digits; a mobile number has {expected}, {extra} too many",
    ),
    "phone-too-short": error(
        "只有 {digits} 位，应为 {expected} 位（含区号），少了 {missing} 位",
        "has {digits} digits; it should have {expected} with the area code, {missing} missing",
    ),
    "phone-too-long": error(
        "有 {digits} 位，最多 {expected} 位，多了 {extra} 位",
        "has {digits} digits; it can have {expected}, {extra} too many",
    ),
    "phone-unknown-prefix": warning(
        "位数正确，但没有这个号段：{number}；请核对",
        "has the right length, but no number is known to begin like this: {number}; check it",
    ),
    "phone-unknown-country": error(
        "{value} 的国家代码不存在；中国大陆为 +86",
        "{value} begins with a country code that does not exist; mainland China is +86",
    ),
    "phone-country-guessed": warning(
        "像是其他国家或地区的号码：{number}；请加上“+”和国家代码",
        "looks like a number of another country: {number}; add “+” and the country code",
    ),
    "phone-no-area-code": warning(
        "没有区号：{number}；请在前面补上",
        "has no area code: {number}; add it in front",
    ),
    "phone-hotline": warning(
        "{number} 是服务热线，不是客户的号码",
        "{number} is a service hotline, not a customer's number",
    ),
    "phone-letters": error(
        "含有字母：{value}；号码只能有数字，例如 13800138000",
        "holds letters: {value}; a number has digits only, like 13800138000",
    ),
    "phone-masked": error(
        "有几位被隐藏：{value}；请填写完整号码", "has hidden digits: {value}; enter the whole number"
    ),
    "phone-not-a-number": error(
        "不是电话号码：{value}；例如 13800138000", "is no phone number: {value}; like 13800138000"
    ),
    "phone-several": warning(
        "一格里有多个号码：{first} 和 {second}；请把第二个移到“其他电话”",
        "holds several numbers: {first} and {second}; move the second one to “Other phone”",
    ),
    "phone-with-words": warning(
        "号码旁边还有文字“{words}”；请移到备注",
        "has words beside the number: “{words}”; move them to the notes",
    ),
    "phone-extension": info(
        "分机 {extension} 不参与比对", "extension {extension} is left out when numbers are compared"
    ),
}

_EMAIL = {
    "email-no-at": error("缺少“@”：{value}；例如 name@qq.com", "has no “@”: {value}; like name@example.com"),
    "email-two-at": error("有多个“@”：{value}", "has more than one “@”: {value}"),
    "email-no-name": error("“@”前面没有内容：{value}", "has nothing before the “@”: {value}"),
    "email-no-domain": error("“@”后面没有内容：{value}", "has nothing after the “@”: {value}"),
    "email-space": error("中间有空格：{value}", "has a space inside: {value}"),
    "email-dots": error("“.”的位置不对：{value}", "has a dot in a wrong place: {value}"),
    "email-bad-name": error(
        "“@”前面有不能使用的字符：{value}", "has characters before the “@” that are not allowed: {value}"
    ),
    "email-name-too-long": error(
        "“@”前面超过 64 个字符：{value}", "has more than 64 characters before the “@”: {value}"
    ),
    "email-bad-domain": error(
        "“@”后面的域名不正确：{value}", "has a domain after the “@” that cannot exist: {value}"
    ),
    "email-domain-no-dot": error(
        "域名不完整：{value}；例如 qq.com", "has an incomplete domain: {value}; like gmail.com"
    ),
    "email-too-long": error("超过 254 个字符：{value}", "has more than 254 characters: {value}"),
    "email-domain-typo": warning(
        "域名 {domain} 可能写错了，是不是 {proposal}",
        "the domain {domain} may be mistyped; {proposal} is likely",
    ),
    "email-extra": info(
        "除地址外还有别的内容；应只写 {address}", "holds more than the address; it should be {address}"
    ),
    "email-several": warning(
        "一格里有多个邮箱：{first} 和 {second}；请只留一个",
        "holds several addresses: {first} and {second}; keep one",
    ),
}

_DATE = {
    "date-unreadable": error(
        "看不懂的日期：{value}；例如 2024-03-04", "is no date: {value}; like 2024-03-04"
    ),
    "date-ambiguous": error(
        "{value} 可能是 {one}，也可能是 {other}；请写成 年-月-日",
        "{value} may be {one} or {other}; write year-month-day",
    ),
    "date-no-such-month": error("没有这个月份：{value}", "there is no such month: {value}"),
    "date-no-such-day": error("没有这一天：{value}", "there is no such day: {value}"),
    "date-out-of-range": error(
        "{value} 不在 1900 年到 2200 年之间", "{value} is not between the years 1900 and 2200"
    ),
    "date-incomplete": error(
        "日期不完整：{value}；请写明年、月、日", "is incomplete: {value}; give year, month and day"
    ),
    "date-no-year": warning("没有年份：{value}", "has no year: {value}"),
    "date-lunar": error(
        "是农历日期：{value}；请换成公历", "is a lunar date: {value}; give the common calendar"
    ),
    "date-lunar-read": warning(
        "是农历日期：{value}，公历是 {date}；请核对",
        "is a lunar date: {value}, read as {date} of the common calendar; check it",
    ),
    "date-minguo": warning(
        "是民国纪年：{value}，按 {date} 处理", "counts years from 1911: {value}, read as {date}"
    ),
    "date-two-digit-year": warning(
        "年份只有两位：{value}，按 {date} 处理；请核对",
        "has a two-digit year: {value}, read as {date}; check it",
    ),
    "date-other-order": warning(
        "与本列其他日期的写法不同：{value}，按 {date} 处理；请核对",
        "is written in another order than the rest of the column: {value}, read as {date}; check it",
    ),
    "date-small-number": warning(
        "数字 {value} 作为日期是 {date}，不像真实日期；请核对",
        "the number {value} is the date {date}, which is hardly meant; check it",
    ),
    "date-number-as-text": warning(
        "文本 {value} 像日期的序号，按 {date} 处理；请核对",
        "the text {value} looks like the number of a date, read as {date}; check it",
    ),
    "date-empty": warning("{value} 是空日期；没有就留空", "{value} is an empty date; leave the cell blank"),
}

_AMOUNTS = {
    "money-unreadable": error("看不懂的金额：{value}；例如 1234.50", "is no amount: {value}; like 1234.50"),
    "money-ambiguous": error(
        "{value} 可能是 {small}，也可能是 {large}；请去掉分隔符",
        "{value} may be {small} or {large}; write it without separators",
    ),
    "money-percent": error("是百分比，不是金额：{value}", "is a percentage, not an amount: {value}"),
    "money-other-currency": error(
        "币种是 {found}，应为 {expected}：{value}", "is in {found} and should be in {expected}: {value}"
    ),
    "money-too-large": error("金额太大：{value}", "is too large an amount: {value}"),
    "money-rounded": warning(
        "小数位过多：{value}，按 {rounded} 处理", "has too many decimals: {value}, read as {rounded}"
    ),
    "money-with-words": warning(
        "金额旁边还有文字“{words}”：{value}；例如 1234.50",
        "has words beside the amount: “{words}” in {value}; like 1234.50",
    ),
    "money-several": warning(
        "一格里有多个金额：{value}，按第一个 {amount} 处理；请只留一个",
        "holds several amounts: {value}, read as the first, {amount}; keep one",
    ),
    "money-range": error(
        "是一个范围，不是一个金额：{value}；例如 1234.50", "is a range, not one amount: {value}; like 1234.50"
    ),
    "money-about": warning(
        "不是准确的金额：{value}；请填写准确数字", "is no exact amount: {value}; enter the exact figure"
    ),
    "percent-unreadable": error("不是百分比：{value}；例如 12%", "is no percentage: {value}; like 12%"),
    "percent-no-sign": warning(
        "没有百分号：{value}，按 {percent} 处理；请核对",
        "has no percent sign: {value}, read as {percent}; check it",
    ),
    "age-unreadable": error("不是年龄：{value}；例如 35", "is no age: {value}; like 35"),
    "age-out-of-range": error("年龄不可能是 {value}；例如 35", "cannot be an age: {value}; like 35"),
    "age-unusual": warning("年龄 {value} 岁很少见；请核对", "is an unusual age: {value}; check it"),
    "number-unreadable": error("不是数字：{value}", "is no number: {value}"),
    "number-percent": error("是百分比，不是数字：{value}", "is a percentage, not a number: {value}"),
    "number-too-large": error("数字太大：{value}", "is too large a number: {value}"),
    "number-not-whole": error("应为整数：{value}", "should be a whole number: {value}"),
}

_CHOICE = {
    "choice-unknown": error(
        "“{value}”不在选项中；可选：{allowed}", "“{value}” is not a choice; choose from: {allowed}"
    ),
    "choice-unknown-near": error(
        "“{value}”不在选项中，是不是“{nearest}”", "“{value}” is not a choice; “{nearest}” is likely"
    ),
    "boolean-unknown": error("“{value}”既不是“是”也不是“否”", "“{value}” is neither yes nor no"),
}

_NAME = {
    "name-no-letters": error("没有文字，不是名称：{value}", "has no letters, so it is no name: {value}"),
    "name-repeated": warning("像随手输入的：{value}；请核对", "looks typed at random: {value}; check it"),
    "name-digits": warning(
        "含有一串数字：{value}；号码请填到电话栏",
        "holds a long number: {value}; phones have their own column",
    ),
    "name-title": info(
        "“{value}”带有称呼，名称按“{name}”处理", "“{value}” holds a form of address; the name is “{name}”"
    ),
    "name-title-only": warning(
        "只有称呼，没有全名：{value}", "is a form of address, not a full name: {value}"
    ),
}

_TAX_ID = {
    "tax-id-credit-code-length": error(
        "有 {digits} 位，统一社会信用代码应为 {expected} 位",
        "has {digits} characters; a unified social credit code has {expected}",
    ),
    "tax-id-length": error("位数不对：{value}", "has the wrong length: {value}"),
    "tax-id-check": error(
        "校验位不符：{value}；请对照证照逐位核对",
        "has a wrong check character: {value}; compare it with the document",
    ),
    "tax-id-form": error("格式不对：{value}", "has the wrong form: {value}"),
    "tax-id-characters": error(
        "含有不能使用的字符：{value}；只能有字母和数字",
        "holds characters other than letters and digits: {value}",
    ),
    "tax-id-old": warning(
        "是 15 位旧税号：{value}；请换成 18 位统一社会信用代码",
        "is an old 15-digit number: {value}; ask for the 18-character credit code",
    ),
}

WORDS: Catalogue = MappingProxyType(
    {
        **_ANY,
        **_PHONE,
        **_EMAIL,
        **_DATE,
        **_AMOUNTS,
        **_CHOICE,
        **_NAME,
        **_TAX_ID,
        **field_details.WORDS,
    }
)
