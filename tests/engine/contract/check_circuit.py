"""Facts about a circuit and its forms elsewhere: engine/MODEL.md 5."""
import ast
import contextlib
import importlib.util
import io
import json
import os
import random
import subprocess
import sys
from unittest import mock
import contract
import python_libraries
from contract import Case, read

HEAD3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'


def star(qubits):
    """A layer of the star, as engine/MODEL.md 1.2 says it."""
    weights = 3 * (qubits - 1)
    lines = [f"input float[64] x{i};" for i in range(qubits)] + [f"input float[64] w{k};" for k in range(weights)]
    lines += [f"qubit[{qubits}] q;", "h q;"] + [f"ry(x{i}) q[{i}];" for i in range(qubits)]
    for i in range(1, qubits):
        k = 3 * (i - 1)
        lines += [f"cx q[0], q[{i}];", f"rz(w{k}) q[{i}];", f"rx(w{k + 1}) q[{i}];", f"rz(w{k + 2}) q[{i}];", f"cx q[0], q[{i}];"]
    return HEAD3 + "\n".join(lines) + "\n"


class Facts(Case):
    def facts(self, text):
        return json.loads(self.ok("circuit", self.write("c.qasm", text), "--facts", "--json").stdout)["facts"]

    def test_only_when_asked_for(self):
        file = self.write("c.qasm", star(2))
        self.assertNotIn("facts", json.loads(self.ok("circuit", file, "--json").stdout))
        self.assertNotIn("Facts", self.ok("circuit", file).stdout)

    def test_the_star(self):
        facts = self.facts(star(5))
        self.assertEqual([facts[k] for k in ("weights", "acting_weights", "two_qubit_gates")], [12, 8, 8])
        self.assertEqual(facts["gates"], {"h": 5, "rx": 4, "ry": 5, "rz": 8, "cx": 8})
        self.assertEqual([d["weight"] for d in facts["dead"]], ["w2", "w5", "w8", "w11"])
        for one in facts["dead"]:
            self.assertEqual(set(one), {"weight", "reason"})
            self.assertIn("commutes", one["reason"])
        self.assertEqual(facts["depth"], 2 + 4 * 5)  # two layers for the input; all CX follow one another on q[0]
        self.assertEqual(facts["light_cones"], [[0]] + [[0, i] for i in range(1, 5)])

    def test_sampled_figures(self):
        text = HEAD3 + "input float w0;\nqubit[2] q;\nry(w0) q[0];\ncx q[0], q[1];\n"
        facts = self.facts(text)
        self.assertEqual(list(facts)[-2:], ["entangling_capability", "expressibility"])
        self.assertEqual(set(facts["entangling_capability"]), {"value", "standard_error", "samples"})
        self.assertEqual(set(facts["expressibility"]), {"value", "samples", "bins"})
        self.assertEqual(facts["expressibility"]["bins"], 75)
        found = facts["entangling_capability"]  # Q = sin^2 w0, whose mean is 1/2 and variance 1/8
        self.assertAlmostEqual(found["standard_error"], (1 / 8 / found["samples"]) ** 0.5, delta=2e-4)
        self.assertAlmostEqual(found["value"], 0.5, delta=4 * found["standard_error"])
        self.assertEqual(self.facts(text), facts)
        large = HEAD3 + "qubit[20] q;\nh q;\n"
        facts = self.facts(large)
        self.assertIsNone(facts["entangling_capability"])
        self.assertIsNone(facts["expressibility"])
        self.assertIn("too large to sample", self.ok("circuit", self.write("c.qasm", large), "--facts").stdout)

    def test_light_cones_end_where_nothing_is_passed_on(self):
        chain = HEAD3 + "qubit[4] q;\nh q[0];\ncx q[0], q[1];\ncx q[1], q[2];\n"
        self.assertEqual(self.facts(chain)["light_cones"], [[0], [0, 1], [0, 1, 2], [3]])
        self.assertEqual(self.facts(chain + "ry(1) q[1];\ncz q[1], q[3];\nh q[3];")["light_cones"], [[0], [0, 1, 2], [0, 1, 2], [0, 1, 2, 3]])

    def test_depth_counts_layers_and_barriers_hold(self):
        def depth(lines):
            return self.facts(HEAD3 + "qubit[3] q;\n" + lines)["depth"]
        self.assertEqual(depth(""), 0)
        self.assertEqual(depth("barrier q;"), 0)
        self.assertEqual(depth("h q; x q[0];"), 2)
        self.assertEqual(depth("h q[0]; h q[1];"), 1)
        self.assertEqual(depth("h q[0]; barrier q; h q[1];"), 2)
        self.assertEqual(depth("h q[0]; cx q[0], q[1]; ccx q[0], q[1], q[2]; h q[0];"), 4)

    def test_names_and_reasons(self):
        text = HEAD3 + ("input float[64] theta;\ninput float[64] w1;\ninput float[64] unused;\nqubit[2] q;\n"
                        "rz(theta) q[0];\nh q[0];\ncrx(w1) q[1], q[0];\n")
        facts = self.facts(text)
        self.assertEqual({d["weight"]: d["reason"] for d in facts["dead"]},
                         {"theta": "acts on a state that it only multiplies by a phase",
                          "w1": "stands in a gate with a control that is always 0", "unused": "no gate uses it"})
        self.assertEqual(facts["acting_weights"], 0)
        said = self.ok("circuit", self.write("c.qasm", text), "--facts").stdout
        for words in ("depth 3;", "3 weights, of which 0 can", "theta cannot: acts on a state", "q[1] depends on gates on q[1]"):
            self.assertIn(words, said)


