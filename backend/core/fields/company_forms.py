"""Legal forms of companies, in Chinese and in the languages of the West, and how they are found in a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

CHINESE = (
    "股份有限公司", "有限责任公司", "集团有限公司", "集团股份公司", "控股有限公司", "有限公司", "股份公司",
    "集团公司", "总公司", "公司", "有限合伙企业", "普通合伙企业", "特殊普通合伙企业", "合伙企业",
    "个人独资企业", "个体工商户", "农民专业合作社", "专业合作社", "合作社", "集团", "企业", "商行", "商店",
    "经营部", "门市部", "工作室", "事务所", "服务部", "营业部", "股份有限責任公司", "有限責任公司",
    "集團有限公司", "企業社", "企業行", "工廠", "工厂", "厂", "廠", "株式会社", "有限会社", "合同会社",
    "株式會社",
)  # fmt: skip
_FORMS_THAT_ARE_WORDS = ("企业", "集团", "厂", "廠")

# The spelling to compare with, without dots and spaces; the form it stands for.
WESTERN = {
    "ltd": "Ltd", "limited": "Ltd", "co": "Co", "company": "Co", "corp": "Corp", "corporation": "Corp",
    "inc": "Inc", "incorporated": "Inc", "llc": "LLC", "lllp": "LLLP", "llp": "LLP", "lp": "LP",
    "plc": "PLC", "pllc": "PLLC", "pc": "PC", "pte": "Pte", "pty": "Pty", "pvt": "Pvt", "private": "Pvt",
    "bhd": "Bhd", "sdn": "Sdn", "gmbh": "GmbH", "mbh": "GmbH", "ag": "AG", "aktiengesellschaft": "AG",
    "kg": "KG", "kgaa": "KGaA", "ohg": "OHG", "gbr": "GbR", "ev": "eV", "eg": "eG", "ug": "UG", "se": "SE",
    "sa": "SA", "sas": "SAS", "sasu": "SASU", "sarl": "SARL", "eurl": "EURL", "sca": "SCA", "snc": "SNC",
    "srl": "SRL", "spa": "SpA", "sapa": "SApA", "sl": "SL", "slu": "SLU", "sab": "SAB",
    "sadecv": "SA de CV", "sabdecv": "SAB de CV", "srldecv": "SRL de CV", "decv": "CV", "cv": "CV",
    "ltda": "Ltda", "lda": "Lda", "eireli": "EIRELI", "nv": "NV", "bv": "BV", "bvba": "BVBA", "vof": "VOF",
    "ab": "AB", "as": "AS", "asa": "ASA", "aps": "ApS", "oy": "Oy", "oyj": "Oyj", "oyab": "Oy",
    "abp": "Abp", "hf": "hf", "ehf": "ehf", "kb": "KB", "hb": "HB", "ans": "ANS", "da": "DA",
    "spzoo": "Sp. z o.o.", "sro": "s.r.o.", "zrt": "Zrt", "kft": "Kft", "nyrt": "Nyrt", "rt": "Rt",
    "doo": "d.o.o.", "dd": "d.d.", "ad": "AD", "ood": "OOD", "ead": "EAD", "uab": "UAB", "sia": "SIA",
    "ou": "OÜ", "oü": "OÜ", "kk": "KK", "gk": "GK", "yk": "YK", "tbk": "Tbk", "pt": "PT", "jsc": "JSC",
    "ojsc": "OJSC", "pjsc": "PJSC", "cjsc": "CJSC", "ooo": "OOO", "ооо": "ООО", "оао": "ОАО", "зао": "ЗАО",
    "пао": "ПАО", "ао": "АО", "ип": "ИП", "fze": "FZE", "fzco": "FZCO", "wll": "WLL", "saoc": "SAOC",
    "saog": "SAOG",
}  # fmt: skip
_HEADS = (
    "oy", "ab", "ооо", "оао", "зао", "пао", "ао", "ип", "ooo", "pt", "uab", "sia", "as", "llc", "ojsc",
    "jsc", "oü", "ou",
)  # fmt: skip
_AT_THE_HEAD = frozenset(_HEADS)
_MANY_WORDS = (
    "s a de c v",
    "s a b de c v",
    "s de r l de c v",
    "sa de cv",
    "sab de cv",
    "sp z o o",
    "sp zoo",
    "sp z oo",
    "d o o",
    "s r o",
)
_EDGES = " ,.;:&-—–\"'“”!，。"
_WORD = re.compile(r"\S+")
_CHINESE_TAIL = re.compile(
    "(?P<core>.+?)(?P<form>(?:\\((?:集团|控股|股份|集團)\\))?(?:集团|控股|集團)?"
    f"(?:{'|'.join(sorted(map(re.escape, CHINESE), key=len, reverse=True))}))"
    "(?P<kind>\\((?:有限合伙|普通合伙|特殊普通合伙|个体工商户|个人独资)\\))?"
    "(?P<branch>.{0,20}?(?:分公司|办事处|分店|分行|支行|营业部|分厂|分所|代表处))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A company's name without its legal form.

    Attributes:
        core: What is left, as typed.
        form: The legal form; empty when the name has none.
        branch: The branch behind the form, `杭州分公司`.
    """

    core: str
    form: str = ""
    branch: str = ""


