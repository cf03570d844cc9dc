"""The share of branches that tests take, by part of the product: `make coverage`.

    python tests/branches.py coverage.json

Lines that were run say little of what was decided there; so only branches are counted.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

FLOOR = 95.0  # percent
PARTS = {
    "models": ("summarizer/models/*",),
    "checks of the engine": (
        "summarizer/engine/*checks.py",
        "summarizer/engine/faults.py",
        "summarizer/engine/grounding.py",
        "summarizer/engine/verify/*",
    ),
    "batch": ("summarizer/batch/*",),
}
ELSEWHERE = ("summarizer/batch/cluster.py",)  # runs inside Ray only: tests marked slow


def shares(report: dict) -> dict[str, tuple[int, int, list[str]]]:
    """Of each part the branches taken, all of them, and where the others are."""
    taken, whole, missing = Counter(), Counter(), {part: [] for part in PARTS}
    for name, told in report["files"].items():
        path = name[name.index("summarizer/") :]
        for part, patterns in PARTS.items():
            if path in ELSEWHERE or not any(fnmatch(path, pattern) for pattern in patterns):
                continue
            taken[part] += told["summary"]["covered_branches"]
            whole[part] += told["summary"]["num_branches"]
            missing[part] += [f"{path}:{start}->{end}" for start, end in told["missing_branches"]]
    return {part: (taken[part], whole[part], missing[part]) for part in PARTS}


def main() -> int:
    """Print the shares; 1 where one is below the floor."""
    code = 0
    for part, (taken, whole, missing) in shares(json.loads(Path(sys.argv[1]).read_text())).items():
        share = 100 * taken / max(1, whole)
        code |= not whole or share < FLOOR
        print(f"{part}: {taken} of {whole} branches, {share:.1f} % (floor {FLOOR:g} %)")
        print("".join(f"  {place}\n" for place in missing), end="")
    return code


if __name__ == "__main__":
    sys.exit(main())
