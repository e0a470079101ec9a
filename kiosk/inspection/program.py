"""`kiosk report` and `kiosk verify`: arguments in, one line for each thing done or checked. Composition only."""

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.inspection.parcel import PARCEL_LIMIT
from kiosk.inspection.proof import Check, Verdict, examine
from sync.errors import BadInput, OfficeError, SunboardError, reason_of
from sync.feed.layout import METADATA_LIMIT

if TYPE_CHECKING:
    from kiosk.inspection.pack import Kiosk

QUARTER: Final = 92  # a quarter, if nothing else is asked for
SETTINGS: Final = Path("/etc/sunboard/kiosk.toml")
FONTS: Final = Path(__file__).parents[2] / "assets" / "fonts"
_FACE: Final = "NotoSansSC-Bold.otf"
_MARKS: Final = {True: "通过", False: "不通过", None: "说明"}
_UNSEEN: Final = re.compile(
    r"[^\x20-\x7e\u00b7\u2014-\u2026\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
)


def main(arguments: Sequence[str], now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int:
    """Run one of the two; 0 where all is well, 1 where something doesn't hold, 2 for a wrong command line."""
    parser = argparse.ArgumentParser(prog="kiosk", description="检查包 (the inspection pack)")
    verbs = parser.add_subparsers(required=True)
    _report_options(verbs.add_parser("report", help="做检查包 (make a pack)"), now)
    _verify_options(verbs.add_parser("verify", help="核对检查包 (check a pack)"))
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except SunboardError as error:
        sys.stderr.write(f"{_printable(str(error))}\n{error.advice}\n")
        return 1


def _report_options(parser: argparse.ArgumentParser, now: Callable[[], datetime]) -> None:
    parser.description = (
        "把一段时间的公示展示情况做成一个检查包，可以在公示屏运行时做，不改动它的数据"
        " (make an inspection pack beside the running kiosk; its data is only read)"
    )
    parser.add_argument(
        "--from",
        dest="first",
        type=date.fromisoformat,
        metavar="DAY",
        help="第一天，如 2026-10-01；默认 92 天前 (first day)",
    )
    parser.add_argument(
        "--to",
        dest="last",
        type=date.fromisoformat,
        metavar="DAY",
        help="最后一天；默认今天 (last day)",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="放到哪个文件夹或 U 盘 (where to)"
    )
    parser.add_argument(
        "--settings", type=Path, default=SETTINGS, help="公示屏的设置文件 (the kiosk's settings)"
    )
    parser.set_defaults(run=lambda options: _make(options, now()))


def _verify_options(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "用公钥核对检查包：印章、公示屏的签名、每一行记录，并把报告重算一遍；不需要公示屏"
        " (check a pack with public keys alone)"
    )
    parser.add_argument("pack", type=Path, help="检查包 .zip (the pack)")
    parser.add_argument(
        "--root", type=Path, required=True, help="镇里保管的信任根 root.json (the trusted root)"
    )
    parser.add_argument(
        "--kiosk-key",
        default="",
        metavar="HEX",
        help="你知道的公示屏公钥，64 位 (the kiosk's public key as you know it)",
    )
    parser.set_defaults(run=_verify)


def _make(options: argparse.Namespace, now: datetime) -> int:
    from kiosk.inspection.pack import make, write  # noqa: PLC0415  # checking a pack needs no store

    last = options.last or (now + timedelta(hours=8)).date()
    first = options.first or last - timedelta(days=QUARTER - 1)
    with _kiosk(options.settings) as kiosk:
        pack, report = make(kiosk, first, last, now)
    path = write(pack, report, options.out)
    sys.stdout.write(f"做好了：{path}，{len(pack) / 1e6:,.1f} MB (made)\n")
    return 0


@contextmanager
def _kiosk(path: Path) -> Iterator["Kiosk"]:
    from importlib.metadata import version  # noqa: PLC0415

    from kiosk.inspection.pack import Kiosk  # noqa: PLC0415
    from kiosk.settings import load  # noqa: PLC0415
    from kiosk.ui.fonts import faces_in  # noqa: PLC0415

    settings = load(path)
    kiosk, anchor = settings.kiosk, _read(settings.sync.anchor, METADATA_LIMIT)
    with tempfile.TemporaryDirectory() as spare:
        folders = (folder for folder in (FONTS, kiosk.data / "fonts") if (folder / _FACE).exists())
        faces = faces_in(next(folders, Path(spare)))
        yield Kiosk(
            kiosk.id, kiosk.name, kiosk.village, kiosk.data, anchor, faces.regular, faces.bold,
            version("sunboard"),
        )  # fmt: skip


def _verify(options: argparse.Namespace) -> int:
    key = options.kiosk_key.lower().strip()
    if key and not re.fullmatch("[0-9a-f]{64}", key):
        raise BadInput("--kiosk-key 应为 64 位十六进制数 (has to be 64 hex digits)")
    pack, anchor = _read(options.pack, PARCEL_LIMIT), _read(options.root, METADATA_LIMIT)
    whole = False
    for one in examine(pack, anchor, key):
        sys.stdout.write(f"{_words(one)}\n")
        whole = isinstance(one, Verdict) and one.whole
    return 0 if whole else 1


def _words(one: Check | Verdict) -> str:
    if isinstance(one, Check):
        return _printable(f"{_MARKS[one.ok]}　{one.words}")
    if not one.whole:
        return "结论：核对不通过 (NOT proved)"
    if not one.enrolled:
        return "结论：内容都对得上，公钥与你给的相同；但村里没有登记这块屏，不能算完全证明 (consistent, but the village hasn't enrolled this kiosk: not fully proved)"
    return "结论：全部核对无误 (fully proved)"


def _read(path: Path, limit: int) -> bytes:
    """Return a file of at most `limit` bytes. Raises: OfficeError."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise OfficeError(f"读不了 {path}：{reason_of(error)} (cannot be read)") from error
    if len(data) > limit:
        raise OfficeError(f"{path} 太大 (too large)")
    return data


def _printable(text: str) -> str:
    """Return a text that may come from a hostile file, fit for a terminal."""
    return _UNSEEN.sub("\ufffd", text)