_JAPANESE_HEAD = re.compile(r"株式会社|株式會社|有限会社|合同会社|㈱|㈲|\([株有]\)")
_JAPANESE = {"㈱": "株式会社", "(株)": "株式会社", "㈲": "有限会社", "(有)": "有限会社"}
"""What a Japanese name may begin with, and what the short signs stand for."""


def split_chinese(name: str) -> Split:
    """Split a Chinese company name.

    >>> split_chinese("杭州华信科技有限公司上海分公司")
    Split(core='杭州华信科技', form='有限公司', branch='上海分公司')
    """
    if name in CHINESE:
        return Split(core="", form=name)
    japanese = _JAPANESE_HEAD.match(name)
    if japanese and japanese.end() < len(name):
        return Split(core=name[japanese.end() :], form=_JAPANESE.get(japanese[0], japanese[0]))
    match = _CHINESE_TAIL.fullmatch(name)
    if match is None or (match["form"] in _FORMS_THAT_ARE_WORDS and len(match["core"]) == 1):
        return Split(core=name)
    form = re.sub(r"[()]", "", match["form"]) + (match["kind"] or "")
    return Split(core=match["core"], form=form, branch=match["branch"] or "")


def split_western(name: str) -> Split:
    """Split a company name in another script.

    >>> split_western("Hello World Co., Ltd.")
    Split(core='Hello World', form='Co Ltd', branch='')
    """
    words = [match[0] for match in _WORD.finditer(name)]
    tail: list[str] = []
    while words:
        count, form = _form_at_the_end(words)
        if not count:
            break
        tail.insert(0, form)
        del words[-count:]
    head: list[str] = []
    while len(words) > 1 and _key(words[0]) in _AT_THE_HEAD:
        head.append(WESTERN[_key(words.pop(0))])
    core = _trim(" ".join(words))
    forms = tuple(dict.fromkeys((*head, *tail)))
    return Split(core=core, form=" ".join(filter(None, forms)))


def _form_at_the_end(words: list[str]) -> tuple[int, str]:
    """Give how many words at the end are one legal form, and which."""
    for count in (7, 6, 5, 4, 3, 2):
        if len(words) >= count:
            joined = " ".join(re.sub(r"[.,]", " ", " ".join(words[-count:])).casefold().split())
            if joined in _MANY_WORDS:
                return count, WESTERN[joined.replace(" ", "").replace("sderl", "srl")]
    key = _key(words[-1])
    if key in WESTERN and (key != "as" or words[-1] != "as"):
        return 1, WESTERN[key]
    return (1, "") if words[-1].strip(_EDGES) == "" and len(words) > 1 else (0, "")


def _key(word: str) -> str:
    return re.sub(r"[.,;:()\"'/]", "", word).casefold()


def _trim(core: str) -> str:
    """Take signs off the ends; the last point of an abbreviation stays."""
    bare = core.strip(_EDGES)
    return f"{bare}." if core.rstrip(" ,").endswith(".") and re.search(r"\w\.\w$", bare) else bare
