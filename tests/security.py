"""`make audit`: unsafe habits in our own code (bandit), and known faults in what we depend on (pip-audit).

A finding of bandit is explained by the reason that stands on its line for ruff, which has the same rules
(`# noqa: S608 (why)`), or by the table below. Exit status 0: nothing unexplained and everything looked up. 1: something
unexplained, or a known fault. 2: the list of known faults could not be reached, so nothing is known about it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# (rule, where) -> why it is no danger there.
EXPLAINED: dict[tuple[str, str], str] = {
    ("B101", "schakel/core/"): "states what a computation guarantees; input is checked with exceptions",
    ("B105", "schakel/config/settings.py"): "how often a password may be tried, not a password",
    ("B311", "schakel/sources/synthetic/"): "invented data from a seed: nothing secret depends on it",
    ("B608", "schakel/register/write/bulk.py"): "names of our own columns; values only travel as parameters",
    ("B406", "schakel/exports/sitemap.py"): "only writes and escapes XML; reads none",
}
SAME_RULE = {"B703": "S308"}  # bandit says it twice


def main() -> int:
    """Run both; returns the exit status."""
    unexplained = _bandit()
    faults, unknown = _pip_audit()
    if unexplained or faults:
        return 1
    return 2 if unknown else 0


def findings() -> list[dict[str, Any]]:
    """What bandit says of the code that runs."""
    command = [sys.executable, "-m", "bandit", "-q", "-r", "schakel", "regions", "-f", "json", "-x", "*/migrations/*"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found: list[dict[str, Any]] = json.loads(result.stdout)["results"]
    return found


def why(finding: dict[str, Any]) -> str:
    """The reason that explains a finding; empty when there is none."""
    for (rule, where), reason in EXPLAINED.items():
        if finding["test_id"] == rule and finding["filename"].startswith(where):
            return reason
    code = SAME_RULE.get(finding["test_id"], f"S{finding['test_id'][1:]}")
    lines = (ROOT / finding["filename"]).read_text(encoding="utf-8").splitlines()
    first = finding["line_number"] - 1
    spoken = "\n".join(lines[first : max(finding.get("line_range", [first + 1])) + 2])  # up to the end of the statement
    found = re.search(rf"# noqa: [A-Z0-9, ]*\b{code}\b[A-Z0-9, ]*\((.+)\)", spoken)
    return found[1] if found else ""


def _bandit() -> int:
    found = findings()
    bare = [finding for finding in found if not why(finding)]
    for finding in bare:
        sys.stdout.write(
            f"{finding['filename']}:{finding['line_number']}: {finding['test_id']} {finding['issue_text']}\n"
        )
    sys.stdout.write(f"bandit: {len(found)} findings, {len(found) - len(bare)} explained, {len(bare)} unexplained\n")
    return len(bare)


def _pip_audit() -> tuple[int, int]:
    """How many known faults there are in what runs, and of how many packages nothing could be looked up."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", "requirements/run.txt", "--require-hashes"]
    result = subprocess.run(
        [*command, "--disable-pip", "-f", "json"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    try:
        packages = json.loads(result.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        last = (result.stderr.strip().splitlines() or ["no answer"])[-1]
        sys.stdout.write(f"pip-audit: NOT CHECKED. The list of known faults cannot be reached: {last}\n")
        return 0, 1
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    faulty = [(package["name"], fault["id"]) for package in packages for fault in package.get("vulns", ())]
    for name, fault in faulty:
        sys.stdout.write(f"pip-audit: {name} has the known fault {fault}\n")
    sys.stdout.write(f"pip-audit: {len(packages) - len(skipped)} packages checked, {len(faulty)} known faults\n")
    if skipped:
        sys.stdout.write(
            f"pip-audit: NOT CHECKED: {len(skipped)} of {len(packages)} packages. The package index of this machine "
            "has no list of known faults; run it where the public index can be reached.\n"
        )
    return len(faulty), len(skipped)


if __name__ == "__main__":
    sys.exit(main())
