"""The outbox: what is put there stays, once, whole, whatever happens."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync import outbox as module
from sync.errors import CardFull
from sync.outbox import LIMIT, Entry, Outbox, Sender

KEY = "ab" * 32


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "outbox")


def contents(outbox: Outbox) -> list[bytes]:
    found = [outbox.read(one) for one in outbox.waiting()]
    return [entry.data for entry in found if entry]


def test_what_is_put_twice_waits_once_and_oldest_first(outbox: Outbox, tmp_path: Path) -> None:
    ids = [outbox.put("evidence-day", data) for data in (b"one", b"two", b"one")]
    for number, name in enumerate((ids[1], ids[0])):
        os.utime(tmp_path / f"outbox/evidence-day.{name}", (1_700_000_000 + number,) * 2)

    assert ids[0] == ids[2]
    assert contents(outbox) == [b"two", b"one"]
    assert outbox.waiting()[0].made_at == datetime.fromtimestamp(1_700_000_000, UTC)


def test_nothing_waits_before_anything_was_put(outbox: Outbox) -> None:
    assert outbox.waiting() == ()
    assert outbox.sender() is None


def test_other_files_in_the_folder_are_no_entries(outbox: Outbox, tmp_path: Path) -> None:
    outbox.put("evidence-day", b"one")
    for name in (".evidence-day.x.7.partial", "evidence-day.short", "x." + "G" * 64, "kiosk.json"):
        (tmp_path / "outbox" / name).write_bytes(b"junk")

    assert contents(outbox) == [b"one"]


def test_entry_that_the_card_has_changed_is_none_till_it_is_put_again(
    outbox: Outbox, tmp_path: Path
) -> None:
    name = outbox.put("evidence-day", b"one")
    (tmp_path / f"outbox/evidence-day.{name}").write_bytes(b"0ne")

    assert contents(outbox) == []
    outbox.put("evidence-day", b"one")
    assert contents(outbox) == [b"one"]


def test_full_outbox_refuses_the_newest_and_keeps_the_oldest(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    outbox.put("evidence-day", b"one")
    outbox.put("evidence-day", b"two")

    with pytest.raises(CardFull, match="outbox is full"):
        outbox.put("evidence-day", b"three")

    outbox.put("evidence-day", b"one")
    assert sorted(contents(outbox)) == [b"one", b"two"]


@pytest.mark.parametrize(
    ("kind", "data"), [("../x", b""), ("Day", b""), ("day", b"x" * (LIMIT + 1))]
)
def test_what_is_no_entry_is_not_taken(outbox: Outbox, kind: str, data: bytes) -> None:
    with pytest.raises(ValueError, match="no entry"):
        outbox.put(kind, data)


def test_sender_is_who_introduced_itself_last(outbox: Outbox, tmp_path: Path) -> None:
    first, second = Sender("qingshi", "k1", "村口", KEY), Sender("qingshi", "k1", "广场", KEY)

    outbox.introduce(first)
    outbox.introduce(second)

    assert outbox.sender() == second
    (tmp_path / "outbox/kiosk.json").write_text('{"village": "../x"}')
    assert outbox.sender() is None


def test_killed_while_putting_leaves_every_entry_whole_or_absent(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from sync.outbox import Outbox\n"
        "box = Outbox(Path(sys.argv[1]))\n"
        "for n in range(10_000):\n"
        "    box.put('evidence-day', b'%d' % n * 100); print(n, flush=True)\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", script, tmp_path / "outbox"], stdout=subprocess.PIPE
    )
    assert running.stdout
    for _ in range(30):
        running.stdout.readline()
    running.kill()
    put = 30 + len(running.stdout.read().splitlines())
    running.stdout.close()
    running.wait()

    found = {int(data[: len(data) // 100]) for data in contents(Outbox(tmp_path / "outbox"))}

    assert found in (set(range(put)), set(range(put + 1)))


def test_id_is_the_contents_hash() -> None:
    entry = Entry("evidence-day", datetime(2026, 11, 20, tzinfo=UTC), b"abc")

    assert entry.id == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
