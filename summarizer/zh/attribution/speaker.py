"""Who speaks of himself in quotation marks: “我一年能收入五万元。”关国亮说."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.zh.attribution.said import Said
from summarizer.zh.segment import Sentence

AROUND = 3  # sentences around a quotation in which its speaker may be named
_OPEN, _CLOSE = "“「『", "”」』"
_SELF = re.compile(
    r"[我咱俺](?!们?(?:公司|合作社|企业|村|社区|镇|县|乡|市|区|厂|农场|基地|学校|国|省))"
)
_BEHIND = re.compile(r"^[^,，。;；“]{0,12}?(?:说|表示|介绍|告诉|坦言|感慨|感叹|笑|道|回忆|算)")
_AHEAD = re.compile(r"^[^。;；“]{0,16}?[:：][“「『]")


def speaker(index: int, at: int, sentences: Sequence[Sentence]) -> str | None:
    """The person whose words hold the character `at` of a sentence and who says 我 in them."""
    sentence = sentences[index]
    near = [
        s for s in sentences[max(0, index - AROUND) : index] if s.paragraph == sentence.paragraph
    ]
    opened = _opened([*(s.text for s in near), sentence.text[:at]])
    if opened is None or not _SELF.search(opened + sentence.text[at:].split("”")[0]):
        return None
    behind = [s for s in sentences[index : index + AROUND] if s.paragraph == sentence.paragraph]
    for one, pattern in [(s, _BEHIND) for s in behind] + [
        (s, _AHEAD) for s in [sentence, *near[::-1]]
    ]:
        said = Said.of(one)
        for group in said.groups:
            if group.kind == "person" and pattern.match(said.text[group.end :]):
                return group.text
    named = [g.text for s in behind[1:2] for g in Said.of(s).groups if g.kind == "person"]
    return named[-1] if named else None


def _opened(texts: Sequence[str]) -> str | None:
    """The words since the quotation mark that is open at the end of these texts, if one is."""
    text = "".join(texts)
    start = max(text.rfind(mark) for mark in _OPEN)
    end = max(text.rfind(mark) for mark in _CLOSE)
    return text[start + 1 :] if end < start else None
