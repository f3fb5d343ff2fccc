"""`evaluate`, `circuit`, `spikes`, `data`, `presets`, `check`: engine/MODEL.md 4."""
import gzip
import itertools
import json
import math
import os
import re
import shutil
import unittest
import xml.etree.ElementTree
import contract
from contract import Case, idx_folder, read, read_csv, read_json, sets, tensors


class Evaluate(Case):
    def setUp(self):
        super().setUp()
        self.out, self.summary = self.train("run", "--epochs", 2, *sets(data__test_limit=150))

    def evaluate(self, *arguments):
        return json.loads(self.ok("evaluate", self.out, *arguments, "--json").stdout)

    def test_form_and_agreement_with_training(self):
        result = self.evaluate()
        self.assertEqual(list(result), ["images", "results"])
        self.assertEqual(len(result["results"]), 1)
        one = result["results"][0]
        self.assertEqual(set(one), {"ratio", "noise", "accuracy", "accuracy_spiking", "accuracy_quantum", "loss",
                                    "shots", "circuit_noise", "zne"})
        self.assertEqual(one["ratio"], 0.6)
        self.assertEqual(result["images"], 150)
        for ours, theirs in (("accuracy", "test_accuracy"), ("accuracy_spiking", "test_accuracy_spiking"),
                             ("accuracy_quantum", "test_accuracy_quantum"), ("loss", "test_loss")):
            self.assertEqual(one[ours], self.summary[theirs], ours)
        self.assertEqual(result, self.evaluate(), "the same whenever it is evaluated")

    def test_ratios_and_noises(self):
        result = self.evaluate("--ratio", 0, "--ratio", 0.25, "--ratio", 1, "--noise", "gaussian:0.3", "--noise", "salt_pepper:0.1",
                               "--noise", "uniform:0.2", "--noise", "none:0")["results"]
        self.assertEqual(len(result), 12)
        self.assertEqual(sorted({r["ratio"] for r in result}), [0, 0.25, 1])
        self.assertEqual(len({json.dumps(r["noise"]) for r in result}), 4)
        for r in result:
            if r["ratio"] == 0:
                self.assertEqual(r["accuracy"], r["accuracy_spiking"])
            if r["ratio"] == 1:
                self.assertEqual(r["accuracy"], r["accuracy_quantum"])
        losses = {json.dumps(r["noise"]): r["loss"] for r in result if r["ratio"] == 0.25}
        self.assertEqual(len(set(losses.values())), 4, "noise changes the figures")

    def test_logits_agree_with_the_accuracies(self):
        file = self.path("logits.csv")
        one = self.evaluate("--logits", file)["results"][0]
        self.assertEqual(read(file).splitlines()[0], "index,label," + ",".join([f"s{k}" for k in range(10)] + [f"q{k}" for k in range(10)]))
        rows = read_csv(file)
        self.assertEqual([int(r["index"]) for r in rows], list(range(150)))
        hits, loss, hits_s, hits_q = 0, 0.0, 0, 0
        for r in rows:
            s, q = ([float(r[f"{b}{k}"]) for k in range(10)] for b in "sq")
            z = [0.4 * a + 0.6 * b for a, b in zip(s, q)]
            label = int(r["label"])
            hits += z.index(max(z)) == label
            hits_s += s.index(max(s)) == label
            hits_q += q.index(max(q)) == label
            loss += (math.log(sum(math.exp(v - max(z)) for v in z)) + max(z) - z[label]) / len(rows)
        self.assertAlmostEqual(one["accuracy"], hits / 150, delta=1e-9)
        self.assertAlmostEqual(one["accuracy_spiking"], hits_s / 150, delta=1e-9)
        self.assertAlmostEqual(one["accuracy_quantum"], hits_q / 150, delta=1e-9)
        self.assertAlmostEqual(one["loss"], loss, delta=1e-5)

    def test_logits_of_a_missing_branch_are_empty(self):
        out, _ = self.train("spiking", "--epochs", 1, *sets(model__kind="spiking"))
        done = self.ok("evaluate", out, "--logits", self.path("s.csv"), "--json")
        self.assertIsNone(json.loads(done.stdout)["results"][0]["accuracy_quantum"])
        row = read_csv(self.path("s.csv"))[0]
        self.assertEqual({row[f"q{k}"] for k in range(10)}, {""})
        self.assertNotIn("", [row[f"s{k}"] for k in range(10)])

    def test_an_image_does_not_depend_on_its_neighbours(self):
        """The same weights on fewer test images give the same logits, bit for bit, also with noise and Poisson input."""
        for extra in ([], sets(spiking__encoder="poisson"), sets(spiking__neuron__kind="rate"),
                      [*sets(data__noise__kind="gaussian"), *sets(data__noise__amount=0.2)]):
            out, _ = self.train(f"n{len(os.listdir(self.folder))}", "--epochs", 1, *extra, *sets(data__test_limit=70))
            self.ok("evaluate", out, "--logits", self.path("many.csv"))
            saved = read_json(out + "/experiment.json")
            saved["data"]["test_limit"] = 13
            few, _ = self.path("few"), self.ok("train", self.write("few.json", json.dumps(saved)), "--epochs", 0, "--out", self.path("few"))
            os.replace(out + "/model.safetensors", few + "/model.safetensors")
            self.ok("evaluate", few, "--logits", self.path("few.csv"))
            self.assertEqual(read_csv(self.path("few.csv")), read_csv(self.path("many.csv"))[:13])
            shutil.rmtree(few)

    def test_other_data(self):
        folder = idx_folder(self, "digits", rows=28, cols=28)
        self.assertEqual(self.evaluate("--data", folder)["images"], 60)
        self.refused(2, "evaluate", self.out, "--data", idx_folder(self, "small", rows=6, cols=5))

    def test_refusals(self):
        self.refused(2, "evaluate", self.path("nowhere"), says=["nowhere"])
        for bad in ("1.5", "-0.1", "half", "nan"):
            self.refused(2, "evaluate", self.out, "--ratio", bad, says=[bad])
        for bad in ("gaussian", "gaussian:-1", "fog:0.1", "gaussian:x", "salt_pepper:2"):
            self.refused(2, "evaluate", self.out, "--noise", bad)
        self.refused(4, "evaluate", self.out, "--logits", "/dev/null/x.csv", says=["/dev/null/x.csv"])


