"""Who takes what when requests of two kinds are under way."""

import threading

import pytest

from summarizer.engine.lanes import Lanes


def test_one_worker_does_one_kind_after_the_other():
    done: list[str] = []
    with Lanes(1) as lanes:
        futures = lanes.add(done.append, "abc") + lanes.add(done.append, "xyz")
        lanes.start()
        for future in futures:
            future.result(60)
    assert "".join(done) == "abcxyz"


def test_two_workers_keep_to_two_kinds_until_one_is_done():
    begun: list[str] = []
    go_on = {name: threading.Event() for name in "abcdxy"}
    started = {name: threading.Event() for name in "abcdxy"}

    def call(name: str) -> None:
        begun.append(name)
        started[name].set()
        assert go_on[name].wait(60)

    with Lanes(2) as lanes:
        futures = lanes.add(call, "abcd") + lanes.add(call, "xy")
        lanes.start()
        for freed, then in (("", "ax"), ("a", "b"), ("b", "c"), ("x", "y"), ("y", "d")):
            for name in freed:
                go_on[name].set()
            for name in then:
                assert started[name].wait(60)
        for event in go_on.values():
            event.set()
        for future in futures:
            future.result(60)


def test_an_error_is_raised_where_its_result_is_fetched_and_the_rest_goes_on():
    with Lanes(2) as lanes:
        inverse = lanes.add(lambda number: 1 / number, (1, 0, 2))
        lanes.start()
        assert (inverse[0].result(60), inverse[2].result(60)) == (1.0, 0.5)
        with pytest.raises(ZeroDivisionError):
            inverse[1].result(60)


def test_what_has_not_begun_when_the_lanes_are_left_never_does():
    begun, go_on = threading.Event(), threading.Event()
    done: list[int] = []

    def call(number: int) -> None:
        begun.set()
        go_on.wait(60)
        done.append(number)

    with Lanes(1) as lanes:
        first, *rest = lanes.add(call, range(5))
        lanes.start()
        begun.wait(60)
    go_on.set()
    first.result(60)
    assert done == [0]
    assert not any(future.done() for future in rest)


def test_no_lane_at_all_is_fine():
    with Lanes(3) as lanes:
        assert lanes.add(str, ()) == []
        lanes.start()
