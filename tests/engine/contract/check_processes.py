"""Several processes, signals, full disks, pipes nobody reads: nothing is lost, and it is said. engine/MODEL.md 3 and 4."""
import fcntl
import os
import pty
import resource
import shutil
import signal
import struct
import subprocess
import termios
import unittest
import contract
from contract import RUN_FILES, SMALL, Case, read, read_json, sets, tensors

LONG = [*sets(training__epochs=100000, training__batch=2, spiking__hidden="[16]", data__train_limit=200, data__test_limit=20)]


class Processes(Case):
    def start(self, *arguments, **options):
        process = subprocess.Popen([contract.CLI, *map(str, arguments)], env=self.environment, cwd=self.folder, text=True,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()

    def training(self, name="run", **options):
        """A run that goes on until it is stopped, past its first epoch."""
        process = self.start("train", *LONG, "--out", self.path(name), **options)
        for line in process.stderr:
            if line.startswith("epoch 2/"):
                return process
        self.fail("it ended: " + process.stdout.read())

    def listing(self, name):
        return set(os.listdir(self.path(name)))


class TwoAtOnce(Processes):
    def test_new_runs_into_one_folder(self):
        """Of several that begin at once one trains, and its run is whole; the others are told."""
        for k in range(4):
            name = f"run{k}"
            if k == 1:
                os.mkdir(self.path(name))
            out = self.path(name, "deep", "er") if k == 2 else self.path(name)
            runs = [self.start("train", *SMALL, *sets(seed=s, training__epochs=3), "--out", out, "--json") for s in (1, 2, 3)]
            ends = [(r.communicate(timeout=120), r.returncode) for r in runs]
            codes = [code for _, code in ends]
            self.assertEqual(sorted(codes), [0, 2, 2], ends)
            for (_, said), code in ends:
                if code == 2:
                    self.assertEqual(len(said.strip().splitlines()), 1, said)
                    self.assertIn(out, said)
            self.assertEqual(set(os.listdir(out)), RUN_FILES)
            self.assertEqual(read_json(out + "/experiment.json")["seed"], 1 + codes.index(0))
            self.assertEqual(read_json(out + "/summary.json")["epochs"], 3)

    def test_default_folders(self):
        runs = [self.start("train", *SMALL, "--epochs", "0") for _ in range(4)]
        for r in runs:
            self.assertEqual((r.communicate(timeout=120), r.returncode)[1], 0)
        self.assertEqual(len(os.listdir(self.path("data-home", "duet", "runs"))), 4)

    def test_a_living_run_is_left_alone(self):
        first = self.training()
        before = read(self.path("run", "experiment.json"))
        for arguments in (("--resume", "--out", "run"), ("--resume", "--out", self.path("run", "..", "run")), (*SMALL, "--out", "run")):
            self.refused(2, "train", *arguments, says=["run"])
        self.assertIn(str(first.pid), self.call("train", "--resume", "--out", "run").stderr, "says who")
        self.ok("evaluate", "run")
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=60)
        self.assertEqual(first.returncode, 130)
        self.assertEqual(before, read(self.path("run", "experiment.json")))
        self.assertEqual(self.listing("run"), RUN_FILES)

    def test_a_killed_run_holds_nobody_back(self):
        first = self.training()
        first.kill()
        first.communicate()
        self.ok("train", "--resume", "--out", "run", "--steps", 3)
        self.assertEqual(self.listing("run"), RUN_FILES, "and nothing of it is left lying about")

    def test_two_that_go_on(self):
        self.train("run", "--epochs", 5000, "--steps", 3)
        two = [self.start("train", "--resume", "--out", "run", "--steps", 3000) for _ in range(2)]
        codes = sorted((r.communicate(timeout=120), r.returncode)[1] for r in two)
        steps = read_json(self.path("run", "summary.json"))["steps"]
        self.assertIn((codes, steps), [([0, 2], 3003), ([0, 0], 6003)])  # or one after the other

    def test_a_finished_run_may_be_in_use(self):
        """`--resume` leaves it as it is, also where it cannot be written to."""
        out, summary = self.train("run", "--epochs", 1)
        os.mkdir(out + "/.lock")  # no lock can be had here
        self.assertEqual(self.ok("train", "--resume", "--out", out, "--json").stdout, read(out + "/summary.json"))
        unfinished, _ = self.train("other", "--epochs", 2, "--steps", 3)
        os.mkdir(unfinished + "/.lock")
        self.refused(4, "train", "--resume", "--out", unfinished, says=[unfinished])

    def test_what_a_killed_save_left_goes(self):
        out, _ = self.train("run", "--epochs", 2, "--steps", 3)
        self.write("run/.model.safetensors.tmp-1-1", "half a fi")
        self.write("run/.mine", "kept")
        self.ok("train", "--resume", "--out", out)
        self.assertEqual(self.listing("run"), RUN_FILES | {".mine"})


