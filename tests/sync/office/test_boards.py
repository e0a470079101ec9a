"""Old board → new board: what is carried on, what closes into pages, what a seal holder is shown."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from sync.errors import BadInput
from sync.feed.layout import Index, decode_index, decode_page, encode, ref_of
from sync.notices import Correction, Notice, Paragraph, Publisher, Village
from sync.office.boards import Put, TakeBack, find, next_board, revisions, standing
from sync.office.difference import Item, difference, in_words
from sync.office.village import DEFAULT_CATEGORIES

VILLAGE = Village(
    "qs", "青石村", "村委会", "监委会", "合作社", "0933-0000000", "", DEFAULT_CATEGORIES
)


def notice(notice_id: str, title: str = "收支公示", **changes: object) -> Notice:
    plain = Notice(
        id=notice_id,
        revision=1,
        category="accounts",
        title=title,
        initials="szgs",
        publisher=Publisher.COMMITTEE,
        author="甲",
        posted=date(2026, 10, 15),
        blocks=(Paragraph(f"{title}的内容"),),
        reading=(),
    )
    return msgspec.structs.replace(plain, **changes)


class Hanging:
    """A board grown in memory, publication by publication."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.index: Index | None = None
        self.village = VILLAGE

    def read(self, ref):
        return self.files[ref.sha256]

    def build(self, *changes, at, village=None):
        return next_board(self.index, self.read, village or self.village, changes, issued=at)

    def publish(self, *changes, at, village=None):
        new = self.build(*changes, at=at, village=village)
        self.files.update((ref.sha256, data) for ref, data in new.files.items())
        before, self.index = (self.index, self.village), decode_index(new.index)
        shown = difference(
            before[0], self.index, self.read, villages=(before[1], village or self.village)
        )
        self.village = village or self.village
        return shown


def moment(day: int, month: int = 10, hour: int = 2) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def hanging() -> Hanging:
    return Hanging()


def test_first_board_lists_the_notice_by_content(hanging):
    first = notice("one")

    shown = hanging.publish(Put(first), at=moment(15))

    assert hanging.index.number == 1
    assert hanging.index.previous is None
    assert [entry.notice for entry in hanging.index.entries] == [ref_of(encode(first))]
    assert shown.added == (Item("one", 1, "收支公示", "accounts"),)
    assert shown.unchanged == 0


def test_same_changes_at_the_same_moment_give_the_same_bytes(hanging):
    hanging.publish(Put(notice("one")), at=moment(15))

    boards = [hanging.build(Put(notice("two")), at=moment(16)) for _ in range(2)]

    assert boards[0] == boards[1]


def test_month_of_the_past_closes_into_one_page_with_its_notices_inline(hanging):
    first, second, third = notice("one"), notice("two"), notice("three")
    hanging.publish(Put(first), at=moment(15))
    hanging.publish(Put(second), at=moment(16))

    shown = hanging.publish(Put(third), at=moment(2, month=11))

    page = decode_page(hanging.files[hanging.index.previous.page.sha256])
    assert [entry.id for entry in hanging.index.entries] == ["three"]
    assert page.month == "2026-10"
    assert [bytes(each.notice) for each in page.entries] == [encode(first), encode(second)]
    assert shown.closed == (("2026-10", 2),)
    assert shown.unchanged == 2


def test_month_is_counted_in_chinas_time(hanging):
    hanging.publish(Put(notice("one")), at=datetime(2026, 10, 31, 15, tzinfo=UTC))

    hanging.publish(Put(notice("two")), at=datetime(2026, 10, 31, 17, tzinfo=UTC))

    assert hanging.index.entries[0].sealed == date(2026, 11, 1)
    assert hanging.index.previous.month == "2026-10"


def test_months_without_notices_leave_no_page(hanging):
    hanging.publish(Put(notice("one")), at=moment(15, month=3))

    hanging.publish(Put(notice("two")), at=moment(15, month=7))
    hanging.publish(Put(notice("three")), at=moment(15, month=8))

    page = decode_page(hanging.files[hanging.index.previous.page.sha256])
    assert (page.month, page.previous.month) == ("2026-07", "2026-03")


def test_index_stays_flat_while_the_archive_grows(hanging):
    sizes = []
    for month in range(1, 13):
        for number in range(5):
            hanging.publish(Put(notice(f"n-{month}-{number}")), at=moment(15, month, number))
        sizes.append(len(encode(hanging.index)))

    assert max(sizes[1:]) - min(sizes[1:]) <= 20


