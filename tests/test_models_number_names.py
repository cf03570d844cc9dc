"""Which words name a number: the words near it, the net that weighs them, the stretches taken."""

from base64 import b64encode
from itertools import pairwise
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.models.near_numbers import Near, Word
from summarizer.models.number_names import NAMES, Net, Weigher, names_of_numbers, stretches
from summarizer.models.readouts import Piece

BEFORE, OWN = "成活率很高。", "核桃树88%活着,连翘多。"


def piece(text, states=None):
    """A piece with a token a character, and the end of its line."""
    at = (*(range(n, n + 1) for n in range(len(text))), range(len(text), len(text)))
    return Piece(text, at, states or [[float(ord(one)), 1.0] for one in f"{text}\n"])


def near(drafted=()):
    own = len(BEFORE)
    at = range(own + 3, own + 6)
    return Near((piece(BEFORE), piece(OWN)), at, [at], drafted)


def test_words_stand_before_a_number_and_behind_it_in_its_clause():
    said = near()
    assert "".join(said.text[n] for word in said.words for n in word.at) == "成活率很高核桃树活着"
    assert [word.of for word in said.words][:2] == [(0, 0), (0, 1)]
    assert (OWN[said.last], OWN[said.closing]) == ("%", "着")


def test_what_is_known_of_a_word_without_a_model():
    said = near([range(len(BEFORE), len(BEFORE) + 2)])
    seen = {said.text[word.at[0]]: word.seen for word in said.words}
    behind, own, _, _, clause, another = (slice(n, n + 1) for n in range(6))
    drafted, adjoins_before, adjoins_behind = (slice(n, n + 1) for n in range(12, 15))
    assert seen["活"][behind] == (1.0,)
    assert seen["树"][behind] == (0.0,)
    assert (seen["成"][own], seen["核"][own]) == ((0.0,), (1.0,))
    assert (seen["核"][clause], seen["成"][another]) == ((1.0,), (1.0,))
    assert (seen["核"][drafted], seen["树"][drafted]) == ((1.0,), (0.0,))
    assert seen["活"][adjoins_before] == (1.0,)
    assert seen["树"][adjoins_behind] == (1.0,)
    assert {len(one) for one in seen.values()} == {15}


def half(*numbers):
    return b64encode(pack(f"<{len(numbers)}e", *numbers)).decode()


def file(**own):
    """A net of two axes, one unit, that likes what has much of the second axis; 15 things seen."""
    told = {
        "middle": half(0, 0),
        "axes": half(1, 0, 0, 1),
        "met": half(1, 0),
        "meeting": half(1, 0),
    }
    told |= {"parts": half(*[0, 1], *[0] * 6, 0, *[0] * 15), "bias": half(0), "out": half(-1, 2)}
    return told | own


def test_a_net_weighs_what_is_held_at_a_word():
    net = Net.read(file())
    said = near()
    assert Weigher(net, said.pieces).odds(said, 1) == [1.0] * len(said.words)
    [found] = names_of_numbers(
        [piece(OWN)], file(), [[{"at": [3, 6], "closed": [[3, 6]], "drafted": []}]]
    )
    [one] = found
    assert one["at"] == [[0, 3], [6, 8]]
    assert one["like"] > one["drafted"] == 0


def test_a_net_for_other_states_is_refused():
    with pytest.raises(RuntimeError, match="width"):
        names_of_numbers([piece("12", [[1.0]] * 3)], file(), [[]])


@pytest.mark.parametrize("name", NAMES)
def test_a_net_that_is_none_is_refused(name):
    with pytest.raises(ValueError, match=r"(?i)base64|padding"):
        Net.read(file() | {name: "no base64"})


@given(st.lists(st.floats(0, 1), max_size=30))
def test_stretches_are_apart_in_order_and_within(likely):
    words = [Word((0, n), (n + (n > 9),), ()) for n in range(len(likely))]
    found, like = stretches(words, likely)
    assert 0 <= like <= 1
    assert all(one.stop <= other.start for one, other in pairwise(found))
    assert {n for at in found for n in at} <= {n for word in words for n in word.at}
    assert len(found) <= 3


def test_words_that_share_a_character_are_one_stretch():
    words = [Word((0, n), at, ()) for n, at in enumerate([(0,), (1,), (2,), (2,), (3,)])]
    assert stretches(words, [0.95] * 5)[0] == [range(4)]
