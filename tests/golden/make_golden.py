"""Writes the golden files beside it:   /usr/bin/python3 tests/golden/make_golden.py

Each file holds settings, images, weights (short decimals, exact in text) and what reference.py makes of them.
Weights come from sine patterns, never from the engine's random start; the pattern's phase is searched until every
membrane of every pass stays farther than 1e-3 from its threshold, so that float32 and float64 spike alike.
"""
import json
import os
import sys
import numpy as np
import circuits
from reference import Network, Optimizer, resolve

FOLDER = os.path.dirname(os.path.abspath(__file__))
COMMAND = "/usr/bin/python3 tests/golden/make_golden.py"
MARGIN = 1e-3


def pattern(shape, scale, phase):
    k = np.arange(int(np.prod(shape)), dtype=float)
    return np.round(scale * np.sin(phase + 1.3 * k + 0.37 * (k * k % 101)), 4).reshape(shape)


def images_of(count, rows, cols):
    k = np.arange(count * rows * cols, dtype=float)
    bright = np.abs(np.sin(0.9 * k + 0.11 * (k * k % 53))) * 255
    dark = (k * 7 % 5 == 0) | (np.sin(1.7 * k) > 0.75)
    return np.where(dark, 0, bright).astype(int).reshape(count, rows * cols)


def shapes(e, pixels, custom_weights):
    """Tensor names and shapes of engine/MODEL.md 3."""
    out = {}

    def stack(prefix):
        width = pixels
        for k, h in enumerate(e["spiking.hidden"]):
            out[f"{prefix}.{k}.weight"], out[f"{prefix}.{k}.bias"] = (h, width), (h,)
            width = h
        return width

    def linear(name, rows, cols):
        out[name + ".weight"], out[name + ".bias"] = (rows, cols), (rows,)

    if e["model.kind"] != "serial":
        linear("spiking.readout", 10, stack("spiking"))
    if e["model.kind"] != "spiking":
        n, source = e["quantum.qubits"], e["quantum.input"]
        if source in ("spiking", "linear"):
            width = pixels
            if source == "spiking":
                width = stack("quantum.encoder")
                for k, h in enumerate(e["quantum.projection"]):
                    linear(f"quantum.projection.{k}", h, width)
                    width = h
            linear("quantum.angles", n, width)
        count = custom_weights
        if e["quantum.ansatz"] not in ("none", "custom"):
            count = circuits.template(e["quantum.ansatz"], n, e["quantum.layers"], False, True)[1]
        if count:
            out["quantum.circuit.weights"] = (count,)
        linear("quantum.readout", 10, n)
    return out


def weights_of(e, pixels, phase, custom_weights, drive):
    result = {}
    for i, (name, shape) in enumerate(sorted(shapes(e, pixels, custom_weights).items())):
        fan_in = shape[-1] if len(shape) == 2 else 9
        scale = 2.0 / np.sqrt(fan_in)
        if name.split(".")[-2].isdigit() and "projection" not in name:
            scale *= drive
        elif name.startswith(("spiking.readout.weight", "quantum.angles.weight", "quantum.projection.0.weight")):
            scale /= max(1.0, drive)
        result[name] = pattern(shape, 2.5 if name == "quantum.circuit.weights" else scale, phase + 2.1 * i)
    return result


def draws_of(e, count, pixels):
    """Numbers in [0,1) for rate starts and Poisson draws, from a formula: [0,1) fractions of a rotation."""
    if e["spiking.neuron.kind"] != "rate" and e["spiking.encoder"] != "poisson":
        return None
    draws = {"rate": {}, "poisson": {}}
    for j, prefix in enumerate(("spiking", "quantum.encoder")):
        layers = [np.arange(count * h).reshape(count, h) for h in e["spiking.hidden"]]
        draws["rate"][prefix] = [np.round((0.1 + 0.618034 * k + 0.3 * j + 0.17 * i) % 1, 4) for i, k in enumerate(layers)]
        k = np.arange(e["spiking.steps"] * count * pixels).reshape(e["spiking.steps"], count, pixels)
        draws["poisson"][prefix] = np.round((0.05 + 0.754878 * k + 0.4 * j) % 1, 4)
    return draws


