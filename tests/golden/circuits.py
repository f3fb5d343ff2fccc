"""Circuits as plain numpy: dense state vectors, every gate as the matrix its definition gives.

Written from the model (engine/MODEL.md 1.2), not from the engine: the engine's golden numbers come from here.
q[0] is the leftmost bit of an index into the 2^n amplitudes. Angles are radians.

An operation is (gate, qubits, angles); an angle is ("c", value), ("x", k, a, b) or ("w", k, a, b): a * p + b.
"""
import numpy as np

I2 = np.eye(2, dtype=complex)
X = np.array([[0, 1], [1, 0]], dtype=complex)
Y = np.array([[0, -1j], [1j, 0]], dtype=complex)
Z = np.diag([1, -1]).astype(complex)
H = np.array([[1, 1], [1, -1]], dtype=complex) / np.sqrt(2)
S = np.diag([1, 1j])
T = np.diag([1, np.exp(0.25j * np.pi)])
SX = 0.5 * np.array([[1 + 1j, 1 - 1j], [1 - 1j, 1 + 1j]])
SWAP = np.eye(4, dtype=complex)[[0, 2, 1, 3]]

FIXED = {"id": I2, "h": H, "x": X, "y": Y, "z": Z, "s": S, "sdg": S.conj(), "t": T, "tdg": T.conj(),
         "sx": SX, "sxdg": SX.conj().T, "swap": SWAP}
GENERATORS = {"rx": X, "ry": Y, "rz": Z, "rxx": np.kron(X, X), "ryy": np.kron(Y, Y), "rzz": np.kron(Z, Z)}
CONTROLLED = {"cx": "x", "cy": "y", "cz": "z", "ch": "h", "cp": "p", "crx": "rx", "cry": "ry", "crz": "rz",
              "cswap": "swap", "ccx": "cx"}


def rotation(generator, t):
    """exp(-i t G / 2) for G*G = 1, and its derivative in t."""
    one = np.eye(len(generator))
    m = np.cos(t / 2) * one - 1j * np.sin(t / 2) * generator
    return m, -0.5j * generator @ m


def matrix(gate, angles):
    """The gate's matrix and the list of its derivatives, one per angle."""
    if gate in FIXED:
        return FIXED[gate], []
    if gate in GENERATORS:
        m, d = rotation(GENERATORS[gate], angles[0])
        return m, [d]
    if gate == "p":
        e = np.exp(1j * angles[0])
        return np.diag([1, e]), [np.diag([0, 1j * e])]
    if gate == "u3":
        t, p, l = angles
        c, s, ep, el = np.cos(t / 2), np.sin(t / 2), np.exp(1j * p), np.exp(1j * l)
        m = np.array([[c, -el * s], [ep * s, ep * el * c]])
        dt = 0.5 * np.array([[-s, -el * c], [ep * c, -ep * el * s]])
        dp = np.array([[0, 0], [1j * ep * s, 1j * ep * el * c]])
        dl = np.array([[0, -1j * el * s], [0, 1j * ep * el * c]])
        return m, [dt, dp, dl]
    inner, derivatives = matrix(CONTROLLED[gate], angles)
    n = len(inner)
    full = np.eye(2 * n, dtype=complex)
    full[n:, n:] = inner
    padded = []
    for d in derivatives:
        z = np.zeros((2 * n, 2 * n), dtype=complex)
        z[n:, n:] = d
        padded.append(z)
    return full, padded


def apply(m, qubits, state, n):
    """m on the given qubits of a state of n; the first qubit is the most significant bit of m."""
    k = len(qubits)
    tensor = np.moveaxis(state.reshape([2] * n), qubits, range(k)).reshape(2 ** k, -1)
    tensor = (m @ tensor).reshape([2] * n)
    return np.moveaxis(tensor, range(k), qubits).reshape(-1)


def angle_value(angle, x, w):
    if angle[0] == "c":
        return angle[1]
    return angle[2] * (x if angle[0] == "x" else w)[angle[1]] + angle[3]


def expectations(state, n):
    p = np.abs(state.reshape([2] * n)) ** 2
    return np.array([p.take(0, axis=i).sum() - p.take(1, axis=i).sum() for i in range(n)])


