"""A process with everything imported that forks one sandboxed process per submission.

It runs in a sandbox of its own (`grading.bwrap.outer`) and reads no submission. It listens on a
socket: `spawn` makes a sandbox with bubblewrap, forks into it and answers with process numbers;
`end` takes a sandbox down with all that runs in it. When the socket closes, everything ends.
"""

import importlib
import json
import os
import socket
import subprocess
import sys

from grading.inside import frames, walls

NOBODY = 65534


def main(argv=None):
    fd, preload, limits = (argv or sys.argv[1:])[:3]
    if os.getuid() == 0:
        # The kernel does not limit the processes of root, so submissions must not be root's.
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    control = socket.socket(fileno=int(fd))
    limits = json.loads(limits)
    for name in json.loads(preload):
        importlib.import_module(name)
    from grading.inside import shell  # noqa: F401  IPython is imported once, too

    frames.send(control, {"ready": True})
    boxes = {}
    while True:
        data, fds, *_ = socket.recv_fds(control, 65536, 1)
        if not data:
            return
        request = json.loads(data)
        if request["do"] == "spawn":
            try:
                box = spawn(fds[0], request["serve"], limits)
            except (OSError, RuntimeError) as error:
                frames.send(control, {"error": f"{type(error).__name__}: {error}"})
            else:
                boxes[box["pid"]] = box
                frames.send(control, {"pid": box["pid"], "init": box["init"]})
            finally:
                os.close(fds[0])
        else:
            frames.send(control, {"status": end(boxes.pop(request["pid"]))})


def spawn(fd, serve, limits):
    """Makes a sandbox and forks a process into it that runs `serve(socket)`, as `module:name`."""
    read, write = os.pipe()
    holder = subprocess.Popen(
        [*inner(limits), "--info-fd", str(write), "sh", "-c", "echo ready; exec cat"],
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
        keep(init, fd, serve, limits, write)
    os.close(write)
    with os.fdopen(read) as answer:
        pid = answer.readline()
    if not pid.strip().isdigit():
        holder.kill()
        holder.communicate()
        os.waitpid(keeper, 0)
        raise RuntimeError(f"entering the sandbox failed: {pid}")
    return {"pid": int(pid), "init": init, "keeper": keeper, "holder": holder}


def keep(init, fd, serve, limits, write):
    """Enters the sandbox, forks the process that runs inside, and ends as that one does."""
    status = 1
    try:
        walls.enter(init)
        pid = os.fork()
        if pid == 0:
            os.close(write)
            inside(fd, serve, limits)
        os.close(fd)
        os.write(write, b"%d\n" % pid)
        os.close(write)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except BaseException as error:
        os.write(write, str(error).encode())
    finally:
        os._exit(status if status >= 0 else 128 - status)


def inside(fd, serve, limits):
    """What a submission starts in: no rights, no descriptor but one, an empty folder."""
    status = 1
    try:
        os.setsid()
        walls.only_this_descriptor(fd)
        os.chdir("/notebook")
        walls.limit(limits)
        walls.give_up_rights()
        module, name = serve.split(":")
        getattr(importlib.import_module(module), name)(socket.socket(fileno=fd))
        status = 0
    finally:
        os._exit(status)


def end(box):
    """Ends a sandbox: with bubblewrap's process all in its process namespace are killed."""
    box["holder"].kill()
    box["holder"].communicate()
    return os.waitstatus_to_exitcode(os.waitpid(box["keeper"], 0)[1])


def inner(limits):
    """The command that makes one submission's sandbox, within the one that this process is in."""
    size = str(limits["disk"])
    command = ["bwrap", "--unshare-user", "--unshare-all", "--disable-userns", "--die-with-parent"]
    command += ["--new-session", "--uid", "1000", "--gid", "1000", "--hostname", "sandbox"]
    command += ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"]
    for folder in ("/dev/shm", "/tmp", "/notebook", "/data"):
        command += ["--size", size, "--tmpfs", folder]
    if os.path.isdir("/prepared"):
        for name in sorted(os.listdir("/prepared")):
            command += ["--ro-bind", f"/prepared/{name}", f"/data/{name}"]
    return [*command, "--remount-ro", "/dev"]


if __name__ == "__main__":
    main()
