"""The kiosk's memory: switched in one step, little written, nothing forgotten that must stay."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sync.diary import ATTEMPTS_KEPT
from sync.errors import CardFull
from sync.feed.gate import VerifiedFeed, Versions, open_feed, verify
from sync.feed.layout import FeedFiles, ref_of
from sync.notices import Picture
from sync.records import Attempt, Outcome, Progress
from sync.schema import move_aside
from sync.shown import newest, read_shown
from sync.store import Store
from tests.support.office import OfficeInMemory, notice

AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
EVER = date(2000, 1, 1)


@pytest.fixture
def office() -> OfficeInMemory:
    return OfficeInMemory()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sunboard.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store(path)
    yield opened
    opened.close()


def feed_of(office: OfficeInMemory, held: frozenset[str] = frozenset()) -> VerifiedFeed:
    return open_feed(verify(office.files(), office.anchor), office.read, held=held)


def titles(store: Store, since: date = EVER) -> list[str]:
    return [posting.notice.title for posting in store.postings(since=since)]


def test_new_store_is_empty(store: Store) -> None:
    assert (store.held(), store.shown(), titles(store), store.attempts(5)) == (None, None, [], ())


def test_board_comes_back_as_it_was_switched(store: Store, office: OfficeInMemory) -> None:
    office.publish(notice("周五停水"))
    feed = feed_of(office)

    store.switch(feed, AT)

    held = store.held()
    assert held
    assert held.files == office.files()
    assert held.versions == feed.board.versions
    assert held.village == office.village
    assert held.holders == feed.board.holders
    assert (held.issued, held.switched) == (feed.board.issued, AT)
    (posting,) = store.postings(since=EVER)
    assert posting.entry == feed.postings[0].entry
    assert posting.notice == notice("周五停水")


def test_postings_come_newest_first_from_a_day_on(store: Store, office: OfficeInMemory) -> None:
    sealed = office.now.date()
    for days in (5, 3, 4):
        posted = sealed + timedelta(days=days)
        office.publish(notice(f"{days}天后公告", posted=posted))
    office.publish(notice("早先的公告", posted=sealed - timedelta(days=30)))

    store.switch(feed_of(office), AT)

    assert titles(store) == ["5天后公告", "4天后公告", "3天后公告", "早先的公告"]
    assert titles(store, since=sealed + timedelta(days=4)) == ["5天后公告", "4天后公告"]
    assert "早先的公告" in titles(store, since=sealed)  # it hangs since it was sealed


def test_archive_is_paged_by_category(store: Store, office: OfficeInMemory) -> None:
    for day in range(1, 6):
        category = "cwsz" if day % 2 else "zdxm"
        office.publish(notice(f"{day}日公告", posted=date(2026, 11, day), category=category))
    store.switch(feed_of(office), AT)

    before = date(2026, 11, 5)
    first = store.archive(category=None, before=before, offset=0, limit=3)
    second = store.archive(category=None, before=before, offset=3, limit=3)
    money = store.archive(category="cwsz", before=before, offset=0, limit=9)

    assert [line.title for line in first] == ["4日公告", "3日公告", "2日公告"]
    assert [line.title for line in second] == ["1日公告"]
    assert [(line.title, line.initials, line.withdrawn) for line in money] == [
        ("3日公告", "tstz", False),
        ("1日公告", "tstz", False),
    ]


def test_one_more_notice_writes_one_more_notice(store: Store, office: OfficeInMemory) -> None:
    office.publish(*(notice(f"公告{number}") for number in range(50)))
    store.switch(feed_of(office), AT)
    office.publish(notice("新公告"))
    feed = feed_of(office, store.intact_notices())
    database = store._open
    assert database
    before = database.total_changes

    store.switch(feed, AT)

    written = database.total_changes - before
    assert len(store.postings(since=EVER)) == 51
    # notice, posting, four metadata files, board, shown; replaced rows count twice
    assert written <= 14


def test_same_board_again_writes_nothing(store: Store, office: OfficeInMemory) -> None:
    office.publish(notice())
    store.switch(feed_of(office), AT)
    database = store._open
    assert database
    before = database.total_changes

    store.switch(feed_of(office, store.intact_notices()), AT)

    assert database.total_changes == before


def test_switch_that_fails_half_way_changes_nothing(store: Store, office: OfficeInMemory) -> None:
    office.publish(notice("周五停水"))
    store.switch(feed_of(office), AT)
    before = store.held()
    office.publish(notice("周六停水"))
    database = store._open
    assert database
    database.execute(
        "CREATE TRIGGER broken BEFORE INSERT ON board BEGIN SELECT RAISE(ABORT, 'no'); END"
    )

    with pytest.raises(CardFull, match="cannot be used"):
        store.switch(feed_of(office), AT + timedelta(minutes=1))

    assert store.held() == before
    assert titles(store) == ["周五停水"]
    assert not database.in_transaction


def test_pictures_of_the_board_are_needed_and_those_taken_back_are_not(
    store: Store, office: OfficeInMemory
) -> None:
    first, second = ref_of(b"first picture"), ref_of(b"second picture")
    office.publish(notice("一", id="a", blocks=(Picture(first, 9, 9),), reading=()))
    store.switch(feed_of(office), AT)
    office.publish(notice("二", id="a", revision=2, blocks=(Picture(second, 9, 9),), reading=()))

    before = store.needed()
    store.switch(feed_of(office), AT)

    assert (before, store.needed()) == ((first,), (second,))


def test_pictures_of_what_hangs_till_its_correction_does_are_needed_till_then(
    store: Store, office: OfficeInMemory
) -> None:
    first, second = ref_of(b"first picture"), ref_of(b"second picture")
    today = office.now.date()
    office.publish(notice("一", id="a", blocks=(Picture(first, 9, 9),), reading=()))
    store.switch(feed_of(office), AT)
    corrected = {"posted": today + timedelta(days=10), "blocks": (Picture(second, 9, 9),)}
    office.publish(notice("二", id="a", revision=2, reading=(), **corrected))

    store.switch(feed_of(office), AT)
    till_then = store.needed()
    office.now += timedelta(days=10)
    office.publish(notice("三"))
    store.switch(feed_of(office), AT)

    assert set(till_then) == {first, second}
    assert store.needed() == (second,)


def test_versions_stay_when_the_files_are_zeroed(store: Store, office: OfficeInMemory) -> None:
    office.publish(notice())
    feed = feed_of(office)
    store.switch(feed, AT)
    database = store._open
    assert database

    database.execute("UPDATE feed_files SET data = x''")

    held = store.held()
    assert held
    assert held.files == FeedFiles((b"",), b"", b"", b"", b"", b"")
    assert store.shown() == feed.board.versions


def test_versions_outlive_a_damaged_database(path: Path, office: OfficeInMemory) -> None:
    store = Store(path)
    office.publish(notice())
    store.switch(feed_of(office), AT)
    versions = store.shown()
    store.close()
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 8_000)

    store = Store(path)

    assert store.was_damaged
    assert store.held() is None
    assert store.shown() == versions
    assert path.with_name("sunboard.db.damaged").exists()
    store.close()


def test_damage_in_the_middle_is_found_at_the_start(path: Path, office: OfficeInMemory) -> None:
    store = Store(path)
    office.publish(*(notice(f"公告{number}") for number in range(60)))
    store.switch(feed_of(office), AT)
    store.close()
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 12] = b"\xa5" * (4096 * 9)
    path.write_bytes(data)

    store = Store(path)

    assert store.was_damaged
    store.switch(feed_of(office), AT)
    assert len(titles(store)) == 60
    store.close()


def test_versions_outlive_a_damaged_file_of_their_own(path: Path, office: OfficeInMemory) -> None:
    store = Store(path)
    office.publish(notice())
    store.switch(feed_of(office), AT)
    versions = store.shown()

    path.with_name("shown.json").write_bytes(b"\x00" * 40)

    assert store.shown() == versions
    office.refresh()
    store.switch(feed_of(office), AT)
    assert read_shown(path.parent) == store.shown() != versions
    store.close()


def test_newer_memory_wins_field_by_field_under_the_same_root() -> None:
    first = Versions(root=1, timestamp=5, snapshot=5, targets=1, notices=3, number=9)
    second = Versions(root=1, timestamp=7, snapshot=4, targets=1, notices=3, number=8)

    assert newest(first, second) == Versions(1, 7, 5, 1, 3, 9)
    assert newest(None, second) == second
    assert newest(None, None) is None


def test_new_root_may_count_from_the_beginning() -> None:
    pushed = Versions(root=1, timestamp=1 << 50, snapshot=1 << 50, targets=1, notices=3, number=9)
    rotated = Versions(root=2, timestamp=4, snapshot=4, targets=2, notices=4, number=10)

    assert newest(pushed, rotated) == rotated


def test_attempts_are_kept_newest_first_and_bounded(store: Store) -> None:
    for number in range(ATTEMPTS_KEPT + 20):
        store.record(Attempt(AT, f"s{number}", Outcome.SAME, "", "", 0, 0))

    kept = store.attempts(1_000)

    assert len(kept) == ATTEMPTS_KEPT
    assert kept[0].source == f"s{ATTEMPTS_KEPT + 19}"
    assert store.attempts(2) == kept[:2]


def test_progress_failures_and_time_survive_a_restart(path: Path) -> None:
    store = Store(path)
    store.set_progress(Progress("u", 1, 2, 3, 4))
    store.set_failures("u", 5)
    store.set_proven_time(AT)
    store.close()

    store = Store(path)

    assert store.progress() == Progress("u", 1, 2, 3, 4)
    assert (store.failures("u"), store.failures("other")) == (5, 0)
    assert store.proven_time() == AT
    store.set_progress(None)
    assert store.progress() is None
    store.close()


def test_reader_finds_nothing_until_there_is_something(path: Path, office: OfficeInMemory) -> None:
    reader = Store(path, readonly=True)
    assert (reader.held(), titles(reader), reader.changed()) == (None, [], False)

    writer = Store(path)
    office.publish(notice("周五停水"))
    writer.switch(feed_of(office), AT)

    assert reader.changed()
    assert not reader.changed()
    assert titles(reader) == ["周五停水"]
    writer.record(Attempt(AT, "u", Outcome.SAME, "", "", 0, 0))
    assert reader.changed()
    reader.close()
    writer.close()


def test_reader_cannot_write(path: Path, store: Store) -> None:
    reader = Store(path, readonly=True)

    with pytest.raises(TypeError, match="cannot be written"):
        reader.set_progress(None)

    reader.close()


def test_reader_follows_when_a_damaged_database_is_replaced(
    path: Path, office: OfficeInMemory
) -> None:
    office.publish(notice("周五停水"))
    writer = Store(path)
    writer.switch(feed_of(office), AT)
    writer.close()
    reader = Store(path, readonly=True)
    assert titles(reader) == ["周五停水"]
    path.with_name("new.db").write_bytes(b"SQLite format 3\x00" + b"\xff" * 8_000)
    path.with_name("new.db").replace(path)

    writer = Store(path)
    writer.switch(feed_of(office), AT)

    assert reader.changed()
    assert titles(reader) == ["周五停水"]
    reader.close()
    writer.close()


def test_writer_follows_when_another_found_its_database_damaged(
    path: Path, office: OfficeInMemory
) -> None:
    running = Store(path)
    move_aside(path)
    importing = Store(path)
    office.publish(notice("周五停水"))

    running.switch(feed_of(office), AT)

    assert titles(importing) == ["周五停水"]
    running.close()
    importing.close()


def test_notices_are_decoded_once(store: Store, office: OfficeInMemory) -> None:
    office.publish(notice("一"), notice("二"))
    store.switch(feed_of(office), AT)

    first, second = store.postings(since=EVER), store.postings(since=EVER)

    assert all(a.notice is b.notice for a, b in zip(first, second, strict=True))


def test_notice_that_cannot_be_shown_is_set_aside_and_named(
    store: Store, office: OfficeInMemory
) -> None:
    office.publish(notice("好"), notice("坏\u200b", id="bad"))

    store.switch(feed_of(office), AT)

    assert titles(store) == ["好"]
    assert [item.id for item in store.set_asides()] == ["bad"]


def test_other_programs_tables_are_left_alone(path: Path) -> None:
    others = sqlite3.connect(path)
    others.execute("CREATE TABLE help_requests (id INTEGER)")
    others.execute("INSERT INTO help_requests VALUES (7)")
    others.commit()

    store = Store(path)
    store.set_progress(None)
    store.close()

    assert others.execute("SELECT id FROM help_requests").fetchall() == [(7,)]
    others.close()


def test_database_of_a_newer_program_is_refused_not_overwritten(path: Path) -> None:
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.commit()
    newer.close()

    with pytest.raises(CardFull, match="shape 99") as caught:
        Store(path)

    assert "too old" in caught.value.advice


def test_full_database_says_that_the_card_is_full(store: Store, office: OfficeInMemory) -> None:
    office.publish(notice("周五停水"))
    store.switch(feed_of(office), AT)
    database = store._open
    assert database
    database.execute("PRAGMA max_page_count = 1")
    office.publish(*(notice(f"公告{number}") for number in range(50)))

    with pytest.raises(CardFull, match="card is full"):
        store.switch(feed_of(office), AT)

    assert titles(store) == ["周五停水"]


def test_everything_is_written_with_full_durability(store: Store) -> None:
    database = store._open
    assert database

    assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert database.execute("PRAGMA synchronous").fetchone() == (2,)
