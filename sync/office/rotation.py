"""A key is lost, stolen or changes hands: a new one takes its place, and the feed goes on.

Three of the four root keys must agree, so neither committee can do it alone. A new seal signs the board
that hangs again; nothing else on it changes.
"""

from datetime import datetime
from pathlib import Path

from sync.errors import NotAllowed
from sync.feed import seal
from sync.feed.duties import ring_of
from sync.feed.keyring import KeyRing, rotate_root
from sync.feed.keys import holder_of, party_of
from sync.feed.layout import Index, decode_index
from sync.notices import Village
from sync.office.audit import may_share_a_person
from sync.office.boards import NewBoard, next_board
from sync.office.difference import Difference, difference
from sync.office.feed_folder import FeedFolder
from sync.office.keys import SEALS, Duty, Keys, replaced
from sync.office.passphrases import Ask
from sync.office.sealing import Confirm, Hanging


def rotate(
    duty: Duty,
    hanging: Hanging,
    feed: FeedFolder,
    *,
    keys: Keys,
    choose: Ask,
    holder: str | None,
    confirm: Confirm,
    now: datetime,
) -> Path | None:
    """Publish the feed under a new key for `duty`; return the key's file, None if the person said no.

    A new seal covers the board that hangs, so its holder is shown old board → new board as always.

    The new key gets a new passphrase from `choose`: whoever knew the old one shall not open it.

    Raises:
        NotAllowed: nothing hangs yet, or too few root keys are here.
        BadInput: a wrong passphrase.
    """
    if hanging.index is None or hanging.village is None:
        raise NotAllowed(
            "还没有公示过，不用换密钥 (nothing is published yet)",
            advice="请用 init 另建一个办公文件夹。Make a new office folder with init.",
        )
    board = next_board(hanging.index, feed.read, hanging.village, [], issued=now)
    if duty in SEALS.values() and not confirm(_shown(hanging.index, hanging.village, board, feed)):
        return None
    ring = ring_of(hanging.files)
    old = keys.of_duty(ring, duty)
    person = holder or holder_of(old) or duty.value
    _check_other_party(duty, person, ring)
    # Every old key is opened before the new one is made: a mistake leaves no file behind.
    guardians = keys.guardians(ring)
    others = [key for key in (ring.online, *ring.seals) if key.keyid != old.keyid]
    needed = others if duty in SEALS.values() else [key for key in others if key == ring.online]
    signers = {key.keyid: keys.signer(key, "印章 (seal)") for key in needed}
    new = keys.make(duty, person, choose(duty.keeper))
    signers[new.keyid] = keys.signer(new, duty.value)
    after = replaced(ring, old, new)
    if new in after.guardians:
        guardians = (*guardians, signers[new.keyid])
    rekeyed = rotate_root(hanging.files, after, guardians, now)
    online = signers[after.online.keyid]
    if duty not in SEALS.values():
        feed.publish(seal.refresh(rekeyed, online, now), {})
        return keys.file_of(new)
    notices = seal.propose(rekeyed, decode_index(board.index), now)
    for public in after.seals:
        notices = seal.sign(notices, signers[public.keyid])
    feed.publish(seal.finish(rekeyed, notices, board.index, online, now), board.files)
    return keys.file_of(new)


def _check_other_party(duty: Duty, person: str, ring: KeyRing) -> None:
    for key in (*ring.guardians, *ring.seals):
        theirs = duty is not Duty.ONLINE and party_of(key) != duty.party
        if theirs and may_share_a_person(person, holder_of(key) or ""):
            raise NotAllowed(
                f"{person} 已持有另一个委员会的密钥 (holds a key of the other committee)",
                advice="请本委员会另指定一人。Let this committee name a person of its own.",
            )


def _shown(index: Index, village: Village, board: NewBoard, feed: FeedFolder) -> Difference:
    new = decode_index(board.index)
    return difference(index, new, board.over(feed.read), villages=(village, village))
