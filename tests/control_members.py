# SPDX-License-Identifier: BSD-2-Clause
"""Members of a control socket against isdn-control(5): control_members.py SOCKET PAGE

Asks q931-drop demo --serve all that can be asked, and drops some of its calls while it watches.
What it says has no member that the page does not name, and what the page names of an answer, a
call or an event is said, but for what a sound program does not come to (RARE).
"""
import json
import re
import socket
import sys

RARE = set("""more error text not_cleared lost new interface location dropping alerting progress
    clearing""".split())
# What the page names that is a value, or a member of requests.
VALUES = set("""owner monitor user net network exclusive shared normal noanswer rejected drop leave clear
    outbound inbound local remote timer link cascade in out""".split())


class Control:
    def __init__(self, path):
        s = socket.socket(socket.AF_UNIX)
        s.settimeout(20)
        s.connect(path)
        self.stream = s.makefile("rwb")
        self.said = {"greeting": set()}
        self.last = 0
        self.take()

    def note(self, kind, value):
        """Each member below value, by the kind of the whole."""
        for v in value if isinstance(value, list) else []:
            self.note(kind, v)
        for name, v in value.items() if isinstance(value, dict) else []:
            self.said.setdefault(kind, set()).add(name)
            self.note(kind, v)

    def take(self):
        line = json.loads(self.stream.readline())
        self.note(line.get("event") or line.get("do") or "greeting", line)
        return line

    def ask(self, do, **members):
        self.last += 1
        self.stream.write(json.dumps(dict(members, do=do, id=self.last)).encode() + b"\n")
        self.stream.flush()
        while True:
            line = self.take()
            if line.get("id") == self.last:
                return line

    def event(self, name):
        while self.take().get("event") != name:
            pass


def talk(c):
    c.ask("watch")
    c.ask("trace")
    ids = [call["id"] for call in c.ask("list", limit=1000)["calls"]]
    for call in ids:
        c.ask("show", call=call)
    for do in "spans", "bridges", "stats", "leaks":
        c.ask(do)
    for call in 1, 33:
        c.ask("dry-run", call=call, uui="04627965", cause=31)
    c.ask("hold", call=31)
    c.ask("retrieve", call=31)
    c.ask("uui", call=30, uui="0468656c6c6f")
    c.event("info")
    c.ask("drop", call=1, uui="04627965")
    c.ask("leave", call=2)
    c.ask("drop", call=15)
    c.ask("clear", call=11)
    c.ask("hold", call=13)


def page_names(path):
    """The words in .Ql, and the members of the examples."""
    text = open(path).read()
    names = set()
    for line in re.findall(r"^\.(?:It |Pq )?Ql (.*)$", text, re.M):
        names.update(w for w in re.findall(r"[a-z][a-z0-9_]+", line))
    names.update(re.findall(r'"([a-z_]+)":', text))
    return names


def main():
    c = Control(sys.argv[1])
    talk(c)
    said = set().union(*c.said.values())
    page = page_names(sys.argv[2])
    bad = ["isdn-control(5) does not know %s, of %s" % (name, ", ".join(
        sorted(k for k in c.said if name in c.said[k]))) for name in sorted(said - page)]
    bad += ["%s was never said" % name for name in sorted(page - said - RARE - VALUES - set(c.said))]
    print("\n".join(bad) if bad else "%d members" % len(said))
    return 1 if bad else 0


sys.exit(main())
