"""`train` and the run folder: engine/MODEL.md 3 and 4."""
import json
import math
import os
import re
import signal
import struct
import subprocess
import unittest
import contract
from contract import (HEADER, RUN_FILES, SMALL, SUMMARY_KEYS, Case, floats, metrics_without_clock, read, read_csv, read_json, sets,
                      signature, tensors)

WEIGHTS = "model.safetensors"


class RunFolder(Case):
    def test_files_header_summary(self):
        out, summary = self.train("run", "--epochs", 2)
        self.assertEqual(set(os.listdir(out)), RUN_FILES)
        lines = read(out + "/metrics.csv").splitlines()
        self.assertEqual(lines[0], HEADER)
        self.assertEqual(len(lines), 3)
        rows = read_csv(out + "/metrics.csv")
        self.assertEqual([r["epoch"] for r in rows], ["1", "2"])
        self.assertEqual(list(summary), SUMMARY_KEYS)
        self.assertEqual(summary, read_json(out + "/summary.json"))
        self.assertEqual((summary["epochs"], summary["steps"], summary["seed"]), (2, 20, 1))
        for key in ("train_loss", "train_accuracy", "test_loss", "test_accuracy", "test_accuracy_spiking", "test_accuracy_quantum"):
            self.assertEqual(float(rows[-1][key]), summary[key], key)
            if "accuracy" in key:
                self.assertTrue(0 <= summary[key] <= 1, key)
        self.assertEqual(summary["signature"], signature(f"{out}/{WEIGHTS}"))
        self.assertEqual(summary["parameters"], sum(math.prod(s) for _, s, _ in tensors(f"{out}/{WEIGHTS}").values()))

    def test_results_to_stdout_progress_to_stderr(self):
        done = self.ok("train", *SMALL, "--epochs", 1, "--out", self.path("run"))
        self.assertTrue(done.stdout.strip(), "results on stdout")
        self.assertNotIn("\r", done.stderr, "plain lines where there is no terminal")
        self.assertNotIn("\x1b", done.stderr + done.stdout)
        done = self.ok("train", *SMALL, "--epochs", 1, "--out", self.path("two"), "--json")
        self.assertEqual(json.loads(done.stdout), read_json(self.path("two", "summary.json")))

    def test_validation_columns(self):
        out, _ = self.train("run", "--epochs", 1, *sets(data__validation=0.2))
        lines = read(out + "/metrics.csv").splitlines()
        self.assertEqual(lines[0], HEADER + ",validation_loss,validation_accuracy")
        row = read_csv(out + "/metrics.csv")[0]
        self.assertTrue(0 <= float(row["validation_accuracy"]) <= 1)
        self.assertEqual(read_json(out + "/summary.json")["steps"], 8)

    def test_what_does_not_apply_is_null_or_empty(self):
        for kind, missing in (("spiking", "test_accuracy_quantum"), ("serial", "test_accuracy_spiking")):
            out, summary = self.train(kind, "--epochs", 1, *sets(model__kind=kind))
            self.assertIsNone(summary[missing])
            self.assertEqual(read_csv(out + "/metrics.csv")[0][missing], "")

    def test_refuses_a_folder_that_holds_a_run(self):
        out, _ = self.train("run", "--epochs", 1)
        before = {f: read(f"{out}/{f}", "rb") for f in os.listdir(out)}
        self.refused(2, "train", *SMALL, "--epochs", 1, "--out", out)
        self.assertEqual(before, {f: read(f"{out}/{f}", "rb") for f in os.listdir(out)})

    def test_default_folder(self):
        self.ok("train", "serial", *SMALL, "--epochs", 1, *sets(seed=7))
        names = os.listdir(self.path("data-home", "duet", "runs"))
        self.assertEqual(len(names), 1)
        self.assertIn("serial", names[0])
        self.assertRegex(names[0], r"20\d\d")
        self.assertIn("7", names[0])

    def test_saved_experiment_has_every_key(self):
        out, _ = self.train("run", "--epochs", 0, small=False)
        expected = {"duet": 1, "seed": 1,
                    "data": {"source": "mnist-mini", "classes": list(range(10)), "train_limit": 0, "test_limit": 0, "validation": 0.0,
                             "noise": {"kind": "none", "amount": 0.0, "apply": "both"}, "augment": {"shift_px": 0, "rotate_deg": 0}},
                    "model": {"kind": "parallel", "fusion_ratio": 0.6},
                    "spiking": {"encoder": "constant", "max_rate": 1.0, "steps": 10, "dt_ms": 1, "hidden": [128],
                                "neuron": {"kind": "lif", "tau_ms": 10, "threshold": 1, "v_rest": 0, "v_reset": 0, "resistance": 10,
                                           "refractory_ms": 0, "reset": "subtract", "surrogate": "fast_sigmoid", "slope": 25}},
                    "quantum": {"input": "spiking", "qubits": 5, "ansatz": "star", "layers": 1, "reupload": False, "projection": [],
                                "circuit": ""},
                    "training": {"epochs": 0, "batch": 32, "optimizer": "adam", "learning_rate": 0.001, "momentum": 0,
                                 "weight_decay": 0.01, "schedule": "constant", "step_epochs": 10, "step_factor": 0.1, "clip_norm": 0,
                                 "train_spiking": True, "train_quantum": True, "threads": 0}}
        self.assertEqual(read_json(out + "/experiment.json"), expected)

    def test_defaults_follow_the_kind_chosen(self):
        for text, path, value in (('{"duet":1,"spiking":{"neuron":{"kind":"rate"}}}', ("spiking", "dt_ms"), 10),
                                  ('{"duet":1,"spiking":{"neuron":{"surrogate":"atan"}}}', ("spiking", "neuron", "slope"), 2),
                                  ('{"duet":1,"spiking":{"neuron":{"surrogate":"triangular"}}}', ("spiking", "neuron", "slope"), 1),
                                  ('{"duet":1,"spiking":{"neuron":{"kind":"rate"},"dt_ms":5}}', ("spiking", "dt_ms"), 5)):
            name = f"e{len(os.listdir(self.folder))}"
            out, _ = self.train(name, self.write(name + ".json", text), "--epochs", 0)
            node = read_json(out + "/experiment.json")
            for key in path:
                node = node[key]
            self.assertEqual(node, value, text)

    def test_set_overrides_file(self):
        file = self.write("e.json", '{"duet": 1, "seed": 3, "model": {"kind": "serial"}}')
        out, summary = self.train("run", file, "--epochs", 0, "--set", "seed=9", "--set", "spiking.hidden=[16,8]")
        saved = read_json(out + "/experiment.json")
        self.assertEqual((saved["seed"], saved["model"]["kind"], saved["spiking"]["hidden"]), (9, "serial", [16, 8]))
        self.assertEqual(summary["seed"], 9)

    def test_saved_experiment_trains_the_same(self):
        out, first = self.train("a", "--epochs", 1, *sets(quantum__ansatz="ring", spiking__neuron__tau_ms=7.3))
        _, second = self.train("b", out + "/experiment.json", small=False)
        self.assertEqual(first["signature"], second["signature"])


