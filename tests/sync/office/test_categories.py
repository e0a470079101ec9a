"""A category deleted from office.toml while a notice needs it: said early, never sealed."""

from datetime import UTC, datetime

import msgspec
import pytest

from sync import publish
from sync.errors import BadInput
from sync.notices import Party
from sync.office import Details
from sync.office.categories import lost
from sync.office.status import next_steps
from tests.sync.office.conftest import TEXT, VILLAGE


def without_other(desk) -> None:
    """Delete the category 其他村务 from office.toml, as a person with an editor does."""
    settings = desk.folder / "office.toml"
    kept = [part for part in settings.read_text().split("\n\n") if 'id = "other"' not in part]
    settings.write_text("\n\n".join(kept) + "\n")


def test_category_of_a_notice_that_hangs_can_not_be_sealed_away(desk):
    desk.publish("water")
    without_other(desk)
    desk.ready("road", TEXT.replace('"other"', '"projects"'))

    with pytest.raises(BadInput, match="类别 other 了，《十一月停水通知》还在用") as refused:
        desk.seal(Party.COMMITTEE)

    assert "写回 office.toml" in refused.value.advice
    assert desk.shown[2:] == []


def test_category_deleted_between_the_two_seals_is_named(desk):
    desk.publish("water")
    desk.ready("road", TEXT.replace('"other"', '"projects"'))
    desk.seal(Party.COMMITTEE)
    without_other(desk)

    assert desk.office.status().first_seal.void
    with pytest.raises(BadInput, match="类别 other"):
        desk.seal(Party.SUPERVISOR)


def test_status_says_first_what_office_toml_has_lost(desk):
    desk.publish("water")
    without_other(desk)

    assert "类别 other" in next_steps(desk.office.status())[0]


def test_draft_whose_category_was_deleted_is_named_like_what_hangs(desk):
    desk.ready("water")
    without_other(desk)

    assert [each.titles for each in desk.office.cautions()] == [("十一月停水通知",)]
    with pytest.raises(BadInput, match="类别 other"):
        desk.seal(Party.COMMITTEE)


@pytest.mark.parametrize("way", ["withdraw", "revise"])
def test_withdrawn_or_revised_notice_needs_its_old_category_no_longer(desk, way):
    desk.publish("water")
    without_other(desk)

    if way == "withdraw":
        desk.office.withdraw("water", reason="停水改期")
    else:
        said = Details(category="projects")
        desk.office.revise("water", desk.file(TEXT.replace('category = "other"\n', "")),
                           reason="类别改了", said=said)  # fmt: skip
        desk.audit("water")

    assert desk.seal() == "published"


def test_category_of_the_archive_may_go(desk):
    desk.publish("water")
    index = desk.feed().board.index
    bare = msgspec.structs.replace(VILLAGE, categories=())
    posted = index.entries[0].posted

    hangs, past = (
        lost(bare, index, desk.office._feed.read, day)
        for day in (posted, posted.replace(year=posted.year + 1))
    )

    assert [each.category for each in hangs] == ["other"]
    assert past == ()


def test_program_warns_when_handing_in_and_after_the_audit(desk, capsys):
    desk.clock.time = datetime.now(UTC)  # the program goes by this computer's
    desk.publish("water")
    without_other(desk)
    office = ["--office", str(desk.folder)]
    text = TEXT.replace('"other"', '"projects"').replace("2026-11-14", "2026-01-14")
    paper = str(desk.file(text))

    assert publish.main([*office, "add", paper, "--id=road"]) == 0
    assert "注意 (note)：office.toml 里没有类别 other 了" in capsys.readouterr().out
    assert publish.main([*office, "audit", "road", "--by=王示例", "--rest"]) == 0
    assert "注意 (note)：office.toml 里没有类别 other 了" in capsys.readouterr().out
