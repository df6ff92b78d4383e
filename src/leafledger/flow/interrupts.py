"""Ctrl-C ends an act before it is written, or not at all: workers leave it to us, and the last step is not broken off."""

import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children
from types import FrameType


@contextmanager
def workers(number: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that do not answer Ctrl-C themselves, and end with us when something breaks off what they do.

    After a KeyboardInterrupt the pool is left as it is, its processes killed: to wait for it could take for ever.
    """
    pool = ProcessPoolExecutor(max_workers=number, initializer=_deaf)
    try:
        with _held():
            pool.submit(_deaf).result()
        yield pool
    except KeyboardInterrupt:
        for child in active_children():
            child.kill()
        raise
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


@contextmanager
def _held() -> Iterator[None]:
    """A Ctrl-C that comes while processes are started waits until they are: in the middle of that, Python loses it or its way."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


@contextmanager
def unbroken() -> Iterator[None]:
    """What is written here is written whole: a Ctrl-C that comes meanwhile is taken for one that came too late."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, _too_late)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _deaf() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _too_late(number: int, frame: FrameType | None) -> None:
    """It is written in a moment, and says so."""
