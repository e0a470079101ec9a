"""Random damage and random lies: the gate answers every one with a refusal of its own."""

import copy
import json
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from securesystemslib.exceptions import FormatError
from tuf.api.exceptions import RepositoryError

from sync.errors import NotTrusted, NotUnderstood
from sync.feed.gate import Versions, open_feed, verify
from sync.feed.layout import FeedFiles
from tests.support import crook
from tests.support.office import OfficeInMemory, new_key, notice

FIELDS = ("timestamp", "snapshot", "targets", "notices", "index", "roots")
quick = settings(deadline=None, database=None, derandomize=True)


def _published() -> OfficeInMemory:
    office = OfficeInMemory()
    office.publish(notice("周五停水"))
    office.close_month("2026-10")
    office.rotate(online=new_key("office", "新机器"))
    office.publish(notice("周六停水"))
    return office


OFFICE = _published()
HONEST = verify(OFFICE.files(), OFFICE.anchor)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("notices/index.json"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=4,
)


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """Some bytes replaced, cut out or repeated."""
    start = draw(st.integers(0, len(data) - 1))
    end = draw(st.integers(start, min(len(data), start + 40)))
    middle = draw(st.binary(max_size=8) | st.just(data[start:end] * 2) | st.just(b""))
    return data[:start] + middle + data[end:]


@st.composite
def damaged_feed(draw: st.DrawFn) -> FeedFiles:
    """One file of the honest feed damaged."""
    files = OFFICE.files()
    name = draw(st.sampled_from(FIELDS))
    if name != "roots":
        return msgspec.structs.replace(files, **{name: draw(damaged(getattr(files, name)))})
    roots = list(files.roots)
    place = draw(st.integers(0, len(roots) - 1))
    roots[place] = draw(damaged(roots[place]))
    return msgspec.structs.replace(files, roots=tuple(roots))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    found = [path]
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            found += places(inner, (*path, key))
    return found


@quick
@given(damaged_feed())
def test_damage_never_passes_as_something_else(files):
    try:
        board = verify(files, OFFICE.anchor)
    except (NotTrusted, NotUnderstood):
        return
    assert (board.index, board.versions, board.holders, board.issued) == (
        HONEST.index,
        HONEST.versions,
        HONEST.holders,
        HONEST.issued,
    )


@quick
@given(
    st.sampled_from(["root", "targets", "notices", "snapshot", "timestamp"]),
    st.data(),
)
def test_lies_signed_with_the_right_keys_end_in_a_refusal_or_a_sound_board(role, data):
    field = {"root": lambda f: f.roots[-1]}.get(role, lambda f: getattr(f, role))
    honest = json.loads(field(OFFICE.files()))["signed"]
    place = data.draw(st.sampled_from(places(honest)[1:]))
    lie = data.draw(json_values)

    def tell(signed: dict[str, Any]) -> None:
        here: Any = signed
        for key in place[:-1]:
            here = here[key]
        here[place[-1]] = copy.deepcopy(lie)

    try:
        files = crook.forge(OFFICE.files(), OFFICE.signers, edits={role: tell})
    except (FormatError, RepositoryError, UnicodeEncodeError):
        return  # no signer could write this
    try:
        board = verify(files, files.roots[0])
    except (NotTrusted, NotUnderstood):
        return
    assert board.index == HONEST.index
    assert all(type(count) is int for count in msgspec.structs.astuple(board.versions))


@quick
@given(damaged(OFFICE.files().index))
def test_sealed_rubbish_in_the_index_opens_soundly_or_not_at_all(index):
    files = crook.forge(OFFICE.files(), OFFICE.signers, index=index)
    try:
        feed = open_feed(verify(files, OFFICE.anchor), OFFICE.read)
    except (NotTrusted, NotUnderstood):
        return
    except KeyError:
        return  # the blob it names is nowhere: the reader's error, not the gate's
    assert all(aside.reason.isprintable() for aside in feed.set_aside)


@quick
@given(st.builds(Versions, *[st.integers(0, 9)] * 6))
def test_what_passes_is_never_behind_what_was_shown(shown):
    try:
        board = verify(OFFICE.files(), OFFICE.anchor, shown)
    except NotTrusted:
        return
    found = board.versions
    assert found.root >= shown.root
    assert found.targets >= shown.targets
    assert found.notices >= shown.notices
    assert found.number >= shown.number
