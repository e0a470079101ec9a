"""What a person hears who wants a view read aloud: all of its words, in the order of the eyes.

A notice brings its sentences; the screen's own words know their sounds (`kiosk.phrases`). What has no
sounds, such as a name that only this village uses, is left out rather than said wrongly.
"""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.phrases import sounds_of
from kiosk.present.about import About, AboutView, AuditView, fact_mark, item_mark
from kiosk.present.changes import ChangesView
from kiosk.present.duties import DUTIES_MARK
from kiosk.present.home import ALL_MARK, ClassKey, HomeView
from kiosk.present.idle import EmptyView
from kiosk.present.ledger import LedgerView
from kiosk.present.listing import ListView
from kiosk.present.months import month_mark
from kiosk.present.notice import LedgerPart, NoticeView, TextPart
from kiosk.present.parts import Card, Spoken, category_mark, class_mark, own_words
from kiosk.present.picture import PictureView
from kiosk.present.search import PastView, SearchView
from kiosk.present.status import StatusView
from kiosk.present.term import TermView
from kiosk.present.views import View
from sync.notices import TITLE_BLOCK


def heard(view: View) -> tuple[Spoken, ...]:
    """Return what is read aloud of `view`."""
    return tuple(_heard(view))


def _heard(view: View) -> Iterator[Spoken]:
    match view:
        case NoticeView() | LedgerView():
            yield from _of_notice(view)
        case PictureView():
            yield from view.reading
        case AboutView() | AuditView() | TermView() | ChangesView():
            yield from _labels(view.heading)
            yield from (*view.reading, *_annex(view))
        case PastView():
            yield from (
                *_labels(view.flag),
                *view.reading,
                *_labels(*view.facts, *view.lines, view.key),
            )
        case SearchView():
            yield from _search(view)
        case HomeView():
            yield from _home(view)
        case ListView():
            yield from _list(view)
        case EmptyView() | StatusView():
            yield from _labels(view.title, *_lines(view))


def _of_notice(view: NoticeView | LedgerView) -> Iterator[Spoken]:
    """Yield the notice with the facts that stand beside it, and how to object; or the chosen entry alone."""
    if isinstance(view, LedgerView) and view.chosen >= 0:
        yield from view.reading
        return
    yield from _labels(view.badge.name)
    yield from (one for one in view.reading if one.sentence.block == TITLE_BLOCK)
    rest = [one for one in view.reading if one.sentence.block != TITLE_BLOCK]
    if isinstance(view, LedgerView):
        yield from _ledger(view, rest)
    else:
        yield from _text(view, rest)
        yield from _facts(view.about)
    if view.strip:
        yield from own_words((view.strip.heading, *view.strip.lines))


def _ledger(view: LedgerView, entries: list[Spoken]) -> Iterator[Spoken]:
    yield from own_words(view.meta)
    yield from _labels(view.sum)
    if not view.months:
        yield from own_words(view.header)
    yield from entries
    for number, month in enumerate(view.months):
        yield from own_words((month.said,), month_mark(number))


def _text(view: NoticeView, sealed: list[Spoken]) -> Iterator[Spoken]:
    """Yield what follows the title: what isn't said again among the facts below, then part by part."""
    below = {words for fact in view.about.facts for words in fact.words}
    yield from _labels(*(words for words in view.meta if words not in below))
    yield from (one for one in sealed if one.sentence.block < 0)
    yield from _labels(*(words for one in view.banners for words in (one.words, one.key)))
    for part in view.parts:
        if isinstance(part, TextPart):
            yield from _labels(
                part.text
            )  # where the screen's own words stand for what is kept back
        if isinstance(part, LedgerPart):
            yield from _labels(part.period)
        yield from (one for one in sealed if one.sentence.block == part.block)
        if isinstance(part, LedgerPart):
            yield from _labels(part.key)


def _facts(view: About) -> Iterator[Spoken]:
    yield from _labels(view.heading)
    for number, fact in enumerate(view.facts):
        if not fact.banner and any(sounds_of(words) for words in fact.words):
            for one in own_words((fact.label, *fact.words), fact_mark(number)):
                yield replace(one, own=fact.words)  # some stand below the title as well
    yield from _labels(*(words for words, _ in view.keys))


def _annex(view: AboutView | AuditView | TermView | ChangesView) -> Iterator[Spoken]:
    match view:
        case AboutView():
            yield from _facts(replace(view.about, heading=""))
        case AuditView():
            yield from own_words(view.summary)
            for number, item in enumerate(view.lines):
                words = (item.item, item.verdict, *item.details, item.remark)
                yield from own_words(words, item_mark(number))
        case TermView():
            yield from own_words(view.summary)
            for number, line in enumerate(view.lines):
                yield from own_words((line.words, line.day, line.verdict), item_mark(number))
            yield from _labels(*view.notes)
        case ChangesView():
            yield from _labels(view.more)


def _search(view: SearchView) -> Iterator[Spoken]:
    if not view.typed:
        yield from _labels(view.prompt)
    yield from _labels(view.words, *view.hint)
    for card in view.cards:
        yield from _card(card)


def _home(view: HomeView) -> Iterator[Spoken]:
    if view.owed:
        yield from own_words((view.owed.words,), DUTIES_MARK)
    yield from _labels(view.news, view.nothing)
    yield from own_words((view.all.words,), ALL_MARK)
    for card in view.cards:
        yield from _card(card)
    yield from _labels(view.search.label, view.browse)
    for one in view.classes:
        yield from _class(one)


def _class(view: ClassKey) -> Iterator[Spoken]:
    yield from own_words((view.name, view.count), class_mark(view.tone))
    for one in view.categories:
        yield from own_words((one.name, one.count, one.flag), category_mark(view.tone, one.name))


def _list(view: ListView) -> Iterator[Spoken]:
    yield from _labels(view.name, view.count, view.nothing)
    for card in view.cards:
        yield from _card(card)


def _card(view: Card) -> Iterator[Spoken]:
    yield from (Spoken(one, view.notice) for one in view.spoken)
    title = () if view.spoken else (view.title,)
    yield from own_words((*title, view.flag, *view.facts), view.notice)


def _lines(view: EmptyView | StatusView) -> Iterator[str]:
    if isinstance(view, EmptyView):
        yield from view.lines
        return
    yield view.todo
    for section in view.sections:
        yield from (section.heading, *section.lines)


def _labels(*words: str) -> tuple[Spoken, ...]:
    return tuple(spoken for one in words for spoken in own_words((one,)))
