"""`make bench`: measure, print a table, write build/bench.json.

Every figure that depends on the machine stands beside a baseline from the same run.
"""

import importlib
import sys
from pathlib import Path

from tests.bench.figures import Figure, table, write

SUBJECTS = (
    "sync_bench",
    "search_bench",
    "screen_bench",
    "ledger_bench",
    "drawing_bench",
    "voice_bench",
    "evidence_bench",
    "report_bench",
)
RESULT = Path("build/bench.json")


def main() -> None:
    wanted = sys.argv[1:] or list(SUBJECTS)
    figures: list[Figure] = []
    for subject in wanted:
        print(f"measuring {subject.removesuffix('_bench')} …", flush=True)
        figures += importlib.import_module(f"tests.bench.{subject}").measure()
    print(table(figures))
    write(figures, RESULT)
    print(f"written to {RESULT}")


if __name__ == "__main__":
    main()