def stack_record(stack, image):
    return [{"spikes": c.spikes[:, image].astype(int).tolist(), "membrane": rounded(c.membrane[:, image])}
            for c in stack.neurons]


def rounded(array):
    return [float(f"{v:.9g}") for v in np.asarray(array).reshape(-1)]


def packed(tensors):
    return {k: {"shape": list(v.shape), "values": rounded(v)} for k, v in sorted(tensors.items())}


def attempt(e, pixels_01, labels, weights, custom, draws, steps):
    """One whole case, or None when a membrane comes too close to its threshold."""
    network = Network(e, dict(weights), draws, custom)
    network.forward(pixels_01)
    if network.margin() < MARGIN:
        return None
    loss, accuracy = network.loss(labels)
    result = {"margin": min(network.margin(), 9.0), "loss": float(loss), "accuracy": float(accuracy), "fused": rounded(network.fused)}
    if network.spiking:
        result["logits_spiking"] = rounded(network.logits_spiking)
    if network.quantum:
        result["logits_quantum"] = rounded(network.logits_quantum)
    inspect = {"image": 3}
    if network.spiking:
        inspect["spiking"] = stack_record(network.spiking, 3)
    if network.quantum:
        q = network.quantum
        if hasattr(q, "stack"):
            inspect["encoder"] = stack_record(q.stack, 3)
        if q.kind != "amplitude":
            inspect["angles"] = rounded(q.x[3])
        inspect["expectation_z"] = rounded(q.z[3])
        if q.states is not None:
            inspect["probabilities"] = rounded(np.abs(q.states[3]) ** 2)
    result["inspect"] = inspect
    result["gradient"] = packed(network.backward(labels))
    optimizer, losses = Optimizer(e, 1), []
    for _ in range(steps):
        network.forward(pixels_01)
        if network.margin() < MARGIN:
            return None
        losses.append(float(network.loss(labels)[0]))
        optimizer.step(network.p, network.backward(labels))
    result.update(steps=steps, losses=losses, weights_after=packed(network.p))
    return result


def nested(settings):
    """"a.b.c": v as the experiment's JSON."""
    out = {"duet": 1}
    for path, value in settings.items():
        node = out
        *parents, leaf = path.split(".")
        for key in parents:
            node = node.setdefault(key, {})
        node[leaf] = value
    return out


def make(name, note, settings, count=8, rows=6, cols=6, custom=None, steps=1, drive=2.0):
    settings = {"training.batch": count, "training.epochs": max(steps, 1), **settings}
    e = resolve(settings)
    images, labels = images_of(count, rows, cols), (np.arange(count) * 3 + 1) % 10
    if e["quantum.input"] == "amplitude":
        images[5] = 0  # a black image is |0..0>
    operations, features, custom_weights = custom if custom else (None, 0, 0)
    draws = draws_of(e, count, rows * cols)
    for trial in range(4000):
        weights = weights_of(e, rows * cols, 0.013 * trial, custom_weights, drive)
        result = attempt(e, images / 255.0, labels, weights, operations, draws, steps)
        if result:
            break
    else:
        sys.exit(f"{name}: no phase keeps the membranes away from the threshold")
    if custom:
        settings["quantum.circuit"] = circuits.openqasm3(operations, e["quantum.qubits"], features, custom_weights)
    case = {"command": COMMAND, "note": note, "experiment": nested(settings), "rows": rows, "cols": cols,
            "images": images.reshape(-1).tolist(), "labels": labels.tolist(), "weights": packed(weights), **result}
    if draws:
        case["draws"] = {"rate": {k: [rounded(v) for v in layers] for k, layers in draws["rate"].items()}}
        if e["spiking.encoder"] == "poisson":
            case["draws"]["poisson"] = {k: rounded(v) for k, v in draws["poisson"].items()}
    path = os.path.join(FOLDER, name + ".json")
    with open(path, "w") as file:
        json.dump(case, file, separators=(",", ":"))
        file.write("\n")
    share = [np.mean(layer["spikes"]) for key in ("spiking", "encoder") for layer in result["inspect"].get(key, [])]
    print(f"{name}: trial {trial}, margin {result['margin']:.2g}, {os.path.getsize(path) // 1024} kB, spike share",
          [round(float(s), 3) for s in share], f"loss {result['loss']:.3f}")
    assert os.path.getsize(path) < 200 * 1024
    if share and e["spiking.neuron.surrogate"] != "triangular":
        assert 0.02 < np.mean(share), "hardly a spike: the case shows nothing"