def run(operations, n, x, w, start=None):
    """State, <Z_i>, and d<Z_i>/dx_k [n][features], d<Z_i>/dw_j [n][weights] by pushing each derivative forward."""
    zero = np.zeros(2 ** n, dtype=complex)
    state = zero.copy()
    state[0] = 1
    if start is not None:
        state = start.astype(complex)
    tangents = {}
    for gate, qubits, angles in operations:
        m, derivatives = matrix(gate, [angle_value(a, x, w) for a in angles])
        for key in tangents:
            tangents[key] = apply(m, qubits, tangents[key], n)
        for angle, d in zip(angles, derivatives):
            if angle[0] == "c":
                continue
            key = (angle[0], angle[1])
            tangents[key] = tangents.get(key, zero) + angle[2] * apply(d, qubits, state, n)
        state = apply(m, qubits, state, n)
    z = expectations(state, n)
    gx, gw = np.zeros((n, len(x))), np.zeros((n, len(w)))
    signs = [1 - 2 * ((np.arange(2 ** n) >> (n - 1 - i)) & 1) for i in range(n)]
    for (kind, k), tangent in tangents.items():
        column = [2 * np.real(np.vdot(state, s * tangent)) for s in signs]
        (gx if kind == "x" else gw)[:, k] = column
    return state, z, gx, gw


def template(ansatz, n, layers, reupload, encode):
    """Operations and number of weights of a template of section 1.2."""
    ops, count = [], 0

    def weight():
        nonlocal count
        count += 1
        return ("w", count - 1, 1.0, 0.0)

    def column():
        return [("ry", [i], [("x", i, 1.0, 0.0)]) for i in range(n)]

    if encode:
        ops += [("h", [i], []) for i in range(n)] + column()
    for layer in range(layers):
        if reupload and layer > 0:
            ops += column()
        if ansatz == "star":
            for i in range(1, n):
                ops += [("cx", [0, i], []), ("rz", [i], [weight()]), ("rx", [i], [weight()]), ("rz", [i], [weight()]),
                        ("cx", [0, i], [])]
        elif ansatz == "ring":
            ops += [("ry", [i], [weight()]) for i in range(n)]
            ops += [("cx", [i, (i + 1) % n], []) for i in range(n)] if n > 1 else []
        elif ansatz == "linear":
            for i in range(n):
                ops += [("ry", [i], [weight()]), ("rz", [i], [weight()])]
            ops += [("cx", [i, i + 1], []) for i in range(n - 1)]
        elif ansatz == "all_to_all":
            ops += [("crz", [i, j], [weight()]) for i in range(n) for j in range(i + 1, n)]
            for i in range(n):
                ops += [("rz", [i], [weight()]), ("rx", [i], [weight()])]
        elif ansatz == "strongly_entangling":
            for i in range(n):
                ops += [("rz", [i], [weight()]), ("ry", [i], [weight()]), ("rz", [i], [weight()])]
            if n > 1:
                shift = 1 + layer % (n - 1)
                ops += [("cx", [i, (i + shift) % n], []) for i in range(n)]
        else:
            raise ValueError(ansatz)
    return ops, count


def openqasm3(operations, n, features, weights):
    """The same circuit as an OpenQASM 3 program, for `quantum.circuit`."""
    def expression(angle):
        if angle[0] == "c":
            return repr(float(angle[1]))
        return f"{angle[2]!r}*{angle[0]}{angle[1]} + {angle[3]!r}"

    lines = ["OPENQASM 3.0;", 'include "stdgates.inc";']
    lines += ["gate rxx(t) a, b { h a; h b; cx a, b; rz(t) b; cx a, b; h a; h b; }",
              "gate ryy(t) a, b { rx(pi/2) a; rx(pi/2) b; cx a, b; rz(t) b; cx a, b; rx(-pi/2) a; rx(-pi/2) b; }",
              "gate rzz(t) a, b { cx a, b; rz(t) b; cx a, b; }"]
    lines += ["gate sxdg a { inv @ sx a; }"] if any(o[0] == "sxdg" for o in operations) else []
    lines += [f"input float[64] x{k};" for k in range(features)]
    lines += [f"input float[64] w{k};" for k in range(weights)]
    lines += [f"qubit[{n}] q;"]
    for gate, qubits, angles in operations:
        call = "(" + ", ".join(expression(a) for a in angles) + ")" if angles else ""
        lines.append(f"{gate}{call} " + ", ".join(f"q[{i}]" for i in qubits) + ";")
    return "\n".join(lines) + "\n"
