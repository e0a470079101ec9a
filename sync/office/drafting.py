"""Handing in: a file becomes a draft of a notice, of its correction, or a wish to take it back.

It reads the file, looks up what hangs and keeps the draft. The rules on what a draft may say are
`sync.office.composing`.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sync.errors import BadInput
from sync.feed.contents import Read
from sync.feed.layout import Entry, Index, decode_notice
from sync.notices import Correction, Notice, Village
from sync.office import composing
from sync.office.boards import find, standing
from sync.office.composing import Details
from sync.office.drafts import Drafts, NoticeDraft, WithdrawalDraft
from sync.prepare import read_file


class Drafting:
    """Makes drafts against the board that hangs; `read` brings its files."""

    def __init__(self, drafts: Drafts, read: Read) -> None:
        self._drafts = drafts
        self._read = read

    def add(
        self,
        index: Index | None,
        file: Path,
        *,
        notice_id: str | None,
        said: Details,
        photos: Mapping[str, Path],
        village: Village,
        today: date,
    ) -> Notice:
        """Keep a draft of a new notice. Raises: BadInput, as `Office.add`."""
        material = read_file(file, photos=photos)
        said = said.over(composing.of_head(material.head))
        last = standing(index, self._read)
        taken = {*last, *(draft.id for draft in self._drafts.all())}
        named = notice_id or str(material.head.get("id", ""))
        chosen = named or composing.next_id(said.category or "notice", said.posted or today, taken)
        if chosen in last:
            raise BadInput(
                f"编号 {chosen} 已经公示过 (this id has hung already)",
                advice=f"要更正请用 kiosk-publish revise {chosen}。To correct it, use revise.",
            )
        notice = composing.compose(chosen, material, said, village=village, today=today)
        self._drafts.put(NoticeDraft(notice), material.blobs)
        return notice

    def revise(
        self,
        index: Index | None,
        notice_id: str,
        file: Path,
        *,
        reason: str,
        said: Details,
        photos: Mapping[str, Path],
        village: Village,
        today: date,
    ) -> Notice:
        """Keep a draft of a notice's next revision. Raises: BadInput, as `Office.revise`."""
        entry, before = self._hung(index, notice_id)
        corrects = Correction(entry.revision, composing.checked_reason(reason))
        material = read_file(file, photos=photos)
        details = said.over(composing.of_head(material.head)).over(composing.of_notice(before))
        notice = composing.compose(
            notice_id, material, details, village=village, today=today, corrects=corrects
        )
        self._drafts.put(NoticeDraft(notice), material.blobs)
        return notice

    def withdraw(
        self, index: Index | None, notice_id: str, *, reason: str, today: date
    ) -> WithdrawalDraft:
        """Keep the wish to take a notice back. Raises: BadInput, as `Office.withdraw`."""
        entry, notice = self._hung(index, notice_id)
        if entry.withdrawn is not None:
            raise BadInput(f"{notice_id} 已经撤回了 (it is withdrawn already)")
        draft = WithdrawalDraft(
            id=notice_id,
            revision=entry.revision,
            title=notice.title,
            reason=composing.checked_reason(reason),
            asked=today,
        )
        self._drafts.put(draft, {})
        return draft

    def _hung(self, index: Index | None, notice_id: str) -> tuple[Entry, Notice]:
        found = find(index, self._read, composing.checked_id(notice_id))
        if found is None:
            raise BadInput(f"{notice_id} 没有公示过 (this notice never hung)")
        return found[0], decode_notice(found[1])