def every_gate():
    """All gates on three qubits, with constants, features and weights and a*p + b."""
    c, x, w = (lambda v: ("c", v)), (lambda k, a=1.0, b=0.0: ("x", k, a, b)), (lambda k, a=1.0, b=0.0: ("w", k, a, b))
    ops = [("h", [0], []), ("sx", [1], []), ("ry", [2], [x(0)]), ("rx", [0], [x(1, 0.5, 0.3)]), ("y", [1], []),
           ("cx", [0, 1], []), ("rz", [1], [w(0)]), ("p", [2], [x(2, -1.5, 0.1)]), ("ch", [2, 0], []), ("s", [0], []),
           ("u3", [1], [w(1), x(0, 2.0, 0.0), w(2, 1.0, -0.4)]), ("cy", [1, 2], []), ("t", [2], []),
           ("crx", [0, 2], [w(3)]), ("cry", [2, 1], [x(1)]), ("crz", [1, 0], [w(4, 0.7, 0.2)]), ("cp", [0, 1], [w(5)]),
           ("swap", [0, 2], []), ("sdg", [1], []), ("x", [0], []), ("z", [2], []), ("tdg", [0], []),
           ("h", [1], []), ("rxx", [0, 1], [w(6)]), ("ryy", [1, 2], [x(2)]), ("rzz", [2, 0], [w(7)]), ("cz", [0, 2], []),
           ("h", [2], []), ("ccx", [0, 1, 2], []), ("cswap", [2, 0, 1], []), ("id", [1], []), ("rx", [1], [c(0.8)]),
           ("ry", [0], [w(1)]), ("rx", [2], [w(0, -1.0, 0.5)])]
    return ops, 3, 8


SMALL = {"spiking.hidden": [12]}
SGD = {"training.optimizer": "sgd", "training.learning_rate": 0.5}


