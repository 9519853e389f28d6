"""Text hygiene: characters nobody sees, spaces of every width, full-width letters and digits."""

from __future__ import annotations

import re
import unicodedata

# Indic and Persian script and emoji need the two joiners; everywhere else they are dirt.
_JOINED = "\u0600-\u06ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_SEPARATORS = "\t\n\x0b\x0c\r\x1c-\x1f\x85"

# Control characters that separate nothing, lone surrogates, and category Cf but for the Arabic signs that
# are seen, the joiners, and the tags that spell a flag (England) after a black flag.
_UNSEEN = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)"
    "|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\u00ad\u034f\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
_STRAY_JOINER = re.compile(f"(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])")
_SPACES = re.compile(r"[\s\u115f\u1160\u2800\u3164\uffa0]+")
_LINE_ENDS = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_PLAIN = re.compile("[!-~一-鿿]+(?: [!-~一-鿿]+)*")

_HALFWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xFFE5: "¥",
    0xFFE0: "¢",
    0xFFE1: "£",
    0xFFE6: "₩",
    0x2212: "-",
    0x2010: "-",
    0x2011: "-",
    0x2012: "-",
    0x2013: "-",
    0x2014: "-",
    0x2015: "-",
    0xFE63: "-",
    0x2215: "/",
    0x2044: "/",
}


def clean(text: str) -> str:
    """Give a text on one line without unseen characters, its spaces single and plain.

    >>> clean(" 张\u200b伟\u3000 先生\ufeff")
    '张伟 先生'
    """
    if _PLAIN.fullmatch(text):
        return text
    seen = _UNSEEN.sub(r"\1", text)
    return _SPACES.sub(" ", _STRAY_JOINER.sub("", seen)).strip(" ")


def clean_lines(text: str) -> str:
    """Give a text cleaned line by line, its line breaks kept, without blank lines at either end."""
    if not _LINE_ENDS.search(text):
        return clean(text)
    return "\n".join(clean(line) for line in _LINE_ENDS.split(text)).strip("\n")


def halfwidth(text: str) -> str:
    """Give a text with full-width ASCII, spaces, dashes and money signs in their plain form.

    Nothing else changes: NFKC would rewrite ㈱ and ½, which is right for a key only.
    """
    return text if text.isascii() or _PLAIN.fullmatch(text) else text.translate(_HALFWIDTH)


def key(text: str) -> str:
    """Give the form in which two texts are compared: NFKC, casefolded, single spaces."""
    return clean(unicodedata.normalize("NFKC", clean(text)).casefold())
