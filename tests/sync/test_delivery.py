"""The outbox over real HTTP: once, whatever the line, the server or the power does."""

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync import delivery
from sync.delivery import Dispatch, Hub, Patience
from sync.errors import SourceUnavailable
from sync.outbox import Outbox, Outgoing, Sender
from sync.store import Store
from tests.support.hub import HubInTest, hub

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
SENDER = Sender("qingshi", "k1", "村口", "ab" * 32)
QUICK = Patience(connect=2.0, read=0.4, whole=0.8)


@dataclass
class Sending:
    """A kiosk with three days to send."""

    data: Path
    url: str
    now: datetime = NOON
    ids: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.data / "outbox")
        self.outbox.introduce(SENDER)
        for number in range(3):
            self.put(b"day %d" % number)
        self.open()

    def put(self, data: bytes) -> None:
        name = self.outbox.put("evidence-day", data)
        at = 1_700_000_000 + len(self.ids)
        os.utime(self.data / f"outbox/evidence-day.{name}", (at, at))
        self.ids.append(name)

    def open(self) -> None:
        self.store = Store(self.data / "sunboard.db")
        self.hub = Hub(self.url, QUICK)
        self.dispatch = Dispatch(self.outbox, self.store, self.hub, lambda: self.now)

    def restart(self) -> None:
        self.store.close()
        self.open()

    def flush(self) -> bool:
        return self.dispatch.flush()


@pytest.fixture
def office() -> Iterator[HubInTest]:
    with hub() as running:
        yield running


@pytest.fixture
def kiosk(tmp_path: Path, office: HubInTest) -> Iterator[Sending]:
    made = Sending(tmp_path / "data", office.url)
    yield made
    made.store.close()


def test_each_entry_goes_once_and_says_what_it_is(kiosk: Sending, office: HubInTest) -> None:
    assert kiosk.flush()
    kiosk.restart()
    assert kiosk.flush()

    assert list(office.received) == kiosk.ids
    assert list(office.received.values()) == [b"day 0", b"day 1", b"day 2"]
    assert len(office.asked) == 3
    assert office.asked[0]["Idempotency-Key"] == kiosk.ids[0]
    said = {name: value for name, value in office.asked[0].items() if name.startswith("Sunboard")}
    assert said == {
        "Sunboard-Kind": "evidence-day",
        "Sunboard-Village": "qingshi",
        "Sunboard-Kiosk": "k1",
        "Sunboard-Key": SENDER.key,
    }
    assert kiosk.store.outgoing() == Outgoing(sent=NOON)


def test_answer_lost_on_the_way_is_asked_for_again_and_doubles_nothing(
    kiosk: Sending, office: HubInTest
) -> None:
    office.lose_answer = True
    with pytest.raises(SourceUnavailable):
        kiosk.flush()
    office.lose_answer = False
    kiosk.restart()

    assert kiosk.flush()

    assert list(office.received) == kiosk.ids
    assert len(office.asked) == 4  # the first one twice; the second time it was known


@pytest.mark.parametrize("status", [302, 307, 408, 425, 429, 500, 502, 503])
def test_server_in_trouble_makes_the_rest_wait(
    kiosk: Sending, office: HubInTest, status: int
) -> None:
    office.status, office.after = status, 1

    with pytest.raises(SourceUnavailable, match=str(status)):
        kiosk.flush()

    said = f"the office's server answers {status}"
    assert kiosk.store.outgoing() == Outgoing(waiting=2, trouble=said, sent=NOON)
    assert len(office.asked) == 2
    office.status = 0
    kiosk.restart()
    assert kiosk.flush()
    assert list(office.received) == kiosk.ids
    assert kiosk.store.outgoing() == Outgoing(sent=NOON)