class Spikes(Case):
    def test_csv_and_json_agree(self):
        for name, extra in (("lif", sets(spiking__hidden="[30,12]")), ("rate", sets(spiking__neuron__kind="rate", spiking__hidden="[30]"))):
            out, _ = self.train(name, "--epochs", 2, *extra)
            file = self.path(name + ".csv")
            shown = json.loads(self.ok("spikes", out, "--image", 3, "--csv", file, "--json").stdout)
            self.assertEqual(read(file).splitlines()[0], "branch,layer,step,neuron")
            rows = read_csv(file)
            self.assertTrue(rows, "no spike at all")
            steps = {int(r["step"]) for r in rows}
            self.assertTrue(steps <= set(range(10)))
            self.assertLessEqual({int(r["layer"]) for r in rows}, {0, 1})
            counted = {}
            for r in rows:
                key = tuple(int(r[k]) for k in ("branch", "layer", "step", "neuron"))
                counted[key] = counted.get(key, 0) + 1
            listed = {}
            for branch in shown["branches"]:
                for l, layer in enumerate(branch["layers"]):
                    self.assertEqual(len(layer["spikes"]), 10)
                    self.assertEqual([len(row) for row in layer["spikes"]], [len(row) for row in layer["membrane"]])
                    for (t, row) in enumerate(layer["spikes"]):
                        listed.update({(branch["branch"], l, t, n): count for n, count in enumerate(row) if count})
            self.assertEqual(counted, listed)
            again = self.path("again.csv")
            self.ok("spikes", out, "--image", 3, "--csv", again)
            self.assertEqual(read(file), read(again))

    def test_lif_membrane_crosses_where_it_spikes(self):
        out, _ = self.train("run", "--epochs", 1, *sets(spiking__neuron__refractory_ms=2))
        shown = json.loads(self.ok("spikes", out, "--image", 0, "--json").stdout)
        for branch in shown["branches"]:
            for layer in branch["layers"]:
                for n in range(layer["neurons"]):
                    silent = 0
                    for spikes, v in zip(layer["spikes"], layer["membrane"]):
                        if silent:
                            self.assertEqual((spikes[n], v[n]), (0, 0), "refractory: no spike, v at v_reset")
                            silent -= 1
                            continue
                        self.assertEqual(spikes[n], int(v[n] >= 1))
                        silent = 2 if spikes[n] else 0

    def test_refusals(self):
        out, _ = self.train("run", "--epochs", 0)
        for bad in ("100", "-1", "x"):
            self.refused(2, "spikes", out, "--image", bad)
        self.refused(2, "spikes", self.path("nowhere"), "--image", 0, says=["nowhere"])
        self.refused(4, "spikes", out, "--image", 0, "--csv", "/dev/null/x.csv", says=["/dev/null/x.csv"])


