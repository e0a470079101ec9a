"""Files → drafts → audit → two seals → a feed that a kiosk takes."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from sync.errors import BadInput, NotAllowed, OfficeError
from sync.feed.layout import decode_notice, decode_page
from sync.notices import Correction, Party
from sync.office import Details, Outcome
from sync.office.difference import Item
from sync.office.status import FirstSeal
from tests.sync.office.conftest import TEXT


def test_notice_travels_from_a_file_to_a_verified_board(desk):
    desk.add()
    desk.audit()

    assert desk.seal(Party.COMMITTEE) is Outcome.WAITING
    assert desk.seal(Party.SUPERVISOR) is Outcome.PUBLISHED

    feed = desk.feed()
    notice = decode_notice(feed.postings[0].data)
    assert desk.hanging() == [("water", 1)]
    assert notice.title == "十一月停水通知"
    assert notice.initials == "syytstz"
    assert [item.verdict for item in notice.audit] == ["pass"] * 3
    assert {sentence.block for sentence in notice.reading} == {-1, 0}
    assert [(holder.party, holder.name) for holder in feed.board.holders] == [
        (Party.COMMITTEE, "李示例"),
        (Party.SUPERVISOR, "王示例"),
    ]
    assert desk.office.status().drafts == ()


@pytest.mark.parametrize("party", list(Party))
def test_one_seal_alone_publishes_nothing(desk, party):
    desk.ready()

    assert desk.seal(party) is Outcome.WAITING

    assert desk.hanging() == []
    assert desk.office.status().first_seal == FirstSeal(party)


def test_supervisor_may_seal_first(desk):
    desk.ready()

    assert desk.seal(Party.SUPERVISOR, Party.COMMITTEE) is Outcome.PUBLISHED


def test_both_seal_holders_are_shown_the_same_difference(desk):
    desk.publish("old")
    desk.ready("water")

    desk.seal()

    assert desk.shown[-1] == desk.shown[-2]
    assert desk.shown[-1].added == (Item("water", 1, "十一月停水通知", "other"),)
    assert desk.shown[-1].unchanged == 1


def test_seal_holder_who_says_no_seals_nothing(desk):
    desk.ready()

    assert desk.office.seal(Party.COMMITTEE, confirm=lambda _: False) is Outcome.DECLINED

    assert desk.office.status().first_seal is None


def test_sealing_twice_is_answered_kindly(desk):
    desk.ready()
    desk.seal(Party.COMMITTEE)

    with pytest.raises(NotAllowed, match="sealed already") as refused:
        desk.seal(Party.COMMITTEE)

    assert "村务监督委员会" in refused.value.advice
    assert desk.seal(Party.SUPERVISOR) is Outcome.PUBLISHED


def test_nothing_to_seal_is_said(desk):
    with pytest.raises(NotAllowed, match="nothing to seal"):
        desk.seal(Party.COMMITTEE)


def test_draft_without_audit_stays_out(desk):
    desk.ready("water")
    desk.add("road")

    desk.seal()

    assert desk.hanging() == [("water", 1)]
    assert [draft.id for draft in desk.office.status().drafts] == ["road"]


def test_refused_item_keeps_the_draft_out(desk):
    desk.ready()
    desk.office.audit("water", "真实性", by="王示例", verdict="refuse", remark="日期不对")

    with pytest.raises(NotAllowed, match="nothing to seal"):
        desk.seal(Party.COMMITTEE)


def test_author_cannot_audit_his_own_notice(desk):
    desk.add()

    with pytest.raises(NotAllowed, match="author"):
        desk.office.audit("water", "真实性", by="赵示例", verdict="pass")


def test_draft_handed_in_again_is_audited_anew(desk):
    desk.ready()

    desk.add("water", TEXT.replace("周五", "周六"))

    with pytest.raises(NotAllowed, match="nothing to seal"):
        desk.seal(Party.COMMITTEE)


def test_draft_changed_after_the_first_seal_voids_it(desk):
    desk.ready()
    desk.seal(Party.COMMITTEE)
    desk.ready("water", TEXT.replace("周五", "周六"))
    said = desk.office.status().first_seal

    with pytest.raises(NotAllowed, match="void"):
        desk.seal(Party.SUPERVISOR)

    assert said == FirstSeal(Party.COMMITTEE, void=True)
    assert desk.hanging() == []
    assert desk.seal(Party.SUPERVISOR) is Outcome.WAITING
    assert desk.seal(Party.COMMITTEE) is Outcome.PUBLISHED


@pytest.mark.parametrize("changed", ["停\u202e水", " 停水", "停水" * 40])
def test_draft_changed_behind_the_programs_back_is_not_sealed(desk, changed):
    desk.ready()
    draft = desk.folder / "drafts/water/draft.json"
    draft.write_text(draft.read_text().replace("十一月停水通知", changed))

    with pytest.raises(BadInput, match="water 被改动"):
        desk.seal(Party.COMMITTEE)


def test_table_that_lost_a_cell_in_the_draft_is_not_sealed_and_its_row_is_named(desk):
    desk.ready(text=f"{TEXT}\n|户主|备注|\n|--|--|\n|张示例|无|\n|李示例|有|\n")
    draft = desk.folder / "drafts/water/draft.json"
    draft.write_text(draft.read_text().replace('["李示例","有"]', '["李示例"]'))

    with pytest.raises(BadInput, match="第 2 行有 1 格，表头有 2 格"):
        desk.seal(Party.COMMITTEE)


def test_draft_whose_term_is_over_before_it_hangs_is_not_sealed(desk):
    desk.ready()
    desk.clock.time += timedelta(days=16)

    with pytest.raises(BadInput, match="its term on the board is over"):
        desk.seal(Party.COMMITTEE)


def test_term_of_a_draft_is_counted_by_the_villages_own_rule(desk):
    settings = desk.folder / "office.toml"
    settings.write_text(settings.read_text().replace("calendar_days = 15", "calendar_days = 30"))
    desk.ready()
    desk.clock.time += timedelta(days=16)

    assert desk.seal() is Outcome.PUBLISHED


def test_term_of_a_draft_is_counted_by_the_villages_own_holidays(desk):
    settings = desk.folder / "office.toml"
    rest = '\n[[calendars]]\nyear = 2026\nsource = "test"\noff = ["2026-11-16..2026-11-27"]\n'
    settings.write_text(settings.read_text() + rest)
    desk.ready()
    desk.clock.time += timedelta(days=16)

    assert desk.seal() is Outcome.PUBLISHED


def test_dead_clock_of_an_old_computer_is_told_before_anything_is_signed(desk):
    desk.ready()
    desk.clock.time = datetime(2009, 1, 1, tzinfo=UTC)

    with pytest.raises(OfficeError, match="2009-01-01 不对"):
        desk.seal()

    assert desk.hanging() == []


def test_hotline_changed_after_the_first_seal_voids_it(desk):
    desk.ready()
    desk.seal(Party.COMMITTEE)
    settings = desk.folder / "office.toml"
    settings.write_text(settings.read_text().replace("0933-0000000", "0933-1111111"))

    with pytest.raises(NotAllowed, match="void"):
        desk.seal(Party.SUPERVISOR)


def test_first_sealer_may_seal_anew_after_a_change(desk):
    desk.ready()
    desk.seal(Party.COMMITTEE)
    desk.ready("road", TEXT.replace("停水", "修路"))

    assert desk.seal(Party.COMMITTEE, Party.SUPERVISOR) is Outcome.PUBLISHED
    assert desk.hanging() == [("road", 1), ("water", 1)]


def test_damaged_proposal_is_sealed_again_not_trusted(desk):
    desk.ready()
    desk.seal(Party.COMMITTEE)
    (desk.folder / "sealing/proposal.json").write_bytes(b'{"by":"committee"')

    assert desk.seal(Party.SUPERVISOR) is Outcome.WAITING


def test_withdrawal_needs_both_seals_and_says_why(desk):
    desk.publish()
    desk.office.withdraw("water", reason="重复公示")
    desk.seal(Party.COMMITTEE)
    assert desk.hanging() == [("water", 1)]

    desk.seal(Party.SUPERVISOR)

    entry = desk.feed().postings[0].entry
    assert desk.hanging() == []
    assert entry.withdrawn.reason == "重复公示"
    assert desk.office.status().withdrawn == 1


def test_withdrawn_notice_cannot_be_withdrawn_again(desk):
    desk.publish()
    desk.office.withdraw("water", reason="重复公示")
    desk.seal()

    with pytest.raises(BadInput, match="already"):
        desk.office.withdraw("water", reason="再来一次")


def test_revision_names_what_it_corrects_and_the_old_one_stays_in_the_chain(desk):
    desk.publish()
    mended = desk.file(TEXT.replace("周五", "周六"), "mended.md")
    draft = desk.office.revise("water", mended, reason="日期写错")
    assert draft.audit == ()
    desk.audit()
    desk.seal()

    feed = desk.feed()
    notice = decode_notice(feed.postings[0].data)
    assert desk.hanging() == [("water", 2)]
    assert notice.corrects == Correction(1, "日期写错")
    assert [entry.revision for entry in feed.board.index.entries] == [1, 2]
    assert desk.shown[-1].corrected[0].reason == "日期写错"


def test_correction_dated_later_is_not_sealed(desk):
    desk.publish()
    desk.office.revise("water", desk.file(), reason="日期写错")
    desk.audit()
    draft = desk.folder / "drafts/water/draft.json"
    draft.write_text(draft.read_text().replace('"posted":"2026-11-15"', '"posted":"2026-11-16"'))

    with pytest.raises(BadInput, match="更正不能等") as refused:
        desk.seal(Party.COMMITTEE)

    assert "revise" in refused.value.advice


def test_revision_takes_over_what_its_file_does_not_say(desk):
    desk.publish()
    bare = desk.file("# 停水通知（更正）\n周六停水。", "bare.md")

    notice = desk.office.revise("water", bare, reason="日期写错")

    assert (notice.title, notice.category, notice.author) == ("十一月停水通知", "other", "赵示例")
    assert notice.decided.by == "村两委会议"


def test_month_of_the_past_closes_and_its_notices_still_hang(desk):
    desk.publish("water")
    desk.publish("road")
    desk.clock.time = desk.clock.time.replace(month=12)

    desk.ready("snow")
    desk.seal()

    feed = desk.feed()
    page = decode_page((desk.office.feed / _blob(feed.board.index.previous.page)).read_bytes())
    assert [entry.id for entry in feed.board.index.entries] == ["snow"]
    assert [each.entry.id for each in page.entries] == ["water", "road"]
    assert desk.hanging() == [("water", 1), ("road", 1), ("snow", 1)]
    assert desk.shown[-1].closed == (("2026-11", 2),)


def test_notice_of_a_closed_month_is_corrected_and_withdrawn(desk):
    desk.publish("water")
    desk.publish("road")
    desk.clock.time = desk.clock.time.replace(month=12)
    desk.office.revise("water", desk.file(), reason="日期写错")
    desk.audit("water")
    desk.office.withdraw("road", reason="不修了")

    desk.seal()

    assert desk.hanging() == [("water", 2)]


def test_seal_begun_before_midnight_of_the_last_may_end_after_it(desk):
    desk.publish("water")
    desk.clock.time = desk.clock.time.replace(day=30, hour=15, minute=50)
    desk.ready("road")
    desk.seal(Party.COMMITTEE)
    desk.clock.time = desk.clock.time.replace(month=12, day=1)

    assert desk.seal(Party.SUPERVISOR) is Outcome.PUBLISHED
    assert desk.hanging() == [("water", 1), ("road", 1)]


def test_id_that_hangs_already_leads_to_revise(desk):
    desk.publish()

    with pytest.raises(BadInput) as refused:
        desk.add()

    assert "revise" in refused.value.advice


def test_id_is_made_of_category_and_day_when_none_is_given(desk):
    first = desk.office.add(desk.file())
    second = desk.office.add(desk.file())

    assert (first.id, second.id) == ("other-20261115", "other-20261115-2")


def test_command_line_wins_over_the_files_head(desk):
    notice = desk.add(said=Details(title="紧急停水", author="钱示例", urgent=True))

    assert (notice.title, notice.author, notice.urgent) == ("紧急停水", "钱示例", True)
    assert notice.category == "other"


def test_discarded_draft_is_gone(desk):
    desk.ready()

    desk.office.discard("water")

    assert desk.office.status().drafts == ()
    with pytest.raises(BadInput, match="no such draft"):
        desk.office.discard("water")


def test_wrong_passphrase_publishes_nothing_and_keeps_the_first_seal(desk):
    desk.ready()
    desk.seal(Party.COMMITTEE)
    desk.said["supervisor"] = "guessed-wrong"

    with pytest.raises(BadInput, match="passphrase"):
        desk.seal(Party.SUPERVISOR)

    assert desk.hanging() == []
    desk.said["supervisor"] = "supervisor-pass"
    assert desk.seal(Party.SUPERVISOR) is Outcome.PUBLISHED


def test_key_on_the_partys_own_stick_is_found_by_its_folder(desk, tmp_path):
    desk.ready()
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "someone.pub").write_text("ssh-ed25519 AAAA of somebody else")
    for name in ("committee-seal.key", "committee-seal.pub"):
        (desk.folder / "keys" / name).rename(stick / name)

    with pytest.raises(NotAllowed, match="key file"):
        desk.seal(Party.COMMITTEE)

    desk.office = desk.open(keys=[stick])
    assert desk.seal(Party.COMMITTEE) is Outcome.WAITING


def test_changed_hotline_alone_can_be_sealed(desk):
    desk.publish()
    settings = desk.folder / "office.toml"
    settings.write_text(settings.read_text().replace("0933-0000000", "0933-1111111"))

    desk.seal()

    assert desk.feed().village.hotline == "0933-1111111"


def test_village_id_must_not_change(desk):
    desk.publish()
    settings = desk.folder / "office.toml"
    settings.write_text(settings.read_text().replace('"qingshi"', '"baishi"'))

    for verb in (desk.office.status, lambda: desk.seal(Party.COMMITTEE)):
        with pytest.raises(BadInput, match="never change"):
            verb()


def test_seals_that_run_out_may_be_renewed_without_news(desk):
    desk.publish()
    desk.clock.time = desk.clock.time.replace(year=2027, month=12, day=1)

    assert desk.seal() is Outcome.PUBLISHED


def test_refresh_vouches_for_the_same_board_anew(desk):
    desk.publish()
    before = desk.feed().board
    desk.clock.time = desk.clock.time.replace(month=12, day=20)

    desk.office.refresh()

    after = desk.feed().board
    assert after.versions == msgspec.structs.replace(
        before.versions,
        timestamp=before.versions.timestamp + 1,
        snapshot=before.versions.snapshot + 1,
    )
    assert after.issued > before.issued


def test_second_program_in_the_same_folder_is_turned_away(desk):
    desk.ready()

    def look(_difference) -> bool:
        with pytest.raises(OfficeError, match="another program"):
            desk.open().status()
        return True

    assert desk.office.seal(Party.COMMITTEE, confirm=look) is Outcome.WAITING


def _blob(ref) -> str:
    return f"blobs/{ref.sha256[:2]}/{ref.sha256}"
