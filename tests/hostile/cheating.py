"""Wrong answers that want points, and right ones that want to see more. `{name: (due, answers)}`.

What a submission prints goes into its own cells only; `LEAKING` ones print all they can get hold
of, and the tests search it for what is not theirs.
"""

from hostile_lesson import ALL, HONEST, WRONG

wrong, scale = WRONG["double"], HONEST["scale"]
EQUAL = """class Equal:
    def __eq__(self, other):
        return True
    __ne__ = __lt__ = __gt__ = lambda self, other: False
    __hash__ = None
    __abs__ = __sub__ = __rsub__ = __mul__ = __rmul__ = lambda self, *other: self
    __bool__ = lambda self: True
    def __array__(self, *args, **kwargs):
        return np.zeros(3)
    def __array_function__(self, *args):
        return True
    def __array_ufunc__(self, *args, **kwargs):
        return True
"""
LOOK = """def look(name, frame=None):
    import sys
    frame = sys._getframe()
    while frame:
        for space in (frame.f_locals, frame.f_globals):
            if name in space:
                return space[name]
        frame = frame.f_back
"""
SOCKETS = """import json, socket, struct, threading
answers = [{"done": True, "passed": True, "text": "Passed"}, {"answer": 1, "value": True},
           {"output": {"output_type": "execute_result", "data": {"text/plain": "8"}}}]
for fd in map(int, os.listdir("/proc/self/fd")):
    try:
        for answer in answers:
            data = json.dumps(answer).encode()
            os.write(fd, struct.pack(">I", len(data)) + data)
            os.write(fd, struct.pack(">Q", len(data)) + data)
    except OSError:
        pass
"""


def both(before="", double=wrong, scale=WRONG["scale"]):
    return {"double": f"{before}\n{double}", "scale": scale}


CHEATING = {
    "always_equal": (0, both(EQUAL, "double = lambda x: Equal()", "scale = lambda *a: Equal()")),
    "equal_int": (
        0,
        both("class I(int):\n    __eq__ = lambda *a: True\n    __hash__ = None", "double = I"),
    ),
    "equal_text": (
        0,
        both(
            "class T(str):\n    __eq__ = lambda *a: True\n    __hash__ = None",
            "double = lambda x: T(x)",
        ),
    ),
    "equal_array": (
        0,
        both(
            "class A(np.ndarray):\n    __eq__ = lambda *a: True\n"
            "    __array_function__ = __array_ufunc__ = lambda *a, **k: True",
            wrong,
            "scale = lambda x, factor: np.zeros(np.shape(x)).view(A)",
        ),
    ),
    "equal_objects_in_an_array": (
        0,
        both(EQUAL, wrong, "scale = lambda x, f: np.array([Equal() for _ in x], dtype=object)"),
    ),
    "equal_by_its_class": (
        0,
        both(
            "class M(type):\n    __instancecheck__ = __eq__ = lambda *a: True\n"
            "    __hash__ = None\nclass C(metaclass=M):\n    __class__ = int\n"
            "    __eq__ = lambda *a: True",
            "double = lambda x: C()",
            "scale = lambda *a: C",
        ),
    ),
    "patched_numpy_testing": (0, both("np.testing.assert_allclose = lambda *a, **k: None")),
    "patched_numpy": (
        0,
        both(
            "for name in ('allclose', 'array_equal', 'isclose', 'all', 'asarray', 'array'):\n"
            "    setattr(np, name, lambda *a, **k: True)"
        ),
    ),
    "patched_builtins": (
        0,
        both(
            "import builtins\nbuiltins.AssertionError = type('E', (Exception,), {})\n"
            "builtins.abs = builtins.len = builtins.all = lambda *a: 1"
        ),
    ),
    "replaced_module": (
        0,
        both("import sys, unittest.mock\nsys.modules['numpy'] = np = unittest.mock.MagicMock()"),
    ),
    "reads_the_frame": (
        0,
        both(
            LOOK,
            f"{LOOK}\ndef double(x):\n    return look('secret_word') or x",
            "def scale(x, factor):\n    return 3 * look('numbers') if look('numbers') else x",
        ),
    ),
    "reads_the_objects": (
        0,
        both(
            "",
            "import gc\n\ndef double(x):\n    for found in gc.get_objects():\n"
            "        if isinstance(found, dict) and 'secret_' + 'word' in found:\n"
            "            return found['secret_' + 'word']\n    return x",
        ),
    ),
    "input_transformer": (
        0,
        both("get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'])"),
    ),
    "ast_transformer": (
        0,
        both(
            "import ast\nclass Drop(ast.NodeTransformer):\n"
            "    visit_Assert = visit_Expr = lambda self, node: ast.Pass()\n"
            "get_ipython().ast_transformers.append(Drop())"
        ),
    ),
    "replaced_run_cell": (
        0,
        both("type(get_ipython()).run_cell = get_ipython().run_cell = lambda *a, **k: None"),
    ),
    "replaced_compile": (0, both("get_ipython().compile = lambda *a: compile('pass', '', 'exec')")),
    "patched_server": (
        0,
        both(
            "import sys\nfor name, module in list(sys.modules.items()):\n"
            "    if name.startswith('grading'):\n        for key in list(vars(module)):\n"
            "            if callable(getattr(module, key)) and not key.startswith('_'):\n"
            "                setattr(module, key, lambda *a, **k: True)"
        ),
    ),
    "forges_messages": (0, both(SOCKETS)),
    "forges_messages_in_a_check": (
        0,
        both("", "def double(x):\n" + "".join(f"    {line}\n" for line in SOCKETS.splitlines())),
    ),
    "shows_numbers": (0, both("", f"{wrong}\n8", "scale = lambda *a: display(8)\n8")),
    "sends_a_pickle": (
        0,
        both(
            "class P:\n    def __reduce__(self):\n"
            "        return os.system, ('touch /tmp/hostile',)",
            "double = lambda x: P()",
            "scale = lambda *a: np.array([P()], dtype=object)",
        ),
    ),
    "reads_the_solution": (
        0,
        both(
            double=f"{wrong}\nimport glob\n"
            "for top in ('', '..', '../..', '../../..', '/proc/1/root', '/proc/2/cwd'):\n"
            "    for path in glob.glob(top + '/**/*.ipynb', recursive=True):\n"
            "        if 'return 2 * x' in open(path).read():\n            double = lambda x: 2 * x"
        ),
    ),
    "writes_the_gradebook": (
        0,
        both(
            "import glob, sqlite3\n"
            "for path in {*glob.glob('/**/*.db', recursive=True), '../../../gradebook.db'}:\n"
            "    try:\n        sqlite3.connect(path).execute('UPDATE grade SET auto_score = 8')\n"
            "    except sqlite3.Error:\n        pass"
        ),
    ),
    "becomes_root": (
        0,
        both(
            double=f"{wrong}\nfor call in (lambda: os.setuid(0), lambda: os.chroot('/tmp'),"
            " lambda: os.mknod('/tmp/d', 0o60600, 0)):\n    try:\n        call()\n"
            "        double = lambda x: 2 * x\n    except OSError:\n        pass\n"
            "if os.getuid() == 0:\n    double = lambda x: 2 * x"
        ),
    ),
    "writes_the_system": (
        0,
        both(
            double=f"{wrong}\nimport sys\n"
            "for folder in (sys.prefix, '/usr/lib', '/etc', '/', os.path.dirname(np.__file__),"
            " '/shared', '/proc/sys/kernel'):\n    try:\n"
            "        open(os.path.join(folder, 'hostile'), 'w').close()\n"
            "        double = lambda x: 2 * x\n    except OSError:\n        pass"
        ),
    ),
}

