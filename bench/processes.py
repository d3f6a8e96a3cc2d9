"""What processes use: seconds of the processor, and memory that is theirs. Only Linux tells the latter."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def family(pid: int) -> list[int]:
    """A process and everything it started."""
    found = [pid]
    for parent in found:
        for tasks in Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(child) for child in _read(tasks).split()]
    return found


def processor_seconds(pid: int) -> float:
    """Seconds of the processor that the family has used, 0 where the system does not say."""
    return sum(_ticks(each) for each in family(pid)) / TICKS


def memory(pid: int) -> float | None:
    """Bytes of the family, a page that several share counted once; None where the system does not say.

    In the moment in which a process starts a program, the child still is its parent, memory, command line and all: it
    is not counted twice. No process of the server has the command line of its parent for longer than that.
    """
    words = {each: _read(Path(f"/proc/{each}/cmdline")) for each in family(pid)}
    sizes = [_proportional(each) for each in words if words[each] != words.get(_parent(each))]
    return float(sum(sizes)) if any(sizes) else None


def _parent(pid: int) -> int:
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return int(fields[1]) if fields else 0


def _ticks(pid: int) -> int:
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12]) if fields else 0


def _proportional(pid: int) -> int:
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text("ascii", "replace")
    except OSError:
        return ""
