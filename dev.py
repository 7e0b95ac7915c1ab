"""What builders run: `dev.py demo | test | run | bench | soak | build`, each with its own set-up.

Standard library alone, Python 3.11 or later, Linux and Windows. The first run makes `.venv` with
the pinned packages, installs missing Debian packages (as root; else it names them) and makes the
fonts; a stamp in `.venv` lets later runs start at once, without a look at the network.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
CONSTRAINTS = ROOT / "tools" / "constraints.txt"
TELL_SECONDS = 15
RECIPE = (Path(__file__).resolve(), ROOT / "pyproject.toml", CONSTRAINTS)

TO_RUN = """
    fonts-noto-cjk libasound2-data libasound2-plugins libdbus-1-3 libegl1 libfontconfig1 libgl1
    libglib2.0-0 libportaudio2 libwayland-cursor0 libwayland-egl1 libxcb-cursor0 libxcb-icccm4
    libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0 libxkbcommon0 pulseaudio-utils python3-venv
"""
TO_TEST = """
    binutils dbus-daemon espeak-ng-data libespeak-ng1 mount poppler-utils procps pulseaudio strace
    systemd util-linux
"""
if sys.base_prefix == "/usr":  # Debian keeps what the frozen program takes with it apart
    TO_TEST += "libpython{}.{}".format(*sys.version_info)
# Debian packages: what the program needs, and what its tests and its frozen build need on top

HUNG_SECONDS = 300
GATE = (
    "ruff format --check",
    "ruff check",
    "mypy",
    "mypy --platform win32 --cache-dir .mypy_cache/win32",  # else each throws away the other's
    # three on two processors: many tests wait for real time; files in their order: those of most
    # tests first would leave the long ones to the end; a hung test ends its worker, and a dead
    # worker the run, which would wait for it for ever
    "pytest -n 3 --dist loadfile --no-loadscope-reorder --max-worker-restart 0"
    f" -o faulthandler_timeout={HUNG_SECONDS} -o faulthandler_exit_on_timeout=true"
    " --hypothesis-profile gate",
)

USAGE = """用法：python3 dev.py 命令 [参数…]
  demo   用样例来电走一遍主要流程（参数交给 hotline-desk demo，例如 --headless）
  run    打开窗口；带参数则运行 hotline-desk 的命令，例如 run devices
  test   全部检查：格式、规则、类型、测试；带参数则只运行 pytest，例如 test -k 录音
  bench  量速度
  soak   长时间试验：录两路并出字幕 60 分钟，强行结束程序 50 次，其他故障 100 次，
         写台账时强行结束 100 次（--minutes、--kills、--faults、--writes 改数目，0 为不做；
         --seed 重复一次；--write 写进 README）
  build  做成免安装程序，放在 dist/
"""


def main(arguments: list[str]) -> int:
    """Set up what the command needs, do it and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    if not arguments or arguments[0] not in COMMANDS:
        print(USAGE, end="")
        return 0 if arguments and arguments[0] in {"-h", "--help"} else 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except KeyboardInterrupt:
        return 130


def demo(arguments: list[str]) -> int:
    """Run the main job; its workspace stays inside the checkout unless one is named."""
    set_up()
    if not any(argument.startswith("--workspace") for argument in arguments):
        arguments = ["--workspace", str(ROOT / "build" / "demo"), *arguments]
    return program("demo", *arguments)


def run(arguments: list[str]) -> int:
    """Open the window, or do another of the program's commands."""
    set_up()
    return program(*arguments)


def test(arguments: list[str]) -> int:
    """Run the whole gate, or pytest alone with *arguments*."""
    set_up(tests=True)
    if arguments:
        return python("-m", "pytest", *arguments)
    failed: list[str] = []
    for check in GATE:
        say(check + ("（已有未通过：" + "、".join(failed) + "）" if failed else ""))
        if python("-m", *check.split()):
            failed.append(check)
    return int(bool(failed))


def bench(arguments: list[str]) -> int:
    """Print the figures of tests/benchmarks."""
    set_up(tests=True)
    return python(
        "-m", "pytest", "-q", "-s", "-o", "python_files=bench_*.py", "tests/benchmarks", *arguments
    )


def soak(arguments: list[str]) -> int:
    """Do the long runs of tests/soak and print their figures."""
    set_up(tests=True)
    long = ("--minutes=60", "--kills=50", "--faults=100", "--writes=100")
    return python("-m", "pytest", "-q", "-s", "tests/soak", *long, *arguments)


