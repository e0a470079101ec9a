"""The two seals: the next board built from what is ready, shown, sealed by each party, then published.

The first seal keeps the proposal; the second builds the board again and takes the proposal only if not
a byte differs. What a board is made of is `boards`, who signs what `sync.feed.policy`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sync.calendars import calendar
from sync.clock import CHINA
from sync.errors import BadInput, NotAllowed, NotUnderstood
from sync.feed import seal
from sync.feed.contents import check_fit
from sync.feed.duties import expiries, ring_of
from sync.feed.layout import FeedFiles, Index, decode_index
from sync.notices import BlobRef, Party, Village
from sync.office import categories
from sync.office.boards import Change, NewBoard, Put, TakeBack, find, next_board, standing
from sync.office.composing import LATEST, check_correction
from sync.office.difference import Difference, difference
from sync.office.drafts import Drafts, NoticeDraft, WithdrawalDraft, ready
from sync.office.feed_folder import FeedFolder
from sync.office.keys import SEALS, Keys
from sync.office.proposal import Proposal, ProposalFile
from sync.office.status import PARTY_NAMES, SEALS_SOON, FirstSeal, other
from sync.office.verdict import in_office_words
from sync.workdays import term_of

Confirm = Callable[[Difference], bool]


class Outcome(StrEnum):
    """What came of sealing."""

    DECLINED = "declined"  # the person said no
    WAITING = "waiting"  # sealed; the other party's seal is missing
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs now; no index and no village before the first publication."""

    files: FeedFiles
    index: Index | None
    village: Village | None


@dataclass(frozen=True, slots=True)
class _Built:
    board: NewBoard
    pictures: dict[BlobRef, bytes]
    shown: Difference