class Signals(Processes):
    def test_each_saves_once(self):
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            process = self.training(name)
            process.send_signal(getattr(signal, name))
            out, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 130, name)
            self.assertEqual(out, "")
            self.assertIn("--resume", err.splitlines()[-1])
            self.assertEqual(self.listing(name), RUN_FILES)
            steps = read_json(self.path(name, "summary.json"))["steps"]
            self.assertGreaterEqual(steps, 200)
            self.ok("train", "--resume", "--out", name, "--steps", 1)
            self.assertEqual(read_json(self.path(name, "summary.json"))["steps"], steps + 1)

    def test_a_further_one_is_told(self):
        process = self.training()
        process.send_signal(signal.SIGSTOP)  # so that all three have come before the first is answered
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCONT):
            process.send_signal(one)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(err.count("saving"), 2, err)
        self.ok("train", "--resume", "--out", "run", "--steps", 1)

    def test_what_was_ignored_stays_ignored(self):
        """nohup, and jobs in the background."""
        process = self.training(preexec_fn=lambda: [signal.signal(s, signal.SIG_IGN) for s in (signal.SIGHUP, signal.SIGINT)])
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGINT)
        for _ in range(2):
            self.assertTrue(process.stderr.readline().startswith("epoch"))
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertNotIn("saving", err)

    def test_looking_ends(self):
        self.train("run", "--epochs", 0, *sets(data__test_limit=0), small=False)
        process = self.start("evaluate", "run", *(["--noise", "gaussian:0.3"] * 1000))
        listens = 1 << (signal.SIGTERM - 1)
        while not int(read(f"/proc/{process.pid}/status").split("SigBlk:")[1].split()[0], 16) & listens:
            self.assertIsNone(process.poll())
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, len(err.splitlines())), (130, 1), err)


