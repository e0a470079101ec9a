"""A kiosk that has lived for a while, and packs of it: made, opened, changed and signed again."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kiosk.evidence.key import OwnKey
from kiosk.inspection.contents import MANIFEST, SIGNATURE, manifest_of, signed_part
from kiosk.inspection.pack import Kiosk, make
from kiosk.inspection.parcel import unwrap, wrap
from kiosk.inspection.proof import Check, Verdict, examine
from kiosk.inspection.values import Order, Report
from kiosk.ui.fonts import faces_in
from tests.support.life import BIRTH, Life

FONTS = Path(__file__).parents[2] / "assets" / "fonts"


@dataclass(frozen=True)
class Packed:
    """A pack, its report, and the life that it is of."""

    life: Life
    kiosk: Kiosk
    pack: bytes
    report: Report

    @property
    def members(self) -> dict[str, bytes]:
        """Its files."""
        return unwrap(self.pack)

    def again(self, key: OwnKey | None = None, **changes: bytes | None) -> bytes:
        """Return the pack with members changed (None: left out), the manifest signed anew."""
        order = self.report.order
        signer = key or self.life.key
        members = self.members
        for name in (MANIFEST, SIGNATURE):
            del members[name]
        for name, data in changes.items():
            members.pop(name, None)
            if data is not None:
                members[name] = data
        return signed(order, members, signer)


def signed(order: Order, members: dict[str, bytes], key: OwnKey) -> bytes:
    """Return members as a pack that `key` has signed."""
    manifest = manifest_of(order, members)
    signature = key.sign(signed_part(manifest)).encode("ascii")
    return wrap({**members, MANIFEST: manifest, SIGNATURE: signature})


def kiosk_of(life: Life, fonts: Path) -> Kiosk:
    """Return what the report has to know of a life's kiosk."""
    faces = faces_in(FONTS if (FONTS / "NotoSansSC-Bold.otf").exists() else fonts)
    return Kiosk(
        "square-1", "文化广场屏", life.office.village.id, life.data, life.anchor,
        faces.regular, faces.bold, "0.1.0",
    )  # fmt: skip


def packed(life: Life, fonts: Path, first: date = BIRTH, last: date | None = None) -> Packed:
    """Return the pack of a life from `first` to `last`, its whole length unless said."""
    kiosk = kiosk_of(life, fonts)
    pack, report = make(kiosk, first, last or BIRTH + timedelta(days=life.days - 1), life.last)
    return Packed(life, kiosk, pack, report)


def judged(pack: bytes, anchor: bytes, key: str = "") -> tuple[Verdict, list[str]]:
    """Return how a check ends, and what did not hold."""
    said: list[Check | Verdict] = list(examine(pack, anchor, key))
    *checks, verdict = said
    assert isinstance(verdict, Verdict)
    wrong = [one.words for one in checks if isinstance(one, Check) and one.ok is False]
    return verdict, wrong
