"""The command `kiosk`: the screen in the square, or the pack of evidence and its check.

kiosk                      the screen (`kiosk.app`)
kiosk report …             makes an inspection pack (`kiosk.inspection.program`)
kiosk verify PACK …        checks one, on any computer: needs neither Kivy nor a kiosk
"""

import sys

VERBS = ("report", "verify")


def main() -> int:
    """Run what the command line names; the screen where it names nothing."""
    if len(sys.argv) > 1 and sys.argv[1] in VERBS:
        from kiosk.inspection.program import main as inspect  # noqa: PLC0415  # without the screen's imports

        return inspect(sys.argv[1:])
    from kiosk.app import main as show  # noqa: PLC0415  # nor the other way round

    return show()


if __name__ == "__main__":
    raise SystemExit(main())
