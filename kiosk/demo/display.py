"""A virtual screen (Xvfb) where no real one is."""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


def is_there(environment: Mapping[str, str]) -> bool:
    """Tell whether a window can be opened for somebody to see."""
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


@contextmanager
def virtual(width: int, height: int) -> Iterator[str]:
    """Start an Xvfb of this size in pixels and yield its DISPLAY; it ends with the block."""
    reading, writing = os.pipe()
    size = ["-screen", "0", f"{width}x{height}x24"]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), *size, "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as number:
            display = number.readline().strip()  # Xvfb writes it once clients may come
        if not display:
            raise RuntimeError(f"Xvfb ended with {server.wait()}")
        yield f":{display}"
    finally:
        server.terminate()
        server.wait()
