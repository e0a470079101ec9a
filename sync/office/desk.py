"""The office's desk: every verb of `kiosk-publish` as a method, one at a time, each whole or not at all.

The rules are its neighbours': `drafting` and `audit` for drafts, `sealing` and `rotation` for what is
signed. Asking people is left to the caller: passphrases come from `ask` and `choose`, a seal holder's
yes from `confirm`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from sync.calendars import calendar
from sync.clock import BUILT, CHINA
from sync.duties import Record
from sync.errors import BadInput, NotAllowed, OfficeError, SyncError, reason_of
from sync.feed import seal
from sync.feed.durable import write_file
from sync.feed.duties import expiries, last_signed, ring_of
from sync.feed.published import published
from sync.notices import BlobRef, KioskKey, Notice, Party, Village
from sync.office import audit, categories, founding, leap, passphrases, stick
from sync.office.boards import standing
from sync.office.composing import Details
from sync.office.crowding import crowd
from sync.office.deadlines import Deadlines, deadlines
from sync.office.drafting import Drafting
from sync.office.drafts import Draft, Drafts, NoticeDraft, WithdrawalDraft
from sync.office.enrolment import Arrival, Unreadable, arrivals_on, with_kiosk
from sync.office.evidence import Evidence, Known, Taken
from sync.office.feed_folder import MEND, FeedFolder
from sync.office.keys import Duty, Keys
from sync.office.lock import only_one
from sync.office.proposal import ProposalFile
from sync.office.rotation import rotate
from sync.office.sealing import Confirm, Hanging, Outcome, Sealing
from sync.office.status import Status
from sync.office.verdict import in_office_words
from sync.office.village import FILE_LIMIT, parse

_NOTHING_SAID: Final = Details()
_NO_PHOTOS: Final[Mapping[str, Path]] = MappingProxyType({})


def system_now() -> datetime:
    """Return this computer's time in UTC."""
    return datetime.now(UTC)


def today_of(now: datetime) -> date:
    """Return the village's date at a time in UTC."""
    return now.astimezone(CHINA).date()