class Disks(Processes):
    def limited(self, blocks):
        """`ulimit -f`: no file may pass so many bytes."""
        return {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (blocks, blocks))}

    def said(self, code, *arguments, says=(), **options):
        process = self.start(*arguments, **options)
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, code, err)
        lines = [line for line in err.splitlines() if line.startswith("duet-cli:")]
        self.assertEqual(len(lines), 1, err)
        for word in says:
            self.assertIn(word, lines[0])

    def test_file_size_limit(self):
        out, _ = self.train("run", "--epochs", 2, "--steps", 3)
        before = {f: read(f"{out}/{f}", "rb") for f in os.listdir(out)}
        self.said(4, "train", *SMALL, "--epochs", 1, "--out", "new", says=["new/model.safetensors"], **self.limited(100_000))
        self.assertFalse(os.path.exists(self.path("new")), "nothing is left of what never began")
        self.said(4, "train", "--resume", "--out", out, says=["model.safetensors"], **self.limited(100_000))
        self.assertEqual(before, {f: read(f"{out}/{f}", "rb") for f in os.listdir(out)}, "the old state stands, whole")
        self.said(4, "evaluate", out, "--logits", "l.csv", says=["l.csv"], **self.limited(1000))
        self.said(4, "spikes", out, "--image", 0, "--csv", "s.csv", says=["s.csv"], **self.limited(10))
        self.write("c.qasm", 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[1];\nh q[0];\n')
        self.said(4, "circuit", "c.qasm", "--svg", "c.svg", says=["c.svg"], **self.limited(10))
        self.assertEqual({f for f in os.listdir(self.folder) if "tmp" in f or f.endswith(("csv", "svg"))}, set())

    def test_full_standard_output(self):
        out, _ = self.train("run", "--epochs", 1)
        good = self.write("good.json", '{"duet": 1}')
        circuit = self.write("c.qasm", 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[1];\nh q[0];\n')
        for arguments in (["presets"], ["--help"], ["train", "--help"], ["--version"], ["data", "list"], ["check", good], ["circuit", circuit],
                          ["evaluate", out], ["evaluate", out, "--json"], ["spikes", out, "--image", 1], ["train", "--resume", "--out", out],
                          ["train", *SMALL, "--epochs", "0", "--out", "new", "--json"]):
            for target in ("/dev/full", None):
                with open(target or os.devnull, "w" if target else "r") as full:
                    done = subprocess.run([contract.CLI, *map(str, arguments)], env=self.environment, cwd=self.folder, stdout=full,
                                          stderr=subprocess.PIPE, text=True, timeout=120)
                self.assertEqual(done.returncode, 4, arguments)
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
                self.assertIn("standard output", done.stderr)
                if "new" in arguments:
                    self.assertEqual(self.listing("new"), RUN_FILES, "the run is saved all the same")
                    shutil.rmtree(self.path("new"))

    def test_closed_standard_streams(self):
        """A file of ours must not become standard error."""
        out, _ = self.train("whole", "--epochs", 1)
        done = subprocess.run(["sh", "-c", '"$0" "$@" <&- >&- 2>&-', contract.CLI, "train", *SMALL, "--epochs", "1", "--out", "run"],
                              env=self.environment, cwd=self.folder, timeout=120)
        self.assertEqual(done.returncode, 4)
        for file in ("model.safetensors", "checkpoint.safetensors", "experiment.json"):
            self.assertEqual(read(self.path("run", file), "rb"), read(f"{out}/{file}", "rb"), file)

    def test_pipe_that_nobody_reads(self):
        """Like other tools: no word, ended by SIGPIPE."""
        out, _ = self.train("run", "--epochs", 1)
        for arguments in (["presets"], ["train", "--help"], ["spikes", out, "--image", 0, "--json"], ["evaluate", out, "--logits", "/dev/stdout"]):
            read_end, write_end = os.pipe()
            os.close(read_end)
            done = subprocess.run([contract.CLI, *map(str, arguments)], env=self.environment, cwd=self.folder, stdout=write_end,
                                  stderr=subprocess.PIPE, text=True, timeout=120)
            os.close(write_end)
            self.assertEqual((done.returncode, done.stderr), (-signal.SIGPIPE, ""), arguments)

    def test_progress_that_nobody_reads(self):
        """Training is not lost because its progress is not looked at."""
        process = self.start("train", *SMALL, "--epochs", 3, "--out", "run")
        process.stderr.close()
        self.assertIn("saved in", process.stdout.read())
        self.assertEqual(process.wait(timeout=60), 0)
        self.assertEqual(read_json(self.path("run", "summary.json"))["epochs"], 3)

    def test_folder_taken_away_in_training(self):
        process = self.training()
        shutil.rmtree(self.path("run"))
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 4, err)
        self.assertIn("run", err.splitlines()[-1])
        self.assertFalse(os.path.exists(self.path("run")))

    def test_folder_to_read_only(self):
        out, _ = self.train("run", "--epochs", 2, "--steps", 3)
        os.chmod(out, 0o555)
        self.addCleanup(os.chmod, out, 0o755)
        if os.access(out, os.W_OK):  # root may: another user then, who can read all of it
            os.chmod(self.folder, 0o755)
            other = {"preexec_fn": lambda: os.setuid(65534)}
        else:
            other = {}
        self.said(4, "train", "--resume", "--out", out, says=[out], **other)
        process = self.start("evaluate", out, "--json", **other)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0)


