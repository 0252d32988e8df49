# SPDX-License-Identifier: BSD-2-Clause
"""A program whose control socket says what it must not: attach_hostile.py SOCKET Q931-DROP

Each command is tried on each of what follows, and must end by itself, by a status of its own, in
time, and write no control character.
"""
import json
import os
import random
import socket
import subprocess
import sys
import threading

HELLO = {"isdn_control": 1, "program": "x\033[31m\u009bevil", "privilege": "owner", "pid": 1, "epoch": 0}
LOOP = [  # each is the other's everything
    {"id": i, "state": "CONNECTED", "conference": 3 - i, "consult_of": 3 - i, "linked": 3 - i,
     "bridge": 0, "called": "\033]0;title\007", "holder": "a\nb", "span": 2 ** 62, "channel": -1}
    for i in (1, 2)
]
ODD = [None, True, -1, 2 ** 63 - 1, 1e300, "", "\x1b[2J", "A" * 100000, [], [[]], {}, {"a": {}}]
COMMANDS = [["list"], ["list", "--json"], ["show", "1"], ["drop", "1", "-n"], ["drop", "1", "2", "-y"],
            ["drop", "+1", "--all", "-y"], ["hold", "1"], ["uui", "1", "--uui", "x"], ["stats"],
            ["spans"], ["leaks"], ["watch"]]
FEW = [["list"], ["drop", "1", "2", "-y"], ["watch"]]
ALL = ("circles", "odd types", "odd types again", "as wide as the terminal")


def answer(request, **members):
    return dict({"id": request.get("id"), "do": request.get("do"), "ok": True}, **members)


def circle(request):
    return answer(request, calls=LOOP, call=LOOP[0], related=LOOP, holders=[{"client": "\r"}],
                  uui={"setup": "zz", "connect": "04" * 5000},
                  effects=[{"call": 1, "state": "IDLE", "octets": "0" * 999}], outcome="\x1b[0m",
                  bridges=[{"bridge": 0}], leaks=LOOP, total=2, spans=[{"links": [{}], "caps": {}}],
                  not_cleared=[{"call": 1, "error": "\x1b"}])


def wide(request):
    return answer(request, effects=[{"call": 10 ** 18 + n, "state": "IDLE", "octets": "08" * 99, "message": "A" * n}
                                    for n in range(14, 22)])


def odd(request, rng=random.Random(1)):
    members = ["calls", "call", "related", "holders", "uui", "effects", "outcome", "bridges", "leaks", "total",
               "spans", "counts", "control", "more", "error", "text", "not_cleared", "ok", "changed"]
    o = answer(request)
    for m in members:
        v = rng.choice(ODD)
        if m in ("calls", "effects", "related", "leaks", "spans", "bridges") and rng.random() < 0.7:
            names = ["id", "call", "state", "mode", "since", "span", "bridge", "hub", "linked", "links", "caps",
                     "counters", "called", "octets", "cause", "callref", "origin", "number", "spec"]
            v = [{n: rng.choice(ODD) for n in names} for _ in range(3)]
        o[m] = v
    return o


def many(request):
    after = request.get("after", 0)
    calls = [{"id": after + 1 + i, "state": "CONFERENCED", "hub": i, "bridge": i % 7} for i in range(1000)]
    return answer(request, calls=calls, more=after < 20000)


def line(o):
    return json.dumps(o).encode() + b"\n"


def talk(make, greeting=HELLO):
    def serve(c):
        c.sendall(line(greeting))
        f = c.makefile("rb")
        for text in f:
            request = json.loads(text)
            c.sendall(line({"event": "state", "call": {}, "state": [], "time": -5, "uui": 7}))
            c.sendall(line({"event": "info", "what": {"a": 1}, "time": 2 ** 62}))
            c.sendall(line({"event": "lost", "time": 1}))
            c.sendall(line({"event": "new", "time": {}, "call": LOOP[0]}))
            c.sendall(line(make(request)))
            if request.get("do") == "watch":
                return
    return serve


def raw(octets):
    return lambda c: c.sendall(octets)


def endless(c):
    c.sendall(line(HELLO))
    for _ in range(100):
        c.sendall(b"[" * 65536)


def again(c):  # an answer to everything, over and over, none with the id that was asked for
    c.sendall(line(HELLO))
    for i in range(2000):
        c.sendall(line({"id": i % 3 - 5, "do": "list", "ok": True}))


SCENES = {
    "circles": talk(circle), "odd types": talk(odd), "odd types again": talk(odd), "many": talk(many),
    "as wide as the terminal": talk(wide),
    "no more ids": talk(lambda r: answer(r, calls=[{"id": 1}], more=True)),
    "garbage": raw(os.urandom(5000) + b"\n"), "NUL": raw(b"\0" * 100 + b"\n"), "nothing": raw(b""),
    "half a line": raw(b'{"isdn_control":1'), "not an object": raw(b"[1,2]\n"),
    "nested": raw(b'{"a":' * 100000 + b"\n"), "another version": raw(line({"isdn_control": 2})),
    "refused": raw(line({"isdn_control": 1, "ok": False, "error": "\033INUSE", "text": "full\n"})),
    "an endless line": endless, "wrong ids": again, "gone": talk(lambda r: 1 / 0),
}


def main():
    path, drop = sys.argv[1], sys.argv[2]
    current = [None]
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(8)

    def accept():
        while True:
            c = listener.accept()[0]
            try:
                current[0](c)
            except (OSError, ValueError, ZeroDivisionError):
                pass
            c.close()

    threading.Thread(target=accept, daemon=True).start()
    bad = tried = 0
    for name, scene in SCENES.items():
        current[0] = scene
        for command in COMMANDS if name in ALL else FEW:
            tried += 1
            try:
                r = subprocess.run([drop] + command + ["--timeout", "5"], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
                                   env=dict(os.environ, ISDN_SOCKET=path, COLUMNS="40"))
            except subprocess.TimeoutExpired:
                print("%s: %s does not end" % (name, command))
                bad += 1
                continue
            said = (r.stdout + r.stderr).decode("utf-8", "replace")
            wild = [ch for ch in said if (ord(ch) < 32 and ch != "\n") or 127 <= ord(ch) < 160]
            broken = "Sanitizer" in said or "runtime error" in said
            if r.returncode not in (0, 1, 3, 4, 5) or wild or broken:
                print("%s: %s: status %d, wild %r: %s" % (name, command, r.returncode, wild[:3],
                                                         said[-500:]))
                bad += 1
    print("# %d commands on %d kinds of harm" % (tried, len(SCENES)))
    return 1 if bad else 0


sys.exit(main())
