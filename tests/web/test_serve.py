"""The small server of a report's folder, asked over a real socket."""

import http.client
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from leafledger.core.finding import Refused
from leafledger.flow.site import write
from leafledger.web.serve import Server, listen, not_found

BILL = "evidence/" + "ab" * 32


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "secret.txt": "outside",
        "site/index.html": "<!doctype html>門",
        "site/style.css": "a{}",
        "site/zh-Hant/index.html": "報告",
        f"site/{BILL}/帳單 #1.pdf": "%PDF",
        f"site/{BILL}/page.html": "<script>",
        f"site/{BILL}/table.xlsx": "PK",
        "site/.hidden": "no",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "site/out.txt").symlink_to(tmp_path / "secret.txt")
    return tmp_path / "site"


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    with listen(site, "127.0.0.1:0") as server:
        thread = threading.Thread(target=server.serve)
        thread.start()
        yield server
        server.stop()
        thread.join(timeout=5)
        assert not thread.is_alive()


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


@pytest.mark.parametrize(
    ("path", "type_of", "says"),
    [
        ("/", "text/html; charset=utf-8", "門"),
        ("/index.html?from=mail", "text/html; charset=utf-8", "門"),
        ("/zh-Hant/", "text/html; charset=utf-8", "報告"),
        ("/style.css", "text/css; charset=utf-8", "a{}"),
        (f"/{BILL}/%E5%B8%B3%E5%96%AE%20%231.pdf", "application/pdf", "%PDF"),
    ],
)
def test_a_file_comes_with_its_type(server: Server, path: str, type_of: str, says: str):
    status, headers, body = ask(server, path)
    assert (status, headers["Content-Type"]) == (200, type_of)
    assert says in body.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/zh-Hant/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/out.txt",
        "/.hidden",
        "/zh-Hant/%00",
        "/%ff",
        "/" + "a" * 5000,
        "/evidence/",
        "/none.html",
        "http:///etc/passwd",
    ],
)
def test_what_is_not_in_the_site_is_not_there(server: Server, path: str):
    status, _, body = ask(server, path)
    assert status == 404
    assert b"outside" not in body


def test_a_report_that_is_written_while_it_is_served_is_served_from_then_on(tmp_path: Path):
    with listen(write({"index.html": b"old"}, tmp_path / "2024"), "127.0.0.1:0") as server:
        thread = threading.Thread(target=server.serve)
        thread.start()
        assert ask(server, "/")[2] == b"old"
        write({"index.html": b"new"}, tmp_path / "2024")
        assert ask(server, "/")[2] == b"new"
        server.stop()
        thread.join(timeout=5)


def test_the_page_for_nothing_speaks_each_language():
    page = not_found().decode()
    for said in ("沒有這一頁", "没有这一页", "There is no such page"):
        assert said in page


@pytest.mark.parametrize(("path", "better"), [("/zh-Hant", "/zh-Hant/"), ("/favicon.ico", "/icon.svg")])
def test_some_files_have_a_better_address(server: Server, path: str, better: str):
    status, headers, _ = ask(server, path)
    assert (status, headers["Location"]) == (301, better)


@pytest.mark.parametrize("path", ["/", "/none.html", "/zh-Hant"])
def test_every_answer_is_strict(server: Server, path: str):
    headers = ask(server, path)[1]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Python" not in headers["Server"]


@pytest.mark.parametrize("name", ["page.html", "table.xlsx"])
def test_evidence_that_could_run_is_saved_and_not_shown(server: Server, name: str):
    headers = ask(server, f"/{BILL}/{name}")[1]
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == "attachment"


def test_head_is_get_without_the_body(server: Server):
    status, headers, body = ask(server, "/style.css", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "3", b"")


@pytest.mark.parametrize(("method", "status"), [("POST", 405), ("DELETE", 405), ("OPTIONS", 405), ("BREW", 501)])
def test_nothing_else_is_done(server: Server, method: str, status: int):
    answer = ask(server, "/", method)
    assert answer[0] == status
    assert "Content-Security-Policy" in answer[1]


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost:8000", 200), ("[::1]:8000", 200), ("evil.example", 421), ("127.0.0.1.evil.example", 421)],
)
def test_a_foreign_name_for_this_machine_is_told_nothing(server: Server, host: str, status: int):
    assert ask(server, "/", Host=host)[0] == status


def test_a_port_in_use_is_said_with_a_remedy(site: Path, server: Server):
    with pytest.raises(Refused) as refused:
        listen(site, f"127.0.0.1:{server.port}")
    (finding,) = refused.value.findings
    assert finding.rule == "serve.port_in_use"
    assert "--address" in finding.message


@pytest.mark.parametrize(
    "address", ["8000", ":8000", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:http", "192.0.2.7:8000"]
)
def test_an_address_that_cannot_be_listened_at_is_refused(site: Path, address: str):
    with pytest.raises(Refused) as refused:
        listen(site, address)
    assert address in refused.value.findings[0].message


def test_a_folder_without_a_report_is_refused(tmp_path: Path):
    with pytest.raises(Refused) as refused:
        listen(tmp_path, "127.0.0.1:0")
    assert "leaf report" in refused.value.findings[0].message


SERVING = """
import sys, pathlib
from leafledger.flow.site import write
from leafledger.web.serve import listen
with listen(pathlib.Path(sys.argv[1]), "127.0.0.1:0") as server:
    print(server.port, flush=True)
    server.serve()
print("ended")
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_once_answers_under_way_are_given(site: Path, how: signal.Signals):
    large = site / BILL / "scan.png"
    large.write_bytes(b"x" * 30_000_000)
    command = [sys.executable, "-c", SERVING, str(site)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        port = int(process.stdout.readline())
        with socket.create_connection(("127.0.0.1", port)):  # a visitor who says nothing does not hold it up
            visitor = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            visitor.request("GET", f"/{BILL}/scan.png")
            answer = visitor.getresponse()
            process.send_signal(how)
            time.sleep(0.3)
            assert len(answer.read()) == 30_000_000
            assert process.communicate(timeout=10)[0] == "ended\n"
    assert process.returncode == 0