def test_refused_entry_is_parked_with_its_reason_and_does_not_hold_up_the_others(
    kiosk: Sending, office: HubInTest
) -> None:
    office.status, office.reason = 422, "这台公示屏没有登记\x1b[31m"

    assert kiosk.flush()
    assert kiosk.store.outgoing() == Outgoing(waiting=3, refused=("422 这台公示屏没有登记?[31m",))

    kiosk.restart()
    assert kiosk.flush()
    assert len(office.asked) == 3  # parked: nobody is asked again today

    office.status, kiosk.now = 0, NOON + timedelta(days=1)
    assert kiosk.flush()
    assert list(office.received) == kiosk.ids
    assert kiosk.store.outgoing() == Outgoing(sent=kiosk.now)


def test_refusal_from_the_future_is_asked_again(kiosk: Sending, office: HubInTest) -> None:
    office.status, kiosk.now = 403, NOON + timedelta(days=4000)
    kiosk.flush()

    office.status, kiosk.now = 0, NOON
    assert kiosk.flush()

    assert list(office.received) == kiosk.ids


def test_log_in_page_that_says_200_to_everything_takes_nothing_away(
    kiosk: Sending, office: HubInTest
) -> None:
    office.portal = True

    with pytest.raises(SourceUnavailable, match="log-in page"):
        kiosk.flush()

    assert kiosk.store.outgoing().waiting == 3


def test_no_network_is_waited_for(kiosk: Sending, tmp_path: Path) -> None:
    kiosk.dispatch = Dispatch(
        kiosk.outbox, kiosk.store, Hub("http://127.0.0.1:9/outbox", QUICK), lambda: NOON
    )

    with pytest.raises(SourceUnavailable, match="could not be reached"):
        kiosk.flush()

    assert kiosk.store.outgoing().waiting == 3


def test_server_that_never_answers_is_given_up(kiosk: Sending, office: HubInTest) -> None:
    office.stall = True

    with pytest.raises(SourceUnavailable):
        kiosk.flush()


def test_damaged_entry_does_not_hold_up_the_others(kiosk: Sending, office: HubInTest) -> None:
    (kiosk.data / f"outbox/evidence-day.{kiosk.ids[0]}").write_bytes(b"dog 0")

    assert kiosk.flush()

    assert list(office.received) == kiosk.ids[1:]


def test_stick_and_network_that_tell_at_once_lose_nothing(kiosk: Sending) -> None:
    other = Store(kiosk.data / "sunboard.db")
    kiosk.outbox.put("evidence-day", b"day 3")
    kiosk.dispatch = Dispatch(
        kiosk.outbox, kiosk.store, kiosk.hub, lambda: NOON,
        beat=lambda: other.change_outgoing(carried=NOON),
    )  # fmt: skip

    kiosk.flush()
    other.close()

    assert kiosk.store.outgoing() == Outgoing(sent=NOON, carried=NOON)


def test_forgotten_database_sends_again_what_the_server_knows(
    kiosk: Sending, office: HubInTest
) -> None:
    kiosk.flush()
    kiosk.store.close()
    for path in kiosk.data.glob("sunboard.db*"):
        path.unlink()
    kiosk.open()

    assert kiosk.flush()

    assert len(office.asked) == 6
    assert list(office.received) == kiosk.ids


def test_entry_that_is_gone_is_forgotten(kiosk: Sending) -> None:
    kiosk.flush()
    (kiosk.data / f"outbox/evidence-day.{kiosk.ids[1]}").unlink()

    kiosk.flush()

    assert kiosk.store.fates().keys() == {kiosk.ids[0], kiosk.ids[2]}


def test_nothing_is_sent_before_the_kiosk_has_a_key(kiosk: Sending, office: HubInTest) -> None:
    (kiosk.data / "outbox/kiosk.json").unlink()

    assert kiosk.flush()

    assert office.asked == []


def test_turn_ends_when_others_wait(
    kiosk: Sending, office: HubInTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "TURN", 0.0)

    assert not kiosk.flush()

    assert office.asked == []
    assert kiosk.store.outgoing().waiting == 3


def test_stop_ends_a_flush_in_the_middle(kiosk: Sending, office: HubInTest) -> None:
    stop = threading.Event()
    kiosk.dispatch = Dispatch(
        kiosk.outbox, kiosk.store, kiosk.hub, lambda: NOON, stop=stop, beat=stop.set
    )

    assert not kiosk.flush()

    assert len(office.asked) == 1
