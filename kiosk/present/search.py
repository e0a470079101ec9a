"""The search page: a keypad of letters, and what they find while they are typed."""

from dataclasses import dataclass
from typing import Final

from kiosk.board import Board
from kiosk.catalogue import Catalogue
from kiosk.intentions import Erase, Open, Type
from kiosk.places import AtLedger, AtNotice, AtPast, AtSearch
from kiosk.present.chrome import KeyView
from kiosk.present.parts import Card, Spoken, badge, card, flag
from kiosk.present.wording import day_and_year
from kiosk.search import ArchiveFound, Found, Past, RowFound, TitleFound, search
from sync.ledger import Ledger
from sync.notices import TITLE_BLOCK, Table, Village

# As the alphabet song groups them, which every school has sung; erase and clear end the short rows.
LETTERS: Final = ("abcdefg", "hijklmn", "opqrst", "uvwxyz")
DIGITS: Final = "1234567890"
EXAMPLES: Final = (("财务公开", "CWGK"), ("王小军", "WXJ"))  # the same in every language
MOST: Final = 60  # results: nobody turns more pages, and one more letter sorts them


@dataclass(frozen=True, slots=True, repr=False)
class SearchView:
    """The search page; without a `repr`, so that what a person types gets into no log.

    `hint` stands where no cards do, `examples` (characters, letters) below its first line. `rows` are the keys of the alphabet, `digits` those of figures.
    """

    typed: str
    prompt: str
    words: str
    hint: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    cards: tuple[Card, ...]
    rows: tuple[tuple[KeyView, ...], ...]
    digits: tuple[KeyView, ...]


@dataclass(frozen=True, slots=True)
class PastView:
    """What is kept of a notice that hangs no longer: `facts` in a row, `lines` below each other.

    `key` opens the notice itself, "" where the card hasn't got it or may not show it.
    """

    title: str
    flag: str
    facts: tuple[str, ...]
    lines: tuple[str, ...]
    reading: tuple[Spoken, ...] = ()
    key: str = ""
    opens: Open | None = None


def search_key(say: Catalogue) -> KeyView:
    """Return the key that leads to the search page."""
    return KeyView(say("Find notices or names"), "search", Open(AtSearch()), "blue")


def search_page(
    say: Catalogue, village: Village, board: Board, archive: tuple[Past, ...], typed: str
) -> SearchView:
    """Return the page with what `typed` finds."""
    found = search(board, archive, typed)
    words, hint = _words(say, typed, len(found))
    return SearchView(
        typed.upper(),
        say("Press the first letters"),
        words,
        hint,
        () if typed else EXAMPLES,
        tuple(_card(say, village, one) for one in found[:MOST]),
        _rows(say),
        tuple(_key(digit) for digit in DIGITS),
    )


def past_page(say: Catalogue, village: Village, past: Past, *, readable: bool = False) -> PastView:
    """Return what is kept of `past`; `readable` says that the notice itself is at hand."""
    lines = [say("This notice has served its time and is no longer on show.")]
    if past.withdrawn:
        lines = [say("This notice was taken back by both committees.")]
    where = say(
        "To read it, ask the villagers' committee or call {number}.", number=village.hotline
    )
    return PastView(
        past.title,
        say("archive"),
        (
            badge(say, village, past.category).name,
            say("Posted on {day}", day=day_and_year(say, past.posted)),
            say("Version {number}", number=past.revision),
        ),
        tuple(lines) if readable else (*lines, where),
        (Spoken(past.spoken, past.id),) if past.spoken else (),
        say("Read it in the archive") if readable else "",
        Open(AtNotice(past.id)) if readable else None,
    )


def _rows(say: Catalogue) -> tuple[tuple[KeyView, ...], ...]:
    rows = [tuple(_key(letter) for letter in row) for row in LETTERS]
    erase = KeyView(say("Erase"), "none", Erase())
    clear = KeyView(say("Clear"), "none", Erase(all=True))
    return (*rows[:2], (*rows[2], erase), (*rows[3], clear))


def _key(letter: str) -> KeyView:
    return KeyView(letter.upper(), "none", Type(letter))


def _words(say: Catalogue, typed: str, number: int) -> tuple[str, tuple[str, ...]]:
    only_now = say("Names can be found only in lists that are on show.")
    if not typed:
        return say("Find notices or names"), (
            say("Press the first letter of each syllable:"),
            only_now,
        )
    if not number:
        nothing = say(
            "Nothing begins with {letters}. Erase a letter, or clear.", letters=typed.upper()
        )
        # Others in the square needn't hear for whom somebody looks.
        unspelt = say("Nothing begins with these letters. Erase a letter, or clear.")
        return say("Nothing found"), (
            say.called(nothing, unspelt),
            only_now,
        )
    if number > MOST:
        return say("{number} found, press more letters", number=number), ()
    return say.count("{number} found", "{number} found", number), ()


def _card(say: Catalogue, village: Village, found: Found) -> Card:
    match found:
        case TitleFound(standing):
            return card(say, village, standing)
        case RowFound():
            return _row_card(say, village, found)
        case ArchiveFound(past):
            shown = badge(say, village, past.category)
            facts = [shown.name, say("Posted on {day}", day=day_and_year(say, past.posted))]
            if past.withdrawn:
                facts.append(say("taken back"))
            opens = Open(AtPast(past.id))
            return Card(
                past.id, past.title, tuple(facts), shown.tone, say("archive"), opens,
                (past.spoken,) if past.spoken else (),
            )  # fmt: skip


def _row_card(say: Catalogue, village: Village, found: RowFound) -> Card:
    """Return a name in a list: with the other names of its row, which tell namesakes apart."""
    notice, number = found.standing.posting.notice, found.row
    block = notice.blocks[found.block]
    names: tuple[str, ...] = (found.name,)
    opens = Open(AtNotice(notice.id, (found.block, number)))
    if isinstance(block, Table):
        known = {one.text for one in notice.names}
        others = (cell for cell in block.rows[number] if cell in known and cell != found.name)
        names = (found.name, *others)
    elif isinstance(block, Ledger):
        entry = block.rows[number]
        names = (entry.item, entry.handler) if entry.handler else (entry.item,)
        opens = Open(AtLedger(notice.id, found.block, number))
    withdrawn = found.standing.posting.entry.withdrawn is not None
    return Card(
        f"{notice.id} {found.block} {number}",
        " · ".join(names),
        (say("Row {number}", number=number + 1), notice.title),
        badge(say, village, found.standing.posting.entry.category).tone,
        flag(say, found.standing) if withdrawn else "",
        opens,
        (
            *(one for one in notice.reading if (one.block, one.row) == (found.block, number)),
            *(one for one in notice.reading if one.block == TITLE_BLOCK),
        ),
    )  # fmt: skip
