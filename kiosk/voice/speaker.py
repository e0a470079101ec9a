"""The voice as the screen knows it: commands in, events out, nothing ever waits for sound.

Owns three named threads: one decides (`reader`'s rules), one has sentences made (`synthesis`), one
waits for aplay (`player`). `close` ends them all, and both processes.
"""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from kiosk.voice.events import Lack, SoundMissing, VoiceEvent
from kiosk.voice.player import Fate, Player
from kiosk.voice.reader import Action, Hush, Reader, Say, Step, Tell
from kiosk.voice.recordings import Recordings, name_of
from kiosk.voice.synthesis import NoVoice, Synthesiser
from kiosk.voice.worker import Made, Order
from sync.notices import Sentence

_log = logging.getLogger(__name__)

SPEEDS: Final = {-1: 150 / 185, 0: 1.0, 1: 230 / 185}
VOLUME_STEP: Final = 2**0.5  # 3 dB
LOUDEST: Final = 1.6  # of the synthesiser's volume; beyond it clips


class VoiceSettings(Protocol):
    """The settings' voice table: words a minute, 0 to 1, the ALSA device."""

    @property
    def rate(self) -> int: ...
    @property
    def volume(self) -> float: ...
    @property
    def device(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Wanted:
    order: Order
    index: int | None  # None: a prompt
    share: float = 0.0  # of its sound, 0 to 1, that has been heard already


class Speaker:
    """Reads sentences aloud. Every method returns at once; `tell` is called on the voice's thread."""

    def __init__(
        self, voice: VoiceSettings, cache: Path, tell: Callable[[VoiceEvent], None]
    ) -> None:
        """Raises: OSError when the cache folder cannot be used."""
        self._voice = voice
        self._tell = tell
        self._recordings = Recordings(cache)
        self._synthesiser = Synthesiser(cache)
        self._player = Player(voice.device)
        self._reader = Reader()
        self._sentences: tuple[Sentence, ...] = ()
        self._wanted: _Wanted | None = None
        self._mail: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._ordered: set[str] = set()
        self._threads = [
            threading.Thread(target=self._decide, name="voice-speaker"),
            threading.Thread(target=self._synthesise, name="voice-synthesis"),
        ]
        for thread in self._threads:
            thread.start()

    def play(self, sentences: Sequence[Sentence], start: int = 0, *, number: int = 0) -> None:
        """Read `sentences` from `start` on as reading `number`; what was read before stops."""
        self._player.silence()
        self._mail.put(partial(self._play, tuple(sentences), start, number))

    def say(self, sounds: str) -> None:
        """Say one prompt of the screen in tone-numbered pinyin; what was read before stops."""
        self._player.silence()
        self._mail.put(partial(self._prompt, sounds))

    def pause(self) -> None:
        """Be silent till `resume`, which starts the present sentence again."""
        self._player.silence()
        self._do(Reader.pause)

    def resume(self) -> None:
        """Go on after a pause."""
        self._do(Reader.resume)

    def repeat(self) -> None:
        """Say the present sentence once more."""
        self._do(Reader.repeat)

    def stop(self) -> None:
        """Be silent at once and forget the text."""
        self._player.silence()
        self._do(Reader.stop)

    def slower(self) -> None:
        """One step slower, at once."""
        self._do(lambda reader: reader.change_speed(-1))

    def faster(self) -> None:
        """One step faster, at once."""
        self._do(lambda reader: reader.change_speed(1))

    def quieter(self) -> None:
        """3 dB quieter, at once."""
        self._do(lambda reader: reader.change_volume(-1))

    def louder(self) -> None:
        """3 dB louder, at once."""
        self._do(lambda reader: reader.change_volume(1))

    def reset(self) -> None:
        """Speed and volume as set, for the next person; the screen decides when."""
        self._do(Reader.reset)

    def close(self) -> None:
        """Be silent and end every thread and process. Not to be called from `tell`."""
        self._player.silence()
        self._mail.put(None)
        self._orders.put(None)
        for thread in self._threads:
            thread.join()
        self._player.close()

    # The rest runs on the thread "voice-speaker", but for `_synthesise` and `_sound_ended`.

    def _decide(self) -> None:
        for job in iter(self._mail.get, None):
            try:
                job()
            except Exception:  # noqa: BLE001  the top of a thread
                _log.exception("the voice could not do a command")
                self._missing("voice", "a command failed")

    def _do(self, command: Callable[[Reader], Step]) -> None:
        self._mail.put(lambda: self._take(command(self._reader)))

    def _take(self, step: Step) -> None:
        self._reader, actions = step
        for action in actions:
            self._act(action)

    def _act(self, action: Action) -> None:
        match action:
            case Tell(event=event):
                self._tell(event)
            case Hush():
                self._wanted = None
                self._player.silence()
            case Say(index=index, on=on):
                share = self._got_to() if on else 0.0
                self._want(self._sentences[index].sounds, index, share)

    def _play(self, sentences: tuple[Sentence, ...], start: int, number: int) -> None:
        self._sentences = sentences
        self._take(self._reader.play(len(sentences), start, number))

    def _prompt(self, sounds: str) -> None:
        self._take(self._reader.stop())
        self._want(sounds, None)

    def _got_to(self) -> float:
        """Return how much of the present sentence has been heard, 0 to 1."""
        return self._player.share or (self._wanted.share if self._wanted else 0.0)

    def _want(self, sounds: str, index: int | None, share: float = 0.0) -> None:
        self._player.silence()
        self._wanted = _Wanted(self._order(sounds), index, share)
        if self._recordings.find(self._wanted.order.name):
            self._sound(self._wanted)
        else:
            self._ask(self._wanted.order)

    def _order(self, sounds: str) -> Order:
        rate = round(self._voice.rate * SPEEDS[self._reader.speed])
        volume = min(self._voice.volume * VOLUME_STEP**self._reader.volume, LOUDEST)
        return Order(name_of(sounds, rate, volume), sounds, rate, round(volume, 2))

    def _ask(self, order: Order) -> None:
        if order.name not in self._ordered:
            self._ordered.add(order.name)
            self._orders.put(order)

    def _made(self, made: Made) -> None:
        self._ordered.discard(made.name)
        if not made.problem:
            self._recordings.keep(made.name)
        wanted = self._wanted
        if wanted is None or wanted.order.name != made.name:
            return
        if not made.problem:
            self._sound(wanted)
        elif made.unsayable:
            _log.warning("a sentence cannot be said: %s", made.problem)
            self._finished(wanted)
        else:
            self._missing("room", made.problem)

    def _lost(self, order: Order, reason: str) -> None:
        self._ordered.discard(order.name)
        if self._wanted and self._wanted.order.name == order.name:
            self._missing("voice", reason)

    def _sound(self, wanted: _Wanted) -> None:
        path = self._recordings.find(wanted.order.name)
        if path is None:
            self._missing("room", "the sound file is gone")
            return
        try:
            self._player.play(path, partial(self._sound_ended, wanted), wanted.share)
        except OSError as problem:
            self._missing("player", str(problem))
            return
        if wanted.index is not None:
            self._take(self._reader.sounding())
            self._look_ahead(wanted.index + 1)

    def _look_ahead(self, index: int) -> None:
        if index < len(self._sentences):
            order = self._order(self._sentences[index].sounds)
            if not self._recordings.find(order.name):
                self._ask(order)

    def _sound_ended(self, wanted: _Wanted, fate: Fate, reason: str) -> None:
        self._mail.put(partial(self._heard, wanted, fate, reason))

    def _heard(self, wanted: _Wanted, fate: Fate, reason: str) -> None:
        if wanted is not self._wanted:
            return
        if fate is Fate.FINISHED:
            self._finished(wanted)
        elif fate is Fate.FAILED:
            self._missing("device", reason)

    def _finished(self, wanted: _Wanted) -> None:
        self._wanted = None
        if wanted.index is not None:
            self._take(self._reader.finished())

    def _missing(self, lacks: Lack, detail: str) -> None:
        _log.warning("no sound: %s", detail)
        prompt = self._wanted is not None and self._wanted.index is None
        self._wanted = None
        if prompt:
            self._tell(SoundMissing(lacks))
        else:
            self._take(self._reader.failed(lacks))

    def _synthesise(self) -> None:
        try:
            self._synthesiser.warm()
        except NoVoice as problem:
            _log.warning("no voice yet: %s", problem)
        for order in iter(self._orders.get, None):
            try:
                self._mail.put(partial(self._made, self._synthesiser.make(order)))
            except NoVoice as problem:
                self._mail.put(partial(self._lost, order, str(problem)))
            except Exception:  # noqa: BLE001  the top of a thread
                _log.exception("the voice worker's answer was not taken")
                self._mail.put(partial(self._lost, order, "the voice worker fails"))
        self._synthesiser.close()
