"""The clone's front door: what make offers, what the README promises, what the locks pin."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(command, cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=False)


def test_make_alone_lists_every_target_for_people():
    for_people = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.M))
    listed = set(re.findall(r"^  make ([a-z-]+) +\S", run("make").stdout, re.M))
    assert for_people == listed
    assert {"demo", "report", "test", "check", "bench", "clean"} <= listed


def test_every_phony_target_exists():
    phony = set(re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.M)[1].split())
    assert phony == set(re.findall(r"^([a-z-]+):", MAKEFILE, re.M))


@pytest.mark.parametrize("page", ["README.md", "docs/setup.md"])
def test_the_two_commands_are_told(page: str):
    text = (ROOT / page).read_text(encoding="utf-8")
    assert "make demo" in text
    assert "make test" in text


def test_continuous_integration_is_make_test():
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").rstrip().endswith("make test")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes_and_no_place_it_comes_from(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9-]+==\S+.*\\\n((?: +--hash=sha256:[0-9a-f]{64}.*\n?)+)", text, re.M)
    assert len(pins) == len(re.findall(r"^[^#\s]", text, re.M)) > 30
    assert "://" not in text


def test_both_locks_agree():
    run_set, dev_set = (set(re.findall(r"^(\S+==\S+)", (ROOT / lock).read_text(), re.M)) for lock in LOCKS)
    assert run_set < dev_set


def test_the_lock_pins_every_dependency_and_the_build_backend():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    names = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in asked}
    assert names <= set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(), re.M))


def test_a_python_that_is_too_old_or_missing_is_named(tmp_path: Path):
    (tmp_path / "scripts").mkdir()
    for file in ["scripts/environment.sh", "requirements.lock", "pyproject.toml"]:
        (tmp_path / file).write_bytes((ROOT / file).read_bytes())
    answer = run("sh", str(tmp_path / "scripts/environment.sh"), "run", PYTHON="no-such-python")
    assert answer.returncode == 1
    assert "Python 3.11 or newer is needed" in answer.stderr
    assert "apt-get install python3" in answer.stderr


def test_the_tests_have_a_database_server_of_their_own():
    address = os.environ.get("LEAF_TEST_POSTGRES")
    if not address:
        pytest.skip("run by make test, which starts one")
    import psycopg

    with psycopg.connect(address) as server:
        assert server.execute("select current_setting('server_encoding')").fetchone() == ("UTF8",)
