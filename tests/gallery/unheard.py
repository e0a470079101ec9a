"""What stands on a screen and nobody can hear; empty lists are good news. Pure.

Heard is what is said while it is lit where it stands. What need not be is told here, with its reason:

- the bars round every screen: always there, and the status page says what the state line does;
- keys that do something to the screen (they have icons, and would be said at the end of every page);
  keys that lead on are content and must be heard;
- seals: their names and days are among the facts of the notice, which are heard;
- the idle board: it would speak to an empty square, and one touch leads to all of its notice;
- the help page while the post counts its seconds aloud;
- page numbers, as 2 / 3: turning pages is for eyes, the voice turns them by itself;
- letters to be typed or typed: nobody else in the square need hear for whom somebody looks;
- names of persons and meetings, the audit's items and remarks, vouchers' captions, addresses and
  technical words for the office: the kiosk has no pinyin, and nobody has sealed how they are said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Final

from kiosk.intentions import Choose, Open
from kiosk.present.changes import NOWHERE
from kiosk.present.parts import LABEL_BLOCK, Spoken
from kiosk.present.picture import PictureView
from kiosk.present.search import SearchView
from kiosk.present.status import StatusView
from kiosk.present.views import View
from kiosk.present.wording import MINUS
from kiosk.scene import Scene
from kiosk.ui.sheets.ink import Sheet, Words
from kiosk.ui.sheets.lit import Rect, lit_on, parted

_PAGE: Final = re.compile(r"\d+ / \d+|(第 \d+ 页，)?(共 \d+ 页)?")


def unheard(
    sheets: Iterable[Sheet],
    spoken: tuple[Spoken, ...],
    titles: Mapping[str, str],
    silent: frozenset[str],
) -> list[str]:
    """Return the lines of words on `sheets` that nothing in `spoken` reads.

    `titles` are what is read of a notice on its card, by its id; `silent` needs no reading.
    """
    found = dict.fromkeys(
        piece.strip()
        for sheet in sheets
        for piece in _mute(sheet, spoken, titles)
        if not _needs_none(piece.strip(), silent)
    )
    return [f"not read aloud: {piece}" for piece in found]


def titles_on(view: View, scene: Scene) -> dict[str, str]:
    """Return what the office's sentences say of every card, as written: titles, why one was taken back."""
    sealed = {one.notice.title for one in scene.holdings.postings}
    reasons = [one.entry.withdrawn.reason for one in scene.holdings.postings if one.entry.withdrawn]
    return {
        card.notice: "".join((
            card.title,
            *(fact for fact in card.facts if fact in sealed or any(why in fact for why in reasons)),
        ))
        for card in getattr(view, "cards", ())
        if card.spoken
    }  # fmt: skip


def silent_on(view: View, scene: Scene) -> frozenset[str]:
    """Return the words on a view that need no reading, for the reasons above."""
    found: set[str] = set()
    for posting in scene.holdings.postings:
        notice = posting.notice
        found.update(text for item in notice.audit for text in (item.by, item.item, item.remark))
        found.add(notice.decided.by if notice.decided else "")
        found.update(picture.caption for picture in notice.pictures)
    if isinstance(view, SearchView):
        found.add(view.typed)
        found.update(letter for example in view.examples for text in example for letter in text)
    if isinstance(view, PictureView):
        found.update(
            getattr(view.words, one.name) for one in fields(view.words)
        )  # of the keys that enlarge and move it
    if isinstance(view, StatusView):
        outgoing = scene.holdings.outgoing
        technical = (outgoing.trouble, outgoing.stick_trouble, *outgoing.refused)
        aside = (one.id for one in scene.holdings.set_aside)
        names = (scene.kiosk_id, "版本：", "完整公钥：", *aside, *technical)
        lines = (line for section in view.sections for line in section.lines)
        found.update(line for line in lines if any(name and name in line for name in names))
    return frozenset(found - {""})


def _mute(sheet: Sheet, spoken: tuple[Spoken, ...], titles: Mapping[str, str]) -> Iterator[str]:
    """Yield the pieces of lines that no sentence lights, or that are lit with a card whose sentence lacks them."""
    whole: list[Rect] = []
    named: list[tuple[Rect, str]] = []
    for one in spoken:
        rects = lit_on(sheet, one)
        if (
            one.sentence.block != LABEL_BLOCK
        ):  # the office's reading says all of a piece, but of a card only the title
            beside = one.sentence.block == NOWHERE
            whole.extend(rects if beside else lit_on(sheet, replace(one, notice="")))
        named.extend((rect, one.sentence.words + titles.get(one.notice, "")) for rect in rects)
    for word in (mark for mark in sheet.marks if isinstance(mark, Words)):
        if _PAGE.fullmatch(word.text.strip()) or _is_key(word, sheet):
            continue
        if any(_on(word, rect) for rect in whole):
            continue
        said = _bare("".join(text for rect, text in named if _on(word, rect)))
        yield from (piece for piece in parted(word.text) if _bare(piece) not in said)


def _needs_none(piece: str, silent: frozenset[str]) -> bool:
    return any(_bare(piece) in _bare(one) for one in silent)


def _is_key(word: Words, sheet: Sheet) -> bool:
    return any(
        _on(word, (one.x, one.y, one.width, one.height))
        and not isinstance(one.intention, Open | Choose)
        for one in sheet.touches
    )


def _on(word: Words, rect: Rect) -> bool:
    x, y, width, height = rect
    return x <= word.x + word.width / 2 <= x + width and y <= word.y + word.height / 2 <= y + height


def _bare(text: str) -> str:
    """Return the words without what isn't said: blanks, an ellipsis, the minus of an expense."""
    return text.replace(" ", "").replace(MINUS, "").rstrip("…")