class Tensors(Case):
    def shapes(self, *arguments):
        out, _ = self.train(f"run{len(os.listdir(self.folder))}", "--epochs", 0, *arguments)
        found = tensors(f"{out}/{WEIGHTS}")
        self.assertEqual({t for t, _, _ in found.values()}, {"F32"})
        return {k: s for k, (_, s, _) in found.items()}

    def test_names_and_shapes(self):
        spiking = {"spiking.0.weight": [128, 784], "spiking.0.bias": [128], "spiking.readout.weight": [10, 128], "spiking.readout.bias": [10]}
        encoder = {"quantum.encoder.0.weight": [128, 784], "quantum.encoder.0.bias": [128]}

        def tail(n, width, weights):
            out = {"quantum.readout.weight": [10, n], "quantum.readout.bias": [10]}
            if width:
                out.update({"quantum.angles.weight": [n, width], "quantum.angles.bias": [n]})
            if weights:
                out["quantum.circuit.weights"] = [weights]
            return out

        self.assertEqual(self.shapes(), {**spiking, **encoder, **tail(5, 128, 12)})
        self.assertEqual(self.shapes(*sets(model__kind="spiking")), spiking)
        self.assertEqual(self.shapes(*sets(model__kind="serial")), {**encoder, **tail(5, 128, 12)})
        self.assertEqual(self.shapes(*sets(quantum__ansatz="none")), {**spiking, **encoder, **tail(5, 128, 0)})
        self.assertEqual(self.shapes(*sets(quantum__input="linear", quantum__qubits=3, quantum__ansatz="ring", quantum__layers=2)),
                         {**spiking, **tail(3, 784, 6)})
        self.assertEqual(self.shapes(*sets(quantum__input="pooled", quantum__qubits=4, quantum__ansatz="linear")), {**spiking, **tail(4, 0, 8)})
        self.assertEqual(self.shapes(*sets(quantum__input="amplitude", quantum__qubits=10, quantum__ansatz="strongly_entangling")),
                         {**spiking, **tail(10, 0, 30)})
        self.assertEqual(self.shapes(*sets(quantum__qubits=4, quantum__ansatz="all_to_all", spiking__hidden="[20,12]", quantum__projection="[9,8]")),
                         {"spiking.0.weight": [20, 784], "spiking.0.bias": [20], "spiking.1.weight": [12, 20], "spiking.1.bias": [12],
                          "spiking.readout.weight": [10, 12], "spiking.readout.bias": [10], "quantum.encoder.0.weight": [20, 784],
                          "quantum.encoder.0.bias": [20], "quantum.encoder.1.weight": [12, 20], "quantum.encoder.1.bias": [12],
                          "quantum.projection.0.weight": [9, 12], "quantum.projection.0.bias": [9], "quantum.projection.1.weight": [8, 9],
                          "quantum.projection.1.bias": [8], **tail(4, 8, 14)})
        self.assertEqual(self.shapes(*sets(quantum__qubits=1)), {**spiking, **encoder, **tail(1, 128, 0)})

    def test_initial_weights(self):
        out, _ = self.train("run", "--epochs", 0, *sets(quantum__layers=40))
        for name, (_, shape, blob) in tensors(f"{out}/{WEIGHTS}").items():
            values = floats(blob)
            if name == "quantum.circuit.weights":
                deviation = math.sqrt(sum(v * v for v in values) / len(values))
                self.assertTrue(0.008 < deviation < 0.012, f"{name}: {deviation}")
                continue
            fan_in = {"spiking.0": 784, "quantum.encoder.0": 784, "quantum.readout": 5}.get(name.rsplit(".", 1)[0], 128)
            bound = 1 / math.sqrt(fan_in)
            self.assertLessEqual(max(map(abs, values)), bound * 1.000001, name)
            if len(values) > 100:
                self.assertGreater(max(map(abs, values)), bound * 0.95, name)
                mean = sum(values) / len(values)
                self.assertLess(abs(mean), 4 * bound / math.sqrt(3 * len(values)), name)

    def test_frozen_branch_stands_still(self):
        start, _ = self.train("start", "--epochs", 0)
        before = tensors(f"{start}/{WEIGHTS}")
        for lock, prefix in (("train_spiking", "spiking."), ("train_quantum", "quantum.")):
            out, _ = self.train(lock, "--epochs", 1, "--set", f"training.{lock}=false", *sets(training__optimizer="adamw"))
            after = tensors(f"{out}/{WEIGHTS}")
            for name in before:
                self.assertEqual(before[name] == after[name], name.startswith(prefix), f"{lock}: {name}")


