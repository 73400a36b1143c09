"""A terminal: runs the command in its arguments on a pseudo-terminal, as a person sees it.

Standard input is what is typed, standard output what is shown. Says when the terminal stops to show what is typed, and
at the end whether it does. Exits with the status of the command.
"""

import fcntl
import os
import pty
import select
import sys
import termios


def shows(side):
    return bool(termios.tcgetattr(side)[3] & termios.ECHO)


def main():
    # Our copy of the command's side stays open, so that its mode can still be read when the command has ended.
    master, side = pty.openpty()
    child = os.fork()
    if child == 0:
        os.setsid()
        fcntl.ioctl(side, termios.TIOCSCTTY, 0)
        for stream in range(3):
            os.dup2(side, stream)
        os.execvpe(sys.argv[1], sys.argv[1:], os.environ)
    watched = [master, sys.stdin.fileno()]
    ended = None
    shown_before = True
    while ended is None or select.select([master], [], [], 0)[0]:
        ready, _, _ = select.select(watched, [], [], 0.02)
        if master in ready:
            os.write(sys.stdout.fileno(), os.read(master, 65536))
        if sys.stdin.fileno() in ready:
            typed = os.read(sys.stdin.fileno(), 65536)
            if typed:
                os.write(master, typed)
            else:
                watched.remove(sys.stdin.fileno())
        shown = shows(side)
        if shown_before and not shown:
            os.write(sys.stdout.fileno(), b"[the terminal hides what is typed]")
        shown_before = shown
        if ended is None:
            pid, status = os.waitpid(child, os.WNOHANG)
            ended = status if pid else None
    print(f"\n[the terminal shows {'what is typed' if shows(side) else 'nothing'}]", flush=True)
    sys.exit(os.waitstatus_to_exitcode(ended))


main()
