# SPDX-License-Identifier: GPL-3.0-or-later
# Counts the single TAP cases of a meson test log and ends with "N passed, N failed[, N skipped]".
import json
import re
import sys

PLAN_SKIPPED = re.compile(r"^1\.\.0\s*#\s*SKIP", re.IGNORECASE)
CASE = re.compile(r"^(not )?ok\b(?:\s+\d+)?[^#\n]*(#\s*SKIP\b.*|#\s*TODO\b.*)?", re.IGNORECASE)


def count(log):
    passed, failed, skipped, broken = 0, 0, [], []
    for program in log:
        cases = failures = 0
        for line in program.get("stdout", "").splitlines():
            if PLAN_SKIPPED.match(line):
                skipped.append(f"{program['name']}: {line.strip()}")
                cases += 1
                continue
            case = CASE.match(line)
            if not case:
                continue
            cases += 1
            if case.group(2) and "SKIP" in case.group(2).upper():
                skipped.append(line.strip())
            elif case.group(1):
                failures += 1
            else:
                passed += 1
        # A program that crashed, timed out or printed no case has failed, whatever it printed before.
        if program["result"] in ("FAIL", "ERROR", "TIMEOUT", "INTERRUPT") and failures == 0 or cases == 0:
            failures += 1
        if failures:
            broken.append(f"{program['name']}: {program['result']}, {failures} failed")
        failed += failures
    return passed, failed, skipped, broken


def main():
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            log = [json.loads(line) for line in file if line.strip()]
    except OSError as error:
        print(f"count-cases: {error}")
        print("0 passed, 1 failed")
        return 1
    passed, failed, skipped, broken = count(log)
    for line in skipped:
        print("skipped:", line)
    for line in broken:
        print("failed:", line)
    tail = f", {len(skipped)} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{tail}")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
