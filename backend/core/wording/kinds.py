"""What each kind of value may look like, and an example of its right form."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from sheets_schema.model import Kind, Text

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """One kind in words.

    Attributes:
        meaning: What is taken, and into which form it is put.
        example: A cell in the right form; it is left as it is.
        also: Cells in other forms that are taken too.
    """

    meaning: Text
    example: str
    also: tuple[str, ...] = ()


def _kind(zh: str, en: str, example: str, *also: str) -> KindWords:
    return KindWords(meaning=Text(zh=zh, en=en), example=example, also=also)


KINDS: Mapping[Kind, KindWords] = MappingProxyType(
    { Kind.TEXT: _kind("任何文字；去掉看不见的字符", "Any text, without unseen characters", "老客户介绍"), Kind.IDENTIFIER: _kind("团队自己的编号，按原样保留", "The team's own number, kept as it is", "C-0001"), Kind.REFERENCE: _kind("指向另一行的编号", "The number of another row", "C-0001"), Kind.NAME: _kind("人或公司的名称；不拆分", "A person or a company; never split", "张伟", "张 伟", "张伟先生"), Kind.PHONE: _kind( "按本行国家的规则核对；分机另记；含字母的不收", "Checked by the rules of the row's country; an extension is kept apart; letters are refused", "+8613912345678", "0086 139-1234-5678", "１３９１２３４５６７８", "010-65529988转8001" ), Kind.EMAIL: _kind("一个邮箱地址；域名小写", "One address, its domain in lower case", "name@qq.com", "Name <name@QQ.com>"), Kind.DATE: _kind( "年-月-日；有两种读法的不猜；不存在的日期不改成别的日期", "Year-month-day; two readings are never guessed; a day that does not exist is never moved", "2024-03-04", "2024年3月4号", "二〇二四年三月四日", "20240304", "农历2024年正月廿四" ), Kind.MONEY: _kind( "一个金额；币种须与本行一致", "One amount, in the currency of the row", "1234.50", "¥1,234.5", "1.2万元", "叁佰元整" ), Kind.NUMBER: _kind("一个数字", "A number", "12.5", "1,234", "3万5千"), Kind.INTEGER: _kind("整数；小数不四舍五入", "A whole number, never rounded", "12", "十二"), Kind.CHOICE: _kind("选项之一，或它的别的写法", "One of the choices, or another spelling of it", "个人", "personal"), Kind.BOOLEAN: _kind("是或否；空白不算否", "Yes or no; blank is not no", "TRUE", "是", "√", "N"), Kind.TAX_ID: _kind( "按本行国家核对校验位；中国大陆为 18 位统一社会信用代码", "The check digit by the rules of the row's country; 18 characters in mainland China", "91110000600037341L", "91110000 600037341L" ), Kind.COMPANY: _kind( "公司名称；分出字号、公司类型和地区", "A company, with core, legal form and region told apart", "杭州华信科技有限公司", "杭州华信科技(集团)有限公司", "Acme Trading Co., Ltd." ), Kind.ADDRESS: _kind( "地址；分出省、市、区县", "An address, with province, city and district told apart", "浙江省杭州市西湖区文三路1号", "浙江杭州西湖区文三路1号" ), Kind.POSTCODE: _kind( "按本行国家的格式；中国大陆为 6 位数字", "The form of the row's country; six digits in mainland China", "310000", "邮编：310000" ), Kind.RESIDENT_ID: _kind( "18 位居民身份证号，核对校验位；显示时打码", "18 characters with their check character; shown masked", "11010519491231002X", "11010519491231002x", "110105491231002" ), Kind.IBAN: _kind("国际银行账号，核对校验位", "An IBAN with its check digits", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00"), Kind.PERCENT: _kind("百分比", "A percentage", "12%", "百分之十二", "七五折", "三成"), Kind.AGE: _kind("周岁", "Whole years", "35", "35岁", "三十五周岁"), Kind.URL: _kind("网页地址", "A web address", "https://www.example.com/about", "www.example.com"), Kind.DOMAIN: _kind("域名，不含路径", "A domain without a path", "example.com", "https://www.example.com/about"), Kind.WECHAT: _kind("微信号；手机号和 QQ 号会提醒", "A WeChat ID; a phone or QQ number gets a warning", "wxid_abc123", "微信：wxid_abc123"), Kind.QQ: _kind("5 到 11 位数字", "5 to 11 digits", "123456789", "123456789@qq.com"), Kind.CONSENT: _kind( "是、否或已撤回；空白和不清楚的都是未知", "Yes, no or withdrawn; blank and unclear are unknown", "是", "同意", "√", "TD" ) },
)  # fmt: skip
"""Every kind in words, for the guide and for help."""
