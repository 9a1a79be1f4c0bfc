"""The outer sandbox: what a grading process may see of this machine, and whether that is possible.

Everything that a submission sees is bound here, read-only: the system, this Python environment, the
packages that lessons import, and prepared data. Not bound: the course folder with its solutions,
submissions and gradebook.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGES = ("helpers", "data_scripts")  # what lessons import from this repository

MISSING = (
    "Grading runs every submission in a sandbox, and needs bubblewrap for it: {reason}\n"
    "  Debian, Ubuntu: sudo apt install bubblewrap.  Fedora: sudo dnf install bubblewrap.\n"
    "  macOS, Windows: grade in a Linux container or virtual machine, as README.md says.\n"
    "To run the submissions' code as yourself, with all your files in its reach, set "
    "c.SandboxedExecute.sandbox = False, or give --SandboxedExecute.sandbox=False."
)
REFUSED = (
    "bubblewrap is installed, but this system refuses it: {reason}\n"
    "  Ubuntu 24.04 and later: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0\n"
    "  In a container: start it with --privileged, or grade in a virtual machine.\n"
    "To run the submissions' code as yourself, with all your files in its reach, set "
    "c.SandboxedExecute.sandbox = False, or give --SandboxedExecute.sandbox=False."
)


class NoSandbox(Exception):
    """This machine cannot sandbox; the message says what to do."""


def require():
    """Returns if submissions can be sandboxed here.

    Raises:
        NoSandbox: otherwise, with what to install or to allow.
    """
    message = why_not()
    if message:
        raise NoSandbox(message)


@cache
def why_not():
    """What stands in the way of a sandbox, and what to do about it; empty if nothing does."""
    if not sys.platform.startswith("linux"):
        return MISSING.format(reason=f"it exists for Linux only, and this is {sys.platform}.")
    if shutil.which("bwrap") is None:
        return MISSING.format(reason="`bwrap` was not found.")
    # As the submissions' sandbox: a user namespace in which no further one can be made.
    inner = ["bwrap", "--unshare-user", "--unshare-all", "--disable-userns", "--uid", "1000"]
    inner += ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true"]
    run = [*outer(), "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]
    done = subprocess.run(
        [*(run if os.getuid() == 0 else outer()), *inner], capture_output=True, text=True
    )
    if done.returncode == 0:
        return ""
    return REFUSED.format(reason=done.stderr.strip() or f"exit status {done.returncode}")


def outer(data=()):
    """The start of a command that runs a program in the outer sandbox.

    Args:
        data: folders of prepared data, seen read-only in `/prepared`.

    Returns:
        list of str; append the program and its arguments.
    """
    if os.getuid() == 0:  # the process gives root up itself, see grading.inside.zygote
        command = ["bwrap", "--cap-drop", "ALL", "--cap-add", "CAP_SETUID"]
        command += ["--cap-add", "CAP_SETGID"]
    else:
        command = ["bwrap", "--unshare-user"]
    command += ["--unshare-ipc", "--unshare-net", "--unshare-uts", "--die-with-parent"]
    command += ["--new-session", "--clearenv", *system()]
    # The process file system of this machine: only under it can submissions get one of their own.
    command += ["--bind", "/proc", "/proc", "--dev", "/dev"]
    command += ["--perms", "1777", "--tmpfs", "/tmp", "--chdir", "/tmp"]
    command += environment()  # after the folder for temporary files, in which it may lie
    command += ["--dir", "/notebook", "--dir", "/data"]
    command += ["--perms", "1777", "--size", str(256 << 20), "--tmpfs", "/shared"]
    command += ["--dir", "/prepared"]
    for folder in data:
        command += ["--ro-bind", str(folder), f"/prepared/{folder.name}"]
    for name, value in variables().items():
        command += ["--setenv", name, value]
    return [*command, "--remount-ro", "/"]


def system():
    """Binds of the operating system: programs and libraries, and the few settings they read."""
    command = ["--ro-bind", "/usr", "/usr"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        path = Path("/", name)
        if path.is_symlink():
            command += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            command += ["--ro-bind", str(path), str(path)]
    command += ["--perms", "0755", "--dir", "/etc"]
    for name in ("passwd", "group", "ld.so.cache", "localtime", "alternatives", "fonts"):
        command += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return command


def environment():
    """Binds of this Python, its packages, and what lessons import from this repository."""
    wanted = [Path(sys.base_prefix), Path(sys.prefix), Path(os.path.realpath(sys.executable))]
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec and spec.submodule_search_locations:
            wanted.append(Path(next(iter(spec.submodule_search_locations))))
    # Of this package only what runs inside.
    wanted += [HERE / "__init__.py", HERE / "inside", HERE / "judge"]
    wanted = [path for path in wanted if path.exists() and not path.is_relative_to("/usr")]
    # bubblewrap makes the folders above them for root alone.
    above = {parent for path in wanted for parent in path.parents[:-1]}
    command = []
    for folder in sorted(above):
        command += ["--perms", "0755", "--dir", str(folder)]
    for path in wanted:
        command += ["--ro-bind", str(path), str(path)]
    return command


def variables():
    """The environment of a submission; nothing of the instructor's comes along."""
    return {
        "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "COURSE_DATA_DIR": "/data",
        "COURSE_PROFILE": "offline",  # the same data and weights for everybody, no network
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "NBGRADER_EXECUTION": "autograde",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONSAFEPATH": "1",
    }
