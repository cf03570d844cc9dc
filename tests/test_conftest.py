"""Tests reach no network, and see none of the caller's settings."""

import json
import os
import socket
from pathlib import Path

import conftest
import pytest
from pytest_socket import SocketConnectBlockedError


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_a_socket_beyond_loopback_is_refused():
    with socket.socket() as client, pytest.raises(SocketConnectBlockedError):
        client.connect(("192.0.2.1", 80))


def test_loopback_works():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


@pytest.mark.parametrize("_turn", [1, 2])
def test_the_environment_holds_no_setting_of_ours_and_the_cache_is_empty(_turn, tmp_path_factory):
    assert not [name for name in os.environ if name.startswith(("SUMMARIZER_", "OPENAI_"))]
    cache = Path(os.environ["XDG_CACHE_HOME"])
    assert tmp_path_factory.getbasetemp() in cache.parents
    assert not cache.exists()
    (cache / "summarizer").mkdir(parents=True)


def test_a_worker_of_pytest_knows_the_real_places(monkeypatch):
    """Its own are those that the process which started it has made for the tests."""
    monkeypatch.setenv("XDG_CACHE_HOME", "/made/for/tests")
    for real in ({}, {"XDG_CACHE_HOME": "/real"}, {"SUMMARIZER_CACHE_DIR": "/data"}):
        monkeypatch.setenv(conftest.HANDED_ON, json.dumps(real))
        found = conftest.real_environment()
        assert {name: found[name] for name in conftest.PLACES if name in found} == real
        assert conftest.HANDED_ON not in found