HEAD2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\n'
HEAD3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'


class Circuit(Case):
    def circuit(self, text, *arguments):
        file = self.write(f"c{len(os.listdir(self.folder))}.qasm", text)
        return json.loads(self.ok("circuit", file, *arguments, "--json").stdout)

    def assert_near(self, found, expected, delta=1e-9):
        self.assertEqual(len(found), len(expected))
        for a, b in zip(found, expected):
            self.assertAlmostEqual(a, b, delta=delta)

    def test_form(self):
        result = self.circuit(HEAD3 + "input float[64] x0;\ninput float w0;\ninput angle w1;\nqubit[2] q;\nh q[0];\nry(x0) q[1];\n"
                              "rz(w0) q[1]; rx(w1) q[1]; cx q[0], q[1];\n", "--set", "x0=0.3", "--set", "w1=0.7")
        self.assertEqual(list(result), ["qubits", "gates", "probabilities", "expectation_z", "gradient"])
        self.assertEqual((result["qubits"], result["gates"]), (2, 5))
        self.assertEqual(set(result["gradient"]), {"x0", "w0", "w1"})
        self.assertEqual((len(result["probabilities"]), len(result["expectation_z"]), len(result["gradient"]["x0"])), (4, 2, 2))
        self.assertAlmostEqual(sum(result["probabilities"]), 1, delta=1e-12)

    def test_from_standard_input(self):
        text = HEAD3 + "input float x0;\nqubit[2] q;\nh q[0]; cx q[0], q[1]; rx(x0) q[1];\n"
        file = self.write("c.qasm", text)
        for form in ((), ("--json",)):
            self.assertEqual(self.ok("circuit", "-", "--set", "x0=0.3", *form, piped=text).stdout,
                             self.ok("circuit", file, "--set", "x0=0.3", *form).stdout)
        self.refused(2, "circuit", "-", piped=text.replace("cx", "cxx"), says=["standard input", "cxx", "5"])
        self.refused(2, "circuit", "-", says=["standard input"])
        out, _ = self.train("run", "--epochs", 0, "--set", "quantum.circuit=@-", *sets(quantum__ansatz="custom", quantum__qubits=2), piped=text)
        self.assertEqual(read_json(out + "/experiment.json")["quantum"]["circuit"], text)

    def test_leftmost_bit_is_the_first_qubit(self):
        result = self.circuit(HEAD2 + "qreg a[1]; qreg b[2]; x a[0];")
        self.assert_near(result["probabilities"], [0, 0, 0, 0, 1, 0, 0, 0])
        self.assert_near(result["expectation_z"], [-1, 1, 1])
        self.assert_near(self.circuit(HEAD2 + "qreg q[2]; h q[0]; cx q[0],q[1];")["probabilities"], [0.5, 0, 0, 0.5])

    def test_inputs_not_set_are_zero(self):
        text = HEAD3 + "input float[64] x0;\nqubit[1] q;\nrx(x0 + pi/3) q[0];\n"
        self.assert_near(self.circuit(text)["expectation_z"], [0.5])
        self.assert_near(self.circuit(text, "--set", "x0=0.2")["expectation_z"], [math.cos(math.pi / 3 + 0.2)])

    def test_gradient_is_the_slope(self):
        text = (HEAD3 + "gate rxx(t) a, b { h a; h b; cx a, b; rz(t) b; cx a, b; h a; h b; }\n" +
                "".join(f"input float[64] {n};\n" for n in ("x0", "x1", "w0", "w1")) +
                "qubit[3] q;\nh q;\nry(2*x0 - 0.1) q[0];\nu3(w0, x1, w1/2) q[1];\ncrx(w1) q[0], q[2];\nrxx(w0) q[1], q[2];\n"
                "cp(x1) q[2], q[0];\nccx q[0], q[1], q[2];\ncswap q[2], q[0], q[1];\nry(w1) q[1];\n")
        values = {"x0": 0.31, "x1": -0.7, "w0": 1.1, "w1": 0.45}

        def z(**changed):
            given = {**values, **changed}
            return self.circuit(text, *itertools.chain(*(("--set", f"{k}={v!r}") for k, v in given.items())))

        gradient = z()["gradient"]
        h = 1e-4
        for name in values:
            up, down = z(**{name: values[name] + h})["expectation_z"], z(**{name: values[name] - h})["expectation_z"]
            self.assert_near(gradient[name], [(a - b) / (2 * h) for a, b in zip(up, down)], 1e-7)

    def test_star_closed_form(self):
        """<Z_0> = -sin x_0, <Z_i> = -cos b sin x_i - sin a sin b cos x_i sin x_0; c has no effect."""
        x0, x1, a, b, c = 0.4, -0.9, 0.3, 1.2, 0.8
        result = self.circuit(HEAD3 + "".join(f"input float[64] {n};\n" for n in ("x0", "x1", "w0", "w1", "w2")) +
                              "qubit[2] q;\nh q[0];\nh q[1];\nry(x0) q[0];\nry(x1) q[1];\ncx q[0], q[1];\nrz(w0) q[1];\nrx(w1) q[1];\nrz(w2) q[1];\n"
                              "cx q[0], q[1];\n", *itertools.chain(*(("--set", f"{k}={v}") for k, v in
                                                                     (("x0", x0), ("x1", x1), ("w0", a), ("w1", b), ("w2", c)))))
        self.assert_near(result["expectation_z"], [-math.sin(x0), -math.cos(b) * math.sin(x1) - math.sin(a) * math.sin(b) * math.cos(x1) * math.sin(x0)])
        self.assert_near(result["gradient"]["w2"], [0, 0])

    def test_openqasm2_features(self):
        result = self.circuit(HEAD2 + "// comment\nqreg q[2]; creg c[2];\ngate turn(a,b) p,r { u3(a,b,-b) p; cx p,r; }\n"
                              "turn(pi/2, 0.5*3) q[0],q[1];\nbarrier q;\nmeasure q -> c;\n")
        self.assert_near(result["probabilities"], [0.5, 0, 0, 0.5])
        broadcast = self.circuit(HEAD2 + "qreg q[3]; x q; u2(0,pi) q[0]; u1(0.3) q[1]; id q[2];")
        self.assert_near(broadcast["expectation_z"], [0, -1, -1])

    def test_errors_name_the_line(self):
        cases = [(HEAD2 + "qreg q[1]; creg c[1];\nmeasure q -> c;\nx q[0];\n", 5), (HEAD2 + "qreg q[1];\nx q[0];\nreset q[0];\n", 5),
                 (HEAD2 + "qreg q[1]; creg c[1];\nif(c==1) x q[0];\n", 4), (HEAD2 + "qreg q[2];\nfoo q[0];\n", 4),
                 (HEAD2 + "qreg q[2];\nx q[2];\n", 4), (HEAD2 + "qreg q[2];\ncx q[1],q[1];\n", 4), (HEAD3 + "qubit[2] q;\nrx() q[0];\n", 4),
                 (HEAD3 + "qubit[2] q;\nrx(1/0) q[0];\n", 4), (HEAD3 + "qubit[2] q;\nh q[0]\n", None), (HEAD3 + "qubit[99] q;\n", 3),
                 (HEAD3 + "qubit[2] q;\nrx(sin(x) q[0];\n", 4), ("OPENQASM 9.0;\nqubit[1] q;\n", 1)]
        for k, (text, line) in enumerate(cases):
            file = self.write(f"bad{k}.qasm", text)
            self.refused(2, "circuit", file, "--json", says=[f"bad{k}.qasm"] + ([str(line)] if line else []))
        self.refused(2, "circuit", self.path("none.qasm"), says=["none.qasm"])

    def test_names_of_inputs(self):
        text = HEAD3 + "input float theta;\ninput float[64] x0;\ninput angle φ;\nqubit q;\nrx(2*theta) q;\nry(x0) q;\nrz(φ) q;\n"
        result = self.circuit(text, "--set", "theta=0.3")
        self.assertEqual(list(result["gradient"]), ["x0", "theta", "φ"])
        self.assert_near(result["expectation_z"], [math.cos(0.6)])
        self.assert_near(result["gradient"]["theta"], [-2 * math.sin(0.6)])
        table = self.ok("circuit", self.write("c.qasm", text)).stdout
        for words in ("1 qubit, 3 gates, 1 feature, 2 weights (w0 = theta and w1 = φ)", "d/dtheta", "d/dφ"):
            self.assertIn(words, table)
        self.refused(2, "circuit", self.write("c.qasm", text), "--set", "phi=1", says=["x0, theta and φ"])

    def test_standard_input(self):
        text = HEAD3 + "qubit[2] q;\nx q[1];\n"
        self.assert_near(json.loads(self.ok("circuit", "-", "--json", piped=text).stdout)["expectation_z"], [1, -1])
        self.refused(2, "circuit", "-", piped=text + "nope q[0];\n", says=["standard input line 5: the gate 'nope'"])

    def test_files_beside_the_circuit(self):
        self.write("own.inc", "gate own a { x a; }\n")
        self.assert_near(self.circuit(HEAD3 + 'include "own.inc";\nqubit q;\nown q;\n')["expectation_z"], [-1])
        self.refused(2, "circuit", self.write("c.qasm", HEAD3 + 'include "../own.inc";\nqubit q;\n'), says=["line 3", "'../own.inc'"])

    def test_set_refusals(self):
        file = self.write("c.qasm", HEAD3 + "input float[64] x0;\nqubit[1] q;\nrx(x0) q[0];\n")
        for bad in ("x1=0.2", "x0", "x0=abc", "x0=nan", "y=1"):
            self.refused(2, "circuit", file, "--set", bad)

    def test_deep_nesting_is_a_sentence(self):
        file = self.write("deep.qasm", HEAD3 + "qubit[1] q;\nrx(" + "(" * 100000 + "1" + ")" * 100000 + ") q[0];\n")
        self.refused(2, "circuit", file)

    def test_svg(self):
        file = self.write("c.qasm", HEAD2 + "qreg q[3]; h q; ccx q[0],q[1],q[2]; rx(0.3) q[1]; swap q[0],q[2];")
        self.ok("circuit", file, "--svg", self.path("c.svg"))
        self.assertTrue(xml.etree.ElementTree.parse(self.path("c.svg")).getroot().tag.endswith("svg"))
        self.refused(4, "circuit", file, "--svg", "/dev/null/c.svg", says=["/dev/null/c.svg"])

    def test_twenty_qubits(self):
        result = self.circuit(HEAD2 + "qreg q[20]; h q; cx q[0],q[19];")
        self.assertEqual(len(result["probabilities"]), 2 ** 20)


