"""Sentences about fields of a form of their own: addresses, companies, resident ids, web, consent, bank."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from backend.core.wording.words import error, info, warning

if TYPE_CHECKING:
    from backend.core.wording.words import Catalogue

_PLACE = {
    "address-misplaced": warning(
        "“{value}”不在{province}；请核对省、市、区",
        "“{value}” does not lie in {province}; check province, city, district",
    ),
    "address-renamed": info("“{value}”现为{now}", "“{value}” is {now} today"),
    "address-phone": warning(
        "地址里有手机号；请移到电话栏", "holds a mobile number; phones have their own column"
    ),
    "postcode-length": error(
        "有 {digits} 位，邮政编码应为 {expected} 位；例如 310000",
        "has {digits} digits; a postcode has {expected}, like 310000",
    ),
    "postcode-unknown": error(
        "没有以这两位开头的邮政编码：{value}；例如 310000",
        "is no postcode: none begins with these two digits: {value}; like 310000",
    ),
    "postcode-zero-lost": warning(
        "{value} 前面的 0 丢失了，应为 {postcode}；请把单元格设为纯文本",
        "{value} lost its leading nought and should be {postcode}; format the cell as plain text",
    ),
    "postcode-of-country": error(
        "不是 {country} 的邮政编码：{value}；格式如 {example}",
        "is no postcode of {country}: {value}; its form is {example}",
    ),
    "postcode-form": error("不是邮政编码：{value}；例如 310000", "is no postcode: {value}; like 310000"),
}

_COMPANY = {
    "company-only-form": warning(
        "只有公司类型，没有名称：{value}；例如 杭州华信科技有限公司",
        "is a legal form without a name: {value}; like Acme Trading Ltd",
    ),
}

_RESIDENT_ID = {
    "resident-id-length": error(
        "有 {digits} 位，身份证号应为 {expected} 位", "has {digits} characters; a resident id has {expected}"
    ),
    "resident-id-characters": error(
        "含有不能使用的字符：{value}；只能有数字，最后一位可以是 X",
        "holds characters that are not allowed: {value}; digits only, the last may be X",
    ),
    "resident-id-form": error(
        "不是身份证号：{value}；例如 A123456789、K034169(1)",
        "is no identity card number: {value}; like A123456789 or K034169(1)",
    ),
    "resident-id-province": error(
        "前两位不是省份代码：{value}；请对照证件核对",
        "does not begin with the code of a province: {value}; compare it with the card",
    ),
    "resident-id-birth-date": error(
        "第 7 到 14 位不是出生日期：{value}；例如 19850815",
        "has no birth date in places 7 to 14: {value}; like 19850815",
    ),
    "resident-id-check": error(
        "校验位不符：{value}；请对照证件逐位核对",
        "has a wrong check character: {value}; compare it with the card",
    ),
    "resident-id-old": info(
        "是 15 位旧号码：{value}；请换成 18 位", "is an old number of 15 digits: {value}; enter all 18"
    ),
}

_ONLINE = {
    "url-characters": error(
        "含有不能使用的字符：{value}；例如 https://www.example.com",
        "holds characters that no web address has: {value}; like https://www.example.com",
    ),
    "url-scheme": error(
        "不是网页地址：{value}；应以 https:// 或 http:// 开头",
        "is no web address: {value}; it begins with https:// or http://",
    ),
    "url-host": error(
        "域名不正确：{value}；例如 https://www.example.com",
        "has a domain that cannot exist: {value}; like https://www.example.com",
    ),
    "url-no-domain": error(
        "是 IP 地址，不是域名：{value}；例如 example.com", "is no domain: {value}; like example.com"
    ),
    "wechat-characters": error(
        "微信号只能有字母、数字、“-”和“_”：{value}；例如 wx_example",
        "holds other characters than letters, digits, “-” and “_”: {value}; like wx_example",
    ),
    "wechat-first": error(
        "微信号以字母开头：{value}；例如 wx_example", "does not begin with a letter: {value}; like wx_example"
    ),
    "wechat-length": error(
        "有 {length} 个字符，微信号为 6 到 20 个：{value}",
        "has {length} characters; a WeChat ID has 6 to 20: {value}",
    ),
    "wechat-phone": warning(
        "是手机号，不是微信号：{value}；确实用它登录可不改",
        "is a phone number: {value}; fine if the account is found by it",
    ),
    "wechat-qq": warning(
        "是 QQ 号，不是微信号：{value}；确实用它登录可不改",
        "looks like a QQ number: {value}; fine if the account is found by it",
    ),
    "qq-form": error(
        "不是 QQ 号：{value}；应为 5 到 11 位数字，例如 100001",
        "is no QQ number: {value}; 5 to 11 digits, like 100001",
    ),
    "qq-phone": warning("像手机号：{value}；请核对", "looks like a mobile number: {value}; check it"),
}

_CONSENT = {
    "consent-unknown": info(
        "“{value}”按未知处理，不算同意，也不算拒绝", "“{value}” counts as unknown: neither a yes nor a no"
    ),
    "consent-unclear": error(
        "看不出是否同意：{value}；请填 是、否 或 已撤回",
        "does not say yes or no: {value}; enter yes, no or withdrawn",
    ),
}

_BANK = {
    "iban-form": error(
        "不是 IBAN：{value}；例如 DE89370400440532013000", "is no IBAN: {value}; like DE89370400440532013000"
    ),
    "iban-check": error(
        "IBAN 的校验位不符：{value}；请逐位核对",
        "has wrong check digits: {value}; compare it with the document",
    ),
}

WORDS: Catalogue = MappingProxyType({**_PLACE, **_COMPANY, **_RESIDENT_ID, **_ONLINE, **_CONSENT, **_BANK})
