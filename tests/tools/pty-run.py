"""Runs a command with a terminal of its own and copies what it says to standard output.

usage: pty-run.py COMMAND ARGUMENT...
"""
import os
import pty
import sys

child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:  # Linux reports the end of the other side as an error.
        break
    if not data:
        break
    os.write(1, data)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
