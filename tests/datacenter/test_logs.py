"""Job logs are read as clusters write them, and what is no GPU job that ran is left out and said."""

import pytest

from leafledger.core.finding import Refused
from leafledger.datacenter.logs import read_log

HELIOS = """job_id,user,vc,gpu_num,cpu_num,node_num,state,submit_time,start_time,end_time,duration,queue
a,u1,vcA,8,32,1,COMPLETED,2020-04-01 00:00:10,2020-04-01 00:00:20,2020-04-01 01:00:20,3600,10
b,u2,vcB,0,4,1,COMPLETED,2020-04-01 00:05:00,2020-04-01 00:05:00,2020-04-01 00:06:00,60,0
c,u2,vcA,1,4,1,CANCELLED,2020-04-01 00:06:00,,,0,0
d,u2,vcB,2,4,1,FAILED,2020-04-01 01:00:10,2020-04-01 01:00:10,2020-04-01 01:01:40,90,0
"""
ACME = "job_id,type,gpu_num,submit_time,duration\nx,Pretrain,256,2023-07-01 08:00:00+08:00,7200.5\ny,Evaluation,8,2023-07-01 09:00:00+08:00,30\n"
PHILLY = "submit_time,duration_s,num_gpus,vc\n2017-10-03 00:00:00,600,4,6214e9\n"
SLURM = """JobID|Partition|Submit|ElapsedRaw|AllocTRES
101|gpu|2025-05-01T10:00:00|3600|billing=8,cpu=32,gres/gpu=4,mem=64G,node=1
101.batch|gpu|2025-05-01T10:00:00|3600|cpu=32,mem=64G,node=1
102|cpu|2025-05-01T10:01:00|60|cpu=2,mem=4G,node=1
"""


def written(tmp_path, text: str):
    path = tmp_path / "log.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("form", "text", "gpus", "seconds", "submitted"),
    [
        ("helios", HELIOS, [8, 2], [3600, 90], [0, 3600]),
        ("acme", ACME, [256, 8], [7200.5, 30], [0, 3600]),
        ("philly", PHILLY, [4], [600], [0]),
        ("slurm", SLURM, [4], [3600], [0]),
    ],
)
def test_each_form(tmp_path, form: str, text: str, gpus: list, seconds: list, submitted: list) -> None:
    jobs = read_log(written(tmp_path, text), form).jobs
    assert (jobs.gpus.tolist(), jobs.seconds.tolist(), jobs.submitted.tolist()) == (gpus, seconds, submitted)


def test_what_is_left_out_is_said_with_its_first_line(tmp_path) -> None:
    log = read_log(written(tmp_path, HELIOS), "helios")
    assert [(str(one.place), one.message) for one in log.left_out] == [
        ("log.csv:3", "1 rows are left out: they used no GPU"),
        ("log.csv:4", "1 rows are left out: they ran for no time"),
    ]


def test_queues_that_may_be_moved_are_named(tmp_path) -> None:
    jobs = read_log(written(tmp_path, ACME), "acme", flexible=("Pretrain",), slack_hours=12).jobs
    assert jobs.flexible.tolist() == [True, False] and jobs.slack.tolist() == [43200, 0]


@pytest.mark.parametrize(
    ("form", "text", "said"),
    [
        ("pbs", HELIOS, "the form 'pbs' is not known; there are helios, acme, philly, slurm"),
        ("helios", PHILLY, "the column 'gpu_num' is missing"),
        ("philly", "submit_time,duration_s,num_gpus,vc\nyesterday,5,1,a\n", "log.csv:2.*the row cannot be read"),
        ("philly", "submit_time,duration_s,num_gpus,vc\n2017-10-03,-5,1,a\n", "a job cannot run -5 seconds on 1 GPUs"),
        ("philly", "submit_time,duration_s,num_gpus,vc\n2017-10-03,5,0,a\n", "there is no GPU job in it that ran"),
    ],
)
def test_a_log_that_cannot_be_read_is_refused(tmp_path, form: str, text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_log(written(tmp_path, text), form)
