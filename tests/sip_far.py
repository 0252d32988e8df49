#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A scripted SIP far end for examples/sip-provider: sip_far.py GATEWAY SPAN OUTPUT SCRIPT

It listens, starts GATEWAY SPAN with its address, what that prints in OUTPUT, and does what SCRIPT says, a line at a time; what it
receives is printed, numbers that change from run to run left out:

    wait METHOD            until a request
    wait STATUS METHOD     until a response to one
    send STATUS PHRASE [|HEADER: VALUE]...     answer the last INVITE or BYE
    ack                    of the last 200
    invite NUMBER [|HEADER: VALUE]...          a call of our own
    bye [|HEADER: VALUE]...    cancel [|HEADER: VALUE]...
    raw TEXT               octets, C escapes
    end                    the gateway closes the connection
    close
"""
import re, socket, subprocess, sys

SHOWN = ("user-to-user", "reason")
gateway, span, output, script = sys.argv[1:5]
listener = socket.create_server(("127.0.0.1", 0))
listener.settimeout(10)
child = subprocess.Popen([gateway, span, "127.0.0.1", str(listener.getsockname()[1])],
                         stdout=open(output, "w"), stderr=subprocess.STDOUT)
conn, _ = listener.accept()
conn.settimeout(10)
buf = b""
last = {}  # of the dialog: the last INVITE or BYE that came, or ours
calls = 0


def header(text, name):
    return re.findall(rf"(?im)^{name}:\s*(.*?)\r$", text)


def receive():
    global buf
    while b"\r\n\r\n" not in buf:
        got = conn.recv(4096)
        if not got:
            print("the gateway closed the connection, status", child.wait(10))
            sys.exit(0)
        buf += got
    head, buf = buf.split(b"\r\n\r\n", 1)
    text = head.decode() + "\r\n"
    start = re.sub(r"127\.0\.0\.1:\d+", "HOST", text.split("\r\n")[0])
    print("<", start.removesuffix(" SIP/2.0").removeprefix("SIP/2.0 "))
    for line in text.split("\r\n")[1:]:
        if line.split(":")[0].lower() in SHOWN:
            print("   ", line)
    return text


def send(text, extra):
    lines = text.split("\n") + extra + ["Content-Length: 0", "", ""]
    conn.sendall("\r\n".join(lines).encode())


def request(method, cseq_method=None, extra=(), branch="x"):
    send(f"{method} {last['target']} SIP/2.0\nVia: SIP/2.0/TCP far;branch=z9hG4bK{last['id']}{branch}{last['cseq']}\n"
         f"From: {last['here']}\nTo: {last['there']}\nCall-ID: {last['id']}\n"
         f"CSeq: {last['cseq']} {cseq_method or method}\nContact: <sip:far>", list(extra))


for line in open(script):
    line, *extra = [part.strip() for part in line.split("|")]
    word, _, rest = line.partition(" ")
    if not word:
        continue
    if word != "wait":
        print(">", line)
        for e in extra:
            print("   ", e)
    if word == "wait":
        wanted = rest.split()
        while True:
            text = receive()
            start = text.split()
            cseq = header(text, "CSeq")[0].split()
            if start[0] == "SIP/2.0":
                if last.get("ours") and "tag=" in header(text, "To")[0]:
                    last["there"] = header(text, "To")[0]
                if start[1] == wanted[0] and cseq[1] == wanted[1]:
                    break
                continue
            if start[0] in ("INVITE", "BYE", "CANCEL"):
                last["request"] = text
            if start[0] == "INVITE":
                last.update(ours=False, id=header(text, "Call-ID")[0], there=header(text, "From")[0],
                            here=header(text, "To")[0] + ";tag=far", cseq=100, invite=text,
                            target=re.search("<(.*?)>", header(text, "Contact")[0])[1])
            if start[0] == "ACK" and last["here"] != header(text, "To")[0]:
                sys.exit("ACK has another To than the dialog")
            if start[0] == wanted[0]:
                break
    elif word == "send":
        to = last["request"] if "for-invite" not in rest else last["invite"]
        tag = "" if "tag=" in header(to, "To")[0] else ";tag=far"
        send(f"SIP/2.0 {rest.replace(' for-invite', '')}\nVia: {header(to, 'Via')[0]}\nFrom: {header(to, 'From')[0]}\n"
             f"To: {header(to, 'To')[0]}{tag}\nCall-ID: {header(to, 'Call-ID')[0]}\nCSeq: {header(to, 'CSeq')[0]}\n"
             "Contact: <sip:far>", extra)
    elif word == "invite":
        calls += 1
        last = {"ours": True, "id": f"call{calls}", "here": "<sip:42@far>;tag=f", "there": f"<sip:{rest}@gw>",
                "cseq": 1, "target": f"sip:{rest}@gw"}
        request("INVITE", extra=extra)
    elif word == "ack":
        request("ACK", branch="a")
    elif word == "cancel":
        request("CANCEL", extra=extra)
    elif word == "bye":
        last["cseq"] += 1
        request("BYE", extra=extra)
    elif word == "raw":
        conn.sendall(rest.encode().decode("unicode_escape").encode("latin-1"))
    elif word == "end":
        receive()
    elif word == "close":
        conn.close()
        print("status", child.wait(10))
    sys.stdout.flush()
