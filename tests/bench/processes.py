"""What a running program costs: memory and CPU time, read from /proc."""

import os
import re
import threading
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Return the resident memory, without what is only mapped from files (MB).

    Files mapped from disk (programs, fonts, Mesa's software renderer) are shared and can be dropped,
    and the renderer does not exist on a Pi; anonymous pages are what a program really asks for.
    """
    return _status(pid, "RssAnon") + _status(pid, "RssShmem")


def resident_mb(pid: int) -> float:
    """Return all resident memory, mapped files included (MB)."""
    return _status(pid, "VmRSS")


def peak_mb(pid: int) -> float:
    """Return the most that was ever resident, mapped files included (MB)."""
    return _status(pid, "VmHWM")


def cpu_percent(pid: int, seconds: float) -> float:
    """Return the share of one core that the program uses over `seconds` (%)."""
    before = _cpu_ticks(pid)
    threading.Event().wait(seconds)
    return (_cpu_ticks(pid) - before) / TICKS / seconds * 100


def _cpu_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _status(pid: int, name: str) -> float:
    found = re.search(
        rf"^{name}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE
    )
    assert found, f"/proc/{pid}/status has no {name}"
    return int(found.group(1)) / 1024
