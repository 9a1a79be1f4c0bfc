"""A process with everything imported that forks one sandboxed process per submission.

It runs in a sandbox of its own (`grading.bwrap.outer`) and reads no submission. It listens on a
socket: `spawn` makes a sandbox with bubblewrap, forks into it and answers with process numbers;
`end` takes a sandbox down with all that runs in it. When the socket closes, everything ends.
"""

import glob
import importlib
import json
import os
import shutil
import socket
import subprocess
import sys

from grading.inside import frames, walls

NOBODY = 65534
SHARED = "/shared"


def main(argv=None):
    fd, preload, limits = (argv or sys.argv[1:])[:3]
    if os.getuid() == 0:
        # The kernel does not limit the processes of root, so submissions must not be root's.
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    control = socket.socket(fileno=int(fd))
    # What lies there before anything was imported is part of the environment.
    limits = {**json.loads(limits), "in_tmp": sorted(os.listdir("/tmp"))}
    for name in json.loads(preload):
        importlib.import_module(name)
    from grading.inside import checker, shell  # noqa: F401  IPython is imported once, too

    frames.send(control, {"ready": True})
    boxes = {}
    while True:
        data, fds, *_ = socket.recv_fds(control, 65536, 2)
        if not data:
            return
        request = json.loads(data)
        if request["do"] == "spawn":
            try:
                box = spawn(fds, request["serve"], request["shared"], limits)
            except (OSError, RuntimeError) as error:
                frames.send(control, {"error": f"{type(error).__name__}: {error}"})
            else:
                boxes[box["pid"]] = box
                frames.send(control, {"pid": box["pid"]})
            finally:
                for fd in fds:
                    os.close(fd)
        else:
            frames.send(control, {"status": end(boxes.pop(request["pid"]))})


def spawn(fds, serve, shared, limits):
    """Makes a sandbox and forks a process into it.

    Args:
        fds: file descriptors that the process keeps.
        serve: `module:name` of the function that it runs, given the descriptors.
        shared: `[name, writable]`, the folder that it sees as `/shared`.
        limits: dict.
    """
    read, write = os.pipe()
    folder = os.path.join(SHARED, shared[0])
    os.makedirs(folder, exist_ok=True)
    bind = ["--bind" if shared[1] else "--ro-bind", folder, SHARED]
    holder = subprocess.Popen(
        [*inner(limits), *bind, "--info-fd", str(write), "sh", "-c", "echo ready; exec cat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=[write],
    )
    os.close(write)
    with os.fdopen(read) as info:
        if holder.stdout.readline() != b"ready\n":
            raise RuntimeError(f"bubblewrap: {holder.communicate()[1].decode().strip()}")
        init = json.loads(info.read())["child-pid"]
    read, write = os.pipe()
    keeper = os.fork()
    if keeper == 0:
        keep(init, fds, serve, limits, write)
    os.close(write)
    with os.fdopen(read) as answer:
        pid = answer.readline()
    if not pid.strip().isdigit():
        holder.kill()
        holder.communicate()
        os.waitpid(keeper, 0)
        raise RuntimeError(f"entering the sandbox failed: {pid}")
    # What the judge has put into the folder goes with the judge.
    folder = folder if shared[1] else None
    return {"pid": int(pid), "keeper": keeper, "holder": holder, "folder": folder}


def keep(init, fds, serve, limits, write):
    """Enters the sandbox, forks the process that runs inside, and ends as that one does."""
    status = 1
    try:
        walls.enter(init)
        pid = os.fork()
        if pid == 0:
            os.close(write)
            inside(fds, serve, limits)
        for fd in fds:
            os.close(fd)
        os.write(write, b"%d\n" % pid)
        os.close(write)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except BaseException as error:
        os.write(write, str(error).encode())
    finally:
        os._exit(status if status >= 0 else 128 - status)


def inside(fds, serve, limits):
    """What a submission starts in: no rights, no descriptors but these, an empty folder."""
    status = 1
    try:
        os.setsid()
        walls.only_these_descriptors(fds)
        os.chdir("/notebook")
        walls.limit(limits)
        walls.give_up_rights()
        module, name = serve.split(":")
        getattr(importlib.import_module(module), name)(*fds)
        status = 0
    finally:
        os._exit(status)


def end(box):
    """Ends a sandbox: with bubblewrap's process all in its process namespace are killed."""
    box["holder"].kill()
    box["holder"].communicate()
    if box["folder"]:
        shutil.rmtree(box["folder"], ignore_errors=True)
    return os.waitstatus_to_exitcode(os.waitpid(box["keeper"], 0)[1])


def inner(limits):
    """The command that makes one submission's sandbox, within the one that this process is in."""
    size = str(limits["disk"])
    command = ["bwrap", "--unshare-user", "--unshare-all", "--disable-userns", "--die-with-parent"]
    command += ["--new-session", "--uid", "1000", "--gid", "1000", "--hostname", "sandbox"]
    command += ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"]
    for folder in ("/dev/shm", "/tmp", "/notebook", "/data"):
        command += ["--size", size, "--tmpfs", folder]
    for name in limits["in_tmp"]:
        command += ["--ro-bind", f"/tmp/{name}", f"/tmp/{name}"]
    # Each set of images by itself: beside it, a lesson may write what it makes of it.
    for path in filter(os.path.isdir, sorted(glob.glob("/prepared/*/*"))):
        command += ["--ro-bind", path, path.replace("/prepared", "/data", 1)]
    return [*command, "--remount-ro", "/dev"]


if __name__ == "__main__":
    main()
