"""kiosk-sync: fetches, verifies and keeps the sealed notices. Composition only.

    kiosk-sync --settings FILE run            poll the sources for ever (the default)
    kiosk-sync --settings FILE once           ask every source once
    kiosk-sync --settings FILE import FOLDER  take this village's feed from a stick or folder
    kiosk-sync --settings FILE check          prove what is on the card
    kiosk-sync --settings FILE export FOLDER  write onto a stick what this kiosk has to send
    kiosk-sync --settings FILE release        say on the screen that the stick may be taken out

A person runs once, import, export and check, so they answer in Chinese first. The round of polls is `sync.polling`, one attempt `sync.attempt`.
"""

import argparse
import contextlib
import logging
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from sdnotify import SystemdNotifier

from sync.attempt import Attempts
from sync.blobs import Blobs
from sync.carrying import is_ours, write_out
from sync.errors import OfficeError, SourceUnavailable, SunboardError, SyncError, reason_of
from sync.feed.folder import FolderSource
from sync.feed.pull import Card
from sync.feed.source import Source
from sync.feed.stick import find_feed
from sync.outbox import FOLDER as OUTBOX
from sync.outbox import Outbox
from sync.polling import PATIENCE, WENT_WELL, Agent, tell
from sync.records import Attempt
from sync.settings import KioskTable, SyncTable, load_tables
from sync.store import Store

if TYPE_CHECKING:
    from sync.delivery import Dispatch

logger = logging.getLogger("sunboard.sync")
_OTHER_TABLES: Final = ("screen", "voice", "help")
_STOPPING: Final = (signal.SIGTERM, signal.SIGINT)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit status is 0 when all went well."""
    chosen = _parser().parse_args(arguments)
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.INFO, stream=sys.stderr)
    # tuf tells every step, urllib3 every connection; here one line says what it came to.
    for library in ("tuf", "urllib3"):
        logging.getLogger(library).setLevel(logging.ERROR)
    try:
        tables = load_tables(
            chosen.settings, {"kiosk": KioskTable, "sync": SyncTable}, _OTHER_TABLES
        )
        return _start(chosen, tables["kiosk"], tables["sync"])
    except SunboardError as error:
        logger.error("%s %s", error, error.advice)  # noqa: TRY400 - for people, not a traceback
        return 1


def _start(chosen: argparse.Namespace, kiosk: KioskTable, sync: SyncTable) -> int:
    store = Store(kiosk.database)
    card = Card(store, Blobs(kiosk.data), kiosk.village, _anchor(sync.anchor), sync.archive_months)
    notify = _systemd()
    stop = threading.Event()

    def beat() -> None:
        notify("WATCHDOG=1")

    giving = getattr(chosen, "leave_in", False)
    attempts = Attempts(card, kiosk.data, stop=stop, beat=beat, giving=giving)
    agent = Agent(store, attempts, stop, interval=sync.interval_minutes * 60.0, beat=beat)
    with contextlib.closing(store), _stopping(agent):
        if chosen.command == "import":
            return _import(agent, attempts, chosen.folder, kiosk.village)
        if chosen.command == "check":
            return _check(attempts)
        outbox = Outbox(kiosk.data / OUTBOX)
        if chosen.command == "export":
            return _export(outbox, store, chosen.folder, lambda: attempts.moment().time)
        if chosen.command == "release":
            store.set_progress(None)
            return 0
        sources = _web_sources(sync.sources)
        dispatch = None
        if sync.outbox:
            from sync.delivery import Dispatch, Hub  # noqa: PLC0415  # as in _web_sources

            hub = Hub(sync.outbox)
            now = lambda: attempts.moment().time  # noqa: E731
            dispatch = Dispatch(outbox, store, hub, now, stop=stop, beat=beat)
        if chosen.command == "once":
            return _ask_all(agent, sources, dispatch)
        notify("READY=1")
        agent.run(sources, dispatch)
        notify("STOPPING=1")
        return 0


def _systemd() -> Callable[[str], None]:
    """Return how to speak to systemd; without it nobody is spoken to."""
    if "NOTIFY_SOCKET" not in os.environ:
        return lambda _: None
    return cast("Callable[[str], None]", SystemdNotifier().notify)


@contextmanager
def _stopping(agent: Agent) -> Iterator[None]:
    """Let SIGTERM and SIGINT end the agent in good order.

    A thread waits for them: a handler would run amid the very locks that it has to take.
    """
    working = threading.Event()
    working.set()

    def wait() -> None:
        signal.sigwait(_STOPPING)
        if working.is_set():
            agent.interrupt()

    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    waiting = threading.Thread(target=wait, name="signals", daemon=True)
    waiting.start()
    try:
        yield
    finally:
        working.clear()
        if waiting.ident is not None and waiting.is_alive():
            signal.pthread_kill(waiting.ident, signal.SIGTERM)
        waiting.join()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _import(agent: Agent, attempts: Attempts, folder: Path, village: str) -> int:
    try:
        source = FolderSource(find_feed(folder, village))
    except SourceUnavailable as error:
        tell(attempts.refuse(str(folder), error), asked=True)
        return 1
    return _status([agent.attempt(source)])


def _export(outbox: Outbox, store: Store, stick: Path, now: Callable[[], datetime]) -> int:
    """Write the outbox onto the stick; what a stick can't take is said and no failure of the kiosk."""
    if not is_ours(stick):
        logger.info("U 盘上没有 sunboard 文件夹，不写 (not the office's stick: nothing is written)")
        return 0
    try:
        number = write_out(outbox, stick, room=lambda place: shutil.disk_usage(place).free)
    except OfficeError as error:
        logger.warning("没有写到 U 盘上：%s (not written on the stick). %s", error, error.advice)
        store.change_outgoing(stick_trouble=str(error))
        return 0
    logger.info("写到 U 盘上 %s 条 (entries written on the stick)", number)
    if number:
        store.change_outgoing(carried=now(), stick_trouble="")
    return 0


