"""Bad input: one sentence, the right exit code, nothing lost. engine/MODEL.md 3 and 4."""
import json
import os
import struct
import unittest
import contract
from contract import SMALL, Case, idx_folder, idx_images, idx_labels, read, read_json, sets


class Usage(Case):
    def test_bad_usage(self):
        for arguments in ((), ("fly",), ("train", "--wings"), ("train", "--epochs"), ("train", "--epochs", "many"), ("train", "--epochs", "-1"),
                          ("train", "--steps", "0.5"), ("train", "--resume"), ("evaluate",), ("spikes",), ("circuit",), ("check",),
                          ("train", "no-such-preset"), ("train", "nowhere.json"), ("train", "--set", "seed"), ("train", "--set", "=3"),
                          ("bench", "--fast-please"), ("data", "sell")):
            with self.subTest(arguments=arguments):
                self.refused(2, *arguments)


    def test_sentences(self):
        """Our own words: what is wrong, and what to write."""
        run, _ = self.train("run", "--epochs", 0)
        for arguments, says in ((("dance",), ['"dance"', "train", "bench"]), (("tran",), ["did you mean train?"]), (("--wings",), ["--wings", "--help"]),
                                (("train", "--wings"), ["--wings", "train --help"]), (("train", "--epoch", 3), ["--epochs"]),
                                (("train", "ppf", "serial"), ['"serial"', "too many"]), (("presets", "all"), ['"all"', "no arguments"]),
                                (("data", "list", "a", "b"), ['"b"', "NAME"]), (("evaluate", run, run), ["too many", "RUN"]),
                                (("train", "--epochs"), ["--epochs N"]), (("train", "--set"), ["--set KEY.PATH=VALUE"]),
                                (("train", "--epochs", 1, "--epochs", 2), ["--epochs", "2 times", "once"]),
                                (("train", "--out", "a", "--out", "b", "--out", "c"), ["--out", "3 times"]),
                                (("spikes", run, "--image", 1, "--image", 2), ["--image", "2 times"]),
                                (("evaluate", run, "--data", "a", "--data", "b"), ["--data", "2 times"]),
                                (("train", "--json=5"), ["--json", "no value"]), (("train", "--resume=yes"), ["--resume", "no value"]),
                                (("evaluate",), ["RUN"]), (("spikes", run), ["--image I"]), (("check",), ["EXPERIMENT.json"]), (("circuit",), ["FILE"]),
                                (("train", "pff"), ["pff", "did you mean ppf?"]), (("train", "--set", "training.epoch=1"), ["did you mean", "training.epochs"]),
                                (("train", "--set", "training.threads=1000"), ["training.threads", "1000", "256"]),
                                (("train", "--set", "model.fusion_ratio=0,5"), ["Fusion ratio (model.fusion_ratio)", "decimal point", "0.5"]),
                                (("evaluate", run, "--ratio", "0,5"), ["--ratio", "decimal point: 0.5"]),
                                (("evaluate", run, "--noise", "gaussian:0,5"), ["decimal point: 0.5"]),
                                (("train", "--epochs", "-1"), ["--epochs", "Epochs (training.epochs)"]), (("train", "--steps", "1,000"), ["--steps"]),
                                (("train", "--set", "quantum.circuit=@none.qasm"), ["none.qasm"]), (("train", "--set", "quantum.circuit=@"), ["quantum.circuit"]),
                                (("train", "--set", f"quantum.circuit=@{self.folder}"), [self.folder, "folder"])):
            with self.subTest(arguments=arguments):
                said = self.refused(2, *arguments, says=says).stderr
                for foreign in ("expected:", "required", "REQUIRED", "TEXT", "At Most", "received", "option from", "terminate"):
                    self.assertNotIn(foreign, said)
        self.assertEqual({"run"}, set(os.listdir(self.folder)), "nothing is left behind")

    def test_whole_numbers(self):
        for text, value in (("64", 64), ("64.0", 64), ("6.4e1", 64), ("+64", 64)):
            self.train(f"e{text}", "--set", f"spiking.hidden=[{text}]", "--set", f"training.batch={text}", "--epochs", "0.0", "--steps", "0.0")
            saved = read_json(self.path(f"e{text}", "experiment.json"))
            self.assertEqual((saved["spiking"]["hidden"], saved["training"]["batch"]), ([value], value))
            file = self.write("e.json", '{"duet": 1, "spiking": {"hidden": [64.0, 1e1]}, "training": {"batch": 6.4e1}}')
            self.ok("check", file)
        for text in ("64.5", "1e-1", "0,5", "1e30"):
            self.refused(2, "train", "--set", f"spiking.hidden=[{text}]", "--out", "x") if text != "0,5" else None
            self.refused(2, "train", "--set", f"training.batch={text}", "--out", "x", says=["Batch (training.batch)", text])

    def test_circuit_from_a_file(self):
        text = 'OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float[64] x0;\ninput float[64] w0;\nqubit[2] q;\nry(x0) q[0];\nry(w0) q[1];\ncx q[0], q[1];\n'
        self.write("my circuit.qasm", text)
        out, _ = self.train("run", "--epochs", 0, "--set", "quantum.circuit=@my circuit.qasm", *sets(quantum__ansatz="custom", quantum__qubits=2))
        self.assertEqual(read_json(out + "/experiment.json")["quantum"]["circuit"], text)
        self.assertEqual(contract.tensors(out + "/model.safetensors")["quantum.circuit.weights"][1], [1])
        self.write("bad.qasm", b"\xff\xfe")
        self.refused(2, "train", "--set", "quantum.circuit=@bad.qasm", says=["bad.qasm", "quantum.circuit", "UTF-8"])