def every_gate():
    """name -> qubits and angles of each gate there is."""
    lines = read(os.path.join(os.path.dirname(__file__), "../../golden/gates.txt")).splitlines()
    heads = [line.split() for line in lines if line[0] not in "# "]
    return {name: (int(qubits), len(angles)) for name, qubits, *angles in heads}


def scrambled(gates, seed, qubits=5):
    """A program with these gates, named inputs and other gates between them, so that each shows in <Z>."""
    draw = random.Random(seed)
    lines = ["input float[64] x0;", "input float[64] x1;", "input float[64] w0;", "input float[64] theta;", f"qubit[{qubits}] q;"]
    for name in gates:
        count, angles = every_gate()[name]
        lines += [f"u3({draw.uniform(-3, 3)!r}, {draw.uniform(-3, 3)!r}, 1.5) q[{q}];" for q in range(qubits)] + ["barrier q;"]
        values = ", ".join(draw.choice(["x0", "-w0", "0.5*theta - pi/3", "x1 + 0.25", repr(draw.uniform(-3, 3))]) for _ in range(angles))
        on = ", ".join(f"q[{q}]" for q in draw.sample(range(qubits), count))
        lines.append(name + (f"({values}) " if angles else " ") + on + ";")
        lines += [f"ry({draw.uniform(-3, 3)!r}) q[{q}];" for q in range(qubits)]
    return HEAD3 + "\n".join(lines) + "\n"


