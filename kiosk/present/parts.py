"""Pieces that several screens show: badges, seals, cards and the strip beside a notice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.board import Board, Standing
from kiosk.catalogue import Catalogue
from kiosk.intentions import Open
from kiosk.phrases import sounds_of
from kiosk.places import AtLedger, AtNotice
from kiosk.present.wording import day, place_in_term
from sync.feed.layout import Posting
from sync.ledger import Ledger
from sync.notices import (
    BANNER_BLOCK,
    TITLE_BLOCK,
    Category,
    Notice,
    Party,
    Publisher,
    Sentence,
    Table,
    Village,
)

Tone = Literal["finance", "policy", "affairs"]
TONES: Final[tuple[Tone, ...]] = ("finance", "policy", "affairs")
LABEL_BLOCK: Final = -10  # a sentence of the screen's own, that is on no notice
NEW_WORKING_DAYS: Final = 3  # a notice is called new this long


@dataclass(frozen=True, slots=True)
class Badge:
    """A category's name on the colour of its class."""

    name: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Stamp:
    """A verified seal: the body's name and when it sealed."""

    name: str
    line: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A total in a box; `tone` says which way the money went."""

    label: str
    amount: str
    unit: str
    tone: Literal["income", "expense", "balance"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence that can be heard, and the thing on the screen that it reads.

    `notice` is the notice whose sealed sentence it is, or the mark of a card or a row that it is said
    of. `own` are words of the screen's own that are lit wherever they stand, but on no card.
    """

    sentence: Sentence
    notice: str
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A notice in a list; `flag` is a word such as 新, `spoken` its title to be heard."""

    notice: str
    title: str
    facts: tuple[str, ...]
    tone: Tone
    flag: str
    opens: Open
    spoken: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """What always stands beside a notice: the way to object, and who sealed it.

    `link` is what the QR code says, empty where the village has no objection page. `about` is what a
    touch on the seals opens.
    """

    notice: str
    link: str
    heading: str
    lines: tuple[str, ...]
    stamps: tuple[Stamp, ...]
    about: str


def badge(say: Catalogue, village: Village, category: str) -> Badge:
    """Return the badge of a category; an unknown one is a village matter."""
    found = categories(village).get(category)
    if found is None:
        return Badge(class_name(say, "affairs"), "affairs")
    return Badge(say.name(found.name), found.group)


def categories(village: Village) -> Mapping[str, Category]:
    """Return the village's categories by id."""
    return {category.id: category for category in village.categories}


def committee(say: Catalogue, village: Village) -> str:
    """Return the committee's name, said as what it is: the voice doesn't know the village's."""
    return say.called(village.committee, say("the villagers' committee"))


def supervisor(say: Catalogue, village: Village) -> str:
    """Return the supervising committee's name, said as what it is."""
    return say.called(village.supervisor, say("the supervising committee"))


def publisher(say: Catalogue, village: Village, notice: Notice) -> str:
    """Return the own name of the body that publishes it."""
    if notice.publisher is Publisher.COLLECTIVE:
        return say.called(village.collective, say("the village's economic collective"))
    return committee(say, village)


def class_name(say: Catalogue, tone: Tone) -> str:
    """Return the name of one of the three classes."""
    return {
        "finance": say("Income and expense"),
        "policy": say("Support policies"),
        "affairs": say("Village matters"),
    }[tone]


def class_mark(tone: Tone) -> str:
    """Return how the key of a class is known while its name is read aloud."""
    return f"class {tone}"


def category_mark(tone: Tone, name: str) -> str:
    """Return how the key of a category is known while its name is read aloud."""
    return f"category {tone} {name}"


def opens(notice: Notice) -> Open:
    """Return where a touch on the notice leads: to the entries if it is nothing but a ledger."""
    if len(notice.blocks) == 1 and isinstance(notice.blocks[0], Ledger) and not notice.corrects:
        return Open(AtLedger(notice.id, 0))
    return Open(AtNotice(notice.id))


def card(say: Catalogue, village: Village, standing: Standing) -> Card:
    """Return a notice as it stands in a list."""
    notice, entry = standing.posting.notice, standing.posting.entry
    shown = badge(say, village, entry.category)
    if entry.withdrawn:
        facts: tuple[str, ...] = (
            say(
                "Taken back {day}: {reason}",
                day=day(say, entry.withdrawn.on),
                reason=entry.withdrawn.reason,
            ),
        )
    else:
        facts = (shown.name, place_in_term(say, standing))
    return Card(
        notice.id, notice.title, facts, shown.tone, flag(say, standing), _opens(standing.posting),
        (*_title(notice), *(entry.withdrawn.reading if entry.withdrawn else ())),
    )  # fmt: skip


