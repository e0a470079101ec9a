"""What a person hears who wants a view read aloud: all of its words, in the order of the eyes.

A notice brings its sentences; the screen's own words know their sounds (`kiosk.phrases`). What has no
sounds, such as a name that only this village uses, is left out rather than said wrongly.
"""

from collections.abc import Iterator
from typing import Final

from kiosk.phrases import sounds_of
from kiosk.present.about import AboutView, AuditView
from kiosk.present.changes import ChangesView
from kiosk.present.duties import DUTIES_MARK
from kiosk.present.home import ClassKey, HomeView
from kiosk.present.idle import EmptyView
from kiosk.present.ledger import LedgerView
from kiosk.present.listing import ListView
from kiosk.present.notice import NoticeView
from kiosk.present.parts import Card, Spoken, class_mark
from kiosk.present.picture import PictureView
from kiosk.present.search import PastView, SearchView
from kiosk.present.status import StatusView
from kiosk.present.term import TermView
from kiosk.present.views import View
from sync.notices import Sentence

LABEL_BLOCK: Final = -10  # a sentence of the screen's own, that is on no notice


def heard(view: View) -> tuple[Spoken, ...]:
    """Return what is read aloud of `view`."""
    return tuple(_heard(view))


def _heard(view: View) -> Iterator[Spoken]:
    match view:
        case NoticeView() | LedgerView():
            yield from view.reading
            yield from _about(view)
        case PictureView() | PastView() | AboutView() | AuditView() | ChangesView():
            yield from view.reading
        case TermView():
            yield from view.reading
            yield from _term(view)
        case SearchView():
            yield from _titles(view)
        case HomeView():
            yield from _home(view)
        case ListView():
            yield from _list(view)
        case EmptyView() | StatusView():
            yield from _labels(view.title, *_lines(view))


def _term(view: TermView) -> Iterator[Spoken]:
    yield from _label(view.summary)
    for line in view.lines:
        yield from _label((line.words, line.day, line.verdict))
    yield from _labels(*view.notes)


def _titles(view: SearchView) -> Iterator[Spoken]:
    for card in view.cards:
        if card.spoken:
            yield Spoken(card.spoken, card.notice)


def _about(view: NoticeView | LedgerView) -> Iterator[Spoken]:
    """Yield, after the notice itself, the facts that stand beside it and how to object."""
    part = isinstance(view, LedgerView) and (view.chosen >= 0 or view.only != "all")
    if view.reading and not part:
        yield from _labels(*view.meta)
        yield from _label((view.strip.heading, *view.strip.lines))


def _home(view: HomeView) -> Iterator[Spoken]:
    if view.owed:
        yield from _label((view.owed.words,), DUTIES_MARK)
    yield from _labels(view.news, view.nothing)
    for card in view.cards:
        if card.spoken:
            yield Spoken(card.spoken, card.notice)
    yield from _labels(view.browse)
    for one in view.classes:
        yield from _class(one)


def _class(view: ClassKey) -> Iterator[Spoken]:
    yield from _label((view.name, view.count), class_mark(view.tone))


def _list(view: ListView) -> Iterator[Spoken]:
    yield from _labels(view.name, view.count, view.nothing)
    for card in view.cards:
        yield from _card(card)


def _card(view: Card) -> Iterator[Spoken]:
    if view.spoken:
        yield Spoken(view.spoken, view.notice)
    elif sounds_of(view.title):
        yield from _label((view.title,), view.notice)
    yield from _label(view.facts, view.notice)


def _lines(view: EmptyView | StatusView) -> Iterator[str]:
    if isinstance(view, EmptyView):
        yield from view.lines
        return
    for section in view.sections:
        yield section.heading
        yield from section.lines


def _labels(*words: str) -> tuple[Spoken, ...]:
    return tuple(spoken for one in words for spoken in _label((one,)))


def _label(words: tuple[str, ...], mark: str = "") -> Iterator[Spoken]:
    """Yield the words that have sounds as one sentence, with a pause between them."""
    said = [one for one in words if sounds_of(one)]
    if said:
        sounds = " ， ".join(sounds_of(one) for one in said)
        yield Spoken(Sentence(LABEL_BLOCK, "，".join(said), sounds), mark)
