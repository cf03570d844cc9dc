"""Make readings.tsv: which traditional character has a given GBK lead byte and pinyin reading.

Run by hand with `python -m summarizer.documents.clean.data.make_readings`; it needs pypinyin, which
the product does not. The table serves `summarizer.documents.clean.pinyin`.
"""

from collections import defaultdict
from pathlib import Path

TABLE = Path(__file__).with_name("readings.tsv")


def main() -> None:
    import opencc
    from pypinyin import Style, pinyin  # type: ignore[import-untyped,import-not-found,unused-ignore]

    to_simplified = opencc.OpenCC("t2s").convert
    rows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                character = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                continue
            if to_simplified(character) == character:
                continue
            for reading in pinyin(character, style=Style.TONE, heteronym=True)[0]:
                if reading != character:
                    rows[f"{lead:02X}", reading].append(character)
    lines = (
        f"{lead}\t{reading}\t{''.join(chars)}\n" for (lead, reading), chars in sorted(rows.items())
    )
    TABLE.write_text("lead\treading\tcharacters\n" + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
