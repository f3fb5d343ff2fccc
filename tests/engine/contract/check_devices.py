"""Circuits on devices, by `circuit` and `evaluate`: engine/MODEL.md 5."""
import csv
import json
import math
import contract
from contract import Case, sets

HEAD3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'
TURNED = HEAD3 + "input float[64] x0;\nqubit[2] q;\nry(x0) q[0];\nx q[1];\n"
STRENGTHS = {"depolarizing": 0.75, "amplitude_damping": 1, "phase_damping": 1, "bit_flip": 1, "phase_flip": 1, "readout": 1}


class Circuit(Case):
    def circuit(self, text, *arguments):
        return json.loads(self.ok("circuit", "-", *arguments, "--json", piped=text).stdout)

    def assert_near(self, found, expected, delta=1e-12):
        self.assertEqual(len(found), len(expected))
        for a, b in zip(found, expected):
            self.assertAlmostEqual(a, b, delta=delta)

    def test_keys_only_when_asked(self):
        plain = ["qubits", "gates", "probabilities", "expectation_z", "gradient"]
        self.assertEqual(list(self.circuit(TURNED)), plain)
        asked = self.circuit(TURNED, "--shots", 10)
        self.assertEqual(list(asked), plain + ["sampled"])
        self.assertEqual(list(asked["sampled"]), ["shots", "expectation_z", "standard_error"])
        asked = self.circuit(TURNED, "--noise", "bit_flip:0.1")
        self.assertEqual(list(asked), plain + ["noisy"])
        self.assertEqual(list(asked["noisy"]), ["expectation_z", "standard_error"])
        self.assertEqual(asked["noisy"]["standard_error"], [0, 0])
        asked = self.circuit(TURNED, "--noise", "bit_flip:0.1", "--zne", "linear", "--scales", "1,5")
        self.assertEqual(list(asked), plain + ["noisy", "mitigated"])
        self.assertEqual(list(asked["mitigated"]), ["fit", "scales", "expectation_z"])
        self.assertEqual((asked["mitigated"]["fit"], asked["mitigated"]["scales"]), ("linear", [1, 5]))

    def test_channels_in_closed_form(self):
        p, x0 = 0.2, 0.7
        for kind, z in (("depolarizing", [math.cos(x0) * (1 - 4 * p / 3), -(1 - 4 * p / 3)]), ("bit_flip", [math.cos(x0) * (1 - 2 * p), -(1 - 2 * p)]),
                        ("amplitude_damping", [math.cos(x0) + p * (1 - math.cos(x0)), -1 + 2 * p]), ("phase_flip", [math.cos(x0), -1]),
                        ("phase_damping", [math.cos(x0), -1]), ("readout", [math.cos(x0) * (1 - 2 * p), -(1 - 2 * p)])):
            self.assert_near(self.circuit(TURNED, "--set", f"x0={x0}", "--noise", f"{kind}:{p}")["noisy"]["expectation_z"], z)
        turned_back = HEAD3 + "qubit q;\nh q;\nh q;\n"
        self.assert_near(self.circuit(turned_back, "--noise", "phase_flip:0.1")["noisy"]["expectation_z"], [0.8])
        self.assert_near(self.circuit(turned_back, "--noise", "phase_damping:0.19")["noisy"]["expectation_z"], [0.9])

    def test_barriers_are_quiet_and_identities_are_not(self):
        for gate, z in (("", 0.8), ("barrier q;", 0.8), ("id q;", 0.8 * 0.8)):
            self.assert_near(self.circuit(HEAD3 + f"qubit q;\nz q;\n{gate}\n", "--noise", "bit_flip:0.1")["noisy"]["expectation_z"], [z])

    def test_channels_act_in_the_order_given(self):
        text = HEAD3 + "qubit q;\nx q;\n"
        self.assert_near(self.circuit(text, "--noise", "amplitude_damping:1", "--noise", "bit_flip:1")["noisy"]["expectation_z"], [-1])
        self.assert_near(self.circuit(text, "--noise", "bit_flip:1", "--noise", "amplitude_damping:1")["noisy"]["expectation_z"], [1])

    def test_shots(self):
        exact = math.cos(0.7)
        result = self.circuit(TURNED, "--set", "x0=0.7", "--shots", 4096)["sampled"]
        self.assertEqual(result["shots"], 4096)
        self.assertAlmostEqual(result["standard_error"][0], math.sqrt((1 - exact ** 2) / 4096), delta=1e-12)
        self.assertLessEqual(abs(result["expectation_z"][0] - exact), 5 * result["standard_error"][0])
        self.assertEqual((result["expectation_z"][1], result["standard_error"][1]), (-1, 0))
        again = self.circuit(TURNED, "--set", "x0=0.7", "--shots", 4096)["sampled"]
        self.assertEqual(again, result)
        self.assertEqual(self.circuit(TURNED, "--set", "x0=0.7", "--shots", 4096, "--seed", 1)["sampled"], result)
        self.assertNotEqual(self.circuit(TURNED, "--set", "x0=0.7", "--shots", 4096, "--seed", 2)["sampled"], result)
        noisy = self.circuit(TURNED, "--shots", 100, "--noise", "bit_flip:1")
        self.assertEqual(noisy["sampled"]["expectation_z"], [-1, 1], "drawn from the noisy state")

    def test_extrapolation(self):
        """n gates of depolarizing p, scale s: <Z> = (1 - 4p/3)^(n s)."""
        text, kept = HEAD3 + "qubit q;\nrx(0.2) q;\nrx(-0.2) q;\n", 1 - 4 * 0.03 / 3
        values = [kept ** (2 * s) for s in (1, 3, 5)]
        for fit, z in (("exponential", 1), ("richardson", (15 * values[0] - 10 * values[1] + 3 * values[2]) / 8),
                       ("linear", sum(values) / 3 - 3 * (values[2] - values[0]) / 4)):
            result = self.circuit(text, "--noise", "depolarizing:0.03", "--zne", fit)
            self.assertEqual(result["mitigated"]["scales"], [1, 3, 5])
            self.assert_near(result["noisy"]["expectation_z"], values[:1])
            self.assert_near(result["mitigated"]["expectation_z"], [z])
        self.assert_near(self.circuit(text, "--noise", "readout:0", "--zne", "richardson")["mitigated"]["expectation_z"], [1])

    def test_trajectories(self):
        text = HEAD3 + "qubit[9] q;\nry(1.1) q[0];\ncx q[0], q[8];\n"
        z = math.cos(1.1) * (1 - 2 * 0.1) ** 2
        for strength, exact in (("bit_flip:0.1", z), ("amplitude_damping:0", math.cos(1.1))):
            result = self.circuit(text, "--noise", strength, "--trajectories", 400)["noisy"]
            self.assertLessEqual(abs(result["expectation_z"][0] - exact), 5 * result["standard_error"][0] + 1e-12)
        table = self.ok("circuit", "-", "--noise", "bit_flip:0.1", "--trajectories", 400, piped=text).stdout
        for word in ("bit_flip:0.1", "400 random runs", "+-", "noisy", "exact"):
            self.assertIn(word, table)

    def test_table(self):
        table = self.ok("circuit", "-", "--set", "x0=0.7", "--noise", "depolarizing:0.01", "--zne", "exponential", "--shots", 1000, piped=TURNED).stdout
        head = next(line for line in table.splitlines() if "mitigated" in line)
        self.assertEqual(head.split(), ["exact", "noisy", "sampled", "+-", "mitigated"])
        for word in ("1,000 shots", "depolarizing:0.01", "exponential", "1, 3 and 5", "seed 1"):
            self.assertIn(word, table)

    def test_refusals(self):
        for kind, most in STRENGTHS.items():
            for bad in (f"{kind}:{most + 0.01}", f"{kind}:-0.1", f"{kind}:x", kind, f"{kind}:"):
                self.refused(2, "circuit", "-", "--noise", bad, piped=TURNED, says=["--noise", bad, f"from 0 to {most}"])
        self.refused(2, "circuit", "-", "--noise", "fog:0.1", piped=TURNED, says=["fog", *STRENGTHS])
        for bad in ("0", "-1", "1.5", "x", "1000000000000"):
            self.refused(2, "circuit", "-", "--shots", bad, piped=TURNED, says=["--shots", bad, "from 1"])
        self.refused(2, "circuit", "-", "--zne", "cubic", piped=TURNED, says=["cubic", "richardson, linear and exponential"])
        for bad in ("1,2", "3,1", "1", "", "1,1", "-1,3", "1,3,x"):
            self.refused(2, "circuit", "-", "--zne", "linear", "--scales", bad, piped=TURNED, says=["--scales", "odd"])
        self.refused(2, "circuit", "-", "--scales", "1,3", piped=TURNED, says=["--zne"])
        self.refused(2, "circuit", "-", "--noise", "bit_flip:0.1", piped=HEAD3 + "qubit[21] q;\n", says=["20"])
        self.refused(2, "circuit", "-", "--shots", 10, "--python", "qiskit", piped=TURNED, says=["--python qiskit", "--shots"])

    def test_help_names_every_kind_and_key(self):
        said = self.ok("circuit", "--help").stdout
        for word in (*STRENGTHS, "richardson", "linear", "exponential", '"sampled"', '"noisy"', '"mitigated"', "--seed"):
            self.assertIn(word, said)


