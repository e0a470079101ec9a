"""What waits in the office: drafts of notices and withdrawals, each in a folder of its own.

    drafts/<id>/draft.json      written last, so a draft is there whole or not at all
    drafts/<id>/<sha256>        its pictures

It keeps and finds them. What a draft may say is `sync.office.composing`, how it is audited
`sync.office.audit`.
"""

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from sync.errors import BadInput, OfficeError, reason_of
from sync.feed.durable import failure, sync_folder, write_file
from sync.feed.layout import matches
from sync.notices import NOTICE_LIMIT, BlobRef, Notice, blobs_of
from sync.office import audit
from sync.office.composing import checked_id

_DRAFT: Final = "draft.json"
_DRAFT_LIMIT: Final = NOTICE_LIMIT + (64 << 10)  # bytes
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class NoticeDraft(msgspec.Struct, frozen=True, tag="notice", tag_field="kind"):
    """A notice or a revision of one, with the audit as far as it has come."""

    notice: Notice

    @property
    def id(self) -> str:
        return self.notice.id

    @property
    def revision(self) -> int:
        return self.notice.revision


class WithdrawalDraft(msgspec.Struct, frozen=True, tag="withdrawal", tag_field="kind"):
    """A notice that is to be taken back; it needs both seals, but no audit of its own."""

    id: str
    revision: int
    title: str
    reason: str
    asked: date


Draft = NoticeDraft | WithdrawalDraft


def ready(draft: Draft) -> bool:
    """Tell whether nothing but the two seals is missing."""
    return isinstance(draft, WithdrawalDraft) or audit.state(draft.notice) is audit.State.PASSED


class Drafts:
    """The folder of drafts; every change is on the disk when the call returns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> tuple[Draft, ...]:
        """Return every draft by id.

        Raises:
            BadInput: one cannot be read; the message names it. OfficeError: none can.
        """
        try:
            names = sorted(path.name for path in self._folder.iterdir() if path.is_dir())
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise OfficeError(
                f"草稿文件夹读不了：{reason_of(error)} (drafts cannot be read)"
            ) from error
        found = [self.get(name) for name in names if (self._folder / name / _DRAFT).is_file()]
        return tuple(draft for draft in found if draft is not None)

    def get(self, notice_id: str) -> Draft | None:
        """Return the draft of this id, None if there is none.

        Raises:
            BadInput: the id is none, or the draft cannot be read.
        """
        path = self._folder / checked_id(notice_id) / _DRAFT
        data = _read(path, _DRAFT_LIMIT)
        if data is None:
            return None
        try:
            draft = msgspec.json.decode(data, type=NoticeDraft | WithdrawalDraft)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BadInput(
                f"草稿 {notice_id} 损坏 (the draft is damaged: {error})",
                advice="请重新 add 或 revise，或用 discard 丢掉。Add or revise it again, or discard it.",
            ) from error
        if draft.id != notice_id:
            raise BadInput(f"草稿 {notice_id} 里写的编号是 {draft.id} (the draft names another id)")
        return draft

    def put(self, draft: Draft, blobs: Mapping[str, bytes]) -> None:
        """Write or replace a draft with its pictures, the draft itself last.

        Raises:
            OfficeError: no room, or the disk refuses.
        """
        folder = self._folder / checked_id(draft.id)
        for sha256, data in blobs.items():
            if not matches(data, BlobRef(sha256, len(data))):
                raise BadInput(f"图片 {sha256[:12]} 和它的校验码不符 (the picture does not match)")
            write_file(folder / sha256, data)
        write_file(folder / _DRAFT, msgspec.json.encode(draft))

    def blobs(self, draft: NoticeDraft) -> dict[BlobRef, bytes]:
        """Return the draft's pictures by content.

        Raises:
            BadInput: one is missing or was changed.
        """
        found = {}
        for ref in blobs_of(draft.notice):
            if not _SHA256.fullmatch(ref.sha256):
                raise BadInput(f"草稿 {draft.id} 的图片名不对 (not an acceptable picture name)")
            data = _read(self._folder / draft.id / ref.sha256, ref.length)
            if data is None or not matches(data, ref):
                raise BadInput(
                    f"草稿 {draft.id} 的图片 {ref.sha256[:12]} 丢失或被改动 (picture lost or changed)",
                    advice="请重新 add 或 revise 这份公示。Add or revise the notice again.",
                )
            found[ref] = data
        return found

    def path_of(self, ref: BlobRef) -> Path | None:
        """Return the file of a draft's picture, to be opened and looked at; None if it is no draft's."""
        found = self._folder.glob(f"*/{ref.sha256}") if _SHA256.fullmatch(ref.sha256) else ()
        return next(iter(found), None)

    def remove(self, notice_id: str) -> None:
        """Remove a draft, the draft itself first. It is fine if it is gone already."""
        folder = self._folder / checked_id(notice_id)
        try:
            (folder / _DRAFT).unlink(missing_ok=True)
            if folder.is_dir():
                sync_folder(folder)
                shutil.rmtree(folder)
                sync_folder(self._folder)
        except OSError as error:
            raise failure(folder, error) from error


def _read(path: Path, limit: int) -> bytes | None:
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise OfficeError(f"{path.name} 读不了：{reason_of(error)} (cannot be read)") from error
    if len(data) > limit:
        raise BadInput(f"{path.name} 太大 (too large)")
    return data
