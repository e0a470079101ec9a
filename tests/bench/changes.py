"""Twenty thousand changes of the screen in one process: does its memory stay where it was?

changes.py FOLDER CHANGES MARK…: writes a JSON list with the memory in MB after each MARK changes.
"""

import gc
import itertools
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.intentions import (
    Back,
    CallHelp,
    CancelHelp,
    Home,
    Intention,
    Leave,
    Open,
    PauseReading,
    ReadAloud,
    Stop,
    TextLarger,
    Turn,
)
from kiosk.places import AtLedger, AtList, AtNotice, AtPicture, AtStatus, Place
from kiosk.voice.events import SentenceStarted
from sync.notices import Picture
from tests.bench import processes
from tests.bench.in_process import InProcess

WIDTH, HEIGHT = 540, 960
LARGE_EVERY = 20  # rounds


def main() -> None:
    folder, *numbers = sys.argv[1:]
    marks = [int(number) for number in numbers]
    opened = InProcess(Path(folder), width=WIDTH, height=HEIGHT)
    found = []
    for number, change in enumerate(itertools.islice(changes(opened), max(marks)), start=1):
        change()
        opened.frame()
        if number in marks:
            gc.collect()
            found.append(processes.memory_mb(os.getpid()))
            print(f"{number} changes: {found[-1]:.1f} MB", file=sys.stderr, flush=True)
    print(json.dumps(found), flush=True)
    os._exit(0)


def changes(opened: InProcess) -> Iterator[Callable[[], None]]:
    """Yield for ever what people, voice and card do, each of them another picture on the screen."""
    shell = opened.shell
    road = next(one.notice for one in opened.holdings.postings if one.notice.id == "road")
    picture = next(block for block in road.blocks if isinstance(block, Picture))

    def receive(intention: Intention) -> Callable[[], None]:
        return lambda: shell.receive(intention)

    def at(*places: Place) -> Iterator[Callable[[], None]]:
        return (receive(Open(place)) for place in places)

    def read(sentences: int) -> Iterator[Callable[[], None]]:
        yield receive(ReadAloud())
        for number in range(sentences):
            yield lambda number=number: shell.hear(SentenceStarted(number))  # type: ignore[misc]
        yield receive(PauseReading())
        yield receive(Stop())

    for round_ in itertools.count():
        yield receive(Home())
        yield from at(AtList("affairs"), AtNotice("road"), AtPicture("road", picture.blob.sha256))
        yield receive(Back())
        yield from (receive(TextLarger()) for _ in range(3))
        yield from read(3)
        yield from at(AtLedger("road", 3))
        yield receive(Turn(1))
        yield receive(Home())
        yield from at(AtList("policy"), AtNotice("benefits"), AtStatus())
        yield receive(Home())
        yield receive(CallHelp())
        yield receive(CancelHelp())
        yield lambda: shell.hold(opened.holdings)
        yield from at(AtLedger("finance", 0))
        yield from read(2)
        if round_ % LARGE_EVERY == 0:
            yield from at(AtNotice("long"))
            yield from (receive(Turn(1)) for _ in range(5))
            yield from at(AtLedger("many", 0))
            yield from (receive(Turn(1)) for _ in range(5))
        yield from (receive(Leave()) for _ in range(3))  # three turns of the idle board


if __name__ == "__main__":
    main()