class Terminal(Processes):
    """Progress on a terminal: one line that never breaks, however wide the window is drawn."""

    def open(self, columns, **environment):
        self.screen, terminal = pty.openpty()
        self.addCleanup(os.close, self.screen)
        self.resize(columns)
        self.environment.update(environment)
        process = subprocess.Popen([contract.CLI, "train", *map(str, LONG), "--set", "training.threads=1", "--out", "run"],
                                   env=self.environment, cwd=self.folder,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=terminal)
        self.addCleanup(self.end, process)
        os.close(terminal)
        self.seen = b""
        return process

    def resize(self, columns):
        fcntl.ioctl(self.screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def bars(self, count):
        """The next so many texts of the line at the bottom."""
        found = []
        while len(found) < count:
            self.seen += os.read(self.screen, 4096)
            *whole, self.seen = self.seen.split(b"\r\x1b[K")
            found += [text.decode() for text in whole if b"\n" not in text and text]
        return found

    def test_the_bar_is_as_wide_as_the_terminal(self):
        process = self.open(100, TERM="xterm")
        self.assertTrue(all(len(bar) <= 99 for bar in self.bars(3)))
        for columns in (60, 30, 12, 200, 3):
            self.resize(columns)
            self.bars(3)  # one may have been on its way
            for bar in self.bars(3):
                self.assertLessEqual(len(bar), columns - 1)
                self.assertGreaterEqual(len(bar), min(columns - 1, 20))
                self.assertTrue("epoch".startswith(bar[:5]) or bar.startswith("epoch"))
                if columns != 60:  # there it depends on how many digits the rest has
                    self.assertEqual("[" in bar, columns == 200, bar)
                if "[" in bar:
                    self.assertGreaterEqual(bar.index("]") - bar.index("["), 9, bar)
                else:
                    self.assertGreater(len(bar), columns - 13, "no bar although there is room: " + bar)
                if columns == 200:
                    self.assertIn(" left", bar)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        self.assertEqual(process.returncode, 130)

    def test_plain_lines_where_nothing_can_be_written_over(self):
        for terminal in ("dumb", ""):
            process = self.open(80, TERM=terminal)
            while self.seen.count(b"\n") < 3:
                self.seen += os.read(self.screen, 4096)
            self.assertIn(b"epoch 1/", self.seen)
            self.assertNotIn(b"\x1b", self.seen)
            self.assertNotIn(b"[", self.seen)
            self.end(process)
            shutil.rmtree(self.path("run"))


class Threads(Processes):
    def test_fewer_threads_than_wanted(self):
        out, _ = self.train("free", "--epochs", 1)
        os.chmod(self.folder, 0o777)

        def few(count):
            def limit():
                resource.setrlimit(resource.RLIMIT_NPROC, (count, count))
                if os.getuid() == 0:
                    os.setuid(60123)  # root has no limit, and this user runs nothing else
            return limit

        for count in (3, 5) if os.getuid() == 0 else ():
            process = self.start("train", *SMALL, "--epochs", 1, *sets(training__threads=8), "--out", f"few{count}", preexec_fn=few(count))
            _, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 0, err)
            self.assertEqual(tensors(out + "/model.safetensors"), tensors(self.path(f"few{count}", "model.safetensors")))
        process = self.start("train", *SMALL, "--out", "none", preexec_fn=few(1))
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 2, err)
        self.assertEqual(len(err.splitlines()), 1)
        self.assertIn("ulimit", err)


if __name__ == "__main__":
    contract.main()
