"""Many documents on many machines: Ray Data hands them out, this process keeps the journal.

The driver's node reads a document's bytes, an actor somewhere makes the summary, the row with it
comes back here and is committed. A row that Ray runs twice because a machine was lost is set down
once; one that never came is handed out again. So whatever happens to the others, what is in the
journal is right as long as this process keeps it.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

from summarizer.batch.journal import Pending
from summarizer.batch.runner import Arrival, Runner
from summarizer.batch.worker import Crew, Delivery, Desk, Order, Word, Worker, opened, read_order
from summarizer.config import api_key
from summarizer.errors import ConfigError, SummarizerError

PASS = 20_000  # documents that Ray is given at once; each such pass begins with new workers
READ, READERS = 50, 2  # documents that one task reads, and how many such tasks there are at once
MOST = 64  # requests of one worker at once, however willing the endpoint
DOCUMENTS = 32  # documents of one worker at once; most of them wait for an answer
_PATIENCE = 30.0  # seconds for Ray to end its workers
_BIT = 0.001  # of a CPU: nothing here may wait for a whole one, or small clusters stand still;
# reading and making ask for different bits, or Ray would do both in one place
_STORE = 200 * 2**20  # bytes of shared memory, where we start the cluster ourselves


@dataclass(frozen=True, slots=True)
class Cluster:
    """The engine. `address` is that of a running cluster, "" starts one on this machine."""

    jobs: int = 0
    address: str = ""

    def __post_init__(self) -> None:
        """Raise ConfigError if Ray is not there."""
        if importlib.util.find_spec("ray") is None:
            raise ConfigError(
                "--engine ray needs Ray, which is not installed; "
                "`pip install 'report-summarizer[ray]'` brings it (600 MB)"
            )

    def run(self, runner: Runner, pending: Callable[[], Iterator[Pending]]) -> None:
        """Make what is pending, pass by pass; ends early when `runner.stop` says so.

        Raises ConfigError for a cluster that cannot be used. When one falls apart, what came back
        until then is in the journal.
        """
        with _connected(self.address) as node:
            tasks = pending()
            while not runner.stop:
                orders = [Order(*task) for task in islice(_taken(runner, tasks), PASS)]
                if not orders:
                    return
                self._pass(runner, orders, node)

    def _pass(self, runner: Runner, orders: list[Order], node: str) -> None:
        """Hand out some documents and take what comes back, each once."""
        import ray

        desk = ray.remote(Desk).options(num_cpus=0, label_selector=_at(node)).remote()
        inbox = _Inbox(runner, {order.task.key: order for order in orders})
        rows = _rows(orders, self._crew(runner, desk), node)
        feeder = threading.Thread(target=inbox.feed, args=(rows,), daemon=True)
        feeder.start()
        said: Word = ""
        begun: set[str] = set()
        while feeder.is_alive() or not runner.ready.empty():
            runner.settle(inbox.new(runner.arrived()))
            word: Word = "close" if runner.gate.is_closed else "drain" if runner.stop else ""
            if word != said:
                said, begun = word, ray.get(desk.say.remote(word))
            if said and not begun & inbox.awaited.keys():
                inbox.close()  # nothing is in work; what was not begun need not come back
                feeder.join(_PATIENCE)
                break
        if len(inbox.awaited) == len(orders):  # no use in trying that again
            runner.end("the cluster does not work", _explained(inbox.trouble))
        for order in inbox.awaited.values():
            runner.put_back(order.task, order.attempt)

    def _crew(self, runner: Runner, desk: Any) -> Crew:
        """How many workers there are, and what each is given.

        A worker is a process, and a process one core; the embedded model takes a whole machine.
        """
        import ray

        maker = runner.maker
        nodes = sum(1 for found in ray.nodes() if found["Alive"])
        cores = max(1, int(ray.cluster_resources().get("CPU", nodes)))
        workers = nodes if maker.is_local else min(cores, self.jobs or cores)
        each = self.jobs // workers
        return Crew(
            settings=maker.settings,
            made_so=maker.made_so,
            asked=partial(_asked, desk),
            key=api_key(),
            jobs=each,
            most=MOST,
            workers=workers,
            documents=1 if maker.is_local else each or DOCUMENTS,
        )


class _Inbox:
    """What a pass waits for, and what came: each document once."""

    def __init__(self, runner: Runner, awaited: dict[str, Order]) -> None:
        self._runner = runner
        self._orders = awaited
        self.awaited = dict(awaited)
        self.trouble: BaseException | None = None
        self._is_closed = False

    def feed(self, rows: Generator[dict[str, Any], None, None]) -> None:
        """In a thread, for the main one listens to the user and the clock meanwhile."""
        try:
            for row in rows:
                if self._is_closed:
                    break
                found: Delivery = opened(row)
                order = self._orders[found.key]
                for answer in found.answers:
                    self._runner.spending.add(answer)
                self._runner.ready.put((order.task, order.attempt, found.made))
        except BaseException as error:  # noqa: BLE001 — the main thread tells it
            self.trouble = error
        finally:
            rows.close()  # which lets Ray end its workers

    def close(self) -> None:
        """Take no more: the rows end with the next that comes."""
        self._is_closed = True

    def new(self, arrived: list[Arrival]) -> list[Arrival]:
        """Without those that came before."""
        return [one for one in arrived if self.awaited.pop(one[0].key, None) is not None]


def _taken(runner: Runner, tasks: Iterator[Pending]) -> Iterator[tuple[Pending, int]]:
    while (task := runner.take(tasks)) is not None:
        yield task


def _absolute(task: Pending) -> Pending:
    """With a path that holds wherever the reading process stands."""
    return replace(task, source=replace(task.source, path=task.source.path.absolute()))


def _rows(orders: list[Order], crew: Crew, node: str) -> Generator[dict[str, Any], None, None]:
    """The rows of a pass as they are done, in any order."""
    import ray.data

    pool = ray.data.ActorPoolStrategy(
        size=crew.workers,
        max_concurrent_calls_per_actor=crew.documents,
        max_tasks_in_flight_per_actor=crew.documents,
        enable_true_multi_threading=True,
    )
    blocks = -(-len(orders) // READ)
    given = ray.data.from_items(
        [replace(order, task=_absolute(order.task)).row() for order in orders],
        override_num_blocks=blocks,
    )
    reading = partial(read_order, most=crew.settings.max_bytes)
    few = ray.data.TaskPoolStrategy(size=min(READERS, blocks))
    read = given.map(reading, compute=few, num_cpus=_BIT, label_selector=_at(node))
    made = read.map(Worker, fn_constructor_args=(crew,), compute=pool, num_cpus=2 * _BIT)
    yield from made.iter_rows()


def _at(node: str) -> dict[str, str]:
    """What sends a task to a node."""
    return {"ray.io/node-id": node}


def _asked(desk: Any, key: str) -> tuple[Word, int]:
    """In a worker: what the desk says."""
    import ray

    found: tuple[Word, int] = ray.get(desk.asked.remote(key))
    return found


@contextmanager
def _connected(address: str) -> Iterator[str]:
    """Ray while this is open; the id of this process's node.

    What Ray would tell its makers is not told, and its own hand on SIGTERM is taken away again.
    """
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_AUTO_CONNECT": "0"}
    import ray
    import ray.data

    ours = signal.getsignal(signal.SIGTERM)
    own = {} if address else {"include_dashboard": False, "object_store_memory": _STORE}
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    try:
        ray.init(address=address or "local", **quiet, **own)
    except (OSError, RuntimeError, ValueError, AssertionError) as error:
        place = f"the cluster at {address!r}" if address else "a cluster on this machine"
        raise ConfigError(f"{place} cannot be used: {error}") from error
    try:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, ours)
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.target_max_block_size = 1  # a block is a document: what is lost is done again alone
        logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # errors come as exceptions
        yield ray.get_runtime_context().get_node_id()
    finally:
        ray.shutdown()


def _explained(error: BaseException | None) -> SummarizerError:
    first = str(error).strip().partition("\n")[0]
    why = f"{type(error).__name__}: {first}" if error else "no document came back"
    return SummarizerError(
        f"Ray gave up: {why}; what came back is kept, run the same command again to go on"
    )
