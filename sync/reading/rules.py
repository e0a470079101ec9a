"""What a reading rule is, and how rules run: in order, each over the whole text, once.

A rule turns one kind of figure into words. Words hold no digits, so what an earlier rule has said
is safe from the later ones. Patterns start only where a number starts and never backtrack over
digits, so the time grows with the text's length alone, whatever is typed in.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

# A decimal as written, with or without thousands commas, from its first digit to its last.
# Possessive groups would say it shorter, but Debian 12's Python 3.11.2 matches them wrongly.
NUMBER: Final = r"(?<![\d.])(?!(?<=\d,)\d{3}(?!\d))(?:\d{1,3}(?:,\d{3})+(?!\d)(?!,\d{3})|\d++)(?:\.\d++|(?!\.\d))"
TO: Final = r"[ ]{0,3}(?:[-−–—－~～]{1,2}|至|到)[ ]{0,3}"

# After these a dash means "to", after others it is a minus.
BEFORE_TO: Final = "年月日号时点分秒元角户人组亩米度％%‰岁克斤吨层期章条万亿"
SIGN: Final = rf"(?:(?<![\dA-Za-z{BEFORE_TO}])[-−–－])?"

# What is counted with 两 instead of 二. No 月, 日, 号, 组, 级, 期 and 楼: those are ordinals.
MEASURE: Final = (
    "(?:个|户|人(?!民币)|名|位|家|间|次|天|年(?!级)|周|元|角|块|毛|分钟|小时|公里|公斤|公顷|平方|立方|米|千瓦|千克|千米|"
    "毫升|厘米|毫米|亩|吨|斤|克|升|里|辆|台|套|条|件|项|张|份|本|棵|株|头|只|口|座|栋|幢|盏|根|袋|包|票|桶|瓶|箱|筐|捆|"
    "笔|种|类|批|场|处|度|层|岁|点|万|亿|千|倍|部|支|把|床|双|对|副|顿|趟|步|轮|片|眼|孔|道|段|门|所|届|成)"
)


class Rule(NamedTuple):
    """Where a rule applies, and the words it gives for a match."""

    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str]


def rule(pattern: str, say: Callable[[re.Match[str]], str]) -> Rule:
    """Return a rule; its pattern knows ASCII digits only."""
    return Rule(re.compile(pattern, re.ASCII), say)


def apply(rules: Iterable[Rule], text: str) -> str:
    """Return `text` after every rule, in order."""
    for each in rules:
        text = each.pattern.sub(each.say, text)
    return text
