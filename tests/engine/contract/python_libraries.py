"""Stand-ins for PennyLane and Qiskit: as much of them as programs that `duet-cli circuit --python` prints may use, on plain lists.

Gates are written from the two libraries' own documentation. Wire 0 is the most significant bit here; Qiskit's order of bits never
shows, for its qubits are named by their numbers.
"""
import cmath
import math
import types

ROOT_HALF = math.sqrt(0.5)
FIXED = {
    "id": [[1, 0], [0, 1]], "h": [[ROOT_HALF, ROOT_HALF], [ROOT_HALF, -ROOT_HALF]], "x": [[0, 1], [1, 0]], "y": [[0, -1j], [1j, 0]],
    "z": [[1, 0], [0, -1]], "s": [[1, 0], [0, 1j]], "t": [[1, 0], [0, cmath.exp(0.25j * math.pi)]],
    "sx": [[0.5 + 0.5j, 0.5 - 0.5j], [0.5 - 0.5j, 0.5 + 0.5j]],
    "swap": [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]], "iswap": [[1, 0, 0, 0], [0, 0, 1j, 0], [0, 1j, 0, 0], [0, 0, 0, 1]],
}


def product(a, b):
    return [[sum(x * b[k][j] for k, x in enumerate(row)) for j in range(len(b[0]))] for row in a]


def kronecker(a, b):
    return [[x * y for x in row for y in other] for row in a for other in b]


def adjoint_of(m):
    return [[complex(m[j][i]).conjugate() for j in range(len(m))] for i in range(len(m))]


def turn(*letters):
    """angle -> exp(-i angle P/2)"""
    def matrix(angle):
        p = [[1]]
        for letter in letters:
            p = kronecker(p, FIXED[letter])
        c, s = math.cos(angle / 2), math.sin(angle / 2)
        return [[(c if i == j else 0) - 1j * s * p[i][j] for j in range(len(p))] for i in range(len(p))]
    return matrix


def phase(angle):
    return [[1, 0], [0, cmath.exp(1j * angle)]]


def u(theta, phi, lam):
    c, s = math.cos(theta / 2), math.sin(theta / 2)
    return [[c, -cmath.exp(1j * lam) * s], [cmath.exp(1j * phi) * s, cmath.exp(1j * (phi + lam)) * c]]


def r(theta, phi):
    return u(theta, phi - math.pi / 2, math.pi / 2 - phi)


def controlled(matrix, controls=1):
    """Of a function of angles."""
    def whole(*angles):
        inner = matrix(*angles)
        size = len(inner) << controls
        m = [[1 if i == j else 0 for j in range(size)] for i in range(size)]
        for i, row in enumerate(inner):
            m[size - len(inner) + i][size - len(inner):] = row
        return m
    return whole


def fixed(name):
    return lambda: FIXED[name]


class State:
    def __init__(self, wires):
        self.wires = wires
        self.amplitudes = [1] + [0] * (2 ** wires - 1)

    def apply(self, matrix, on):
        bits = [self.wires - 1 - q for q in on]
        offsets = [sum(1 << bit for k, bit in enumerate(bits) if row >> (len(on) - 1 - k) & 1) for row in range(len(matrix))]
        assert len(matrix) == 2 ** len(on) and len(set(on)) == len(on), on
        for rest in range(len(self.amplitudes)):
            if not rest & offsets[-1]:
                old = [self.amplitudes[rest | o] for o in offsets]
                for o, row in zip(offsets, matrix):
                    self.amplitudes[rest | o] = sum(m * a for m, a in zip(row, old))

    def expectation_z(self, wire):
        return sum(abs(a) ** 2 * (-1 if k >> (self.wires - 1 - wire) & 1 else 1) for k, a in enumerate(self.amplitudes))


