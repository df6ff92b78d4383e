"""Runs the command `leaf` as a person would, and gives back what was seen."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a person sees of one run; `printed` is of it what would go into a file."""

    shown: str
    printed: str
    status: int


def leaf(*words: str, at: Path) -> Seen:
    """Run `leaf WORDS` in the folder `at`, in a terminal of 100 columns without colours."""
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-c", "from leafledger.cli import main; main()", *words]
    done = subprocess.run(command, cwd=at, env=environment, capture_output=True, text=True, check=False, timeout=120)
    usage = done.stdout.replace("-c [OPTIONS]", "leaf [OPTIONS]").replace("Usage: -c ", "Usage: leaf ")
    return Seen(shown=f"{usage}{done.stderr}".rstrip(), printed=usage.rstrip(), status=done.returncode)
