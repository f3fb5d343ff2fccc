"""Helpers of the black-box checks: run duet-cli as a user does, read its files with nothing of ours.

    python3 check_train.py PATH/TO/duet-cli [unittest arguments]

Python's standard library only. Every check works in a temporary folder with its own XDG_DATA_HOME.
"""
import csv
import gzip
import hashlib
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

CLI = None
SMALL = ["--set", "data.train_limit=320", "--set", "data.test_limit=100"]
HEADER = ("epoch,seconds,images_per_second,train_loss,train_accuracy,test_loss,test_accuracy,"
          "test_accuracy_spiking,test_accuracy_quantum")
SUMMARY_KEYS = ["epochs", "steps", "seconds", "images_per_second", "parameters", "train_loss", "train_accuracy", "test_loss",
                "test_accuracy", "test_accuracy_spiking", "test_accuracy_quantum", "seed", "data", "signature"]
RUN_FILES = {"experiment.json", "metrics.csv", "summary.json", "model.safetensors", "checkpoint.safetensors", "commands.jsonl"}


class Case(unittest.TestCase):
    longMessage = True
    maxDiff = 2000

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="duet-contract-")
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.environment = {**os.environ, "XDG_DATA_HOME": self.path("data-home"), "HOME": self.folder}
        for name in ("DUET_DATA", "DUET_ISA"):
            self.environment.pop(name, None)

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write(self, name, content):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())
        return path

    def call(self, *arguments, environment=None, timeout=240, piped=""):
        """`piped`: what standard input holds."""
        return subprocess.run([CLI, *map(str, arguments)], env={**self.environment, **(environment or {})}, cwd=self.folder,
                              capture_output=True, text=True, timeout=timeout, input=piped)

    def ok(self, *arguments, **options):
        done = self.call(*arguments, **options)
        self.assertEqual(done.returncode, 0, f"duet-cli {' '.join(map(str, arguments))}\n{done.stderr}")
        return done

    def refused(self, code, *arguments, says=(), **options):
        """Exit code, one sentence on stderr that names what it must, nothing on stdout."""
        done = self.call(*arguments, **options)
        said = f"duet-cli {' '.join(map(str, arguments))[:300]}\n{done.stderr[:600]}"
        self.assertEqual(done.returncode, code, said)
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        self.assertEqual(len(lines), 1, "one sentence: " + said)
        self.assertEqual(done.stdout, "", said)
        for word in says:
            self.assertIn(str(word), done.stderr, said)
        return done

    def train(self, name, *arguments, small=True, **options):
        """A run folder; returns its path and summary."""
        out = self.path(name)
        preset = arguments[:1] if arguments and not str(arguments[0]).startswith("-") else ()
        done = self.ok("train", *preset, *(SMALL if small else []), *arguments[len(preset):], "--out", out, "--json", **options)
        return out, json.loads(done.stdout)


def sets(**values):
    """quantum__qubits=3 -> --set quantum.qubits=3"""
    out = []
    for key, value in values.items():
        out += ["--set", key.replace("__", ".") + "=" + str(value)]
    return out


def read(path, mode="r"):
    with open(path, mode) as file:
        return file.read()


def read_json(path):
    return json.loads(read(path))


def read_csv(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def tensors(path):
    """name -> (dtype, shape, bytes) of a safetensors file."""
    data = read(path, "rb")
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    header.pop("__metadata__", None)
    body = data[8 + size:]
    return {k: (v["dtype"], v["shape"], body[slice(*v["data_offsets"])]) for k, v in header.items()}


def floats(blob):
    return struct.unpack(f"<{len(blob) // 4}f", blob)


def signature(path):
    digest = hashlib.sha256()
    for _, (_, _, blob) in sorted(tensors(path).items()):
        digest.update(blob)
    return digest.hexdigest()[:16]


def metrics_without_clock(path):
    """metrics.csv without the columns that hold time."""
    return [{k: v for k, v in row.items() if k not in ("seconds", "images_per_second")} for row in read_csv(path)]


def idx_images(images, rows, cols):
    return struct.pack(">IIII", 2051, len(images), rows, cols) + b"".join(bytes(i) for i in images)


def idx_labels(labels):
    return struct.pack(">II", 2049, len(labels)) + bytes(labels)


def idx_folder(case, name, count=60, rows=6, cols=5, zipped=False, labels=None):
    """A folder of four small IDX files; returns its path."""
    pictures = [[(17 * i + 31 * k * k) % 256 for k in range(rows * cols)] for i in range(count)]
    labels = labels if labels is not None else [i % 10 for i in range(count)]
    for part in ("train", "t10k"):
        for kind, data in (("images-idx3-ubyte", idx_images(pictures, rows, cols)), ("labels-idx1-ubyte", idx_labels(labels))):
            case.write(f"{name}/{part}-{kind}" + (".gz" if zipped else ""), gzip.compress(data) if zipped else data)
    return case.path(name)


def main():
    global CLI
    if len(sys.argv) < 2:
        sys.exit("usage: check_X.py PATH/TO/duet-cli [unittest arguments]")
    import contract
    contract.CLI = os.path.abspath(sys.argv.pop(1))
    unittest.main(module="__main__", verbosity=1)