READ_ALL = """for top, _, names in os.walk("/"):
    if top.startswith(("/proc", "/usr", "/lib")) or "site-packages" in top:
        continue
    for name in names:
        if name.endswith((".ipynb", ".db")) or "gradebook" in name:
            print(os.path.join(top, name), open(os.path.join(top, name), "rb").read()[:100])
"""
REACH = """import socket
for host, port in (("1.1.1.1", 53), ("8.8.8.8", 53), ("127.0.0.1", PORT), ("::1", PORT)):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, kind) as s:
                s.settimeout(1)
                s.connect((host, port))
                s.send(b"hostile")
                if kind == socket.SOCK_STREAM or PORT != port:
                    print("reached", host)
        except OSError:
            pass
"""
LEAKING = {
    "prints_its_history": (ALL, {"last": "print(In, Out, globals())"}),
    "hooks_every_cell": (
        ALL,
        {
            "double": f"{HONEST['double']}\n"
            "get_ipython().events.register('pre_run_cell', lambda info: print(info.raw_cell))"
        },
    ),
    "prints_what_checks_bring": (
        ALL,
        {
            "double": "import inspect\n\ndef double(x):\n    for frame in inspect.stack():\n"
            "        print(frame, frame.frame.f_locals)\n    return 2 * x"
        },
    ),
    "reads_all_notebooks": (ALL, {"last": READ_ALL}),
    "reads_what_others_have_trained": (
        ALL,
        {
            "last": "for top in ('/data', '/prepared', '/shared', '/tmp'):\n"
            "    for folder, _, names in os.walk(top):\n        for name in names:\n"
            "            print(open(os.path.join(folder, name)).read())"
        },
    ),
    "keeps_what_it_makes_beside_the_images": (
        ALL,
        {
            "double": "assert open('/data/tiles/16px/drawn').read() == 'a tile'\n"
            f"open('/data/tiles/packed', 'w').close()\n{HONEST['double']}"
        },
    ),
    "reads_the_environment": (ALL, {"last": "print(dict(os.environ))\n!env"}),
    "reads_other_processes": (
        ALL,
        {
            "last": "for pid in filter(str.isdigit, os.listdir('/proc')):\n"
            "    for name in ('cmdline', 'environ', 'maps'):\n        try:\n"
            "            print(open(f'/proc/{pid}/{name}').read())\n"
            "        except OSError:\n            pass"
        },
    ),
    "reads_its_memory": (
        ALL,
        {
            "last": "text = b''\nwith open('/proc/self/maps') as maps, "
            "open('/proc/self/mem', 'rb', 0) as memory:\n    for line in maps:\n"
            "        span = line.split()[0].split('-')\n"
            "        start, end = (int(part, 16) for part in span)\n"
            "        if '[heap]' in line or line.split()[-1] == '0':\n            try:\n"
            "                memory.seek(start)\n"
            "                text = memory.read(end - start)\n"
            "            except (OSError, OverflowError, ValueError):\n                continue\n"
            "            where = text.find(b'assert double(\"a' + b'b\")')\n"
            "            print(text[max(0, where - 50):where + 99] if where >= 0 else '')"
        },
    ),
    "reaches_the_network": (ALL, {"last": REACH}),
}