def build(arguments: list[str]) -> int:
    """Build the frozen program."""
    set_up(tests=True)
    return python("-m", "PyInstaller", "--noconfirm", "--log-level=WARN", *arguments, "build.spec")


COMMANDS = {"demo": demo, "run": run, "test": test, "bench": bench, "soak": soak, "build": build}


def set_up(*, tests: bool = False) -> None:
    """Make ready what the program needs, with *tests* also what its tests and its build need."""
    if not (3, 11) <= sys.version_info < (3, 14):
        sys.exit("需要 Python 3.11 至 3.13。")
    stamps = [VENV / "ready-to-run"] + ([VENV / "ready-to-test"] if tests else [])
    recipe = hashlib.sha256(b"".join(file.read_bytes() for file in RECIPE)).hexdigest()
    if all(stamp.is_file() and stamp.read_text() == recipe for stamp in stamps):
        return
    say("先准备运行环境，以后立即开始。")
    install_debian_packages((TO_RUN + TO_TEST if tests else TO_RUN).split())
    install_python_packages(tests=tests)
    if os.name != "nt":  # Windows has fonts of its own that a PDF can take
        say("准备字体：两种字重各占一个核，半分钟到两分钟，看机器忙不忙")
        or_exit(python("-m", "tools.fonts.make", tell=True), "字体没有做成。")
    for stamp in stamps:
        stamp.write_text(recipe)


def install_debian_packages(wanted: list[str]) -> None:
    """Install what is missing, or, without the right to, name it and end; nothing elsewhere."""
    if shutil.which("dpkg-query") is None:
        return
    listed = subprocess.run(
        ["dpkg-query", "-W", "-f=${db:Status-Status} ${Package} ${Provides}\n"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.splitlines()
    present = {word for line in listed if line.startswith("installed") for word in line.split()}
    missing = [name for name in wanted if name not in present]
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        sys.exit("缺少系统软件包，请先运行：sudo " + " ".join(install))
    say(f"安装 {len(missing)} 个系统软件包：" + " ".join(missing))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], install):
        with tempfile.TemporaryFile() as said:
            code = call(command, tell=True, env=quiet, stdout=subprocess.DEVNULL, stderr=said)
            said.seek(0)
            if code:
                sys.stderr.write(said.read().decode(errors="replace"))
        or_exit(code, "系统软件包没有装上，请看上面 apt-get 的说明，检查网络后再试。")


def install_python_packages(*, tests: bool) -> None:
    """Put the pinned packages into `.venv`."""
    import tomllib  # here, so that an older Python still gets its sentence  # noqa: PLC0415

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["fonts"], *(extras["test"] if tests else [])]
    say("准备 Python 环境（.venv）：首次约下载 200 MB，要几分钟")
    clear = [] if PYTHON.exists() else ["--clear"]
    made = subprocess.run([sys.executable, "-m", "venv", *clear, str(VENV)], check=False)
    or_exit(made.returncode, "虚拟环境没有建成。")
    install = ("-m", "pip", "install", "-qq", "--disable-pip-version-check")
    or_exit(
        python(*install, "-c", str(CONSTRAINTS), *wanted, tell=True),
        "Python 软件包没有装上，请看上面 pip 的说明，检查网络后再试。",
    )


def python(*arguments: str, tell: bool = False) -> int:
    """Run the environment's Python in the checkout and return its exit code."""
    return call([str(PYTHON), *arguments], tell=tell, cwd=ROOT)


def program(*arguments: str) -> int:
    """Run the program from the checkout, in the folder the user is in; return its exit code."""
    home = {**os.environ, "PYTHONPATH": str(ROOT)}
    return call([str(PYTHON), "-m", "hotline_desk", *arguments], env=home)


def call(words: list[str], *, tell: bool = False, **how: object) -> int:
    """Return a program's exit code; Ctrl-C reaches the program too, which ends in its own time.

    With *tell* a line now and then says that it still works.
    """
    began = time.monotonic()
    child = subprocess.Popen(words, **how)
    interrupted = False
    while child.returncode is None:
        try:
            child.wait(TELL_SECONDS if tell else None)
        except subprocess.TimeoutExpired:
            say(f"  还在进行，已用 {time.monotonic() - began:.0f} 秒")
        except KeyboardInterrupt:
            interrupted = True
    if interrupted:
        raise KeyboardInterrupt
    return child.returncode


def or_exit(code: int, sentence: str) -> None:
    """End with *sentence* unless *code* is 0."""
    if code:
        sys.exit(sentence)


def say(words: str) -> None:
    """Print a line about what is being done."""
    print("· " + words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
