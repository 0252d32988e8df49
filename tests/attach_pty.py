# SPDX-License-Identifier: BSD-2-Clause
"""A command on a terminal of its own: attach_pty.py COLUMNS ANSWER COMMAND...

ANSWER is typed when a question is asked. What the terminal shows goes to stdout, escapes as
"^[". The exit status is that of the command.
"""
import fcntl
import os
import pty
import struct
import sys
import termios


def main():
    columns, answer, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    pid, fd = pty.fork()
    if pid == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        os.environ["TERM"] = "xterm"
        os.environ.pop("COLUMNS", None)
        os.execvp(command[0], command)
    shown = b""
    while True:
        try:
            data = os.read(fd, 4096)
        except OSError:
            break
        if not data:
            break
        shown += data
        if answer and shown.endswith(b"[y/N] "):
            os.write(fd, answer.encode() + b"\n")
            answer = ""
    status = os.waitpid(pid, 0)[1]
    text = shown.decode("utf-8", "replace").replace("\r\n", "\n").replace("\033", "^[")
    sys.stdout.write(text)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)


sys.exit(main())
