"""A program of its own that works on a ledger, for tests in which programs meet or are killed.

ledger_child.py open PLACE | approve PLACE ID | work PLACE FOLDER FIRST, which says each act on a line once it is done.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

SIZE = 600
BATCH = 100  # rows at once: many short steps, between which a program may be killed
ATTACHED = 3


def main(act: str, place: str, *more: str) -> None:
    from leafledger.base.setup import open_ledger

    open_ledger(Path(place))
    if act == "approve":
        from ledger_cases import approve

        approve(*more)
    if act == "work":
        for done in work(Path(more[0]), int(more[1])):
            print(done, flush=True)


def ids(batch: int) -> list[str]:
    return [f"{batch}.{n}" for n in range(SIZE)]


def work(folder: Path, batch: int) -> Iterator[str]:
    from ledger_cases import COMPANY, NOON, approve, close, entry, fact, record, restate

    from leafledger.ledger import verbs

    verbs.BATCH = BATCH
    while True:
        bill, later = (file(folder, f"{kind}-{batch}.bin") for kind in ("bill", "later"))
        record(*(entry(id, evidence=(bill.name,), period=f"{batch}") for id in ids(batch)), evidence=folder)
        yield f"record {batch}"
        approve(*ids(batch))
        yield f"approve {batch}"
        verbs.attach(ids(batch)[:ATTACHED], later, by="rui", at=NOON, company=COMPANY)
        yield f"attach {batch}"
        close(batch, fact(period=f"{batch}", entries=tuple(ids(batch))))
        yield f"close {batch}"
        record(*(entry(f"{id}'", "12.60", replaces=id, period=f"{batch}") for id in ids(batch)))
        restate(batch, fact(period=f"{batch}", value="12.6"), ids=tuple(f"{id}'" for id in ids(batch)))
        yield f"restate {batch}"
        verbs.released(batch, {}, digest=f"{batch:064}", file="b", key="k", by="pat", at=NOON, company=COMPANY)
        yield f"release {batch}"
        batch += 1


def file(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(random.randbytes(300_000))
    return path


if __name__ == "__main__":
    main(*sys.argv[1:])
