"""Bytes damaged as disks, networks and people damage them."""

import random


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The data with one to four faults: a bit, a byte, a run lost, doubled, zeroed or cut off."""
    broken = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(max(1, len(broken)))
        size = rng.randint(1, 12)
        fault = rng.randrange(6)
        if fault == 0 and broken:
            broken[at] ^= 1 << rng.randrange(8)
        elif fault == 1 and broken:
            broken[at] = rng.randrange(256)
        elif fault == 2:
            del broken[at : at + size]
        elif fault == 3:
            broken[at:at] = broken[at : at + size]
        elif fault == 4:
            broken[at : at + size] = bytes(min(size, len(broken) - at))
        else:
            del broken[max(1, at) :]
    return bytes(broken)