class BadExperiments(Case):
    def test_settings(self):
        """Each names the path, the value and what is allowed."""
        cases = [("seed", "-1"), ("model.fusion_ratio", "1.2"), ("model.fusion_ratio", "nan"), ("model.kind", "bigger"), ("spiking.steps", "0"),
                 ("spiking.max_rate", "0"), ("spiking.max_rate", "1.1"), ("spiking.dt_ms", "0"), ("spiking.dt_ms", "-1"), ("spiking.hidden", "[]"),
                 ("spiking.hidden", "[0]"), ("spiking.hidden", "wide"), ("spiking.neuron.tau_ms", "0"), ("spiking.neuron.kind", "fast"),
                 ("spiking.neuron.reset", "none"), ("spiking.neuron.surrogate", "step"), ("quantum.qubits", "0"), ("quantum.qubits", "13"),
                 ("quantum.qubits", "2.5"), ("quantum.layers", "-1"), ("quantum.reupload", "perhaps"), ("training.batch", "0"),
                 ("training.optimizer", "magic"), ("training.learning_rate", "-1"), ("training.learning_rate", "inf"), ("training.schedule", "x"),
                 ("training.clip_norm", "-1"), ("training.threads", "-2"), ("data.classes", "[256]"), ("data.classes", "[]"),
                 ("data.validation", "1"), ("data.noise.kind", "fog"), ("data.noise.amount", "-1"), ("data.train_limit", "-5"),
                 ("data.augment.shift_px", "-1"), ("training.epochs", "1.5"), ("training.momentum", "-0.1")]
        for path, value in cases:
            with self.subTest(setting=f"{path}={value}"):
                self.refused(2, "train", "--set", f"{path}={value}", "--out", self.path("x"), says=[path, value.strip("[]")])
                self.assertFalse(os.path.exists(self.path("x")), "nothing is left behind")

    def test_json(self):
        cases = [('{"duet": 1, "spiking": {"neuron": {"tau": 3}}}', ["spiking.neuron.tau"]), ('{"duet": 1, "modle": {}}', ["modle"]),
                 ('{"duet": 1, "seed": "one"}', ["seed"]), ('{"duet": 1, "spiking": {"hidden": 128}}', ["spiking.hidden", "128"]),
                 ('{"duet": 1, "spiking": {"steps": 2.5}}', ["spiking.steps", "2.5"]), ('{"duet": 1, "model": 3}', ["model"]),
                 ('{"duet": 1, "model": {"fusion_ratio": 1.01}}', ["model.fusion_ratio", "1.01"]), ('{"duet": 1, "quantum": {"reupload": 1}}', ["quantum.reupload"]),
                 ('{"duet": 2}', ["2"]), ('{"duet": "1"}', ["duet"]), ('{"duet": 1', []), ("", []), ("[1]", []), ("null", []), ("\x00\xff", []),
                 ('{"duet": 1, "seed": 1, "seed": 2}', None), ("[" * 200000, []), ('{"duet":' * 50000, []),
                 ('{"duet": 1, "data": {"classes": [1, 1]}}', None), ('{"duet": 1, "training": {"learning_rate": 1e999}}', [])]
        for k, (text, says) in enumerate(cases):
            with self.subTest(text=text[:60]):
                file = self.write(f"bad{k}.json", text)
                if says is None:  # either reading is fine, a crash is not
                    self.assertIn(self.call("check", file).returncode, (0, 2))
                    continue
                self.refused(2, "check", file, says=[f"bad{k}.json", *says])
                self.refused(2, "train", file, "--out", self.path("x"), says=[f"bad{k}.json"])
                self.assertFalse(os.path.exists(self.path("x")))

    def test_between_settings(self):
        for extra in (sets(model__kind="serial", quantum__input="linear"), sets(quantum__input="amplitude", quantum__qubits=5),
                      sets(quantum__input="amplitude", quantum__qubits=10, quantum__reupload="true", quantum__layers=2),
                      sets(quantum__input="amplitude", quantum__qubits=10, quantum__ansatz="none"),
                      sets(spiking__neuron__v_rest=2), sets(spiking__neuron__v_reset=1), sets(quantum__ansatz="custom")):
            with self.subTest(extra=extra):
                self.refused(2, "train", *extra, "--out", self.path("x"))

    def test_custom_circuit(self):
        text = 'OPENQASM 3.0;\\ninclude \\"stdgates.inc\\";\\nqubit[5] q;\\nfoo q[0];\\n'
        file = self.write("c.json", '{"duet": 1, "quantum": {"ansatz": "custom", "circuit": "' + text + '"}}')
        self.refused(2, "train", file, "--out", self.path("x"), says=["foo", "4"])