class Evaluate(Case):
    def evaluate(self, run, *arguments):
        return json.loads(self.ok("evaluate", run, *arguments, "--json").stdout)["results"]

    def quantum_logits(self, run, *arguments):
        self.ok("evaluate", run, *arguments, "--logits", self.path("l.csv"))
        with open(self.path("l.csv"), newline="") as file:
            return [[float(row[f"q{k}"]) for k in range(10)] for row in csv.DictReader(file)]

    def test_keys(self):
        out, _ = self.train("run", "--epochs", 1)
        plain, = self.evaluate(out)
        self.assertEqual(list(plain)[-3:], ["shots", "circuit_noise", "zne"])
        self.assertEqual([plain[key] for key in ("shots", "circuit_noise", "zne")], [None] * 3)
        seen = self.evaluate(out, "--shots", 64, "--circuit-noise", "depolarizing:0.02", "--circuit-noise", "readout:0.01", "--zne", "linear",
                             "--ratio", 1, "--ratio", 0)
        self.assertEqual([r["shots"] for r in seen], [64, 64])
        self.assertEqual([r["circuit_noise"] for r in seen], ["depolarizing:0.02,readout:0.01"] * 2)
        self.assertEqual([r["zne"] for r in seen], ["linear", "linear"])
        self.assertEqual(seen[0]["accuracy"], seen[0]["accuracy_quantum"])
        self.assertNotEqual(seen[0]["loss"], self.evaluate(out, "--ratio", 1)[0]["loss"])
        self.assertEqual(seen[1]["loss"], self.evaluate(out, "--ratio", 0)[0]["loss"], "the spiking branch runs on no device")
        self.assertEqual(seen[1]["accuracy_spiking"], plain["accuracy_spiking"])
        table = self.ok("evaluate", out, "--shots", 64, "--circuit-noise", "depolarizing:0.02").stdout
        self.assertIn("the circuit on a device: depolarizing:0.02; 64 shots", table)

    def test_what_is_seen(self):
        out, _ = self.train("run", "--epochs", 1)
        exact = self.quantum_logits(out)
        for arguments, delta in ((("--circuit-noise", "depolarizing:0"), 1e-5), (("--shots", 1000000), 0.05),
                                 (("--circuit-noise", "readout:0", "--zne", "richardson"), 1e-4)):
            for a, b in zip(sum(exact, []), sum(self.quantum_logits(out, *arguments), [])):
                self.assertAlmostEqual(a, b, delta=delta)
        # nothing is left of the qubits: the readout's biases alone
        for arguments in (("depolarizing:0.75",), ("readout:0.5",)):
            rows = self.quantum_logits(out, "--circuit-noise", *arguments)
            self.assertLess(max(abs(a - b) for row in rows for a, b in zip(row, rows[0])), 1e-6)
        # half of every <Z>: halfway to the biases
        for row, half in zip(exact, self.quantum_logits(out, "--circuit-noise", "readout:0.25")):
            for a, b, bias in zip(row, half, rows[0]):
                self.assertAlmostEqual(b, (a + bias) / 2, delta=1e-5)

    def test_keyed_by_the_image_alone(self):
        device = ("--shots", 20, "--circuit-noise", "amplitude_damping:0.05")
        runs = [self.train(f"run{k}", "--epochs", 0, *sets(data__test_limit=limit, data__train_limit=50, training__threads=threads), small=False)[0]
                for k, (limit, threads) in enumerate(((40, 1), (40, 2), (23, 2)))]
        one, two, fewer = (self.quantum_logits(run, *device) for run in runs)
        self.assertEqual(one, two, "any number of threads")
        self.assertEqual(one[:23], fewer, "whatever images stand beside it")
        self.assertEqual(one, self.quantum_logits(runs[0], *device))
        other, _ = self.train("other", "--epochs", 0, "--set", "seed=2", *sets(data__test_limit=40, data__train_limit=50), small=False)
        self.assertNotEqual(one, self.quantum_logits(other, *device))

    def test_amplitudes_and_many_qubits(self):
        """784 pixels are the amplitudes of 10 qubits: by trajectories."""
        out, _ = self.train("amplitude", "--epochs", 0, *sets(quantum__input="amplitude", quantum__qubits=10, data__test_limit=20, data__train_limit=20),
                            small=False)
        exact = self.quantum_logits(out)
        for a, b in zip(sum(exact, []), sum(self.quantum_logits(out, "--circuit-noise", "bit_flip:0"), [])):
            self.assertAlmostEqual(a, b, delta=1e-5)
        noisy = self.quantum_logits(out, "--circuit-noise", "phase_flip:0.01", "--trajectories", 20)
        self.assertNotEqual(noisy, exact)
        self.assertEqual(noisy, self.quantum_logits(out, "--circuit-noise", "phase_flip:0.01", "--trajectories", 20))

    def test_refusals(self):
        out, _ = self.train("run", "--epochs", 0)
        for bad in (["--shots", "0"], ["--shots", "x"], ["--circuit-noise", "depolarizing:0.8"], ["--circuit-noise", "fog:0.1"], ["--zne", "cubic"],
                    ["--zne", "linear", "--scales", "2,4"], ["--scales", "1,3"]):
            self.refused(2, "evaluate", out, *bad, says=[bad[0] if bad[0] != "--zne" or len(bad) == 2 else "--scales"])
        for name, arguments, reason in (("alone", ["spiking-only"], "(model.kind) is spiking"), ("twin", ["classical-twin"], "(quantum.ansatz) is none")):
            run, _ = self.train(name, *arguments, "--epochs", 0)
            for asked in (["--shots", "10"], ["--circuit-noise", "bit_flip:0.1"], ["--zne", "linear"]):
                self.refused(2, "evaluate", run, *asked, says=[reason, "which has none"])
            self.assertEqual(self.evaluate(run)[0]["shots"], None)


if __name__ == "__main__":
    contract.main()
