"""Measuring and rendering words: the widths of characters and a bounded store of textures."""

from collections import OrderedDict
from typing import Final

from kivy.core.text import Label as CoreLabel
from kivy.graphics.texture import Texture

from kiosk.ui.fonts import Faces

ROOM: Final = 12 << 20  # bytes of textures: about two full screens of words
SIDE_LIMIT: Final = 2_000  # px: larger textures turn black on old drivers, without an error
_SAMPLE: Final = 10  # equal characters are measured together, so that rounding hardly counts


class Type:
    """The two faces: widths in px and textures, each worked out once."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self._labels: dict[tuple[int, bool], CoreLabel] = {}
        self._widths: dict[tuple[int, bool, str], float] = {}
        self._textures: OrderedDict[tuple[str, int, bool], Texture] = OrderedDict()
        self._held = 0

    def measure(self, size: int, bold: bool, character: str) -> float:  # noqa: FBT001  # a Measure
        """Return the advance of a character in px."""
        if "\u4e00" <= character <= "\u9fff":
            return size  # an ideograph is one em wide
        key = (size, bold, character)
        width = self._widths.get(key)
        if width is None:
            width = self._label(size, bold).get_extents(character * _SAMPLE)[0] / _SAMPLE
            self._widths[key] = width
        return width

    def pieces(self, text: str, size: int, bold: bool) -> list[tuple[str, float]]:  # noqa: FBT001
        """Return a line in pieces that `texture` can draw, each with its width in px."""
        found, begin, width = [], 0, 0.0
        for at, character in enumerate(text):
            advance = self.measure(size, bold, character)
            if width + advance > SIDE_LIMIT:
                found.append((text[begin:at], width))
                begin, width = at, 0.0
            width += advance
        return [*found, (text[begin:], width)]

    def texture(self, text: str, size: int, bold: bool) -> Texture:  # noqa: FBT001
        """Return white words on nothing, to be tinted; at most `SIDE_LIMIT` px wide."""
        key = (text, size, bold)
        found = self._textures.get(key)
        if found is not None:
            self._textures.move_to_end(key)
            return found
        label = self._new_label(size, bold, text)
        label.refresh()
        texture = label.texture
        self._textures[key] = texture
        self._held += _bytes_of(texture)
        while self._held > ROOM and len(self._textures) > 1:
            _, dropped = self._textures.popitem(last=False)
            self._held -= _bytes_of(dropped)
        return texture

    def _label(self, size: int, bold: bool) -> CoreLabel:  # noqa: FBT001
        if (size, bold) not in self._labels:
            self._labels[size, bold] = self._new_label(size, bold, "")
        return self._labels[size, bold]

    def _new_label(self, size: int, bold: bool, text: str) -> CoreLabel:  # noqa: FBT001
        face = self._faces.bold if bold else self._faces.regular
        return CoreLabel(
            text=text[:200], font_name=str(face), font_size=size, font_kerning=False,
            font_hinting="light", color=(1, 1, 1, 1),
        )  # fmt: skip


def _bytes_of(texture: Texture) -> int:
    return int(texture.width * texture.height * 4)
