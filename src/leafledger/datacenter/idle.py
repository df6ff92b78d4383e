"""Nodes that nobody needs are switched off: how many, for how long, and what that saves."""

from dataclasses import dataclass

import numpy as np

from leafledger.datacenter.clock import Floats, Ints


@dataclass(frozen=True, kw_only=True)
class Off:
    """nodes: off by hour; started: how many are started in each hour; kwh: saved, in all."""

    nodes: Ints
    started: Ints
    kwh: float


def switched_off(
    used: Floats, *, gpus: int, per_node: int, idle_kw: float, spare: int, shortest: int = 2, start_kwh: float = 0.5
) -> Off:
    """used: GPUs by hour as planned or forecast (the upper band, if forecast). idle_kw: of a node; spare: nodes kept on above the need.

    A node is switched off only if it is not needed for `shortest` hours, and each start costs `start_kwh`. Jobs may be spread over nodes, so what
    is needed is never less than the GPUs in use say: a packing scheduler is assumed, and this is the most that can be saved.
    """
    total = -(-gpus // per_node)
    needed = np.minimum(np.ceil(used / per_node - 1e-9).astype(np.int64) + spare, total)
    windows = np.lib.stride_tricks.sliding_window_view(
        np.concatenate([needed, np.full(shortest - 1, needed[-1])]), shortest
    )
    ahead = windows.max(axis=1)
    on = np.empty_like(needed)
    now = total
    for hour in range(len(needed)):
        now = max(int(needed[hour]), min(now, int(ahead[hour])))
        on[hour] = now
    started = np.maximum(np.diff(on, prepend=on[:1]), 0)
    nodes = total - on
    return Off(nodes=nodes, started=started, kwh=float(nodes.sum() * idle_kw - started.sum() * start_kwh))
