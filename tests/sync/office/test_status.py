"""The status: what waits, for whom, what runs out, and what to do next."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sync.feed.duties import Expiries
from sync.notices import Party
from sync.office.crowding import Crowd
from sync.office.deadlines import Deadlines
from sync.office.drafts import NoticeDraft, WithdrawalDraft
from sync.office.status import FirstSeal, Status, in_words, next_steps
from sync.workdays import TermRule
from tests.support.office import notice

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
FAR = Expiries(*(NOW + timedelta(days=300),) * 3)


def status(*drafts, first_seal: FirstSeal | None = None, expiries: Expiries = FAR) -> Status:
    return Status(
        number=3,
        issued=NOW,
        hanging=7,
        withdrawn=1,
        drafts=drafts,
        first_seal=first_seal,
        expiries=expiries,
        deadlines=Deadlines(NOW.date(), (), (), (), known_until=date(2027, 12, 31)),
        now=NOW,
    )


def test_nothing_to_do_is_said():
    assert next_steps(status()) == ("没有要办的事 (nothing to do)",)


def test_unaudited_draft_asks_for_its_audit():
    draft = NoticeDraft(notice(id="water", audit=()))

    assert next_steps(status(draft))[0].startswith("审核 water")
    assert "等审核，还有 3 项" in "".join(in_words(status(draft)))


def test_withdrawal_waits_for_the_seals():
    draft = WithdrawalDraft("water", 1, "停水通知", "重复", date(2026, 11, 20))

    assert "撤回《停水通知》" in "".join(in_words(status(draft)))
    assert "seal --as committee" in next_steps(status(draft))[0]


def test_other_partys_seal_is_asked_for():
    steps = next_steps(status(first_seal=FirstSeal(Party.SUPERVISOR)))

    assert steps == ("等村民委员会 (committee)盖章：kiosk-publish seal --as committee",)


def test_full_board_is_said():
    full = replace(status(), crowd=Crowd(174, TermRule()))

    assert "在栏 174 条，太多" in next_steps(full)[0]


def test_void_seal_is_said_and_waits_for_nobody():
    after_an_edit = status(first_seal=FirstSeal(Party.COMMITTEE, void=True))

    assert "the first seal is void" in "".join(in_words(after_an_edit))
    assert next_steps(after_an_edit) == ("没有要办的事 (nothing to do)",)


@pytest.mark.parametrize(
    ("part", "days", "words"),
    [("online", 13, "refresh"), ("seals", 59, "seal again"), ("keys", 59, "rotate")],
)
def test_what_runs_out_is_named_in_time(part, days, words):
    ends = {"keys": FAR.keys, "seals": FAR.seals, "online": FAR.online}
    ends[part] = NOW + timedelta(days=days)

    assert words in next_steps(status(expiries=Expiries(**ends)))[0]
