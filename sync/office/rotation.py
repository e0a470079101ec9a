"""A key is lost, stolen or changes hands: a new one takes its place, and the feed goes on.

Three of the four root keys must agree, so neither committee can do it alone. A new seal signs the board
that hangs again; nothing else on it changes.
"""

from datetime import datetime

from sync.errors import NotAllowed
from sync.feed import seal
from sync.feed.duties import ring_of
from sync.feed.keyring import rotate_root
from sync.feed.keys import PublicKey, holder_of
from sync.feed.layout import decode_index
from sync.office.boards import next_board
from sync.office.feed_folder import FeedFolder
from sync.office.keys import SEALS, Duty, Keys, replaced
from sync.office.passphrases import OFFICE, Ask
from sync.office.sealing import Hanging


def rotate(
    duty: Duty,
    hanging: Hanging,
    feed: FeedFolder,
    *,
    keys: Keys,
    choose: Ask,
    holder: str | None,
    now: datetime,
) -> PublicKey:
    """Publish the feed under a new key for `duty` and return it.

    A committee's new key is under the passphrase that the committee already has; the online key,
    being its party's only one, gets a new passphrase from `choose`.

    Raises:
        NotAllowed: nothing hangs yet, or too few root keys are here.
        BadInput: a wrong passphrase.
    """
    if hanging.index is None or hanging.village is None:
        raise NotAllowed(
            "还没有公示过，不用换密钥 (nothing is published yet)",
            advice="请用 init 另建一个办公文件夹。Make a new office folder with init.",
        )
    ring = ring_of(hanging.files)
    old = keys.of_duty(ring, duty)
    guardians = keys.guardians(ring)
    passphrase = choose(OFFICE) if duty is Duty.ONLINE else keys.passphrase(duty.party)
    new = keys.make(duty, holder or holder_of(old) or duty.value, passphrase)
    after = replaced(ring, old, new)
    if new in after.guardians:
        guardians = (*guardians, keys.signer(new, duty.value))
    rekeyed = rotate_root(hanging.files, after, guardians, now)
    online = keys.signer(after.online, "在线签名 (online)")
    if duty not in SEALS.values():
        feed.publish(seal.refresh(rekeyed, online, now), {})
        return new
    board = next_board(hanging.index, feed.read, hanging.village, [], issued=now)
    notices = seal.propose(rekeyed, decode_index(board.index), now)
    for public in after.seals:
        notices = seal.sign(notices, keys.signer(public, "印章 (seal)"))
    feed.publish(seal.finish(rekeyed, notices, board.index, online, now), board.files)
    return new