class Office:
    """An office folder that `init` made.

    `keys` are further folders with key files, for example a committee's own stick. `now` tells the
    time in UTC, `ask_today` the day as a person has it where the clock may have leapt.
    """

    def __init__(
        self,
        folder: Path,
        *,
        ask: passphrases.Ask = passphrases.existing,
        choose: passphrases.Ask = passphrases.chosen,
        keys: Sequence[Path] = (),
        now: Callable[[], datetime] = system_now,
        ask_today: leap.AskToday = leap.typed,
    ) -> None:
        self.folder = folder
        self.feed = folder / founding.FEED
        self._ask, self._choose, self._now = ask, choose, now
        self._ask_today = ask_today
        self._key_folders = (folder / founding.KEYS, *keys)
        self._feed = FeedFolder(self.feed, folder / founding.SEALING)
        self._evidence = Evidence(folder)
        self._drafts = Drafts(folder / founding.DRAFTS)
        self._drafting = Drafting(self._drafts, self._feed.read)
        self._proposals = ProposalFile(folder / founding.SEALING)
        self._sealing = Sealing(self._feed, self._drafts, self._proposals)

    @classmethod
    def init(
        cls,
        folder: Path,
        village: Village,
        holders: founding.Holders,
        *,
        choose: passphrases.Ask = passphrases.chosen,
        ask: passphrases.Ask = passphrases.existing,
        now: Callable[[], datetime] = system_now,
    ) -> "Office":
        """Found an office: its village data, its seven keys, the kiosks' anchor.

        Raises:
            BadInput: the folder is in use, or a value cannot go on a board.
            OfficeError: the folder cannot be written; nothing is left half-done.
        """
        founding.found(folder, village, holders, ask=choose, now=_possible(now()))
        return cls(folder, ask=ask, choose=choose, now=now)

    @property
    def anchor(self) -> Path:
        """The first root, which every kiosk of the village gets once."""
        return self.folder / founding.ANCHOR

    @property
    def village(self) -> Village:
        """The village's data as office.toml has it now.

        Raises:
            OfficeError: this is no office folder. BadInput: office.toml is wrong.
        """
        return parse(self._settings())

    def _settings(self) -> bytes:
        path = self.folder / founding.SETTINGS
        try:
            with path.open("rb") as file:
                return file.read(FILE_LIMIT + 1)
        except OSError as error:
            raise OfficeError(
                f"{self.folder.resolve()} 不是办公文件夹：{reason_of(error)} (not an office folder)",
                advice="请用 --office 指出办公文件夹，或先 init。Name it with --office, or init one first.",
            ) from error

    def add(
        self,
        file: Path,
        *,
        notice_id: str | None = None,
        said: Details = _NOTHING_SAID,
        photos: Mapping[str, Path] = _NO_PHOTOS,
    ) -> Notice:
        """Make a draft of a file; a draft of the same id is replaced and audited anew.

        Raises:
            BadInput: the file or what was said of it is not acceptable, or the id hangs already.
        """
        with self._work() as hanging:
            return self._drafting.add(
                hanging.index,
                file,
                notice_id=notice_id,
                said=said,
                photos=photos,
                village=self.village,
                today=self.today(),
            )

    def revise(
        self,
        notice_id: str,
        file: Path,
        *,
        reason: str,
        said: Details = _NOTHING_SAID,
        photos: Mapping[str, Path] = _NO_PHOTOS,
    ) -> Notice:
        """Make a draft of a notice's next revision, which names the one it corrects, and why.

        Raises:
            BadInput: the notice never hung, or the file, reason or details are not acceptable.
        """
        with self._work() as hanging:
            return self._drafting.revise(
                hanging.index,
                notice_id,
                file,
                reason=reason,
                said=said,
                photos=photos,
                village=self.village,
                today=self.today(),
            )

    def withdraw(self, notice_id: str, *, reason: str) -> WithdrawalDraft:
        """Ask for a notice to be taken back; it hangs until both parties have sealed that.

        Raises:
            BadInput: it does not hang, or the reason is not acceptable.
        """
        with self._work() as hanging:
            return self._drafting.withdraw(
                hanging.index, notice_id, reason=reason, today=self.today()
            )

    def discard(self, notice_id: str) -> None:
        """Throw away a draft, a revision or a withdrawal that isn't published.

        Raises:
            BadInput: there is none.
        """
        with self._work():
            self._waiting_draft(notice_id)
            self._drafts.remove(notice_id)

    def draft(self, notice_id: str) -> Notice:
        """Return the notice that waits for its audit or the seals.

        Raises:
            BadInput: there is none.
        """
        draft = self._waiting_draft(notice_id)
        if isinstance(draft, NoticeDraft):
            return draft.notice
        raise BadInput(f"{notice_id} 是撤回，不用审核，直接盖章 (a withdrawal needs no audit)")

    def picture_of(self, ref: BlobRef) -> str:
        """Return where a picture that waits for its seals can be opened, or ""."""
        path = self._drafts.path_of(ref)
        return str(path.resolve()) if path else ""

    def audit(
        self, notice_id: str, item: str, *, by: str, verdict: audit.Verdict, remark: str = ""
    ) -> Notice:
        """Answer one item of a draft's audit and return the draft.

        Raises:
            NotAllowed: the auditor is the author.
            BadInput: no such draft or item, or a refusal without a reason.
        """
        with self._work():
            notice = audit.answered(
                self.draft(notice_id),
                item,
                verdict=verdict,
                by=by,
                on=self.today(),
                remark=remark,
            )
            self._drafts.put(NoticeDraft(notice), {})
            return notice

    def seal(self, party: Party, *, confirm: Confirm) -> Outcome:
        """Seal the next board for a party; the second of the two seals publishes it.

        Raises:
            NotAllowed: nothing to seal, sealed already, drafts changed since, not this party's key, or
                the computer's date has leapt.
            BadInput: a wrong passphrase, or a draft that cannot go on the board.
        """
        with self._work() as hanging:
            self._check_leap(hanging)
            return self._sealing.seal(
                party,
                village=self.village,
                keys=self._keys(),
                now=self._now(),
                confirm=confirm,
            )

    def refresh(self) -> None:
        """Vouch for the board that hangs once more, so that it does not run out.

        Raises:
            NotAllowed: nothing hangs, or its seals have run out. BadInput: a wrong passphrase.
        """
        with self._work() as hanging:
            self._check_leap(hanging)
            online = self._keys().signer(ring_of(hanging.files).online, "在线签名 (online)")
            self._feed.publish(seal.refresh(hanging.files, online, self._now()), {})

    def rotate(self, duty: Duty, *, confirm: Confirm, holder: str | None = None) -> Path | None:
        """Put a new key in the place of one that is lost, stolen or changes hands; return its file.

        A new seal needs the seal holders' yes to the board; None says that it wasn't given.

        Raises:
            NotAllowed: nothing hangs yet, or fewer than three root keys are here.
            BadInput: a wrong passphrase.
        """
        with self._work() as hanging:
            self._check_leap(hanging)
            made = rotate(
                duty,
                hanging,
                self._feed,
                keys=self._keys(),
                choose=self._choose,
                holder=holder,
                confirm=confirm,
                now=self._now(),
            )
            if made is not None:
                self._proposals.drop()
            return made

    def export(self, place: Path, *, room: Callable[[Path], int] = stick.free) -> stick.Exported:
        """Copy what hangs to a stick, verified; `room` tells its free bytes.

        Raises:
            NotAllowed: nothing hangs yet.
            OfficeError: no room, pulled, read-only or broken stick.
        """
        with self._work() as hanging:
            if hanging.index is None or hanging.village is None:
                raise NotAllowed(
                    "还没有公示过，没有可拷的 (nothing is published yet)",
                    advice="先请两方盖章。Let both committees seal first.",
                )
            return stick.export(
                hanging.files, self._feed.read, place, hanging.village.id, room=room
            )

    def arrivals(self, place: Path) -> tuple[Arrival | Unreadable, ...]:
        """Return what kiosks have written on a stick.

        Raises:
            BadInput: there is no such stick, or no kiosk has written on it.
        """
        return arrivals_on(place, self.village)

    def enrol(self, kiosk: KioskKey) -> None:
        """Name a kiosk's key in office.toml; it is vouched for when both parties have sealed that.

        Raises:
            BadInput: it can't be named there. OfficeError: the file can't be written.
        """
        with self._work():
            path = self.folder / founding.SETTINGS
            write_file(path, with_kiosk(self._settings(), kiosk))

    def take_days(self, arrival: Arrival) -> tuple[Taken, Known]:
        """Keep the signed days that an enrolled kiosk's stick brings; return what is known now.

        Raises:
            NotAllowed: the kiosk isn't enrolled. OfficeError: they can't be written.
        """
        with self._work():
            if arrival.kiosk not in self.village.kiosks:
                raise NotAllowed(f"公示屏 {arrival.kiosk.id} 还没有登记 (is not enrolled)")
            taken = self._evidence.take(arrival.kiosk, self.village.id, arrival.carried.entries)
            return taken, self._evidence.known(arrival.kiosk)

    def status(self) -> Status:
        """Return what hangs, what waits and what runs out.

        Raises:
            OfficeError: no office folder, or it is damaged.
        """
        with self._work() as hanging:
            if hanging.index is not None:
                self._feed.check(hanging.index)
            last = standing(hanging.index, self._feed.read).values()
            withdrawn = sum(entry.withdrawn is not None for entry in last)
            return Status(
                number=hanging.index.number if hanging.index else 0,
                issued=hanging.index.issued if hanging.index else None,
                hanging=len(last) - withdrawn,
                withdrawn=withdrawn,
                drafts=self._drafts.all(),
                first_seal=self._sealing.first_seal(hanging, self.village),
                lost=self._lost(hanging),
                leap=self._leap(hanging),
                expiries=expiries(hanging.files),
                deadlines=self._deadlines(hanging),
                now=self._now(),
                evidence=tuple(map(self._evidence.known, self.village.kiosks)),
                crowd=crowd(self.village, hanging.index, self._feed.read, self.today()),
                unsealed=self._unsealed(hanging),
            )

    def _deadlines(self, hanging: Hanging) -> Deadlines:
        village, today = self.village, self.today()
        record = (
            published(hanging.index, self._feed.read, today)
            if hanging.index
            else Record(today, today)
        )
        drafts = (one.notice for one in self._drafts.all() if isinstance(one, NoticeDraft))
        workdays = calendar(village.calendars, village.country)
        return deadlines(village, record, workdays, drafts, today)

    def cautions(self) -> tuple[categories.Lost | leap.Leap, ...]:
        """Return what will stand in the way of the seals and can be mended now.

        That is a category that office.toml has lost although something needs it, and a clock that leapt.
        """
        with self._work() as hanging:
            leapt = self._leap(hanging)
            return (*self._lost(hanging), *((leapt,) if leapt else ()))

    def _unsealed(self, hanging: Hanging) -> tuple[KioskKey, ...]:
        sealed = hanging.village.kiosks if hanging.village else ()
        return tuple(kiosk for kiosk in self.village.kiosks if kiosk not in sealed)

    def _lost(self, hanging: Hanging) -> tuple[categories.Lost, ...]:
        drafts = [each.notice for each in self._drafts.all() if isinstance(each, NoticeDraft)]
        return categories.lost(self.village, hanging.index, self._feed.read, self.today(), drafts)

    @contextmanager
    def _work(self) -> Iterator[Hanging]:
        """Keep other programs out, mend what a power cut left, and return what hangs."""
        village = self.village  # a readable office folder, before anything is locked or written
        _possible(self._now())
        with only_one(self.folder), _in_office_words():
            self._sealing.tidy()
            hanging = self._sealing.hanging()
            if hanging.village is not None and village.id != hanging.village.id:
                raise BadInput(
                    f"office.toml 的村编号改成了 {village.id}，原来是 {hanging.village.id}"
                    " (the village id must never change)"
                )
            yield hanging

    def _check_leap(self, hanging: Hanging) -> None:
        leap.check_leap(self._leap(hanging), self._ask_today)

    def _leap(self, hanging: Hanging) -> leap.Leap | None:
        return leap.leap(today_of(last_signed(hanging.files)), self.today())

    def _keys(self) -> Keys:
        return Keys(self._key_folders, self._ask)

    def today(self) -> date:
        """Return the village's date, as this computer has it."""
        return today_of(self._now())

    def _waiting_draft(self, notice_id: str) -> Draft:
        draft = self._drafts.get(notice_id)
        if draft is None:
            waiting = "、".join(each.id for each in self._drafts.all()) or "没有 (none)"
            raise BadInput(f"没有草稿 {notice_id} (no such draft)。现有：{waiting}")
        return draft


@contextmanager
def _in_office_words() -> Iterator[None]:
    """Whatever the gate's side finds in the office's own files, a clerk is told it as any other refusal."""
    try:
        yield
    except SyncError as error:
        raise OfficeError(
            f"办公文件夹里的公示有问题：{in_office_words(error)} (the office's own feed: {error})",
            advice=MEND,
        ) from error


def _possible(now: datetime) -> datetime:
    """Refuse an old computer's dead clock: what it signs would have run out before it is read."""
    if now < BUILT:
        raise OfficeError(
            f"这台电脑的日期 {now.astimezone(CHINA):%Y-%m-%d} 不对 (this computer's date is wrong)",
            advice="请先校正电脑的日期和时间。Set the computer's date and time, then try again.",
        )
    return now
