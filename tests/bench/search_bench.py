"""What a letter costs: a search over a full board and 10,000 notices of the past.

The baseline is what a database does for the titles alone: LIKE over a plain table in memory.
"""

import sqlite3
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from kiosk.board import Board, board_at
from kiosk.search import Past, search
from sync.clock import Moment
from sync.feed.layout import Entry, Posting, encode, ref_of
from sync.notices import Name, Table
from tests.bench.figures import Figure, against
from tests.support.office import notice

PAST = 10_000
LISTS, ROWS = 30, 500  # on show: every household of the village in each of the lists
ROUNDS = 20
TODAY = date(2026, 11, 25)
TYPED = ("c", "cwgk", "wxj", "qqq")
_SURNAMES, _GIVEN = "wlzcyhxs", "abcdefghjklmnpqrstwxyz"


def measure() -> list[Figure]:
    board, archive = _board(), _archive()
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE notices (title TEXT, initials TEXT, posted TEXT)")
    database.executemany(
        "INSERT INTO notices VALUES (?, ?, ?)",
        [(one.title, one.initials, one.posted.isoformat()) for one in archive],
    )
    query = "SELECT * FROM notices WHERE initials LIKE ? ORDER BY posted DESC"
    ours = max(_ms(lambda typed=typed: search(board, archive, typed)) for typed in TYPED)  # type: ignore[misc]
    bare = max(
        _ms(lambda typed=typed: database.execute(query, (f"%{typed}%",)).fetchall())  # type: ignore[misc]
        for typed in TYPED
    )
    database.close()
    return [against("search_10000_ms", ours, "ms", bare)]


def _archive() -> tuple[Past, ...]:
    return tuple(
        Past(
            f"a-{number}", 1, "cwsz", f"第{number}号村集体财务公开", f"d{number}hcjtcwgk",
            TODAY - timedelta(days=100 + number // 3), withdrawn=False,
        )
        for number in range(PAST)
    )  # fmt: skip


def _board() -> Board:
    postings = []
    for number in range(LISTS):
        names = tuple(_name(row) for row in range(ROWS))
        rows = tuple((name.text, "545.00") for name in names)
        one = notice(
            f"名单{number}", id=f"list-{number}", initials=f"md{number}", posted=TODAY,
            blocks=(Table(("户主", "金额"), rows, (1,)),), names=names,
        )  # fmt: skip
        entry = Entry(one.id, 1, one.category, TODAY, TODAY, ref_of(encode(one)))
        postings.append(Posting(entry, one))
    return board_at(postings, Moment(datetime(2026, 11, 25, 4, tzinfo=UTC), trusted=True))


def _name(row: int) -> Name:
    surname, first = _SURNAMES[row % 8], _GIVEN[row // 8 % 22]
    return Name(f"村民{row}", surname + first + _GIVEN[row // 176 % 22])


def _ms(do: Callable[[], object]) -> float:
    seconds = []
    for _ in range(ROUNDS):
        before = time.perf_counter()
        do()
        seconds.append(time.perf_counter() - before)
    return statistics.median(seconds) * 1_000
