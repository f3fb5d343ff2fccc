"""Writes circuit_facts.txt beside it:   /usr/bin/python3 tests/golden/circuit_facts.py

Entangling capability and expressibility of a few circuits, from dense state vectors, reduced density matrices and
overlaps at the angles that engine/base/streams.h documents ("analysis.angles" of seed 0).
"""
import os
import numpy as np
import circuits
from streams import Stream, to_unit

STATES, PAIRS, BINS = 2000, 5000, 75
PLACE, STATE, PAIR = 0, 1, 2


def angles(use, sample, count):
    words = [word for block in range((count + 3) // 4) for word in STREAM.block(block, sample, use)]
    return [to_unit(word) * 2 * np.pi for word in words[:count]]


def state(operations, n, x, w):
    psi = np.zeros(2 ** n, dtype=complex)
    psi[0] = 1
    for gate, qubits, given in operations:
        psi = circuits.apply(circuits.matrix(gate, [circuits.angle_value(a, x, w) for a in given])[0], qubits, psi, n)
    return psi


def meyer_wallach(psi, n):
    total = 0
    for q in range(n):
        m = np.moveaxis(psi.reshape([2] * n), q, 0).reshape(2, -1)
        rho = m @ m.conj().T
        total += np.trace(rho @ rho).real
    return 2 * (1 - total / n)


def capability(operations, n, features, weights):
    values = []
    for s in range(STATES):
        given = angles(STATE, s, features + weights)
        values.append(meyer_wallach(state(operations, n, given[:features], given[features:]), n))
    return np.mean(values), np.std(values, ddof=1) / np.sqrt(STATES)


def expressibility(operations, n, features, weights):
    count = features + weights
    fidelities = []
    for p in range(PAIRS):
        given = angles(PAIR, p, 2 * count)
        a, b = (state(operations, n, given[k:k + features], given[k + features:k + count]) for k in (0, count))
        fidelities.append(min(1.0, abs(np.vdot(a, b)) ** 2))
    share = np.histogram(fidelities, bins=BINS, range=(0, 1))[0] / PAIRS
    edges = np.linspace(0, 1, BINS + 1)
    haar = (1 - edges[:-1]) ** (2 ** n - 1) - (1 - edges[1:]) ** (2 ** n - 1)
    used = share > 0
    return np.sum(share[used] * np.log(share[used] / haar[used]))


STREAM = Stream(0, "analysis.angles")


def main():
    lines = ["# template, qubits, layers: entangling capability, its standard error, expressibility"]
    for ansatz, n, layers in (("star", 4, 1), ("ring", 3, 2), ("strongly_entangling", 3, 1), ("linear", 1, 1), ("all_to_all", 2, 1)):
        operations, weights = circuits.template(ansatz, n, layers, False, True)
        value, error = capability(operations, n, n, weights)
        lines.append(f"{ansatz} {n} {layers} {value!r} {error!r} {expressibility(operations, n, n, weights)!r}".replace("np.float64(", "").replace(")", ""))
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "circuit_facts.txt"), "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