class Rest(Case):
    def test_presets(self):
        done = self.ok("presets")
        for name in ("ppf", "spiking-only", "serial", "classical-twin", "paper", "paper-as-published", "poisson", "fashion"):
            self.assertIn(name, done.stdout)
        expected = {"paper": {"quantum.projection": [128], "spiking.neuron.kind": "rate", "spiking.dt_ms": 10},
                    "paper-as-published": {"training.train_spiking": False}, "spiking-only": {"model.kind": "spiking"},
                    "serial": {"model.kind": "serial"}, "classical-twin": {"quantum.ansatz": "none"}, "poisson": {"spiking.encoder": "poisson"}}
        for preset, values in expected.items():
            out, _ = self.train(preset, preset, "--epochs", 0)
            saved = read_json(out + "/experiment.json")
            for path, value in values.items():
                node = saved
                for key in path.split("."):
                    node = node[key]
                self.assertEqual(node, value, f"{preset} {path}")

    def test_data_list(self):
        done = self.ok("data", "list")
        for name in ("mnist-mini", "mnist", "fashion-mnist", "kmnist"):
            self.assertIn(name, done.stdout)
        self.refused(2, "data", "fetch", "nothing-like-it", says=["nothing-like-it"])

    def test_check(self):
        self.ok("check", self.write("good.json", '{"duet": 1}'))
        self.refused(2, "check", self.write("bad.json", '{"duet": 1, "seeds": 2}'), says=["bad.json", "seeds"])
        self.refused(2, "check", self.path("none.json"), says=["none.json"])

    def test_idx_folders(self):
        results = []
        for name, zipped in (("raw", False), ("zipped", True)):
            folder = idx_folder(self, name, zipped=zipped)
            out, summary = self.train("run-" + name, "--epochs", 1, "--set", f"data.source={folder}", small=False)
            self.assertEqual(tensors(out + "/model.safetensors")["spiking.0.weight"][1], [128, 30])
            results.append(summary["signature"])
        self.assertEqual(results[0], results[1])

    def test_classes_of_any_label(self):
        """Outputs in the order given, file labels in --logits, and a word on what is left out."""
        folder = idx_folder(self, "letters", labels=[(0, 7, 3, 41, 255, 12)[k % 6] for k in range(60)])
        done = self.ok("train", "--set", f"data.source={folder}", "--set", "data.classes=[41,3,255]", "--epochs", 1, "--out", self.path("run"))
        self.assertEqual(len([line for line in done.stderr.splitlines() if "30 of 60 training images and 30 of 60 test images" in line]), 1, done.stderr)
        done = self.ok("evaluate", self.path("run"), "--logits", self.path("l.csv"), "--json")
        self.assertEqual([row["label"] for row in read_csv(self.path("l.csv"))], ["3", "41", "255"] * 10)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        result = json.loads(done.stdout)["results"][0]
        outputs = {"41": 0, "3": 1, "255": 2}
        right = 0
        for row in read_csv(self.path("l.csv")):
            logits = [0.4 * float(row[f"s{k}"]) + 0.6 * float(row[f"q{k}"]) for k in range(10)]
            right += logits.index(max(logits)) == outputs[row["label"]]
        self.assertEqual(result["accuracy"], right / 30)
        for image, label in ((0, 3), (1, 41), (2, 255)):
            self.assertEqual(json.loads(self.ok("spikes", self.path("run"), "--image", image, "--json").stdout)["label"], label)
        # ten labels up to 9 in order are the default; a file with others is no damaged one
        done = self.ok("train", "--set", f"data.source={folder}", "--epochs", 0, "--out", self.path("nine"))
        self.assertIn("30 of 60 training images", done.stderr)

    def test_what_is_hardly_meant_is_told(self):
        cases = [(sets(data__noise__kind="gaussian"), "data.noise.amount is 0"), (sets(data__noise__amount=0.2), "data.noise.kind is none"),
                 (sets(data__train_limit=55600), "mnist-mini has 6,000 training images: all are used"),
                 (sets(data__test_limit=2001), "mnist-mini has 2,000 test images: all are used"),
                 (sets(data__train_limit=20), "training.batch is 32, but there are 20 training images")]
        for k, (settings, says) in enumerate(cases):
            with self.subTest(settings=settings):
                done = self.ok("train", *settings, "--epochs", 0, "--out", self.path(f"told{k}"))
                self.assertIn(says, done.stderr)
        self.assertEqual(self.ok("train", "--epochs", 0, "--out", self.path("silent")).stderr.strip(), "")
        self.refused(2, "train", *sets(data__validation=0.0005), "--out", self.path("x"), says=["data.validation", "raise it to"])

    def test_classes_and_limits(self):
        out, _ = self.train("run", "--epochs", 1, "--set", "data.classes=[3,5]", *sets(data__train_limit=64, data__test_limit=40), small=False)
        self.ok("evaluate", out, "--logits", self.path("l.csv"))
        rows = read_csv(self.path("l.csv"))
        self.assertEqual(len(rows), 40)
        with gzip.open(os.path.join(os.path.dirname(contract.__file__), "../../../resources/mnist-mini/t10k-labels-idx1-ubyte.gz")) as file:
            kept = [str(label) for label in file.read()[8:] if label in (3, 5)]
        self.assertEqual([r["label"] for r in rows], kept[:40], "the first after the class filter, in file order")
        self.assertEqual(read_json(out + "/summary.json")["steps"], 2)
        self.assertEqual(tensors(out + "/model.safetensors")["spiking.readout.weight"][1], [10, 128])

    def test_help(self):
        for command in ([], ["train"], ["evaluate"], ["circuit"], ["spikes"], ["data"], ["bench"], ["check"], ["presets"]):
            self.assertTrue(self.ok(*command, "--help").stdout)
            said = self.ok(*command, "--help").stdout
            self.assertIn("Examples:", said, command)
            self.assertIn("duet-cli " + (command[0] if command else "train"), said)
            if command:
                self.assertIn("Limits:", said, command)
        self.assertIn("train.batch256.fraction_of_peak", self.ok("bench", "--help").stdout)
        top = self.ok("--help").stdout
        for word in ("DUET_DATA", "DUET_ISA", "XDG_DATA_HOME", "DUET_KMNIST_URL", "TERM", "130"):
            self.assertIn(word, top)

    def test_help_tells_the_keys_that_are_printed(self):
        out, summary = self.train("run", "--epochs", 1)

        def keys(value):
            if isinstance(value, dict):
                return set(value).union(*map(keys, value.values()))
            return set().union(*map(keys, value)) if isinstance(value, list) else set()

        circuit = self.write("c.qasm", HEAD3 + "input float[64] x0;\ninput float w0;\nqubit[1] q;\nrx(x0) q[0]; rz(w0) q[0];\n")
        for command, printed in (("train", summary), ("evaluate", json.loads(self.ok("evaluate", out, "--json").stdout)),
                                 ("spikes", json.loads(self.ok("spikes", out, "--image", 0, "--json").stdout)),
                                 ("circuit", json.loads(self.ok("circuit", circuit, "--json").stdout))):
            said = self.ok(command, "--help").stdout
            shown = said.split("Keys of --json:")[1].split("\n\n")[0]
            self.assertEqual(set(re.findall(r'"(\w+)"', shown)), keys(printed), command)
        asked = json.loads(self.ok("circuit", circuit, "--json", "--facts", "--shots", 1, "--noise", "bit_flip:0", "--zne", "linear").stdout)
        shown = self.ok("circuit", "--help").stdout.split("Further keys of --json, where asked for:")[1].split("\n\n")[0]
        self.assertEqual(set(re.findall(r'"(\w+)"', shown)), keys({key: asked[key] for key in ("facts", "sampled", "noisy", "mitigated")}))

    def test_one_is_not_several(self):
        out, _ = self.train("one", "--epochs", 1, *sets(data__train_limit=20, data__test_limit=1, spiking__steps=1), small=False)
        self.assertIn("1 epoch, 1 step,", self.ok("train", "--resume", "--out", out).stdout)
        self.assertTrue(self.ok("evaluate", out).stdout.startswith("1 test image;"))
        self.assertIn(" in 1 step, ", self.ok("spikes", out, "--image", 0).stdout)
        out, _ = self.train("two", "--epochs", 2, *sets(data__train_limit=20, data__test_limit=2), small=False)
        self.assertIn("2 epochs, 2 steps,", self.ok("train", "--resume", "--out", out).stdout)
        self.assertTrue(self.ok("evaluate", out).stdout.startswith("2 test images;"))


if __name__ == "__main__":
    contract.main()
