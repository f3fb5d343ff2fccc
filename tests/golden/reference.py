"""The whole network in plain numpy f64: forward, loss, backward, optimisers. Written from engine/MODEL.md alone.

Slow and obvious on purpose; shares nothing with the engine. Used by make_golden.py.
Arrays: images [image][pixel] in 0..1, spikes and membranes [step][image][neuron], Linear weights [out][in].
"""
import math
import numpy as np
import circuits

NEURON_SLOPES = {"fast_sigmoid": 25.0, "atan": 2.0, "sigmoid": 25.0, "triangular": 1.0, "straight_through": 1.0}


def resolve(settings):
    """The defaults under the given flat settings ("spiking.neuron.kind": "lif", ...)."""
    full = {"model.kind": "parallel", "model.fusion_ratio": 0.6,
            "spiking.encoder": "constant", "spiking.max_rate": 1.0, "spiking.steps": 10, "spiking.hidden": [128],
            "spiking.neuron.kind": "lif", "spiking.neuron.tau_ms": 10.0, "spiking.neuron.threshold": 1.0,
            "spiking.neuron.v_rest": 0.0, "spiking.neuron.v_reset": 0.0, "spiking.neuron.resistance": 10.0,
            "spiking.neuron.refractory_ms": 0.0, "spiking.neuron.reset": "subtract",
            "spiking.neuron.surrogate": "fast_sigmoid",
            "quantum.input": "spiking", "quantum.qubits": 5, "quantum.ansatz": "star", "quantum.layers": 1,
            "quantum.reupload": False, "quantum.projection": [],
            "training.optimizer": "adam", "training.learning_rate": 0.001, "training.momentum": 0.0,
            "training.weight_decay": 0.01, "training.schedule": "constant", "training.step_epochs": 10,
            "training.step_factor": 0.1, "training.clip_norm": 0.0, "training.epochs": 10,
            "training.train_spiking": True, "training.train_quantum": True}
    full.update(settings)
    full.setdefault("spiking.dt_ms", 10.0 if full["spiking.neuron.kind"] == "rate" else 1.0)
    full.setdefault("spiking.neuron.slope", NEURON_SLOPES[full["spiking.neuron.surrogate"]])
    return full


def surrogate(kind, k, d):
    """The spike's derivative at distance d = v - threshold (engine/MODEL.md 1.1)."""
    if kind == "fast_sigmoid":
        return 1 / (1 + k * np.abs(d)) ** 2
    if kind == "atan":
        return (k / 2) / (1 + (np.pi * k * d / 2) ** 2)
    if kind == "sigmoid":
        s = 1 / (1 + np.exp(-k * d))
        return k * s * (1 - s)
    if kind == "triangular":
        return np.maximum(0, 1 - k * np.abs(d))
    return np.ones_like(d)