class Explained(Case):
    """`--explain-step N`: a table after the run's step N."""

    HEAD = re.compile(r"step ([\d,]+) \(epoch (\d+), (\d+) images?\): loss (\S+), learning rate (\S+), gradient norm ([^\s,]+)(, clipped to (\S+))?$")

    def tables(self, text):
        """[(head, {tensor: [gradient, zero share, weights, update]})]"""
        found = []
        for line in text.splitlines():
            if self.HEAD.match(line):
                found.append((self.HEAD.match(line), {}))
            elif found and len(line.split()) == 5:
                name, *cells = line.split()
                found[-1][1][name] = [None if c == "frozen" else float(c) for c in cells]
        return found

    def test_figures(self):
        """Against the weights before and after, which plain SGD moves along the gradient."""
        rate, sgd = 0.25, sets(training__optimizer="sgd", training__learning_rate=0.25)
        self.train("before", *sgd, "--epochs", 2, "--steps", 13)
        done = self.ok("train", *SMALL, *sgd, "--epochs", 2, "--steps", 14, "--explain-step", 14, "--explain-step", 1, "--out", "after")
        (first, _), (head, rows) = self.tables(done.stdout)
        self.assertEqual((first[1], first[2], head[1], head[2], head[3]), ("1", "1", "14", "2", "32"))
        self.assertEqual((float(head[5]), head[7]), (rate, None))
        before, after = (tensors(self.path(name, WEIGHTS)) for name in ("before", "after"))
        self.assertEqual(list(rows), sorted(after))

        def near(found, expected):
            self.assertAlmostEqual(found, expected, delta=2e-3 * expected + 1e-9)

        squares = 0
        for name, (gradient, zeros, weights, update) in rows.items():
            old, new = floats(before[name][2]), floats(after[name][2])
            moved = [b - a for a, b in zip(old, new)]
            near(weights, math.hypot(*new))
            near(update, math.hypot(*moved))
            near(update, rate * gradient)
            self.assertGreaterEqual(moved.count(0) / len(moved) + 1e-3, zeros)
            squares += gradient ** 2
        near(float(head[6]), math.sqrt(squares))
        self.assertGreater(rows["spiking.0.weight"][1], 0.1, "pixels at the border are black")

    def test_it_changes_nothing(self):
        plain, _ = self.train("plain", "--epochs", 1)
        told = self.ok("train", *SMALL, "--epochs", 1, "--out", "told", "--explain-step", 3, "--json")
        self.assertEqual(json.loads(told.stdout)["signature"], signature(f"{plain}/{WEIGHTS}"))
        self.assertEqual(len(self.tables(told.stderr)), 1, "standard output is for summary.json alone")

    def test_frozen_and_clipped(self):
        (head, rows), = self.tables(self.ok("train", *SMALL, *sets(training__train_spiking="false", training__clip_norm=0.001), "--epochs", 1,
                                            "--out", "run", "--explain-step", 2).stdout)
        self.assertEqual(head[8], "0.001")
        for name, (gradient, zeros, weights, update) in rows.items():
            self.assertEqual((gradient is None, zeros is None, update == 0), (name.startswith("spiking"),) * 3, name)
            self.assertGreater(weights, 0)

    def test_steps_are_the_runs_own(self):
        self.train("run", "--epochs", 2, "--steps", 4)
        self.refused(2, "train", "--resume", "--out", "run", "--explain-step", 4, says=["--explain-step", "5 to 20"])
        self.assertEqual([t[0][1] for t in self.tables(self.ok("train", "--resume", "--out", "run", "--explain-step", 5).stdout)], ["5"])
        self.refused(2, "train", "--resume", "--out", "run", "--explain-step", 30, says=["no step is to come"])
        for bad, says in ((0, "1"), (11, "1 to 10"), ("x", "whole numbers")):
            self.refused(2, "train", *SMALL, "--epochs", 1, "--out", "new", "--explain-step", bad, says=["--explain-step", says])
        self.refused(2, "train", *SMALL, "--epochs", 1, "--steps", 3, "--out", "new", "--explain-step", 4, says=["1 to 3"])
        self.assertFalse(os.path.exists(self.path("new")), "refused before anything is written")

    def test_the_step_that_goes_wrong(self):
        """Is what the table is for."""
        out, _ = self.train("run", "--epochs", 1, "--steps", 4)
        file = out + "/checkpoint.safetensors"
        readout = tensors(file)["spiking.readout.weight"][2]
        self.write("run/checkpoint.safetensors", read(file, "rb").replace(readout, struct.pack("<f", 3e38) * (len(readout) // 4)))
        done = self.call("train", "--resume", "--out", "run", "--explain-step", 5)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("loss", done.stderr.splitlines()[-1])
        (head, rows), = self.tables(done.stdout)
        self.assertFalse(math.isfinite(float(head[4])))
        self.assertEqual({row[3] for row in rows.values()}, {0}, "there was no update")

    def test_a_table_that_nobody_reads(self):
        """`| head -1`: no word, and the step is saved."""
        read_end, write_end = os.pipe()
        os.close(read_end)
        done = subprocess.run([contract.CLI, "train", *SMALL, "--out", "run", "--explain-step", "7"], env=self.environment, cwd=self.folder,
                              stdout=write_end, stderr=subprocess.PIPE, text=True, timeout=120)
        os.close(write_end)
        self.assertEqual((done.returncode, done.stderr), (-signal.SIGPIPE, ""))
        self.assertEqual(read_json(self.path("run", "summary.json"))["steps"], 7)


class SameBits(Case):
    def same(self, a, b, *files):
        for file in files or (WEIGHTS, "checkpoint.safetensors"):
            self.assertEqual(read(f"{a}/{file}", "rb"), read(f"{b}/{file}", "rb"), file)
        self.assertEqual(metrics_without_clock(a + "/metrics.csv"), metrics_without_clock(b + "/metrics.csv"))

    def test_thread_counts(self):
        for extra in ([], sets(spiking__encoder="poisson", training__batch=100, spiking__hidden="[32,16]"),
                      sets(spiking__neuron__kind="rate", training__clip_norm=0.5, training__batch=48)):
            runs = [self.train(f"t{n}-{len(os.listdir(self.folder))}", "--epochs", 1, *extra, *sets(training__threads=n))[0] for n in (1, 2, 4)]
            self.same(runs[0], runs[1])
            self.same(runs[0], runs[2])

    def test_same_again_and_seeds_differ(self):
        a, first = self.train("a", "--epochs", 1)
        b, second = self.train("b", "--epochs", 1)
        self.same(a, b, WEIGHTS, "checkpoint.safetensors", "experiment.json", "commands.jsonl")
        self.assertNotEqual(self.train("c", "--epochs", 1, *sets(seed=2))[1]["signature"], first["signature"])

    def test_another_locale(self):
        _, first = self.train("a", "--epochs", 1)
        _, second = self.train("b", "--epochs", 1, environment={"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"})
        self.assertEqual(first["signature"], second["signature"])

    def test_steps_then_resume(self):
        """Stopped in the middle of an epoch, at its end, and twice: always the bits of the run that was not."""
        extra = ["--epochs", 3, *sets(spiking__encoder="poisson", spiking__hidden="[32]", training__schedule="cosine", training__clip_norm=1)]
        whole, full = self.train("whole", *extra)
        for stops in ([7], [10], [1, 9, 14], [30]):
            name = "stop" + "-".join(map(str, stops))
            out, part = self.train(name, *extra, "--steps", stops[0])
            self.assertEqual(part["steps"], stops[0])
            done = stops[0]
            for steps in stops[1:]:
                part = json.loads(self.ok("train", "--resume", "--out", out, "--steps", steps, "--json").stdout)
                done += steps
                self.assertEqual(part["steps"], min(done, 30))
            last = json.loads(self.ok("train", "--resume", "--out", out, "--json", *([])).stdout)
            self.assertEqual(last["signature"], full["signature"], name)
            self.same(whole, out)
            self.assertEqual(last["train_loss"], full["train_loss"])

    def test_finished_run_is_left_as_it_is(self):
        out, first = self.train("run", "--epochs", 1)
        before = {f: (read(f"{out}/{f}", "rb"), os.stat(f"{out}/{f}").st_mtime_ns) for f in os.listdir(out)}
        done = self.ok("train", "--resume", "--out", out, "--json")
        self.assertEqual(json.loads(done.stdout), first)
        self.assertEqual(before, {f: (read(f"{out}/{f}", "rb"), os.stat(f"{out}/{f}").st_mtime_ns) for f in os.listdir(out)})

    def test_resume_refusals(self):
        out, _ = self.train("run", "--epochs", 2, "--steps", 3)
        self.refused(2, "train", "--resume", "--out", out, "--set", "seed=3", says=["--set"])
        self.refused(2, "train", "--resume", "--out", self.path("nowhere"), says=["nowhere"])
        other, _ = self.train("other", "--epochs", 2, "--steps", 3, *sets(seed=5))
        os.replace(f"{other}/checkpoint.safetensors", f"{out}/checkpoint.safetensors")
        self.refused(2, "train", "--resume", "--out", out)

    def test_resume_with_other_threads(self):
        whole, full = self.train("whole", "--epochs", 2)
        out, _ = self.train("run", "--epochs", 2, "--steps", 13, *sets(training__threads=1))
        saved = read_json(out + "/experiment.json")
        saved["training"]["threads"] = 2
        self.write("run/experiment.json", json.dumps(saved))
        self.ok("train", "--resume", "--out", out)
        self.same(whole, out)

    def test_interrupt(self):
        extra = ["--epochs", "30", *sets(training__batch=2, spiking__hidden="[16]", data__train_limit=1000, data__test_limit=50)]
        whole = self.path("whole")
        self.ok("train", *extra, "--out", whole)
        out = self.path("run")
        process = subprocess.Popen([contract.CLI, "train", *map(str, extra), "--out", out], env=self.environment,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2):  # two lines of progress, then Ctrl-C
            process.stderr.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertTrue(os.path.exists(out + "/checkpoint.safetensors"))
        self.assertLess(len(read(out + "/metrics.csv").splitlines()), 31, "it had ended before it was stopped")
        self.ok("train", "--resume", "--out", out)
        self.same(whole, out)

    def test_replay(self):
        out, first = self.train("run", "--epochs", 2)
        again = self.path("again")
        second = json.loads(self.ok("train", "--replay", out, "--out", again, "--json").stdout)
        self.assertEqual(first["signature"], second["signature"])
        self.same(out, again, WEIGHTS, "experiment.json")
        self.refused(2, "train", "--replay", self.path("nowhere"), "--out", self.path("x"), says=["nowhere"])

    def test_replay_of_live_changes(self):
        """Experiment and log alone are enough; a change takes effect at its step and is logged again."""
        out, first = self.train("run", "--epochs", 2)
        log = ('{"step": 3, "epochs": 0, "set": {"model.fusion_ratio": 0.2}}\n'
               '{"step": 15, "epochs": 1, "set": {"training.learning_rate": 0.01, "spiking.neuron.threshold": 0.8}}\n')
        self.write("live/experiment.json", read(out + "/experiment.json"))
        self.write("live/commands.jsonl", log)
        second = json.loads(self.ok("train", "--replay", self.path("live"), "--out", self.path("two"), "--json").stdout)
        self.assertEqual(second["steps"], 20)
        self.assertNotEqual(first["signature"], second["signature"])
        self.assertEqual([json.loads(line) for line in read(self.path("two", "commands.jsonl")).splitlines()],
                         [json.loads(line) for line in log.splitlines()])
        self.ok("train", "--replay", self.path("two"), "--out", self.path("three"), "--json")
        self.same(self.path("two"), self.path("three"))
        for bad in ('{"step": 3, "epochs": 0, "set": {"model.fusion_ratio": 7}}', "x"):
            self.write("live/commands.jsonl", bad + "\n")
            self.refused(2, "train", "--replay", self.path("live"), "--out", self.path("bad"), says=["commands.jsonl", "1"])
        self.write("live/commands.jsonl", '{"step": 3, "epochs": 0, "set": {"quantum.qubits": 4}}\n')
        self.refused(2, "train", "--replay", self.path("live"), "--out", self.path("bad"))

    def test_every_instruction_set_tells_the_same(self):
        """From the same weights, logits agree to 1e-5 but for images whose spikes sit on the threshold."""
        out, _ = self.train("run", "--epochs", 1)
        answers = []
        for isa in ("x86-64", "x86-64-v3", "x86-64-v4", "native"):
            file = self.path(isa + ".csv")
            if self.call("evaluate", out, "--logits", file, environment={"DUET_ISA": isa}).returncode == 0:
                answers.append(read_csv(file))
        self.assertTrue(answers)
        columns = [f"{b}{k}" for b in "sq" for k in range(10)]
        for other in answers[1:]:
            off = sum(any(abs(float(a[c]) - float(b[c])) > 1e-5 * (1 + abs(float(a[c]))) for c in columns) for a, b in zip(answers[0], other))
            self.assertLessEqual(off, 0.05 * len(other))
        self.refused(2, "evaluate", out, environment={"DUET_ISA": "vax"}, says=["vax", "DUET_ISA"])


if __name__ == "__main__":
    contract.main()
