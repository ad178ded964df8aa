"""Starts commands in turn and says what each took: a script by itself, of the standard library only.

The question comes as JSON on the standard input, the answer goes out as JSON: for each command its runs, each
with seconds and peak memory in MB. A command that ends with another exit code than those expected stops it.
"""

import json
import os
import sys
from time import perf_counter

MB = 1 << 20 if sys.platform == "darwin" else 1 << 10
"""What `ru_maxrss` counts in: bytes on a Mac, else KiB."""


def run(words, codes):
    """Seconds and peak memory of one command, what it prints thrown away."""
    nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = perf_counter()
    child = os.posix_spawnp(words[0], words, os.environ, file_actions=nowhere)
    _, status, used = os.wait4(child, 0)
    taken = perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in codes:
        sys.exit(f"Exit code {code} of: {' '.join(words)}")
    return taken, used.ru_maxrss / MB


def main():
    asked = json.load(sys.stdin)
    runs = {name: [] for name in asked["commands"]}
    for _ in range(asked["rounds"]):
        for name, words in asked["commands"].items():
            for path in asked["cleared"]:
                if os.path.exists(path):
                    os.remove(path)
            runs[name].append(run(words, asked["codes"]))
    json.dump(runs, sys.stdout)


if __name__ == "__main__":
    main()
