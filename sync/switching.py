"""Writing a verified feed into the tables: what differs from what is there, and nothing else.

Part of `sync.store`, inside its transaction. A kiosk that gets one more notice writes one more notice,
whatever the size of its archive: cards wear out by writing.
"""

import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

import msgspec

from sync.feed.gate import VerifiedFeed, VerifiedPosting
from sync.feed.layout import Entry, FeedFiles, decode_notice
from sync.notices import BlobRef, blobs_of
from sync.schema import explained

SINGLE_FILES: Final = ("timestamp", "snapshot", "targets", "notices", "index")


def write_feed(
    database: sqlite3.Connection, feed: VerifiedFeed, at: datetime, files: Collection[BlobRef]
) -> None:
    """Make the tables say what `feed` says. Raises: CardFull."""
    with explained():
        _write_postings(database, feed)
        _write_rows(database, "feed_files", "name, data", _metadata(feed.board.files))
        _write_rows(database, "needed", "sha256, length", _needed(database, feed, files))
        _write_rows(
            database,
            "set_asides",
            "id, revision, sha256, reason",
            {msgspec.structs.astuple(aside) for aside in feed.set_aside},
        )
        board = {
            (
                1,
                msgspec.json.encode(feed.village),
                msgspec.json.encode(feed.board.holders),
                feed.board.issued.isoformat(),
                at.isoformat(),
            )
        }
        _write_rows(database, "board", "one, village, holders, issued, switched", board)


def clear_board(database: sqlite3.Connection) -> None:
    """Empty the tables of the board. Raises: CardFull."""
    with explained():
        for table in ("board", "feed_files", "postings", "notices", "set_asides"):
            database.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names


def set_state(database: sqlite3.Connection, name: str, value: bytes) -> None:
    """Write one value of kiosk-sync's own memory if it differs. Raises: CardFull."""
    with explained():
        there = database.execute("SELECT value FROM sync_state WHERE name = ?", (name,)).fetchone()
        if there == (value,):
            return
        database.execute("INSERT OR REPLACE INTO sync_state VALUES (?, ?)", (name, value))


def _write_postings(database: sqlite3.Connection, feed: VerifiedFeed) -> None:
    before: dict[str, tuple[int, bytes]] = {
        known: (revision, entry)
        for known, revision, entry in database.execute(
            "SELECT id, revision, entry FROM postings WHERE current = 1"
        )
    }
    for posting in feed.postings:
        _write_notice(database, posting)
        encoded = msgspec.json.encode(posting.entry)
        if before.pop(posting.entry.id, None) == (posting.entry.revision, encoded):
            continue
        # An earlier revision stays as history.
        database.execute("UPDATE postings SET current = 0 WHERE id = ?", (posting.entry.id,))
        _write_entry(database, posting.entry, encoded)
    aside = {item.id for item in feed.set_aside}
    for gone in before:
        _take_down(database, gone, forget=gone not in aside)
    database.execute("DELETE FROM notices WHERE sha256 NOT IN (SELECT sha256 FROM postings)")


def _write_entry(database: sqlite3.Connection, entry: Entry, encoded: bytes) -> None:
    database.execute(
        "INSERT OR REPLACE INTO postings VALUES (?, ?, 1, ?, ?, ?, ?, ?)",
        (
            entry.id,
            entry.revision,
            entry.category,
            entry.posted.isoformat(),
            entry.sealed.isoformat(),
            entry.notice.sha256,
            encoded,
        ),
    )


def _write_notice(database: sqlite3.Connection, posting: VerifiedPosting) -> None:
    if posting.data is None:
        return
    notice = decode_notice(posting.data)
    database.execute(
        "INSERT OR REPLACE INTO notices VALUES (?, ?, ?, ?, ?, ?)",
        (
            posting.entry.notice.sha256,
            posting.data,
            notice.title,
            notice.initials,
            notice.urgent,
            msgspec.json.encode(blobs_of(notice)),
        ),
    )


def _take_down(database: sqlite3.Connection, gone: str, *, forget: bool) -> None:
    if forget:
        database.execute("DELETE FROM postings WHERE id = ?", (gone,))
    else:
        database.execute("UPDATE postings SET current = 0 WHERE id = ?", (gone,))


def _needed(
    database: sqlite3.Connection, feed: VerifiedFeed, files: Collection[BlobRef]
) -> set[tuple[object, ...]]:
    """Return the board's own files and the pictures of every notice that is on it.

    Also of what a correction that is dated later corrects: that hangs till then.
    """
    issued = feed.board.issued.date().isoformat()  # UTC: the village's day, or the one before
    found = set(files)
    for (pictures,) in database.execute(
        "SELECT n.pictures FROM notices n JOIN postings p USING (sha256)"
        " WHERE n.pictures != x'5b5d' AND (p.current = 1 OR EXISTS"
        " (SELECT 1 FROM postings c WHERE c.id = p.id AND c.current = 1 AND c.posted > ?))",
        (issued,),
    ):
        found.update(msgspec.json.decode(pictures, type=tuple[BlobRef, ...]))
    return {(ref.sha256, ref.length) for ref in found}


def _metadata(files: FeedFiles) -> set[tuple[object, ...]]:
    roots = {(f"{number}.root", data) for number, data in enumerate(files.roots, start=1)}
    return {*roots, *((name, getattr(files, name)) for name in SINGLE_FILES)}


def _write_rows(
    database: sqlite3.Connection, table: str, columns: str, rows: Iterable[tuple[object, ...]]
) -> None:
    """Make a small table hold exactly `rows`; the first column is its key."""
    wanted = set(rows)
    there = set(database.execute(f"SELECT {columns} FROM {table}"))  # noqa: S608 - our own names
    key, *others = columns.split(", ")
    places = ", ".join("?" for _ in (key, *others))
    for row in there - wanted:
        database.execute(f"DELETE FROM {table} WHERE {key} = ?", (row[0],))  # noqa: S608
    for row in wanted - there:
        database.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", row)  # noqa: S608
