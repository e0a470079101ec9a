"""The drafts folder: whole drafts, their pictures checked, damage named."""

from datetime import date

import msgspec
import pytest

from sync.errors import BadInput, OfficeError
from sync.feed.layout import ref_of
from sync.notices import Picture
from sync.office.drafts import Drafts, NoticeDraft, WithdrawalDraft, ready
from tests.support.office import notice

BYTES = b"a picture"
PICTURE = Picture(ref_of(BYTES), 10, 10)


@pytest.fixture
def drafts(tmp_path) -> Drafts:
    return Drafts(tmp_path / "drafts")


def pictured(**changes: object) -> NoticeDraft:
    return NoticeDraft(notice(id="water", blocks=(PICTURE,), reading=(), **changes))


def test_draft_is_read_back_with_its_pictures(drafts):
    drafts.put(pictured(), {PICTURE.blob.sha256: BYTES})

    assert drafts.all() == (pictured(),)
    assert drafts.blobs(pictured()) == {PICTURE.blob: BYTES}


def test_withdrawal_is_ready_without_an_audit(drafts):
    draft = WithdrawalDraft("water", 1, "停水通知", "重复", date(2026, 11, 15))
    drafts.put(draft, {})

    assert drafts.get("water") == draft
    assert ready(draft)
    assert not ready(pictured(audit=()))


@pytest.mark.parametrize("damage", [b"another picture", b"A picture", b""])
def test_changed_picture_is_named(drafts, tmp_path, damage):
    drafts.put(pictured(), {PICTURE.blob.sha256: BYTES})
    (tmp_path / "drafts/water" / PICTURE.blob.sha256).write_bytes(damage)

    with pytest.raises(BadInput, match=PICTURE.blob.sha256[:12]):
        drafts.blobs(pictured())


def test_picture_that_does_not_match_its_name_is_not_kept(drafts):
    with pytest.raises(BadInput, match="does not match"):
        drafts.put(pictured(), {PICTURE.blob.sha256: b"something else"})

    assert drafts.all() == ()


@pytest.mark.parametrize("content", [b"", b"{", b'{"kind":"other"}', b"\xff\xfe", b"[" * 100_000])
def test_damaged_draft_is_named(drafts, tmp_path, content):
    folder = tmp_path / "drafts/water"
    folder.mkdir(parents=True)
    (folder / "draft.json").write_bytes(content)

    with pytest.raises(BadInput, match="water"):
        drafts.all()


def test_draft_that_names_another_id_is_refused(drafts, tmp_path):
    folder = tmp_path / "drafts/road"
    folder.mkdir(parents=True)
    (folder / "draft.json").write_bytes(msgspec.json.encode(pictured()))

    with pytest.raises(BadInput, match="another id"):
        drafts.get("road")


def test_id_that_leads_elsewhere_is_refused(drafts):
    with pytest.raises(BadInput, match="id"):
        drafts.get("../keys")


def test_drafts_folder_that_is_none_is_named(drafts, tmp_path):
    (tmp_path / "drafts").write_bytes(b"")

    with pytest.raises(OfficeError, match="drafts cannot be read"):
        drafts.all()


def test_folder_without_a_draft_is_passed_over(drafts, tmp_path):
    (tmp_path / "drafts/water").mkdir(parents=True)

    assert drafts.all() == ()
    drafts.remove("water")
    drafts.remove("water")
    assert not (tmp_path / "drafts/water").exists()