def pennylane():
    """The module `pennylane`."""
    qml = types.SimpleNamespace(state=None)

    class Operator:
        def __init__(self, matrix, before=()):
            self.matrix, self.before = matrix, list(before)

        def __call__(self, *angles, wires):
            qml.state.apply(self.matrix(*angles), self.before + ([wires] if isinstance(wires, int) else list(wires)))

    class PauliZ(Operator):
        def __call__(self, *angles, wires=None):
            return angles[0] if wires is None else super().__call__(wires=wires)

    gates = {"Identity": fixed("id"), "Hadamard": fixed("h"), "PauliX": fixed("x"), "PauliY": fixed("y"), "S": fixed("s"), "T": fixed("t"),
             "SX": fixed("sx"), "RX": turn("x"), "RY": turn("y"), "RZ": turn("z"), "PhaseShift": phase, "U3": u,
             "CNOT": controlled(fixed("x")), "CY": controlled(fixed("y")), "CZ": controlled(fixed("z")), "CH": controlled(fixed("h")),
             "ControlledPhaseShift": controlled(phase), "CRX": controlled(turn("x")), "CRY": controlled(turn("y")),
             "CRZ": controlled(turn("z")), "SWAP": fixed("swap"), "CSWAP": controlled(fixed("swap")), "Toffoli": controlled(fixed("x"), 2),
             "IsingXX": turn("x", "x"), "IsingYY": turn("y", "y"), "IsingZZ": turn("z", "z"), "ISWAP": fixed("iswap")}
    for name, matrix in gates.items():
        setattr(qml, name, Operator(matrix))
    qml.PauliZ = PauliZ(fixed("z"))
    qml.Barrier = lambda wires: None
    qml.adjoint = lambda op: Operator(lambda *angles: adjoint_of(op.matrix(*angles)), op.before)
    qml.ctrl = lambda op, control: Operator(controlled(op.matrix, len(control)), control + op.before)
    qml.expval = lambda wire: qml.state.expectation_z(wire)

    def device(name, wires):
        assert name == "default.qubit"
        return wires

    def qnode(wires):
        def decorate(function):
            def run(*arguments):
                qml.state = State(wires)
                return function(*arguments)
            return run
        return decorate
    qml.device, qml.qnode = device, qnode
    return {"pennylane": qml}


def qiskit():
    """The modules `qiskit` and `qiskit.quantum_info`."""
    gates = {name: fixed(name) for name in FIXED}
    gates.update({name + "dg": (lambda m: lambda: adjoint_of(m))(FIXED[name]) for name in ("s", "t", "sx")})
    gates.update(rx=turn("x"), ry=turn("y"), rz=turn("z"), rxx=turn("x", "x"), ryy=turn("y", "y"), rzz=turn("z", "z"), rzx=turn("z", "x"),
                 p=phase, u=u, r=r)
    for name in ("x", "y", "z", "h", "s", "sdg", "sx", "p", "rx", "ry", "rz", "swap"):
        gates["c" + name] = controlled(gates[name])
    gates["ccx"], gates["ccz"] = controlled(fixed("x"), 2), controlled(fixed("z"), 2)

    class QuantumCircuit:
        def __init__(self, qubits):
            self.state = State(qubits)

        def barrier(self):
            pass

        def steps(self, *steps):
            for name, *arguments in steps:
                getattr(self, name)(*arguments)

        def ecr(self, a, b):
            self.steps(("rzx", math.pi / 4, a, b), ("x", a), ("rzx", -math.pi / 4, a, b))

        def dcx(self, a, b):
            self.steps(("cx", a, b), ("cx", b, a))

        def rccx(self, a, b, c):
            self.steps(("h", c), ("t", c), ("cx", b, c), ("tdg", c), ("cx", a, c), ("t", c), ("cx", b, c), ("tdg", c), ("h", c))

        def rcccx(self, a, b, c, d):
            self.steps(("h", d), ("t", d), ("cx", c, d), ("tdg", d), ("h", d), ("cx", a, d), ("t", d), ("cx", b, d), ("tdg", d), ("cx", a, d),
                       ("t", d), ("cx", b, d), ("tdg", d), ("h", d), ("t", d), ("cx", c, d), ("tdg", d), ("h", d))

    def method(matrix):
        def call(self, *arguments):
            angles = matrix.__code__.co_argcount if not matrix.__code__.co_flags & 4 else None
            if angles is None:  # of a controlled gate: what is left of the arguments when the matrix fits the qubits
                for angles in range(4):
                    try:
                        m = matrix(*arguments[:angles])
                    except TypeError:
                        continue
                    if len(m) == 2 ** (len(arguments) - angles):
                        break
            self.state.apply(matrix(*arguments[:angles]), arguments[angles:])
        return call
    for name, matrix in gates.items():
        setattr(QuantumCircuit, name, method(matrix))

    class Statevector:
        def __init__(self, circuit):
            self.state = circuit.state

        def expectation_value(self, operator, on):
            assert operator == "Z" and len(on) == 1
            return complex(self.state.expectation_z(on[0]))

    information = types.SimpleNamespace(Pauli=str, Statevector=Statevector)
    return {"qiskit": types.SimpleNamespace(QuantumCircuit=QuantumCircuit, quantum_info=information), "qiskit.quantum_info": information}
