"""Facts about a circuit and its forms elsewhere: engine/MODEL.md 5."""
import json
import contract
from contract import Case

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


if __name__ == "__main__":
    contract.main()
