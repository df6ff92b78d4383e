"""Serves a report's folder with Python's own server: its files never change while they are read, and that takes no dependency."""

import errno
import shutil
import signal
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.text import LANGUAGES
from leafledger.report.render.html.markup import tag
from leafledger.report.render.html.shell import document
from leafledger.report.words import word
from leafledger.web.site_files import find

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAPER_POLICY = "frame-ancestors 'none'"
"""For PDF files: a browser's viewer is a page of its own, and a stricter policy would keep it from its own parts."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
PATIENCE = 5.0
"""Seconds that answers under way are given when the server is stopped."""


class Server(ThreadingHTTPServer):
    """A listening server. `serve` answers until SIGINT, SIGTERM or `stop`; leaving the `with` block frees the port."""

    def __init__(self, site: Path, host: str, port: int, plans: Path | None = None) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.site, self.plans = site, plans
        self._stop = threading.Event()
        self._answering = 0
        self._idle = threading.Condition()
        super().__init__((host, port), Answer)
        bound, self.port = self.server_address[:2]
        self.loopback = ip_address(str(bound)).is_loopback
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def server_bind(self) -> None:
        """As the plain server binds: the HTTP one also asks a name server who we are, which takes long without a network."""
        socketserver.TCPServer.server_bind(self)

    def serve(self) -> None:
        with _until_told(self._stop):
            answering = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            answering.start()
            self._stop.wait()
            self.shutdown()
            answering.join()
        with self._idle:
            self._idle.wait_for(lambda: not self._answering, timeout=PATIENCE)

    def stop(self) -> None:
        self._stop.set()

    @contextmanager
    def answering(self) -> Iterator[None]:
        with self._idle:
            self._answering += 1
        try:
            yield
        finally:
            with self._idle:
                self._answering -= 1
                self._idle.notify_all()


class Answer(BaseHTTPRequestHandler):
    """One request: GET and HEAD of the site's files, and nothing else."""

    server: Server
    timeout = 30

    def do_GET(self) -> None:
        with self.server.answering():
            self._answer()

    do_HEAD = do_GET

    def do_POST(self) -> None:
        self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST

    def _answer(self) -> None:
        if not self._for_us():
            return self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        found = find(self.server.site, self.path, self.server.plans)
        if found is None:
            return self._send_page(HTTPStatus.NOT_FOUND, not_found())
        if found.instead or found.file is None:
            self._begin(HTTPStatus.MOVED_PERMANENTLY, 0, "text/plain; charset=utf-8", {"Location": found.instead})
            return None
        saved = {"Content-Disposition": "attachment"} if found.saved else {}
        with found.file.open("rb") as file:
            self._begin(HTTPStatus.OK, found.file.stat().st_size, found.type, saved)
            if self.command != "HEAD":
                shutil.copyfileobj(file, self.wfile)
        return None

    def _for_us(self) -> bool:
        """A page from elsewhere can make its own name point at this machine; under that name it is told nothing."""
        name = self.headers.get("Host", "").rsplit(":", 1)[0].strip("[]").lower()
        if not self.server.loopback or name == "localhost":
            return True
        try:
            return ip_address(name).is_loopback
        except ValueError:
            return False

    def _begin(self, status: HTTPStatus, length: int, type_of: str, more: dict[str, str]) -> None:
        self.send_response(status)
        policy = PAPER_POLICY if type_of == "application/pdf" else POLICY
        for name, value in {"Content-Security-Policy": policy, **HEADERS, **more}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", type_of)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def _send_page(self, status: HTTPStatus, page: bytes, type_of: str = "text/html; charset=utf-8") -> None:
        self._begin(
            status, len(page), type_of, {"Allow": "GET, HEAD"} if status == HTTPStatus.METHOD_NOT_ALLOWED else {}
        )
        if self.command != "HEAD":
            self.wfile.write(page)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Plain words with the same headers as every other answer."""
        status = HTTPStatus(code)
        self._send_page(status, f"{status.value} {message or status.phrase}\n".encode(), "text/plain; charset=utf-8")

    def version_string(self) -> str:
        return "leaf"

    def log_message(self, format: str, *args: object) -> None:
        """Who reads what is no one's business."""


def listen(site: Path, address: str, plans: Path | None = None) -> Server:
    """A server for `site` at `host:port` (port 0: any free one). Refused when there is no site or it cannot listen there.

    plans: the folder of the data centers' pages, which are answered below /plan/.
    """
    if not (site / "index.html").is_file():
        template = "there is no report in {site}: write it with `leaf report`, then serve it"
        raise Refused(_refusal("serve.no_site", template, address, site=site))
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        template = "{address} is not an address to listen at: give host and port, such as 127.0.0.1:8000"
        raise Refused(_refusal("serve.address", template, address))
    try:
        return Server(site, host.strip("[]"), int(port), plans)
    except OSError as error:
        raise Refused(_cannot_listen(error, address)) from error


def serve(site: Path, address: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM, and finish the answers under way. Refused as `listen` refuses."""
    with listen(site, f"{address}:{port}") as server:
        server.serve()


def not_found() -> bytes:
    """The page for an address that leads nowhere, in every language: no one knows which its reader reads."""
    said = [
        tag(
            "section", tag("h2", word(language, "not_found")), tag("p", word(language, "not_found_hint")), lang=language
        )
        for language in LANGUAGES
    ]
    home = tag("p", tag("a", " · ".join(word(language, "back") for language in LANGUAGES), href="/"))
    body = tag("main", tag("h1", "404"), *said, home, class_="lost")
    return document(LANGUAGES[0], "404", body, root="/", others={})


@contextmanager
def _until_told(stop: threading.Event) -> Iterator[None]:
    """While this lasts, SIGINT and SIGTERM set `stop`. Signals are the main thread's; elsewhere only `stop` itself ends it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {one: signal.signal(one, lambda *_: stop.set()) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _cannot_listen(error: OSError, address: str) -> Finding:
    if error.errno == errno.EADDRINUSE:
        template = "something already listens at {address}: stop it, or serve elsewhere with `--address 127.0.0.1:8001`"
        return _refusal("serve.port_in_use", template, address)
    if error.errno in (errno.EACCES, errno.EPERM):
        template = "this user may not listen at {address}: ports below 1024 need more rights, so take a higher one"
        return _refusal("serve.not_allowed", template, address)
    template = "this machine cannot listen at {address} ({why}): give an address of its own, such as 127.0.0.1:8000"
    return _refusal("serve.address", template, address, why=error.strerror or str(error))


def _refusal(rule: str, template: str, address: str, **values: object) -> Finding:
    return Finding(rule=rule, template=template, values={"address": address, **values}, place=Place(name=address))
