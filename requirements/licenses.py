"""A table of every locked package with its version and licence: `make licenses`.

Nothing is asked of the network: licences are those that the installed packages state. A package
that is locked for another system, or for a target that was not set up, is listed as such.
"""

import sys

from locked import all_pins, licence


def main() -> None:
    rows = [(pin.name, pin.version, licence(pin.name, pin.version)) for pin in all_pins()]
    widths = [max(len(row[i]) for row in rows) for i in range(2)]
    for name, version, said in rows:
        sys.stdout.write(f"{name:<{widths[0]}}  {version:<{widths[1]}}  {said}\n")
    unknown = sum(said.startswith("(") for *_, said in rows)
    sys.stdout.write(f"{len(rows)} packages, {unknown} whose licence is not known here\n")


if __name__ == "__main__":
    main()