def test_revision_stands_beside_what_it_corrects_and_names_it(hanging):
    hanging.publish(Put(notice("one")), at=moment(15))
    corrected = notice("one", "收支公示（更正）", revision=2, corrects=Correction(1, "第三笔写错"))

    shown = hanging.publish(Put(corrected), at=moment(16))

    assert shown.corrected == (Item("one", 2, "收支公示（更正）", "accounts", "第三笔写错"),)
    assert [p.notice.revision for p in revisions(hanging.index, hanging.read, "one")] == [1, 2]
    assert find(hanging.index, hanging.read, "one")[1] == encode(corrected)


def test_withdrawal_of_an_archived_notice_carries_its_file_and_reason(hanging):
    hanging.publish(Put(notice("one")), at=moment(15))
    hanging.publish(Put(notice("two")), at=moment(15, month=11))
    entry, encoded = find(hanging.index, hanging.read, "one")

    new = hanging.build(TakeBack(entry, encoded, "重复公示"), at=moment(16, month=11))
    shown = hanging.publish(TakeBack(entry, encoded, "重复公示"), at=moment(16, month=11))

    assert new.files[entry.notice] == encoded
    assert shown.withdrawn == (Item("one", 1, "收支公示", "accounts", "重复公示"),)
    assert shown.unchanged == 1
    assert standing(hanging.index, hanging.read)["one"].withdrawn.reason == "重复公示"


def test_unchanged_counts_neither_withdrawn_nor_corrected_notices(hanging):
    hanging.publish(*(Put(notice(each)) for each in ("one", "two", "three")), at=moment(15))
    entry, encoded = find(hanging.index, hanging.read, "one")
    hanging.publish(TakeBack(entry, encoded, "误发"), at=moment(16))

    shown = hanging.publish(Put(notice("two", revision=2)), at=moment(17))

    assert shown.unchanged == 1


def test_new_hotline_is_shown_with_the_old_one(hanging):
    hanging.publish(Put(notice("one")), at=moment(15))
    moved = msgspec.structs.replace(VILLAGE, hotline="0933-1111111")

    shown = hanging.publish(at=moment(16), village=moved)

    assert shown.village == (("hotline", "0933-0000000", "0933-1111111"),)
    assert bool(shown)


def test_clock_behind_the_last_publication_is_refused(hanging):
    hanging.publish(Put(notice("one")), at=moment(15))

    with pytest.raises(BadInput, match="clock"):
        hanging.build(Put(notice("two")), at=moment(14))


def test_board_that_drops_a_hanging_notice_is_not_shown_for_sealing(hanging):
    hanging.publish(Put(notice("one")), Put(notice("two")), at=moment(15))
    honest = decode_index(hanging.build(at=moment(16)).index)
    dropped = msgspec.structs.replace(honest, entries=honest.entries[1:])

    with pytest.raises(BadInput, match="does not continue"):
        difference(hanging.index, dropped, hanging.read, villages=(VILLAGE, VILLAGE))


def test_board_that_loses_the_archive_is_not_shown_for_sealing(hanging):
    hanging.publish(Put(notice("one")), at=moment(15))
    hanging.publish(Put(notice("two")), at=moment(15, month=11))
    new = decode_index(hanging.build(at=moment(16, month=11)).index)

    with pytest.raises(BadInput, match="lost"):
        difference(
            hanging.index,
            msgspec.structs.replace(new, previous=None),
            hanging.read,
            villages=(VILLAGE, VILLAGE),
        )


def test_difference_in_words_names_every_change(hanging):
    hanging.publish(Put(notice("one")), Put(notice("two", "低保公示")), at=moment(15))
    entry, encoded = find(hanging.index, hanging.read, "two")
    shown = hanging.publish(
        Put(notice("one", revision=2, corrects=Correction(1, "合计写错"))),
        TakeBack(entry, encoded, "重复公示"),
        Put(notice("three", "分红公示")),
        at=moment(2, month=11),
    )

    lines = in_words(shown, {"accounts": "财务收支"})

    assert lines == (
        "公开栏第 2 期 (board no. 2)",
        "新公示 (new)：1",
        "  · [财务收支] 分红公示（three，第 1 版）",
        "更正 (corrected)：1",
        "  · [财务收支] 收支公示（one，第 2 版）　原因：合计写错",
        "撤回 (withdrawn)：1",
        "  · [财务收支] 低保公示（two，第 1 版）　原因：重复公示",
        "不变 (unchanged)：0",
        "归档月份 (month closed)：2026-10，2 条",
    )
