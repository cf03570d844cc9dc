"""Administrative offices, by the word that their name ends in: 县|水利局, 区委|宣传部, 镇|党委.

Organs of the Party, of the state and of the mass organisations have heads of a closed set; a
village's own branch has none of them. A village's committee (村民委员会) is an office by the table
of suffixes.
"""

from __future__ import annotations

import re

from summarizer.zh.names.organisations import SUFFIXES
from summarizer.zh.script import fold

_OFFICES = tuple(suffix for suffix, row in SUFFIXES.items() if row["class"] == "office")
_HEADS = re.compile(  # those that are no suffixes by which a name is found
    r"[局厅署]$|政府$|(?<!村)(?<!社区)党委$|党组$|[工纪监团]委$|[省市州县区旗镇乡]委$|管委会$"
    r"|(?:工作|管理|常务)委员会$|办公室$|办事处$|办$|(?:宣传|组织|统战|武装)部$|人大常委会$|侨联$|指挥部$"
)


def is_office(text: str) -> bool:
    """Whether a name is that of an office, of which what it does is its duty.

    >>> [is_office(name) for name in ("区委宣传部", "镇党委", "老鹰岩村党支部", "海禾食品有限公司")]
    [True, True, False, False]
    """
    name = fold(text)
    return name.endswith(_OFFICES) or _HEADS.search(name) is not None
