"""How a number is said in Chinese: digit by digit, as a quantity, as an amount of money.

Takes the digits of one number and gives words; finding numbers in a text is `sync.reading.words`.
"""

from typing import Final

_NAMES: Final = "零一二三四五六七八九"
_PLACES: Final = ("", "十", "百", "千")
_GROUPS: Final = ("", "万", "亿", "万亿")
LONGEST: Final = 16  # digits said as a quantity: up to 千万亿


def digits(text: str, *, call: bool = False) -> str:
    """Return each digit of `text` by its name; `call` says 幺 for 1, as on the telephone."""
    words = "".join(_NAMES[int(char)] for char in text if char.isascii() and char.isdigit())
    return words.replace("一", "幺") if call else words


def quantity(text: str, *, counted: bool = False) -> str:
    """Return the words of a plain decimal ("1,234.50", "-3"); `counted` says 两 for a bare 2.

    A number longer than anybody can grasp as a quantity is said digit by digit.
    """
    sign = "负" if text[:1] in "-−" else ""
    whole, _, places = text.lstrip("-−").replace(",", "").partition(".")
    if counted and not places and whole.lstrip("0") == "2":
        return f"{sign}两"
    words = _whole(whole)
    return sign + (f"{words}点{digits(places)}" if places else words)


def money(text: str) -> str:
    """Return an amount in yuan as people say it: "1,234.50" is 一千二百三十四元五角.

    More than two places are a price (0.525 元 per kWh), so they are said as a decimal.
    """
    sign = "负" if text[:1] in "-−" else ""
    whole, _, places = text.lstrip("-−").replace(",", "").partition(".")
    if len(places.rstrip("0")) > 2:
        return sign + quantity(f"{whole}.{places}") + "元"
    jiao, fen = int(places[:1] or 0), int(places[1:2] or 0)
    yuan = "两元" if whole.lstrip("0") == "2" else f"{_whole(whole)}元"
    if not whole.strip("0") and (jiao or fen):
        yuan = ""
    change = f"{_NAMES[jiao]}角" if jiao else "零" if yuan and fen else ""
    change += f"{_NAMES[fen]}分" if fen else ""
    words = yuan + change
    if words == "零元":
        return words
    return sign + (f"两{words[1:]}" if words.startswith(("二角", "二分")) else words)


def _whole(text: str) -> str:
    significant = text.lstrip("0")
    if not significant:
        return "零"
    if len(significant) > LONGEST:
        return digits(text)
    padded = significant.zfill(-(-len(significant) // 4) * 4)
    groups = [padded[start : start + 4] for start in range(0, len(padded), 4)]
    words, skipped = "", False
    for place, group in zip(reversed(range(len(groups))), groups, strict=True):
        if group == "0000":
            skipped = True
            continue
        if words and (skipped or group[0] == "0"):
            words += "零"
        words += _group(group, leading=not words, large=place > 0) + _GROUPS[place]
        skipped = False
    return _join_large(words)


def _join_large(words: str) -> str:
    # 一万亿零五亿 would count 亿 twice: people say 一万零五亿.
    return words.replace("万亿", "万", 1) if words.count("亿") > 1 else words


def _group(group: str, *, leading: bool, large: bool) -> str:
    if leading and large and group == "0002":
        return "两"
    words, gap = "", False
    for place, char in zip((3, 2, 1, 0), group, strict=True):
        if char == "0":
            gap = bool(words)
            continue
        name = "两" if leading and not words and char == "2" and place == 3 else _NAMES[int(char)]
        words += ("零" if gap else "") + name + _PLACES[place]
        gap = False
    return words.removeprefix("一") if leading and words.startswith("一十") else words
