"""The page of the data center works as it stands: its commands run, in order, in a copy of the invented one."""

import re
import shlex
from pathlib import Path

from scripts.pages.run import leaf
from tests.datacenter.center import spoilt

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "datacenter.md").read_text(encoding="utf-8")


def test_every_command_of_the_page_does_what_it_says(tmp_path: Path):
    folder = spoilt(tmp_path)
    said = {}
    for line in re.search(r"^```sh\n(.*?)^```$", PAGE, re.M | re.S)[1].splitlines():
        seen = leaf(*shlex.split(line)[1:], at=folder)
        assert seen.status == 0, f"{line}\n{seen.shown}"
        said[line] = seen.shown
    assert "datacenter.battery_losses" in said["leaf explain datacenter.storage_emissions --period 2025"]
    assert (folder / ".leaf/plan/dc-east/page/zh-Hant/index.html").is_file()


def test_every_key_of_the_definition_is_told():
    from dataclasses import fields

    from leafledger.datacenter.definition import Call, DataCenter, JobLog, Store, Work

    keys = {one.name for noun in (DataCenter, Store, JobLog, Work, Call) for one in fields(noun)} - {"place"}
    assert {key for key in keys if f"`{key}`" not in PAGE} == set()
