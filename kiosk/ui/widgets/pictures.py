"""Pictures for the screen: decoded and shrunk in a thread of their own, QR codes at once."""

import io
import logging
import queue
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from kivy.graphics.texture import Texture

from kiosk import qr
from kiosk.ui.panel import Panel
from kiosk.ui.sheets.ink import Code
from kiosk.ui.widgets.type import SIDE_LIMIT
from sync.blobs import Blobs
from sync.errors import BadInput
from sync.notices import BlobRef

if TYPE_CHECKING:
    from PIL import Image

_log = logging.getLogger(__name__)

KEPT: Final = 12
PIXELS_LIMIT: Final = 16_000_000  # of a picture before shrinking; prepared ones have 4 million
_Key = tuple[BlobRef, int, int]


class Pictures:
    """Textures of the feed's pictures and of QR codes.

    `cross` carries a call to the drawing thread; `arrived` is called there with each new picture.
    """

    def __init__(
        self, blobs: Blobs, cross: Callable[[Callable[[], None]], None], scan_distance_mm: float
    ) -> None:
        self._blobs = blobs
        self._cross = cross
        self._scan_distance_mm = scan_distance_mm
        self._textures: OrderedDict[object, Texture] = OrderedDict()
        self._asked: set[_Key] = set()
        self._failed: set[_Key] = set()
        self._jobs: queue.SimpleQueue[_Key | None] = queue.SimpleQueue()
        self._waiting: list[Callable[[], None]] = []
        self._thread = threading.Thread(target=self._work, name="pictures", daemon=True)
        self._thread.start()

    def retry(self) -> None:
        """Ask again for what was missing: a sync may have brought it."""
        if self._failed:
            self._failed.clear()
            self._call_waiting()

    def close(self) -> None:
        """End the thread."""
        self._jobs.put(None)
        self._thread.join(timeout=5)

    def find(
        self, blob: BlobRef, width: int, height: int, arrived: Callable[[], None]
    ) -> Texture | None:
        """Return the picture for `width` × `height` px; None if it has to be waited for."""
        scale = min(1.0, SIDE_LIMIT / max(width, height, 1))
        key = (blob, int(width * scale), int(height * scale))
        texture = self._textures.get(key)
        if texture is None and key not in self._failed:
            if arrived not in self._waiting:
                self._waiting.append(arrived)
            if key not in self._asked:
                self._asked.add(key)
                self._jobs.put(key)
        return texture

    def code(self, code: Code, panel: Panel) -> Texture | None:
        """Return a QR code of whole pixels, None if there is no room for it."""
        if code in self._textures:
            return self._textures[code]
        picture = self._code(code, panel, self._scan_distance_mm)
        if picture is None:
            # Too small for that distance is better than none: people step nearer.
            picture = self._code(code, panel, 0)
        if picture is None:
            return None
        texture = _texture(picture.convert("RGB"))
        texture.mag_filter = texture.min_filter = "nearest"
        return self._keep(code, texture)

    @staticmethod
    def _code(code: Code, panel: Panel, scan_distance_mm: float) -> "Image.Image | None":
        try:
            return qr.code(
                code.link, scan_distance_mm=scan_distance_mm,
                pixels_per_mm=panel.pixels_per_mm, room_px=code.room,
            )  # fmt: skip
        except BadInput as error:
            _log.warning("%s", error)
            return None

    def _keep(self, key: object, texture: Texture) -> Texture:
        self._textures[key] = texture
        while len(self._textures) > KEPT:
            self._textures.popitem(last=False)
        return texture

    def _work(self) -> None:
        for key in iter(self._jobs.get, None):
            try:
                picture = self._load(key)
            except Exception:  # noqa: BLE001  # the thread must live on
                _log.exception("a picture could not be loaded: %s", key[0].sha256)
                picture = None
            self._cross(lambda key=key, picture=picture: self._arrive(key, picture))  # type: ignore[misc]

    def _load(self, key: _Key) -> "Image.Image | None":
        from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  # slow, so in this thread

        blob, width, height = key
        data = self._blobs.read(blob)
        if data is None:
            _log.warning("a picture is missing or damaged: %s", blob.sha256)
            return None
        try:
            with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
                if picture.width * picture.height > PIXELS_LIMIT:
                    return None
                picture.draft("RGB", (width, height))
                shown = picture.convert("RGB")
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
            _log.warning("a picture cannot be read: %s: %s", blob.sha256, error)
            return None
        shown.thumbnail((width, height), Image.Resampling.LANCZOS)
        return shown

    def _arrive(self, key: _Key, picture: "Image.Image | None") -> None:
        self._asked.discard(key)
        if picture is None:
            self._failed.add(key)
            return
        self._keep(key, _texture(picture))
        self._call_waiting()

    def _call_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for arrived in waiting:
            arrived()


def _texture(picture: "Image.Image") -> Texture:
    texture = Texture.create(size=picture.size, colorfmt="rgb")
    texture.blit_buffer(picture.tobytes(), colorfmt="rgb", bufferfmt="ubyte")
    texture.flip_vertical()
    return texture
