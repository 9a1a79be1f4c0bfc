"""Lets a forked process enter a sandbox that bubblewrap has made, and gives up every right.

bubblewrap makes the namespaces, mounts and the user map around a process that only waits. A process
that is forked from one with TensorFlow imported enters them by setns(2). So the walls are
bubblewrap's, and the import is paid once. Only Linux; ctypes, since `os.setns` came with Python
3.12.
"""

import ctypes
import fcntl
import os
import resource
import signal

NS_GET_USERNS = 0xB701  # ioctl_ns(2): the user namespace that owns a namespace
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 24, 38, 47, 4
CAPABILITY_VERSION = 0x20080522

libc = ctypes.CDLL(None, use_errno=True)


def enter(pid):
    """Enters the namespaces of process `pid`; children that are forked from now on are inside.

    Raises:
        OSError: where the kernel refuses.
    """
    opened = {
        name: os.open(f"/proc/{pid}/ns/{name}", os.O_RDONLY | os.O_CLOEXEC)
        for name in ("user", "mnt", "pid", "ipc", "net", "uts")
    }
    # `--disable-userns` puts the process into a user namespace within the one that owns the mounts.
    owner = fcntl.ioctl(opened["mnt"], NS_GET_USERNS)
    order = [owner, *(opened[n] for n in ("mnt", "pid", "ipc", "net", "uts")), opened["user"]]
    for fd in order:
        _call("setns", fd, 0)
    for fd in order:
        os.close(fd)


def give_up_rights():
    """Drops all capabilities for good, for this process and for all that it starts."""
    _call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    with open("/proc/sys/kernel/cap_last_cap") as file:
        last = int(file.read())
    for capability in range(last + 1):
        _call("prctl", PR_CAPBSET_DROP, capability, 0, 0, 0)
    _call("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()
    _call("capset", header, nothing)


def limit(limits):
    """Sets what the kernel enforces for each process: memory, processes, files, their size."""
    for name, value in (
        ("RLIMIT_DATA", limits["memory"]),
        ("RLIMIT_NPROC", limits["processes"]),
        ("RLIMIT_FSIZE", limits["disk"]),
        ("RLIMIT_NOFILE", limits["open_files"]),
        ("RLIMIT_CORE", 0),
    ):
        if hasattr(resource, name):
            kind = getattr(resource, name)
            most = resource.getrlimit(kind)[1]
            value = value if most == resource.RLIM_INFINITY else min(value, most)
            resource.setrlimit(kind, (value, value))


def only_these_descriptors(kept):
    """Closes every descriptor but those; standard input and output lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        if number not in kept:
            os.dup2(nowhere, number)
    for number in map(int, os.listdir("/proc/self/fd")):
        if number > 2 and number not in kept:
            try:
                os.close(number)
            except OSError:
                pass  # the one that listed the folder
    for number in (signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL if number != signal.SIGPIPE else signal.SIG_IGN)


def _call(name, *args):
    if getattr(libc, name)(*args) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")