class Neurons:
    """One layer of neurons over all steps, with its backward pass."""

    def __init__(self, e):
        self.kind, self.dt_ms, self.steps = e["spiking.neuron.kind"], e["spiking.dt_ms"], e["spiking.steps"]
        self.e = {key.split(".")[-1]: value for key, value in e.items() if key.startswith("spiking.neuron.")}
        self.margin = math.inf

    def forward(self, u, v0=None, constant=False):
        """u [step][image][neuron] -> output s of the same shape."""
        self.u = u
        if self.kind == "rate":
            return self._rate(u, v0, constant)
        e, lif = self.e, self.kind == "lif"
        a = math.exp(-self.dt_ms / e["tau_ms"]) if lif else 1.0
        g = e["resistance"] * (1 - a) if lif else 1.0
        rest = e["v_rest"] if lif else 0.0
        hold = math.ceil(e["refractory_ms"] / self.dt_ms)
        v = np.full(u.shape[1:], e["v_rest"] if lif else e["v_reset"], dtype=float)
        silent = np.zeros(u.shape[1:], dtype=int)
        self.a, self.g = a, g
        self.membrane, self.active = np.zeros_like(u), np.zeros(u.shape, dtype=bool)
        self.spikes = np.zeros_like(u)
        for t in range(self.steps):
            active = silent == 0
            v = np.where(active, rest + a * (v - rest) + g * u[t], e["v_reset"])
            s = active & (v >= e["threshold"])
            self.margin = min(self.margin, np.abs(v - e["threshold"])[active].min(initial=math.inf))
            self.membrane[t], self.active[t], self.spikes[t] = v, active, s
            reset = v - (e["threshold"] - e["v_reset"]) if e["reset"] == "subtract" else np.full_like(v, e["v_reset"])
            v = np.where(s, reset, v)
            silent = np.where(s, hold, np.maximum(silent - 1, 0))
        return self.spikes

    def _rate(self, u, v0, constant):
        dt = self.dt_ms / 1000
        q = np.maximum(0, u) * dt
        self.membrane, self.spikes = np.zeros_like(u), np.zeros_like(u)
        v = v0.copy()
        for t in range(self.steps):
            if constant:  # the definition for constant input: no sum of rounding errors
                before, after = np.floor(v0 + t * q[t]), v0 + (t + 1) * q[t]
                self.membrane[t], n = after - before, np.floor(after) - before
            else:
                self.membrane[t] = v + q[t]
                n = np.floor(v + q[t])
                v = v + q[t] - n
            distance = np.abs(self.membrane[t] - np.round(self.membrane[t]))[q[t] > 0]
            self.margin = min(self.margin, distance.min(initial=math.inf), np.abs(u[t]).min(initial=math.inf))
            self.spikes[t] = n
        return self.spikes / dt

    def backward(self, ds):
        """dL/ds -> dL/du."""
        if self.kind == "rate":
            return ds * (self.u > 0)
        e = self.e
        du, carry = np.zeros_like(ds), np.zeros(ds.shape[1:])
        for t in reversed(range(self.steps)):
            if e["reset"] == "zero":
                carry = carry * (1 - self.spikes[t])
            gv = ds[t] * surrogate(e["surrogate"], e["slope"], self.membrane[t] - e["threshold"]) + carry
            gv = np.where(self.active[t], gv, 0)
            du[t] = self.g * gv
            carry = self.a * gv
        return du


class SpikingStack:
    """encoder -> (Linear -> neurons)* -> mean over time."""

    def __init__(self, e, prefix, p, draws):
        self.e, self.prefix, self.p, self.draws = e, prefix, p, draws
        self.layers = len(e["spiking.hidden"])

    def encode(self, images):
        e, steps = self.e, self.e["spiking.steps"]
        if e["spiking.encoder"] == "constant":
            return np.repeat(images[None], steps, 0)
        if e["spiking.encoder"] == "poisson":  # draws [step][image][pixel], uniform in [0,1)
            return (self.draws["poisson"][self.prefix] < e["spiking.max_rate"] * images).astype(float)
        when = np.floor((1 - images) * (steps - 1) + 0.5)
        return np.array([(when == t) & (images > 0.05) for t in range(steps)], dtype=float)

    def forward(self, images):
        s = self.encode(images)
        self.inputs, self.neurons = [], []
        for layer in range(self.layers):
            w, b = self.p[f"{self.prefix}.{layer}.weight"], self.p[f"{self.prefix}.{layer}.bias"]
            self.inputs.append(s)
            cell = Neurons(self.e)
            v0 = self.draws["rate"][self.prefix][layer] if cell.kind == "rate" else None
            s = cell.forward(s @ w.T + b, v0, self.e["spiking.encoder"] == "constant" and layer == 0)
            self.neurons.append(cell)
        return s.mean(0)

    def backward(self, dmean, gradient):
        steps = self.e["spiking.steps"]
        ds = np.repeat(dmean[None] / steps, steps, 0)
        for layer in reversed(range(self.layers)):
            du = self.neurons[layer].backward(ds)
            gradient[f"{self.prefix}.{layer}.weight"] = np.einsum("tbo,tbi->oi", du, self.inputs[layer])
            gradient[f"{self.prefix}.{layer}.bias"] = du.sum((0, 1))
            ds = du @ self.p[f"{self.prefix}.{layer}.weight"]