def _check(attempts: Attempts) -> int:
    with attempts.lock(PATIENCE) as mine:
        found = attempts.check() if mine else None
    if found is not None or not mine:
        tell(found, asked=True)
    else:
        logger.info("存储卡上的公示都核对过，两个印章都对 (all that is on the card is proven)")
    return 0 if mine and found is None else 1


def _ask_all(agent: Agent, sources: Sequence[Source], dispatch: "Dispatch | None") -> int:
    status = _status([agent.attempt(source) for source in sources])
    if dispatch is None:
        return status
    try:
        done = agent.flush(dispatch)
    except SyncError as error:
        logger.warning("没有送到办公室：%s (not sent). %s", error, error.advice)
        return 1
    logger.info("%s", "都送到了 (all is sent)" if done else "还有没送的 (more waits to be sent)")
    return status if sources else int(not done)


def _status(ended: Sequence[Attempt | None]) -> int:
    for attempt in ended:
        tell(attempt, asked=True)
    return 0 if ended and all(each and each.outcome in WENT_WELL for each in ended) else 1


def _web_sources(addresses: Sequence[str]) -> list[Source]:
    # requests takes half of the program's memory: an import from a stick does without it.
    from sync.feed.http import HttpSource  # noqa: PLC0415

    return [HttpSource(address) for address in addresses]


def _anchor(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SunboardError(
            f"信任根 {path} 读不了：{reason_of(error)} (the trusted root cannot be read)",
            advice="请把本村办公室的 root.json 拷到那里。Copy the root.json that the office made for this village to that place.",
        ) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kiosk-sync",
        description="收公示、核对印章、保存 (fetches, verifies and keeps the sealed notices)",
    )
    parser.add_argument(
        "--settings", type=Path, required=True, help="设置文件 (the kiosk's settings file)"
    )
    commands = parser.add_subparsers(dest="command", title="要做的事 (commands)")
    commands.add_parser("run", help="一直收，不写就是它 (poll the sources for ever, the default)")
    commands.add_parser("once", help="每个来源问一次 (ask every source once)")
    importing = commands.add_parser(
        "import", help="从 U 盘或文件夹收 (take the feed from a stick or folder)"
    )
    importing.add_argument("folder", type=Path, help="U 盘在哪里 (where the stick is mounted)")
    importing.add_argument(
        "--leave-in", action="store_true", help="收完还要往 U 盘上写 (export follows)"
    )
    exporting = commands.add_parser(
        "export", help="把要送办公室的写到 U 盘 (write onto a stick what is to be sent)"
    )
    exporting.add_argument("folder", type=Path, help="U 盘在哪里 (where the stick is mounted)")
    commands.add_parser("release", help="屏幕上说可以拔 U 盘了 (the stick may be taken out)")
    commands.add_parser("check", help="核对已经收下的 (prove what is on the card)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
