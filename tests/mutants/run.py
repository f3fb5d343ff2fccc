#!/usr/bin/env python3
"""Plants faults, one at a time, and asks the tests that should find them.

    tests/mutants/run.py [--check] [--only WORD] [--copy FOLDER]

Each *.mutants file beside this one lists faults of a room:

    # what is wrong with it, in words
    file engine/spiking/neuron.cpp
    - the line as it stands, which occurs once in the file (several "-" lines follow one another)
    + the line as the fault has it (none: the line is gone)
    test engine_spiking_test_one_neuron engine_golden_test_engine_golden

A fault is found when one of its tests fails, or does not compile. The sources are copied, the checkout is never touched: the copy lives in
.build/mutants with a build folder of its own. --check only looks whether every fault still fits the sources; the quick tests do that.
Exit code 1 when a fault lives, or no longer fits.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TOP = ["CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE", "app", "engine", "resources", "tests", "ui"]


class Mutant:
    def __init__(self, room, words):
        self.name = f"{room}: {words}"
        self.file, self.old, self.new, self.tests = "", [], [], []

    def faulty(self, text):
        """The file with the fault in it; none when the lines do not stand there exactly once."""
        old = [re.escape(line.strip()) for line in self.old]
        pattern = re.compile(r"^([ \t]*)" + r"\n[ \t]*".join(old) + r"$", re.M)
        if len(pattern.findall(text)) != 1:
            return None
        return pattern.sub(lambda match: "\n".join(match.group(1) + line.strip() for line in self.new), text)


def read_mutants(path):
    room, found = os.path.splitext(os.path.basename(path))[0], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# "):
            found.append(Mutant(room, line[2:]))
        elif line.startswith("file "):
            found[-1].file = line[5:].strip()
        elif line.startswith("- "):
            found[-1].old.append(line[2:])
        elif line.startswith("+ "):
            found[-1].new.append(line[2:])
        elif line.startswith("test "):
            found[-1].tests = line[5:].split()
        elif line.strip():
            sys.exit(f"{path}: cannot read the line '{line}'")
    return found


def source_of(test):
    """engine_spiking_test_encoder -> tests/engine/spiking/test_encoder.cpp"""
    if test.startswith("contract_"):
        return f"tests/engine/contract/check_{test[9:]}.py"
    if test.startswith("signatures_"):
        return "tests/signatures/main.cpp"
    folder, _, name = test.partition("_test_")
    return f"tests/{folder.replace('_', '/')}/test_{name}.cpp"


def fits(mutant):
    if any(not os.path.exists(os.path.join(ROOT, source_of(test))) for test in mutant.tests):
        return False
    path = os.path.join(ROOT, mutant.file)
    if not (mutant.file and mutant.old and mutant.tests and os.path.exists(path)):
        return False
    return mutant.faulty(open(path, encoding="utf-8").read()) is not None


def copy_sources(copy):
    """Only what differs is written, so that the copy's build stays fresh from one run to the next."""
    os.makedirs(copy, exist_ok=True)
    for top in TOP:
        source, target = os.path.join(ROOT, top), os.path.join(copy, top)
        if os.path.isfile(source):
            copy_file(source, target)
            continue
        seen = set()
        for folder, _, names in os.walk(source):
            for name in names:
                path = os.path.join(folder, name)
                relative = os.path.relpath(path, ROOT)
                seen.add(relative)
                copy_file(path, os.path.join(copy, relative))
        for folder, _, names in os.walk(target):
            for name in names:
                path = os.path.join(folder, name)
                if os.path.relpath(path, copy) not in seen:
                    os.remove(path)


def copy_file(source, target):
    data = open(source, "rb").read()
    if os.path.exists(target) and open(target, "rb").read() == data:
        return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "wb") as out:
        out.write(data)
    shutil.copymode(source, target)


def build(copy, targets):
    return subprocess.run(["cmake", "--build", os.path.join(copy, ".build/dev"), "--target", *targets],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def run_test(copy, test):
    return subprocess.run(["ctest", "--test-dir", os.path.join(copy, ".build/dev"), "-R", f"^{re.escape(test)}$", "--timeout", "120"],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "DUET_DECIMAL_POINT": "."})


def targets_of(tests):
    """A black-box check runs the command line, the pinned signatures their own program."""
    return sorted({"duet-cli" if test.startswith("contract_") else "signatures" if test.startswith("signatures_") else test
                   for test in tests})


def found_by(copy, mutant):
    """The test that finds the fault; none when all pass."""
    path = os.path.join(copy, mutant.file)
    text = open(path, encoding="utf-8").read()
    try:
        with open(path, "w", encoding="utf-8") as out:
            out.write(mutant.faulty(text))
        built = build(copy, targets_of(mutant.tests))
        if built.returncode:
            return "the compiler"
        for test in mutant.tests:
            ran = run_test(copy, test)
            if "No tests were found" in ran.stdout:
                sys.exit(f"{mutant.name}: there is no test {test}")
            if ran.returncode:
                return test
        return None
    finally:
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="only look whether every fault still fits the sources")
    parser.add_argument("--only", default="", help="faults whose name holds this word")
    parser.add_argument("--copy", default=os.path.join(ROOT, ".build/mutants"), help="folder of the copy")
    arguments = parser.parse_args()
    mutants = [mutant for name in sorted(os.listdir(HERE)) if name.endswith(".mutants")
               for mutant in read_mutants(os.path.join(HERE, name))]
    mutants = [mutant for mutant in mutants if arguments.only in mutant.name]
    stale = [mutant for mutant in mutants if not fits(mutant)]
    for mutant in stale:
        print(f"no longer fits {mutant.file} or {', '.join(mutant.tests)}: {mutant.name}")
    if arguments.check:
        print(f"{len(mutants) - len(stale)} of {len(mutants)} faults fit the sources")
        return 1 if stale or not mutants else 0
    copy_sources(arguments.copy)
    if not os.path.exists(os.path.join(arguments.copy, ".build/dev/build.ninja")):
        subprocess.run(["cmake", "--preset", "dev", "-DDUET_WERROR=OFF"], cwd=arguments.copy, check=True, stdout=subprocess.DEVNULL)
    tests = sorted({test for mutant in mutants for test in mutant.tests})
    built = build(arguments.copy, targets_of(tests))
    if built.returncode:
        sys.exit("The sources do not build without faults:\n" + built.stdout[-3000:])
    for test in tests:
        if run_test(arguments.copy, test).returncode:
            sys.exit(f"{test} fails without any fault")
    living = []
    for number, mutant in enumerate(mutants):
        if mutant in stale:
            continue
        finder = found_by(arguments.copy, mutant)
        print(f"[{number + 1}/{len(mutants)}] {mutant.name}: {'found by ' + finder if finder else 'LIVES'}", flush=True)
        if not finder:
            living.append(mutant)
    print(f"{len(mutants) - len(stale) - len(living)} of {len(mutants)} faults found")
    return 1 if stale or living or not mutants else 0


if __name__ == "__main__":
    sys.exit(main())
