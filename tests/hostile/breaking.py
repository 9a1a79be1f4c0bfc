"""Code that ends, blocks, floods or exhausts. `{name: (points due, answers)}`."""

from hostile_lesson import ALL, DOUBLES, HONEST, SCALES

double, scale = HONEST["double"], HONEST["scale"]

BREAKING = {
    "exits_at_once": (0, {"double": "def double(x):\n    os._exit(0)"}),
    "exits_late": (DOUBLES, {"scale": "def scale(x, factor):\n    os._exit(0)"}),
    "kills_itself": (DOUBLES, {"scale": "def scale(x, factor):\n    os.kill(os.getpid(), 9)"}),
    "kills_its_parent": (0, {"double": f"{double}\nos.kill(os.getppid(), 9)"}),
    "kills_everybody": (0, {"double": f"{double}\nos.kill(-1, 9)"}),
    "kills_process_one": (0, {"double": f"{double}\nos.kill(1, 9)\nos.kill(2, 9)\nos._exit(1)"}),
    "crashes": (DOUBLES, {"scale": "import ctypes\nscale = lambda *a: ctypes.string_at(0)"}),
    "stops_itself": (
        DOUBLES,
        {"scale": "import signal\nscale = lambda *a: os.kill(os.getpid(), signal.SIGSTOP)"},
    ),
    "loops_for_ever": (SCALES, {"double": "def double(x):\n    while True:\n        pass"}),
    "loops_in_a_cell": (
        ALL,
        {"double": f"{double}\nwhile True:\n    pass"},
    ),
    "cannot_be_interrupted": (
        DOUBLES,
        {
            "scale": "def scale(x, factor):\n    while True:\n        try:\n"
            "            while True:\n                pass\n"
            "        except BaseException:\n            pass"
        },
    ),
    "blocks_signals": (
        DOUBLES,
        {
            "scale": "import signal, time\n\ndef scale(x, factor):\n"
            "    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n    time.sleep(1e6)"
        },
    ),
    "never_ends_its_array": (
        DOUBLES,
        {"scale": "import itertools\nscale = lambda *a: itertools.count()"},
    ),
    "fork_bomb": (0, {"double": f"{double}\nwhile True:\n    os.fork()"}),
    "thread_bomb": (
        0,
        {
            "double": f"{double}\nimport threading, time\nwhile True:\n"
            "    threading.Thread(target=time.sleep, args=(1000,)).start()",
            "scale": "os._exit(1)",
        },
    ),
    "takes_all_memory": (SCALES, {"double": f"x = bytearray(64 << 30)\n{double}"}),
    "takes_memory_in_many_processes": (
        0,
        {
            "double": f"import time\n{double}\nfor _ in range(8):\n    if os.fork() == 0:\n"
            "        x = np.ones(40_000_000)\n        time.sleep(1000)\n        os._exit(0)\n"
            "time.sleep(1000)"
        },
    ),
    "fills_the_disk": (
        ALL,
        {
            "double": f"{double}\nfor folder in ('.', '/tmp', '/dev/shm', '/data', '/shared'):\n"
            "    try:\n        for number in range(1000):\n"
            "            with open(f'{folder}/{number}', 'wb') as file:\n"
            "                file.write(bytes(10_000_000))\n    except OSError:\n        pass"
        },
    ),
    "makes_a_million_files": (
        ALL,
        {
            "double": f"{double}\ntry:\n    for number in range(20_000):\n"
            "        open(f'/tmp/{number}', 'w').close()\nexcept OSError:\n    pass"
        },
    ),
    "opens_all_files": (
        ALL,
        {
            "double": f"{double}\nkept = []\ntry:\n    while True:\n"
            "        kept.append(open('/dev/null'))\nexcept OSError:\n    kept.clear()"
        },
    ),
    "floods_with_lines": (ALL, {"double": f"{double}\nwhile True:\n    print('x' * 1000)"}),
    "prints_one_huge_line": (ALL, {"double": f"{double}\nprint('x' * 100_000_000)"}),
    "shows_a_huge_picture": (
        0,
        {
            "double": f"{double}\nfrom IPython.display import display\n"
            "display({'image/png': 'A' * 50_000_000}, raw=True)"
        },
    ),
    "shows_a_million_pictures": (
        ALL,
        {
            "double": f"{double}\nfrom IPython.display import display\n"
            "for _ in range(3000):\n    display({'image/png': 'A' * 10_000}, raw=True)"
        },
    ),
    "recurses_for_ever": (SCALES, {"double": "def double(x):\n    return double(x)"}),
    "returns_too_much": (SCALES, {"double": "def double(x):\n    return np.zeros(10**10)"}),
    "returns_a_deep_list": (
        SCALES,
        {
            "double": "def double(x):\n    deep = []\n    for _ in range(100_000):\n"
            "        deep = [deep]\n    return deep"
        },
    ),
    "leaves_by_system_exit": (SCALES, {"double": "def double(x):\n    raise SystemExit"}),
    "raises_an_interrupt": (SCALES, {"double": "def double(x):\n    raise KeyboardInterrupt"}),
    "raises_what_cannot_be_shown": (
        SCALES,
        {
            "double": "class Odd(Exception):\n    def __str__(self):\n        os._exit(1)\n"
            "    __repr__ = __str__\n\ndef double(x):\n    raise ValueError(x)"
        },
    ),
    "asks_for_input": (SCALES, {"double": "def double(x):\n    return input()"}),
    "starts_a_debugger": (SCALES, {"double": "def double(x):\n    breakpoint()"}),
    "closes_all_descriptors": (0, {"double": f"{double}\nos.closerange(0, 1000)"}),
    "closes_its_output": (
        ALL,
        {"double": f"{double}\nimport sys\nsys.stdout.close()\nsys.stdout = sys.stderr = None"},
    ),
    "leaves_a_thread": (
        ALL,
        {
            "double": f"{double}\nimport threading, time\n"
            "threading.Thread(target=time.sleep, args=(1000,)).start()"
        },
    ),
    "leaves_a_process": (
        ALL,
        {"double": f"{double}\nimport subprocess\nsubprocess.Popen(['sleep', '12345'])"},
    ),
    "leaves_a_daemon": (
        ALL,
        {
            "double": f"{double}\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
            "        os.execvp('sleep', ['sleep', '12345'])\n    os._exit(0)"
        },
    ),
    "hangs_at_its_end": (
        ALL,
        {"double": f"{double}\nimport atexit, time\natexit.register(time.sleep, 1000)"},
    ),
}