class QuantumBranch:
    """input -> angles -> circuit -> <Z_i> -> Linear(n, 10)."""

    def __init__(self, e, p, draws, custom):
        self.e, self.p, self.draws = e, p, draws
        self.n, self.kind, self.ansatz = e["quantum.qubits"], e["quantum.input"], e["quantum.ansatz"]
        if custom is not None:
            self.operations = custom
        elif self.ansatz != "none":
            self.operations, _ = circuits.template(self.ansatz, self.n, e["quantum.layers"], e["quantum.reupload"],
                                                   self.kind != "amplitude")

    def _linear_chain(self):
        return [f"quantum.projection.{k}" for k in range(len(self.e["quantum.projection"]))
                if self.kind == "spiking"] + ["quantum.angles"]

    def _angles(self, images):
        n, d = self.n, images.shape[1]
        if self.kind == "pooled":
            means = [images[:, d * i // n:d * (i + 1) // n].mean(1) for i in range(n)]
            return np.pi * (np.array(means).T - 0.5)
        h = images
        if self.kind == "spiking":
            self.stack = SpikingStack(self.e, "quantum.encoder", self.p, self.draws)
            h = self.stack.forward(images)
        self.chain = []
        for name in self._linear_chain():
            self.chain.append(h)
            h = h @ self.p[name + ".weight"].T + self.p[name + ".bias"]
        self.tanh = np.tanh(h)
        return self.tanh if self.ansatz == "none" else np.pi / 2 * self.tanh

    def forward(self, images):
        weights = self.p.get("quantum.circuit.weights", np.zeros(0))
        if self.kind == "amplitude":
            padded = np.zeros((len(images), 2 ** self.n))
            padded[:, :images.shape[1]] = images
            norm = np.sqrt((padded ** 2).sum(1, keepdims=True))
            padded[norm[:, 0] == 0, 0] = 1
            starts = padded / np.where(norm == 0, 1, norm)
            self.x = np.zeros((len(images), 0))
        else:
            self.x, starts = self._angles(images), [None] * len(images)
        if self.ansatz == "none":
            self.z, self.states = self.x, None
        else:
            results = [circuits.run(self.operations, self.n, x, weights, s) for x, s in zip(self.x, starts)]
            self.states = [r[0] for r in results]
            self.z = np.array([r[1] for r in results])
            self.jacobians = [(r[2], r[3]) for r in results]
        return self.z @ self.p["quantum.readout.weight"].T + self.p["quantum.readout.bias"]

    def backward(self, dlogits, gradient):
        gradient["quantum.readout.weight"] = dlogits.T @ self.z
        gradient["quantum.readout.bias"] = dlogits.sum(0)
        dz = dlogits @ self.p["quantum.readout.weight"]
        dx = dz
        if self.ansatz != "none":
            dx = np.array([g @ jx for g, (jx, _) in zip(dz, self.jacobians)])
            if "quantum.circuit.weights" in self.p:
                gradient["quantum.circuit.weights"] = sum(g @ jw for g, (_, jw) in zip(dz, self.jacobians))
        if self.kind in ("pooled", "amplitude"):
            return
        dh = dx * (1.0 if self.ansatz == "none" else np.pi / 2) * (1 - self.tanh ** 2)
        for name, h in reversed(list(zip(self._linear_chain(), self.chain))):
            gradient[name + ".weight"] = dh.T @ h
            gradient[name + ".bias"] = dh.sum(0)
            dh = dh @ self.p[name + ".weight"]
        if self.kind == "spiking":
            self.stack.backward(dh, gradient)


class Network:
    def __init__(self, e, parameters, draws=None, custom=None):
        self.e, self.p, self.draws, self.custom = e, parameters, draws, custom

    def forward(self, images):
        e = self.e
        kind = e["model.kind"]
        self.r = {"parallel": e["model.fusion_ratio"], "spiking": 0.0, "serial": 1.0}[kind]
        self.spiking = self.quantum = None
        fused = 0
        if kind != "serial":
            self.spiking = SpikingStack(e, "spiking", self.p, self.draws)
            self.mean = self.spiking.forward(images)
            self.logits_spiking = self.mean @ self.p["spiking.readout.weight"].T + self.p["spiking.readout.bias"]
            fused = fused + (1 - self.r) * self.logits_spiking
        if kind != "spiking":
            self.quantum = QuantumBranch(e, self.p, self.draws, self.custom)
            self.logits_quantum = self.quantum.forward(images)
            fused = fused + self.r * self.logits_quantum
        self.fused = fused
        return fused

    def loss(self, labels):
        top = self.fused.max(1, keepdims=True)
        self.softmax = np.exp(self.fused - top)
        self.softmax /= self.softmax.sum(1, keepdims=True)
        rows = np.arange(len(labels))
        return -np.mean(np.log(self.softmax[rows, labels])), np.mean(self.fused.argmax(1) == labels)

    def backward(self, labels):
        d = self.softmax.copy()
        d[np.arange(len(labels)), labels] -= 1
        d /= len(labels)
        gradient = {}
        if self.spiking:
            ds = (1 - self.r) * d
            gradient["spiking.readout.weight"] = ds.T @ self.mean
            gradient["spiking.readout.bias"] = ds.sum(0)
            self.spiking.backward(ds @ self.p["spiking.readout.weight"], gradient)
        if self.quantum:
            self.quantum.backward(self.r * d, gradient)
        return gradient

    def margin(self):
        """How close any membrane came to its threshold (or a rate neuron to its floor)."""
        stacks = [self.spiking, getattr(self.quantum, "stack", None)]
        return min([cell.margin for s in stacks if s for cell in s.neurons] + [math.inf])


class Optimizer:
    """PyTorch's formulas (engine/MODEL.md 1.3)."""

    def __init__(self, e, steps_per_epoch):
        self.e = {key.split(".")[-1]: value for key, value in e.items() if key.startswith("training.")}
        self.per_epoch, self.total = steps_per_epoch, steps_per_epoch * self.e["epochs"]
        self.state, self.done = {}, 0

    def rate(self):
        e = self.e
        if e["schedule"] == "cosine":
            return e["learning_rate"] * 0.5 * (1 + math.cos(math.pi * self.done / self.total))
        if e["schedule"] == "step":
            return e["learning_rate"] * e["step_factor"] ** (self.done // self.per_epoch // e["step_epochs"])
        return e["learning_rate"]

    def step(self, parameters, gradient):
        e, lr = self.e, self.rate()
        live = {k: g for k, g in gradient.items() if e["train_" + k.split(".")[0]]}
        if e["clip_norm"] > 0:
            norm = math.sqrt(sum((g ** 2).sum() for g in live.values()))
            live = {k: g * min(1.0, e["clip_norm"] / (norm + 1e-6)) for k, g in live.items()}
        self.done += 1
        for name, g in live.items():
            p, s = parameters[name], self.state.setdefault(name, {"m": 0.0 * g, "v": 0.0 * g, "t": 0})
            s["t"] += 1
            if e["optimizer"] == "sgd":
                s["m"] = e["momentum"] * s["m"] + g
                parameters[name] = p - lr * s["m"]
            elif e["optimizer"] == "rmsprop":
                s["v"] = 0.99 * s["v"] + 0.01 * g * g
                parameters[name] = p - lr * g / (np.sqrt(s["v"]) + 1e-8)
            else:
                if e["optimizer"] == "adamw":
                    p = p * (1 - lr * e["weight_decay"])
                s["m"] = 0.9 * s["m"] + 0.1 * g
                s["v"] = 0.999 * s["v"] + 0.001 * g * g
                m, v = s["m"] / (1 - 0.9 ** s["t"]), s["v"] / (1 - 0.999 ** s["t"])
                parameters[name] = p - lr * m / (np.sqrt(v) + 1e-8)