class BadData(Case):
    def test_missing(self):
        for name in ("mnist", "kmnist"):
            self.refused(3, "train", "--set", f"data.source={name}", "--out", self.path("x"), says=[name])
        self.assertFalse(os.path.exists(self.path("x")))
        self.refused(3, "train", "--set", "data.source=" + self.path("nowhere"), "--out", self.path("x"), says=["nowhere"])

    def broken(self, name, part, change, code=3):
        folder = idx_folder(self, name)
        file = f"{folder}/{part}"
        data = change(read(file, "rb"))
        if data is None:
            os.remove(file)
        else:
            self.write(f"{name}/{part}", data)
        with self.subTest(name=name):
            self.refused(code, "train", "--set", f"data.source={folder}", "--epochs", 1, "--out", self.path("x"), says=[part])

    def test_damaged(self):
        images, labels = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"
        self.broken("gone", "t10k-labels-idx1-ubyte", lambda d: None)
        self.broken("short", images, lambda d: d[:-7])
        self.broken("empty", images, lambda d: b"")
        self.broken("stump", images, lambda d: d[:10])
        self.broken("magic", images, lambda d: b"\0\0\x09\x03" + d[4:])
        self.broken("huge", images, lambda d: d[:4] + b"\xff\xff\xff\xff" + d[8:])
        self.broken("wide", images, lambda d: d[:8] + b"\xff\xff\xff\xff\xff\xff\xff\xff" + d[16:])
        self.broken("flat", images, lambda d: d[:8] + b"\0\0\0\0" + d[12:])
        self.broken("longer", images, lambda d: d + b"more")
        self.broken("mismatch", labels, lambda d: idx_labels([k % 10 for k in range(59)]))
        self.broken("other-size", "t10k-images-idx3-ubyte", lambda d: idx_images([[0] * 20] * 60, 5, 4))

    def test_damaged_gz(self):
        folder = idx_folder(self, "gz", zipped=True)
        file = folder + "/train-images-idx3-ubyte.gz"
        data = read(file, "rb")
        for bad in (data[:len(data) // 2], b"\x1f\x8b\x08" + b"\0" * 30, b"plain"):
            self.write("gz/train-images-idx3-ubyte.gz", bad)
            self.refused(3, "train", "--set", f"data.source={folder}", "--out", self.path("x"), says=["train-images-idx3-ubyte.gz"])

    def test_known_set_with_other_content(self):
        """A named set is checked by its digest."""
        idx_folder(self, "sets/mnist", rows=28, cols=28)
        self.refused(3, "train", "--set", "data.source=mnist", "--out", self.path("x"), environment={"DUET_DATA": self.path("sets")}, says=["mnist"])


class BadRuns(Case):
    def test_weights(self):
        out, _ = self.train("run", "--epochs", 0)
        file = "run/model.safetensors"
        good = read(self.path(file), "rb")
        size = struct.unpack("<Q", good[:8])[0]
        header = json.loads(good[8:8 + size])

        def packed(changed):
            text = json.dumps(changed).encode()
            return struct.pack("<Q", len(text)) + text + good[8 + size:]

        def lying(**changes):
            copy = json.loads(json.dumps(header))
            copy["spiking.0.bias"].update(changes)
            return packed(copy)

        offsets = header["spiking.0.bias"]["data_offsets"]
        without = {k: v for k, v in header.items() if k != "spiking.0.bias"}
        bad = {"empty": b"", "stump": good[:5], "short": good[:-9], "no header": good[:8 + size // 2], "huge": b"\xff" * 8 + good[8:],
               "not json": good[:8] + b"x" * size + good[8 + size:], "shape": lying(shape=[129]), "dtype": lying(dtype="F64"),
               "negative": lying(shape=[-128]), "overflow": lying(shape=[2 ** 62, 2 ** 62]), "backwards": lying(data_offsets=offsets[::-1]),
               "beyond": lying(data_offsets=[offsets[0], 10 ** 12]), "overlap": lying(data_offsets=[0, offsets[1] - offsets[0]]),
               "one missing": packed(without), "deep": struct.pack("<Q", 100000) + b"[" * 100000}
        for name, data in bad.items():
            with self.subTest(name=name):
                self.write(file, data)
                self.refused(3, "evaluate", out, says=["model.safetensors"])
        self.write(file, good)
        self.ok("evaluate", out)

    def test_weights_of_another_experiment(self):
        out, _ = self.train("run", "--epochs", 0)
        saved = read_json(out + "/experiment.json")
        saved["spiking"]["hidden"] = [64]
        self.write("run/experiment.json", json.dumps(saved))
        done = self.call("evaluate", out)
        self.assertIn(done.returncode, (2, 3), done.stderr)
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)

    def test_weights_that_are_no_numbers(self):
        """Refused by name and place, wherever weights are read."""
        out, _ = self.train("run", "--epochs", 2, "--steps", 3)
        looks = [("evaluate", out), ("evaluate", out, "--json"), ("spikes", out, "--image", 0)]
        goes_on = [("train", "--resume", "--out", out)]
        for file, name, calls in (("model", "spiking.0.weight", looks), ("model", "quantum.circuit.weights", looks),
                                  ("checkpoint", "quantum.readout.bias", goes_on), ("checkpoint", "spiking.0.weight.first_moment", goes_on),
                                  ("checkpoint", "spiking.readout.bias.second_moment", goes_on)):
            path = self.path(f"run/{file}.safetensors")
            good = read(path, "rb")
            size = struct.unpack("<Q", good[:8])[0]
            entry = json.loads(good[8:8 + size])[name]
            at = 8 + size + entry["data_offsets"][0] + 4 * 5
            place = "[0, 5]" if len(entry["shape"]) == 2 else "[5]"
            for bits in (b"\0\0\xc0\x7f", b"\0\0\x80\x7f", b"\0\0\x80\xff", b"\1\0\x80\x7f"):
                self.write(f"run/{file}.safetensors", good[:at] + bits + good[at + 4:])
                for call in calls:
                    self.refused(3, *call, says=[f"{file}.safetensors", f'"{name}"', place])
            self.write(f"run/{file}.safetensors", good)
        self.ok("train", "--resume", "--out", out)

    def test_weights_too_large_to_count_with(self):
        out, _ = self.train("run", "--epochs", 0)
        path = self.path("run/model.safetensors")
        good = read(path, "rb")
        size = struct.unpack("<Q", good[:8])[0]
        begin, end = (8 + size + x for x in json.loads(good[8:8 + size])["spiking.0.weight"]["data_offsets"])
        self.write("run/model.safetensors", good[:begin] + struct.pack("<f", 3e38) * ((end - begin) // 4) + good[end:])
        for call in (("evaluate", out, "--json"), ("evaluate", out, "--logits", "l.csv"), ("spikes", out, "--image", 0)):
            self.refused(3, *call, says=["overflow", "test image 0"])
        self.assertFalse(os.path.exists(self.path("l.csv")))

    def test_weights_of_other_types(self):
        """F16, BF16, F64 as other tools write them; what has no such type is refused by name."""
        out, _ = self.train("run", "--epochs", 1)
        before = json.loads(self.ok("evaluate", out, "--json").stdout)["results"][0]
        whole = contract.tensors(out + "/model.safetensors")

        def pack(dtype, pack_one):
            header, data = {}, b""
            for name, (_, shape, blob) in whole.items():
                block = b"".join(pack_one(v) for v in contract.floats(blob))
                header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(block)]}
                data += block
            text = json.dumps(header).encode()
            self.write("run/model.safetensors", struct.pack("<Q", len(text)) + text + data)

        for dtype, pack_one, delta in (("F64", lambda v: struct.pack("<d", v), 0), ("F16", lambda v: struct.pack("<e", v), 0.01),
                                       ("BF16", lambda v: struct.pack("<f", v)[2:], 0.05)):
            pack(dtype, pack_one)
            after = json.loads(self.ok("evaluate", out, "--json").stdout)["results"][0]
            self.assertAlmostEqual(before["loss"], after["loss"], delta=delta + 1e-12, msg=dtype)
        pack("I32", lambda v: struct.pack("<i", int(v)))
        self.refused(3, "evaluate", out, says=["I32", "F16", "model.safetensors"])

    def test_metrics_and_summary(self):
        out, _ = self.train("run", "--epochs", 3, "--steps", 12)
        for file, old, new in (("metrics.csv", None, "nan"), ("metrics.csv", None, "inf"), ("summary.json", '"seconds": ', '"seconds": NaN, "x": '),
                               ("summary.json", '"steps": ', '"steps": -')):
            text = read(f"{out}/{file}")
            bad = text.replace(old, new) if old else ",".join([*text.split(",")[:11], new, *text.split(",")[12:]])
            self.assertNotEqual(text, bad)
            self.write(f"run/{file}", bad)
            self.refused(3, "train", "--resume", "--out", out, says=[file])
            self.write(f"run/{file}", text)
        self.ok("train", "--resume", "--out", out)

    def test_checkpoint(self):
        out, _ = self.train("run", "--epochs", 2, "--steps", 3)
        good = read(self.path("run/checkpoint.safetensors"), "rb")
        for bad in (b"", good[:100], good[:-3], b"\xff" * 8 + good[8:]):
            self.write("run/checkpoint.safetensors", bad)
            self.refused(3, "train", "--resume", "--out", out, says=["checkpoint.safetensors"])
        self.write("run/checkpoint.safetensors", good)
        self.ok("train", "--resume", "--out", out)

    def test_folder_that_cannot_be_written(self):
        self.refused(4, "train", *SMALL, "--epochs", 0, "--out", "/dev/null/run", says=["/dev/null/run"])
        self.refused(4, "train", *SMALL, "--epochs", 0, "--out", "/proc/run", says=["/proc/run"])
        self.write("file", "kept")
        self.refused(4, "train", *SMALL, "--epochs", 0, "--out", self.path("file"))
        self.assertEqual(read(self.path("file")), "kept")

    def test_divergence_keeps_the_last_good_weights(self):
        out = self.path("run")
        done = self.call("train", *SMALL, "--epochs", 3, "--out", out, *sets(training__optimizer="sgd", training__learning_rate=1e30))
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("learning", done.stderr.lower(), "says what to change")
        if os.path.exists(out + "/model.safetensors"):
            for _, _, blob in contract.tensors(out + "/model.safetensors").values():
                self.assertTrue(all(v == v and abs(v) != float("inf") for v in contract.floats(blob)))


if __name__ == "__main__":
    contract.main()
