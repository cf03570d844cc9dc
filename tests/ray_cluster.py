"""Two Ray nodes on this machine, as a process of its own: tests open no socket but loopback.

    with TwoNodes() as nodes:
        … --address nodes.address …
        nodes.kill_second()

What runs on the second node says so: its requests carry the header `OpenAI-Organization: second`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

TRIES = 3  # a node gives up when it is not up within 30 s, which a busy machine may miss


class TwoNodes:
    """The cluster; `folder` is where it keeps its logs."""

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="ray-", dir="/tmp"))  # sockets have short names
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self.folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self.address = self._process.stdout.readline().strip()
        assert self.address, "no Ray cluster came up"
        return self

    def kill_second(self) -> None:
        """Kill the second node with everything that runs there, as a power cut would."""
        self._process.stdin.write("kill\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline().strip() == "killed"

    def __exit__(self, *_: object) -> None:
        self._process.communicate()
        shutil.rmtree(self.folder, ignore_errors=True)


def _serve(folder: str) -> None:
    from ray.cluster_utils import Cluster

    # Ray notes the address of a cluster there, and makes the folder only for a default temp_dir.
    Path(tempfile.gettempdir(), "ray").mkdir(exist_ok=True)
    size = {"num_cpus": 2, "object_store_memory": 80 * 2**20}
    head = size | {"include_dashboard": False, "temp_dir": folder}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    os.environ["OPENAI_ORG_ID"] = "second"
    second = cluster.add_node(**size)
    cluster.wait_for_nodes()
    _say(cluster.address)
    for _ in sys.stdin:
        cluster.remove_node(second, allow_graceful=False)
        _say("killed")
    cluster.shutdown()


def _say(line: str) -> None:
    os.write(_OUT, f"{line}\n".encode())


if __name__ == "__main__":
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    _OUT = os.dup(1)
    os.dup2(2, 1)  # Ray prints
    for left in reversed(range(TRIES)):
        try:
            _serve(sys.argv[1])
            break
        except Exception:
            if not left:
                raise