def stamps(
    say: Catalogue, village: Village, posting: Posting, verified: frozenset[Party]
) -> tuple[Stamp, ...]:
    """Return the seals to draw: only those that the gate has verified."""
    notice = posting.notice
    audited = max((item.on for item in notice.audit), default=posting.entry.sealed)
    drawn = []
    if Party.COMMITTEE in verified:
        sealed = say("sealed {day}", day=day(say, posting.entry.sealed))
        drawn.append(Stamp(committee(say, village), sealed))
    if Party.SUPERVISOR in verified:
        drawn.append(
            Stamp(supervisor(say, village), say("audited and sealed {day}", day=day(say, audited)))
        )
    return tuple(drawn)


def strip(
    say: Catalogue, village: Village, posting: Posting, verified: frozenset[Party], link: str
) -> Strip:
    """Return what stands beside a notice; `link` is the objection link, or empty."""
    heading = say("Scan to object") if link else say("To object")
    call = (
        say("or call {number}", number=village.hotline)
        if link
        else say("call {number}", number=village.hotline)
    )
    seals = stamps(say, village, posting, verified)
    return Strip(posting.notice.id, link, heading, (call,), seals, say("About this notice"))


def own_words(words: Iterable[str], mark: str = "") -> tuple[Spoken, ...]:
    """Return the words that have sounds as one sentence, with a pause between them; nothing if none has."""
    said = tuple(one for one in words if sounds_of(one))
    if not said:
        return ()
    sounds = " ， ".join(sounds_of(one) for one in said)
    sentence = Sentence(LABEL_BLOCK, "，".join(said), sounds)
    return (Spoken(sentence, mark, () if mark else said),)


def read_first(standing: Standing, rest: Iterable[Sentence]) -> tuple[Spoken, ...]:
    """Return what is heard of a notice: its title, that it was corrected or taken back, then `rest`."""
    notice, withdrawn = standing.posting.notice, standing.posting.entry.withdrawn
    first = [*_title(notice)]
    first += withdrawn.reading if withdrawn else ()
    first += [one for one in notice.reading if one.block == BANNER_BLOCK]
    rest = () if withdrawn else (one for one in rest if one.block >= 0)
    return tuple(Spoken(one, notice.id) for one in (*first, *rest))


def _title(notice: Notice) -> Iterator[Sentence]:
    return (one for one in notice.reading if one.block == TITLE_BLOCK)


def is_new(standing: Standing) -> bool:
    """Tell whether a notice still counts as new."""
    return standing.working_day < NEW_WORKING_DAYS and standing.posting.entry.withdrawn is None


def on_show(found: Iterable[Standing]) -> int:
    """Return how many are on show; what was taken back stays in its list, but isn't."""
    return sum(one.posting.entry.withdrawn is None for one in found)


def of_class(board: Board, village: Village, tone: str, category: str = "") -> tuple[Standing, ...]:
    """Return the notices of a class, or of one of its categories; withdrawn ones last."""
    known = categories(village)

    def belongs(standing: Standing) -> bool:
        found = known.get(standing.posting.entry.category)
        if category:
            return standing.posting.entry.category == category
        return (found.group if found else "affairs") == tone

    return tuple(one for one in (*board.standing, *board.withdrawn) if belongs(one))


def number_columns(table: Table) -> tuple[bool, ...]:
    """Tell for each column whether it holds numbers, which stand at the right."""
    return tuple(
        column in table.money or _all_numbers(tuple(row[column] for row in table.rows))
        for column in range(len(table.header))
    )


def _opens(posting: Posting) -> Open:
    return Open(AtNotice(posting.notice.id)) if posting.entry.withdrawn else opens(posting.notice)


def flag(say: Catalogue, standing: Standing) -> str:
    """Return the one word that must be seen first: taken back, corrected, urgent, new, or none."""
    if standing.posting.entry.withdrawn:
        return say("taken back")
    if standing.posting.notice.corrects:
        return say("corrected")
    if standing.posting.notice.urgent:
        return say("urgent")
    return say("new") if is_new(standing) else ""


def _all_numbers(cells: tuple[str, ...]) -> bool:
    filled = [cell.strip().replace(",", "").lstrip("-\u2212") for cell in cells if cell.strip()]
    return bool(filled) and all(
        cell.replace(".", "", 1).removesuffix("%").isdecimal() and len(cell) < 12 for cell in filled
    )
