"""The gate finds out how many requests an endpoint takes; budgets know when they are used up."""

import threading
import time
from decimal import Decimal

import counting
import pytest

from summarizer.batch.budget import Budget, Price, Spending, load_price, seconds_of
from summarizer.batch.gate import BatchGate, Stopped
from summarizer.errors import ConfigError
from summarizer.models.ledger import Row


def rounds(gate: BatchGate, count: int) -> None:
    """So many clean rounds, each with every place taken."""
    for _ in range(count):
        passages = [gate.passage() for _ in range(gate.width)]
        for passage in passages:
            passage.__enter__()
        for passage in passages:
            passage.__exit__(None, None, None)


def test_it_doubles_until_told_to_slow_down_then_creeps():
    gate = BatchGate(first=4, most=100)
    rounds(gate, 3)
    assert gate.width == 32
    gate.slowed(0, is_limit=True)
    gate.slowed(0, is_limit=True)
    assert gate.width == 25
    rounds(gate, 3)
    assert gate.width == 25  # it cools down
    gate._cut_at -= 60
    rounds(gate, 2)
    assert gate.width == 29


def test_it_never_grows_beyond_the_most_nor_when_places_stay_free():
    gate = BatchGate(first=4, most=6)
    rounds(gate, 5)
    assert gate.width == 6
    gate = BatchGate(first=4)
    for _ in range(40):
        with gate.passage():
            pass
    assert gate.width == 4


def test_faults_stop_the_growth_and_cut_nothing():
    gate = BatchGate(first=2)
    for _ in range(20):
        with gate.passage(), gate.passage():
            pass
        with pytest.raises(OSError, match="dropped"), gate.passage():
            raise OSError("dropped")
    assert gate.width == 4
    gate.slowed(0, is_limit=False)
    assert gate.width == 4


def test_a_fixed_width_stays_but_pauses():
    gate = BatchGate(3)
    rounds(gate, 4)
    gate.slowed(1, is_limit=True)
    assert gate.width == 3
    assert gate.pause > 0
    with gate.passage():
        assert gate.pause == 0


def test_a_pause_ends_for_all_when_it_drains():
    gate = BatchGate(2)
    assert gate.patience >= 3600
    with gate.passage():
        gate.slowed(3000, is_limit=True)
        assert 2900 < gate.pause <= 3000
        gate.drain()
        with pytest.raises(Stopped):
            gate.sleep(3000)
        with pytest.raises(Stopped), gate.passage():
            pytest.fail("no pause was kept")
    gate = BatchGate(2)
    gate.drain()
    with gate.passage():  # a document in work is finished
        gate.check()


def test_who_waits_is_let_in_by_who_leaves_and_turned_away_when_it_closes():
    gate = BatchGate(1)
    ends = []

    def ask():
        try:
            with gate.passage():
                ends.append("in")
        except Stopped:
            ends.append("stopped")

    with gate.passage():
        waiting = [threading.Thread(target=ask) for _ in range(2)]
        for thread in waiting:
            thread.start()
        time.sleep(0.05)
        assert gate.under_way == 1
    for thread in waiting:
        thread.join(10)
    assert ends == ["in", "in"]
    with gate.passage():
        late = threading.Thread(target=ask)
        late.start()
        gate.close()
        late.join(10)
    assert ends[-1] == "stopped"
    with pytest.raises(Stopped):
        counting.ends(lambda: gate.sleep(3600))
    with pytest.raises(Stopped):
        gate.check()


@pytest.mark.parametrize(
    ("budget", "told"),
    [
        (Budget(tokens=300), "300 tokens"),
        (Budget(cost=Decimal("0.5")), "0.5 CNY"),
        (Budget(seconds=0), "deadline"),
    ],
    ids=["tokens", "cost", "deadline"],
)
def test_a_budget_closes_when_it_is_used_up(budget, told):
    closed = []
    price = Price(Decimal(2000), Decimal(4000), "CNY")
    spending = Spending(budget, price, lambda: closed.append(1))
    spending.add(Row(10_000, 10_000, cached=True))
    assert not closed
    for _ in range(3):
        spending.add(Row(100, 20))
    assert closed
    assert told in spending.over()
    assert spending.cost == Decimal("0.84")


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "8", "a = 1", "[a]\nprompt = 1"),
        *(f"[a]\nprompt={price}\ncompletion=1" for price in ("'x'", "nan", "-1", "'inf'", "true")),
        "currency = ['a']\n[a]\nprompt=1\ncompletion=1",
    ],
)
def test_a_price_file_says_what_it_lacks(text, tmp_path):
    path = tmp_path / "prices.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"prices\.toml"):
        load_price(path, "a")


@pytest.mark.parametrize("text", ["", "h", "1x", "-5", "1h 5m", "5m1"])
def test_what_is_no_length_of_time(text):
    with pytest.raises(ConfigError):
        seconds_of(text)


@pytest.mark.parametrize(("text", "seconds"), [("90", 90), ("1.5", 1.5), ("1d12h", 129_600)])
def test_a_length_of_time_is_told_in_seconds_or_units(text, seconds):
    assert seconds_of(text) == seconds


def test_who_sleeps_between_tries_wakes_up():
    BatchGate(1).sleep(0.001)