class Exports(Case):
    GIVEN = ["--set", "x0=0.3", "--set", "x1=-1.1", "--set", "w0=2.5", "--set", "theta=pi/5"]

    def z(self, file, *given):
        return json.loads(self.ok("circuit", file, "--json", *given).stdout)["expectation_z"]

    def assert_near(self, found, expected):
        self.assertEqual(len(found), len(expected))
        for a, b in zip(found, expected):
            self.assertAlmostEqual(a, b, delta=1e-9)

    def run_program(self, text, modules):
        """What it prints, with these modules in the place of the real ones."""
        printed = io.StringIO()
        with mock.patch.dict(sys.modules, modules), contextlib.redirect_stdout(printed):
            exec(compile(text, "program.py", "exec"), {"__name__": "__main__"})
        return ast.literal_eval(printed.getvalue())

    def test_python_programs_compute_what_duet_does(self):
        gates = sorted(every_gate())
        self.assertGreater(len(gates), 40)
        for seed, some in enumerate(gates[k:k + 3] for k in range(0, len(gates), 3)):
            file = self.write("c.qasm", scrambled(some, seed))
            expected = self.z(file, *self.GIVEN)
            for library, modules in (("pennylane", python_libraries.pennylane()), ("qiskit", python_libraries.qiskit())):
                with self.subTest(gates=some, library=library):
                    text = self.ok("circuit", file, *self.GIVEN, "--python", library).stdout
                    self.assert_near(self.run_program(text, modules), expected)
                    if importlib.util.find_spec(library):
                        real = subprocess.run([sys.executable, "-"], input=text, capture_output=True, text=True)
                        self.assert_near(ast.literal_eval(real.stdout), expected)

    def test_python_programs_name_inputs_and_order(self):
        file = self.write("c.qasm", scrambled(["rx"], 1))
        text = self.ok("circuit", file, "--set", "theta=0.7", "--python", "pennylane").stdout
        for words in ("def expectation_z(x, w):", "0.7,  # theta", "0.0,  # w0", "0.0,  # x1", "leftmost bit", "import pennylane as qml"):
            self.assertIn(words, text)
        self.assertIn("rightmost bit", self.ok("circuit", file, "--python", "qiskit").stdout)
        self.assertEqual(self.run_program(self.ok("circuit", self.write("d.qasm", HEAD3 + "qubit[2] q;\nx q[1];\n"), "--python", "qiskit").stdout,
                                          python_libraries.qiskit()), [1, -1])

    def test_openqasm_keeps_or_binds_the_inputs(self):
        file = self.write("c.qasm", scrambled(sorted(every_gate()), 3))
        two, three, tex, svg = (self.path(name) for name in ("two.qasm", "three.qasm", "c.tex", "c.svg"))
        self.ok("circuit", file, *self.GIVEN, "--qasm2", two, "--qasm3", three, "--latex", tex, "--svg", svg)
        self.assert_near(self.z(two), self.z(file, *self.GIVEN))
        self.assertEqual(json.loads(self.ok("circuit", three, "--json", *self.GIVEN).stdout),
                         json.loads(self.ok("circuit", file, "--json", *self.GIVEN).stdout))
        self.assertNotIn("input", read(two))
        self.assertIn("input float[64] theta;", read(three))
        self.ok("circuit", two, "--qasm2", self.path("again.qasm"))
        self.assertEqual(read(self.path("again.qasm")), read(two))
        self.ok("circuit", three, "--qasm3", self.path("again.qasm"))
        self.assertEqual(read(self.path("again.qasm")), read(three))
        for gate in every_gate():
            self.assertIn("\n" + gate, read(three))
        self.assertTrue(read(tex).startswith("\\documentclass"))
        self.assertIn("\\usetikzlibrary{quantikz2}", read(tex))
        self.assertEqual(read(tex).count("{"), read(tex).count("}"))

    def test_refusals(self):
        file = self.write("c.qasm", scrambled(["cx"], 1))
        self.refused(2, "circuit", file, "--python", "cirq", says=["--python cirq", "pennylane or qiskit"])
        self.refused(2, "circuit", file, "--python", "qiskit", "--json", "--qasm3", self.path("not.qasm"), says=["--json"])
        self.assertFalse(os.path.exists(self.path("not.qasm")))
        self.refused(2, "circuit", file, "--python", "qiskit", "--facts", says=["--facts"])
        for option in ("--qasm2", "--qasm3", "--latex"):
            self.refused(4, "circuit", file, option, "/dev/null/c", says=["/dev/null/c"])


if __name__ == "__main__":
    contract.main()