def network_cases():
    make("ppf", "default equations: lif, constant, fast_sigmoid, subtract, star", {**SMALL, **SGD})
    make("spiking_only", "kind spiking, atan surrogate, two hidden layers",
         {**SGD, "model.kind": "spiking", "spiking.hidden": [12, 9], "spiking.neuron.surrogate": "atan"})
    make("serial", "kind serial, sigmoid surrogate, projection of two layers",
         {**SMALL, **SGD, "model.kind": "serial", "spiking.neuron.surrogate": "sigmoid", "quantum.projection": [7, 6]})
    make("lif_zero_refractory", "zero reset, refractory 2.5 ms, rest and reset potentials, latency input, ring, re-uploading",
         {**SGD, "spiking.hidden": [12, 8], "spiking.encoder": "latency", "spiking.neuron.reset": "zero",
          "spiking.neuron.refractory_ms": 2.5, "spiking.neuron.v_rest": 0.1, "spiking.neuron.v_reset": -0.2,
          "spiking.neuron.tau_ms": 5.0, "spiking.neuron.threshold": 0.8, "quantum.ansatz": "ring", "quantum.qubits": 3,
          "quantum.layers": 2, "quantum.reupload": True, "model.fusion_ratio": 0.3}, drive=4.0)
    make("if_subtract", "integrate and fire from v_reset, triangular surrogate, linear input, ansatz linear",
         {**SMALL, **SGD, "spiking.neuron.kind": "if", "spiking.neuron.surrogate": "triangular",
          "spiking.neuron.slope": 0.5, "spiking.neuron.v_reset": 0.15, "quantum.input": "linear", "quantum.ansatz": "linear", "quantum.qubits": 4,
          "quantum.layers": 2})
    make("if_zero", "zero reset, straight_through, pooled input, all_to_all",
         {**SGD, "spiking.hidden": [10, 7], "spiking.neuron.kind": "if", "spiking.neuron.reset": "zero",
          "spiking.neuron.surrogate": "straight_through", "spiking.steps": 6, "quantum.input": "pooled",
          "quantum.ansatz": "all_to_all", "quantum.qubits": 5, "quantum.layers": 2, "quantum.reupload": True})
    make("strongly_entangling", "four qubits, four layers: every range of the entangler",
         {**SMALL, **SGD, "quantum.ansatz": "strongly_entangling", "quantum.qubits": 4, "quantum.layers": 4,
          "spiking.neuron.refractory_ms": 1.0})
    make("amplitude", "pixels as amplitudes, a black image among them", {**SMALL, **SGD, "quantum.input": "amplitude",
         "quantum.qubits": 6, "quantum.ansatz": "ring", "quantum.layers": 2})
    make("none_spiking", "classical twin behind the spiking encoder", {**SMALL, **SGD, "quantum.ansatz": "none"})
    make("none_pooled", "classical twin of pooled input", {**SMALL, **SGD, "quantum.ansatz": "none", "quantum.input": "pooled"})
    make("custom_gates", "every gate in one custom circuit, serial", {**SMALL, **SGD, "model.kind": "parallel",
         "quantum.ansatz": "custom", "quantum.qubits": 3}, custom=every_gate())
    make("one_qubit", "a single qubit: entangling gates left out", {**SMALL, **SGD, "quantum.ansatz": "ring", "quantum.qubits": 1})
    make("rate_constant", "rate neurons on constant input, given start values",
         {**SGD, "spiking.hidden": [12, 8], "spiking.neuron.kind": "rate"}, drive=40.0)
    make("rate_poisson", "rate neurons on Poisson input, given draws",
         {**SMALL, **SGD, "spiking.neuron.kind": "rate", "spiking.encoder": "poisson", "spiking.max_rate": 0.6}, drive=40.0, count=5)
    make("lif_poisson", "lif on Poisson input, given draws", {**SMALL, **SGD, "spiking.encoder": "poisson"}, count=5)


def optimizer_cases():
    base = {"spiking.hidden": [6], "quantum.qubits": 3, "quantum.ansatz": "ring", "training.learning_rate": 0.02}
    size = {"count": 6, "rows": 5, "cols": 5, "steps": 4}
    for name, settings in {
            "adam": {"training.optimizer": "adam"},
            "adamw": {"training.optimizer": "adamw", "training.weight_decay": 0.1},
            "rmsprop": {"training.optimizer": "rmsprop", "training.learning_rate": 0.002},
            "sgd_momentum": {"training.optimizer": "sgd", "training.momentum": 0.8, "training.learning_rate": 0.2},
            "adam_cosine": {"training.optimizer": "adam", "training.schedule": "cosine"},
            "sgd_step": {"training.optimizer": "sgd", "training.schedule": "step", "training.step_epochs": 2, "training.step_factor": 0.3,
                         "training.learning_rate": 0.3},
            "sgd_clip": {"training.optimizer": "sgd", "training.clip_norm": 0.2, "training.learning_rate": 0.5},
            "adam_frozen_spiking": {"training.optimizer": "adam", "training.train_spiking": False, "training.clip_norm": 0.1},
            "adam_frozen_quantum": {"training.optimizer": "adam", "training.train_quantum": False}}.items():
        make("optimizer_" + name, "four steps over the same batch", {**base, **settings}, **size)


if __name__ == "__main__":
    network_cases()
    optimizer_cases()
