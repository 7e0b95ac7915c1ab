"""No network is touched at run time: without one all works, and no address is outside."""

import ipaddress
import re
import shutil
import subprocess
import sys

import pytest

from tests.e2e.desk_runs import command, environment, pdf_text
from tests.e2e.namespaces import namespaces

pytestmark = pytest.mark.slow

TRACE = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg"]
INTERNET_ADDRESS = re.compile(
    r'sa_family=AF_INET6?, sin6?_port=htons\((?P<port>\d+)\).*?"(?P<host>[0-9a-fA-F:.]+)"'
)
FAMILY = re.compile(r"sa_family=(AF_\w+)")
LOCAL_FAMILIES = {"AF_UNIX", "AF_NETLINK", "AF_UNSPEC"}  # netlink asks this machine's own kernel
NAME_SERVICE_PORT = 53
A_STRANGER = "import socket; s = socket.socket(); s.settimeout(0.1); s.connect_ex(('{}', {}))"


def outside(trace):
    """Return the calls of a trace that speak to another machine, or ask for its name."""
    strangers = []
    for call in trace.splitlines():
        families = set(FAMILY.findall(call))
        if families <= LOCAL_FAMILIES:
            continue
        found = INTERNET_ADDRESS.search(call)
        if (
            found is None
            or not ipaddress.ip_address(found["host"]).is_loopback
            or int(found["port"]) == NAME_SERVICE_PORT
        ):
            strangers.append(call)
    return strangers


@pytest.fixture
def strace():
    """Skip where no process may look at another's calls."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not on this system")
    if subprocess.run([*TRACE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace may not run here")


def run_demo(wrapper, workspace):
    done = subprocess.run(
        [*wrapper, *command("demo", "--headless", "--speed", "32", workspace=workspace)],
        env=environment(), cwd=workspace.parent, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def trace_of(words, log):
    subprocess.run([*TRACE, "-o", str(log), *words], check=False, timeout=60)
    return log.read_text(encoding="utf-8", errors="replace")


def test_without_a_network_the_demo_goes_from_line_to_pdf(tmp_path):
    without_network = namespaces("--net")

    run_demo(without_network, tmp_path / "工作")

    (pdf,) = tmp_path.rglob("*.pdf")
    assert "工会法律在线" in pdf_text(pdf)


def test_no_process_of_the_demo_speaks_to_another_machine(tmp_path, strace):
    log = tmp_path / "trace"

    run_demo([*TRACE, "-o", str(log)], tmp_path / "工作")

    trace = log.read_text(encoding="utf-8", errors="replace")
    assert not outside(trace)


@pytest.mark.parametrize(
    ("host", "port", "is_outside"),
    [("192.0.2.1", 9, True), ("127.0.0.1", 53, True), ("127.0.0.1", 9, False)],
)
def test_the_trace_shows_who_speaks_to_another_machine(tmp_path, strace, host, port, is_outside):
    child = A_STRANGER.format(host, port)
    grandchild = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"

    trace = trace_of([sys.executable, "-c", grandchild], tmp_path / "trace")

    assert f"htons({port})" in trace
    assert bool(outside(trace)) is is_outside
