"""Writes devices.txt (JSON) beside it:   /usr/bin/python3 tests/golden/devices.py

Circuits on noisy devices by plain numpy, written from engine/MODEL.md 6, not from the engine: the density matrix as
a sum over Kraus operators, every gate and operator as a 2^n x 2^n matrix; extrapolation by numpy's own polynomial fits.
"""
import json
import os
import numpy as np
import circuits
from circuits import I2, X, Y, Z

FOLDER = os.path.dirname(os.path.abspath(__file__))
HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'


def kraus(kind, p):
    falls = np.array([[0, np.sqrt(p)], [0, 0]])
    return {"depolarizing": [np.sqrt(1 - p) * I2] + [np.sqrt(p / 3) * P for P in (X, Y, Z)],
            "amplitude_damping": [np.diag([1, np.sqrt(1 - p)]), falls],
            "phase_damping": [np.diag([1, np.sqrt(1 - p)]), np.diag([0, np.sqrt(p)])],
            "bit_flip": [np.sqrt(1 - p) * I2, np.sqrt(p) * X],
            "phase_flip": [np.sqrt(1 - p) * I2, np.sqrt(p) * Z]}[kind]


def full(m, qubits, n):
    """m on some of n qubits as a 2^n x 2^n matrix."""
    return np.stack([circuits.apply(m, qubits, column, n) for column in np.eye(2 ** n, dtype=complex)], axis=1)


def noisy_z(gates, n, noise, scale):
    """gates: (matrix, qubits). <Z_i> of U (U^-1 U)^k under noise."""
    rho = np.zeros((2 ** n, 2 ** n), dtype=complex)
    rho[0, 0] = 1
    back = [(m.conj().T, qubits) for m, qubits in reversed(gates)]
    for way in range(scale):
        for m, qubits in (gates, back)[way % 2]:
            u = full(m, qubits, n)
            rho = u @ rho @ u.conj().T
            for kind, p in noise:
                for q in qubits if kind != "readout" else []:
                    rho = sum(k @ rho @ k.conj().T for k in (full(k, [q], n) for k in kraus(kind, p)))
    p = np.real(np.diag(rho)).reshape([2] * n)
    z = np.array([p.take(0, axis=i).sum() - p.take(1, axis=i).sum() for i in range(n)])
    for kind, p in noise:
        z = z * (1 - 2 * p) if kind == "readout" else z
    return z


def at_zero(fit, scales, values):
    if fit == "richardson":
        return np.polyfit(scales, values, len(scales) - 1)[-1]
    if fit == "linear":
        return np.polyfit(scales, values, 1)[-1]
    sign = np.sign(values[0])
    sizes = sign * np.array(values)
    return sign * np.exp(np.polyfit(scales, np.log(sizes), 1, w=np.sqrt(sizes))[-1])


def case(name, n, operations, noise, scales):
    """operations: (gate, qubits, angles)."""
    text = HEAD + f"qubit[{n}] q;\n"
    gates = []
    for gate, qubits, angles in operations:
        inside = "(" + ", ".join(repr(a) for a in angles) + ")" if angles else ""
        text += gate + inside + " " + ", ".join(f"q[{q}]" for q in qubits) + ";\n"
        if gate == "barrier":
            continue
        gates.append((circuits.matrix(gate, angles)[0], qubits))
    by_scale = [noisy_z(gates, n, noise, s) for s in scales]
    fits = ["richardson", "linear"]
    if all(np.all(z * np.sign(by_scale[0]) > 1e-6) for z in by_scale):
        fits.append("exponential")
    return {"name": name, "program": text, "noise": [f"{kind}:{p!r}" for kind, p in noise], "scales": scales,
            "noisy": by_scale[scales.index(1)].tolist(),
            "mitigated": {fit: [float(at_zero(fit, scales, [z[i] for z in by_scale])) for i in range(n)] for fit in fits}}


PAIR = [("ry", [0], [0.9]), ("cx", [0, 1], []), ("ry", [1], [0.4]), ("id", [0], []), ("barrier", [0, 1], []), ("x", [0], [])]
MIXED = [("ry", [0], [0.3]), ("rx", [1], [0.7]), ("cx", [0, 2], []), ("cswap", [1, 0, 2], []), ("crz", [2, 1], [1.1]), ("u3", [0], [0.2, 0.9, -0.4]),
         ("ccx", [2, 0, 1], []), ("ch", [1, 2], []), ("swap", [0, 2], []), ("t", [1], []), ("sx", [0], []), ("cp", [0, 1], [0.6])]


def star(n):
    operations, count = [], 0
    for gate, qubits, angles in circuits.template("star", n, 1, False, True)[0]:
        values = []
        for _ in angles:
            count += 1
            values.append(round(0.9 * np.sin(count), 3))
        operations.append((gate, qubits, [float(v) for v in values]))
    return operations


if __name__ == "__main__":
    everything = [("amplitude_damping", 0.05), ("bit_flip", 0.02), ("phase_damping", 0.1), ("phase_flip", 0.03), ("depolarizing", 0.04),
                  ("readout", 0.06)]
    cases = [case("pair " + kind, 2, PAIR, [(kind, p)], [1, 3, 5])
             for kind, p in (("depolarizing", 0.05), ("amplitude_damping", 0.1), ("phase_damping", 0.15), ("bit_flip", 0.07),
                             ("phase_flip", 0.2), ("readout", 0.1))]
    cases += [case("mixed", 3, MIXED, [("depolarizing", 0.01)], [1, 3, 5, 7]),
              case("all channels", 3, MIXED, everything, [1, 3]),
              case("order", 2, PAIR, [("amplitude_damping", 0.3), ("bit_flip", 0.2)], [1, 3, 5]),
              case("order turned", 2, PAIR, [("bit_flip", 0.2), ("amplitude_damping", 0.3)], [1, 3, 5]),
              case("star", 5, star(5), [("depolarizing", 0.01), ("readout", 0.02)], [1, 3, 5])]
    with open(os.path.join(FOLDER, "devices.txt"), "w") as file:
        json.dump(cases, file, indent=0)
        file.write("\n")