class Sealing:
    """Seals what the drafts folder holds ready onto the feed folder."""

    def __init__(self, feed: FeedFolder, drafts: Drafts, proposals: ProposalFile) -> None:
        self._feed = feed
        self._drafts = drafts
        self._proposals = proposals

    def hanging(self) -> Hanging:
        """Return what hangs, proved.

        Raises:
            OfficeError: the feed folder is damaged.
        """
        files = self._feed.current()
        index = decode_index(files.index) if files.index else None
        return Hanging(files, index, self._feed.village_of(index))

    def tidy(self) -> None:
        """Finish a publication that was cut short and drop what hangs already."""
        self._feed.resume()
        drafts = self._drafts.all()
        hanging = self.hanging()
        last = standing(hanging.index, self._feed.read) if drafts else {}
        for draft in drafts:
            entry = last.get(draft.id)
            if entry is None or entry.revision != draft.revision:
                continue
            withdrawn = entry.withdrawn is not None
            if withdrawn if isinstance(draft, WithdrawalDraft) else not withdrawn:
                self._drafts.remove(draft.id)
        proposal = self._proposals.get()
        if proposal is not None and proposal.index == hanging.files.index:
            self._proposals.drop()

    def first_seal(self, hanging: Hanging, village: Village) -> FirstSeal | None:
        """Return the seal that waits for the other party's, None if there is none."""
        proposal = self._proposals.get()
        if proposal is None:
            return None
        try:
            return FirstSeal(proposal.by, void=not self._still_fits(proposal, hanging, village))
        except BadInput:  # a draft or office.toml was changed into what can't go on a board
            return FirstSeal(proposal.by, void=True)

    def seal(
        self, party: Party, *, village: Village, keys: Keys, now: datetime, confirm: Confirm
    ) -> Outcome:
        """Seal the next board for `party`; the second seal publishes it.

        Raises:
            NotAllowed: there is nothing to seal, this party has sealed already, the drafts changed
                since the other party sealed, or the key is not this party's seal.
        """
        hanging = self.hanging()
        waiting = self._waiting(hanging, village, party)
        issued = now if waiting is None else decode_index(waiting.index).issued
        built = self._build(hanging, village, issued)
        if not built.shown and not _seals_run_out(hanging.files, now):
            raise NotAllowed(
                "没有新的公示、更正或撤回要盖章 (there is nothing to seal)",
                advice="先用 add、revise 或 withdraw，并完成审核。Add, revise or withdraw first, then audit.",
            )
        ring, what = ring_of(hanging.files), f"{PARTY_NAMES[party]}印章"
        public = keys.of_duty(ring, SEALS[party])
        keys.here(public, what)  # before everything is read through
        if not confirm(built.shown):
            return Outcome.DECLINED
        signer = keys.signer(public, what)
        unsealed = (
            seal.propose(hanging.files, decode_index(built.board.index), now)
            if waiting is None
            else waiting.notices
        )
        notices = seal.sign(unsealed, signer)
        parties = {holder.party for holder in seal.sealed_by(hanging.files, notices)}
        if party not in parties:
            raise NotAllowed(f"这把密钥不是{PARTY_NAMES[party]}的印章 (not this party's seal)")
        if other(party) not in parties:
            self._proposals.put(Proposal(party, now, built.board.index, notices))
            return Outcome.WAITING
        online = keys.signer(ring.online, "在线签名 (online)")
        files = seal.finish(hanging.files, notices, built.board.index, online, now)
        self._feed.publish(files, {**built.pictures, **built.board.files})
        self.tidy()
        return Outcome.PUBLISHED

    def _waiting(self, hanging: Hanging, village: Village, party: Party) -> Proposal | None:
        """Return the proposal that waits for `party`, once it is sure that nothing changed since."""
        proposal = self._proposals.get()
        if proposal is None:
            return None
        if self._still_fits(proposal, hanging, village):
            if proposal.by is not party:
                return proposal
            raise NotAllowed(
                f"{PARTY_NAMES[party]}已经盖过章了 (this party has sealed already)",
                advice=f"现在等{PARTY_NAMES[other(party)]}盖章。Now the other committee seals.",
            )
        self._proposals.drop()
        if proposal.by is party:
            return None
        raise NotAllowed(
            f"{PARTY_NAMES[proposal.by]}盖章之后，草稿或村资料改过了，那枚章已作废"
            " (the drafts changed after the first seal, which is void now)",
            advice="请两方重新看过、重新盖章。Both committees look at it again and seal again.",
        )

    def _still_fits(self, proposal: Proposal, hanging: Hanging, village: Village) -> bool:
        try:
            issued = decode_index(proposal.index).issued
        except NotUnderstood:
            return False
        if hanging.index is not None and issued <= hanging.index.issued:
            return False
        rebuilt = self._build(hanging, village, issued)
        if rebuilt.board.index != proposal.index:
            return False
        try:
            seal.check_proposal(hanging.files, proposal.notices, proposal.index)
            holders = seal.sealed_by(hanging.files, proposal.notices)
        except NotAllowed:
            return False
        return proposal.by in {holder.party for holder in holders}

    def _build(self, hanging: Hanging, village: Village, issued: datetime) -> _Built:
        changes, pictures = self._changes(hanging.index, village, issued)
        board = next_board(hanging.index, self._feed.read, village, changes, issued=issued)
        index, read = decode_index(board.index), board.over(self._feed.read)
        # Nobody's entry changes when a category goes, so the difference would not show it.
        categories.refuse(categories.lost(village, index, read, issued.astimezone(CHINA).date()))
        shown = difference(hanging.index, index, read, villages=(hanging.village, village))
        return _Built(board, pictures, shown)

    def _changes(
        self, index: Index | None, village: Village, issued: datetime
    ) -> tuple[list[Change], dict[BlobRef, bytes]]:
        puts, takes = [], []
        pictures: dict[BlobRef, bytes] = {}
        for draft in filter(ready, self._drafts.all()):
            if isinstance(draft, NoticeDraft):
                _check_draft(draft, village, issued.astimezone(CHINA).date())
                puts.append(Put(draft.notice))
                pictures |= self._drafts.blobs(draft)
            else:
                takes.append(self._take_back(index, draft))
        puts.sort(key=lambda put: (put.notice.posted, put.notice.id))
        return [*puts, *takes], pictures

    def _take_back(self, index: Index | None, draft: WithdrawalDraft) -> TakeBack:
        found = find(index, self._feed.read, draft.id)
        if found is None or found[0].revision != draft.revision or found[0].withdrawn:
            raise BadInput(
                f"要撤回的 {draft.id} 第 {draft.revision} 版不在公开栏上 (it does not hang any more)",
                advice=f"请取消：kiosk-publish discard {draft.id}。Discard this withdrawal.",
            )
        return TakeBack(*found, draft.reason)


def _check_draft(draft: NoticeDraft, village: Village, today: date) -> None:
    """Refuse what would hang nowhere: a draft changed since it was composed, or dated out of reach."""
    posted = draft.notice.posted
    written = max((answer.on for answer in draft.notice.audit), default=today)
    if posted > today + LATEST or written > today:
        raise BadInput(
            f"草稿 {draft.id} 的公示日期 {posted} 或审核日期 {written} 在今天 {today} 以后，做的时候电脑日期不对"
            " (the draft's dates lie in the future: it was made with a wrong clock)",
            advice="请用今天的日期重新 add 或 revise，再审核。Add or revise it with today's date, then audit.",
        )
    check_correction(draft.notice, today)
    workdays = calendar(village.calendars, village.country)
    if term_of(posted, workdays, village.term).is_over(today):
        raise BadInput(
            f"草稿 {draft.id} 的公示日期 {posted} 太早，期限已过，上不了屏 (its term on the board is over)",
            advice="请用今天的日期重新 add 或 revise，再审核。Add or revise it with today's date, then audit.",
        )
    try:
        check_fit(draft.notice)
    except (BadInput, NotUnderstood) as error:
        why = in_office_words(error) if isinstance(error, NotUnderstood) else str(error)
        raise BadInput(
            f"草稿 {draft.id} 被改动，不能公示：{why} (the draft was changed and is unfit: {error})",
            advice="请重新 add 或 revise 这份公示，再审核。Add or revise it again, then audit.",
        ) from error


def _seals_run_out(files: FeedFiles, now: datetime) -> bool:
    end = expiries(files).seals
    return end is not None and end - now < SEALS_SOON
