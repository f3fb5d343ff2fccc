"""Writes streams.txt beside it:   /usr/bin/python3 tests/golden/streams.py

What every random stream gives, from a Philox of our own in plain integers (checked against Random123's known answers
and, in its 64-bit form, against numpy's) through the keys and counters that engine/base/streams.h documents, and from
reference.py's network. Nothing is trained: the losses of batches of one image tell the order of the images, their noise
and motion, the Poisson spikes and the rate neurons' starts, epoch by epoch.
"""
import gzip
import math
import os
import sys
import numpy as np
import make_golden
from reference import Network, resolve

FOLDER = os.path.dirname(os.path.abspath(__file__))
MINI = os.path.join(FOLDER, "..", "..", "resources", "mnist-mini")
MARGIN = 1e-4


def philox(counter, key, multipliers, weyl, bits):
    """Ten rounds of Philox 4 x bits (Salmon et al. 2011)."""
    mask = (1 << bits) - 1
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = multipliers[0] * c[0], multipliers[1] * c[2]
        c = [(b >> bits) ^ c[1] ^ k[0], b & mask, (a >> bits) ^ c[3] ^ k[1], a & mask]
        k = [(k[0] + weyl[0]) & mask, (k[1] + weyl[1]) & mask]
    return c


def philox32(counter, key):
    return philox(counter, key, (0xD2511F53, 0xCD9E8D57), (0x9E3779B9, 0xBB67AE85), 32)


def check_philox():
    assert philox32([0] * 4, [0] * 2) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
    assert philox32([0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344], [0xA4093822, 0x299F31D0]) == \
        [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1]
    theirs = np.random.Philox(key=[11, 22], counter=[33, 44, 55, 66]).random_raw(4).tolist()
    assert theirs == philox([34, 44, 55, 66], [11, 22], (0xD2E7470EE14C6C93, 0xCA5A826395121157),
                            (0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B), 64)


class Stream:
    """Keyed by seed and name: FNV-1a of the name, SplitMix64's finalizer."""

    def __init__(self, seed, name):
        mask, h = (1 << 64) - 1, 14695981039346656037
        for byte in name.encode():
            h = ((h ^ byte) * 1099511628211) & mask

        def mix(z):
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
            return z ^ (z >> 31)

        whole = mix(mix((seed + 0x9E3779B97F4A7C15) & mask) ^ h)
        self.key = [whole & 0xFFFFFFFF, whole >> 32]

    def block(self, a, b=0, c=0, d=0):
        return philox32([a, b, c, d], self.key)

    def unit(self, word, *counter):
        return to_unit(self.block(*counter)[word])


def to_unit(word):
    return (word >> 8) / 2 ** 24


SEED, SIDE, HIDDEN, STEPS, EPOCHS = 11, 4, [6, 5], 8, 2
PIXELS = SIDE * SIDE
TRAIN, TEST = [4, 1, 9, 30, 12, 2], [5, 0, 3, 17]  # places in their files
COMMON = {"spiking.neuron.threshold": 0.1, "spiking.hidden": HIDDEN, "spiking.steps": STEPS, "quantum.qubits": 2, "model.fusion_ratio": 0.5}
CASES = {"plain": {}, "uniform": {}, "gaussian": {}, "salt_pepper": {}, "motion": {},
         "poisson": {"spiking.encoder": "poisson", "spiking.max_rate": 0.75},
         "rate": {"spiking.neuron.kind": "rate", "spiking.dt_ms": 400.0}}
AMOUNT, SHIFT, TURN = 0.3, 1, 25.0


def initial_weights(e):
    weights = {}
    for name, shape in make_golden.shapes(e, PIXELS, 0).items():
        stream, count = Stream(SEED, "model.init." + name), int(np.prod(shape))
        if name == "quantum.circuit.weights":
            values = []
            for i in range(count):
                words = stream.block(i)
                u, angle = (words[0] + 1) / 2 ** 32, words[1] / 2 ** 32 * 2 * math.pi
                values.append(0.01 * math.sqrt(-2 * math.log(u)) * math.cos(angle))
        else:
            fan_in = shape[1] if len(shape) == 2 else make_golden.shapes(e, PIXELS, 0)[name[:-4] + "weight"][1]
            values = [(2 * stream.unit(i % 4, i // 4) - 1) / math.sqrt(fan_in) for i in range(count)]
        weights[name] = np.float32(values).astype(float).reshape(shape)
    return weights


def order_of(epoch):
    stream, order = Stream(SEED, "training.order"), list(range(len(TRAIN)))
    for i in range(len(order) - 1, 0, -1):
        words = stream.block(epoch, i)
        j = ((words[0] << 32 | words[1]) * (i + 1)) >> 64
        order[i], order[j] = order[j], order[i]
    return order


def noisy(kind, image, stream, *counter):
    out = image.copy()
    for p in range(0, PIXELS, 4):
        w = stream.block(*counter, p // 4)
        if kind == "gaussian":
            for k in (0, 2):
                radius, angle = math.sqrt(-2 * math.log((w[k] + 1) / 2 ** 32)), 2 * math.pi * to_unit(w[k + 1])
                out[p + k] += AMOUNT * radius * math.cos(angle)
                out[p + k + 1] += AMOUNT * radius * math.sin(angle)
        for k in range(4):
            u = to_unit(w[k])
            if kind == "uniform":
                out[p + k] += AMOUNT * (2 * u - 1)
            elif kind == "salt_pepper" and u < AMOUNT:
                out[p + k] = 0 if u < AMOUNT / 2 else 1
    return np.clip(out, 0, 1)


def moved(image, words):
    right, down = (((w * (2 * SHIFT + 1)) >> 32) - SHIFT for w in words[:2])
    turn = math.radians(TURN * (2 * to_unit(words[2]) - 1))
    middle, out = (SIDE - 1) / 2, np.zeros((SIDE, SIDE))
    grid = np.zeros((SIDE + 4, SIDE + 4))
    grid[2:-2, 2:-2] = image.reshape(SIDE, SIDE)
    for row in range(SIDE):
        for col in range(SIDE):
            y, x = row - down - middle, col - right - middle
            r, c = middle + math.cos(turn) * y - math.sin(turn) * x, middle + math.cos(turn) * x + math.sin(turn) * y
            if r <= -1 or c <= -1 or r >= SIDE or c >= SIDE:
                continue
            i, j = math.floor(r), math.floor(c)
            corner = grid[i + 2:i + 4, j + 2:j + 4]
            out[row, col] = np.array([i + 1 - r, r - i]) @ corner @ np.array([j + 1 - c, c - j])
    return out.reshape(-1)


def draws_of(place, epoch):
    """epoch None: evaluation."""
    mode, c = ("test", 0) if epoch is None else ("train", epoch)
    draws = {"rate": {}, "poisson": {}}
    for branch in ("spiking", "quantum.encoder"):
        draws["rate"][branch] = [np.array([[Stream(SEED, f"spiking.start.{mode}.{branch}.{layer}").unit(n % 4, n // 4, place, c)
                                            for n in range(width)]]) for layer, width in enumerate(HIDDEN)]
        stream = Stream(SEED, f"spiking.poisson.{mode}.{branch}")
        blocks = [[stream.block(p, place, c, b) for p in range(PIXELS)] for b in range((STEPS + 3) // 4)]
        draws["poisson"][branch] = np.array([[[to_unit(blocks[t // 4][p][t % 4]) for p in range(PIXELS)]] for t in range(STEPS)])
    return draws


def answer(e, weights, image, place, epoch):
    network = Network(e, weights, draws_of(place, epoch))
    network.forward(image[None])
    return network


def case_of(name, e, weights, images, labels):
    margins, losses, logits = [], [], []
    noise = name if name in ("uniform", "gaussian", "salt_pepper") else None
    for epoch in range(EPOCHS):
        for k in order_of(epoch):
            image = images[k]
            if noise:
                image = noisy(noise, image, Stream(SEED, "data.noise.train"), epoch, TRAIN[k])
            if name == "motion":
                image = moved(image, Stream(SEED, "data.augment").block(epoch, TRAIN[k]))
            network = answer(e, weights, image, TRAIN[k], epoch)
            margins.append(network.margin())
            losses.append(float(network.loss(labels[k:k + 1])[0]))
    for k, place in enumerate(TEST):
        image = images[len(TRAIN) + k]
        if noise:
            image = noisy(noise, image, Stream(SEED, "data.noise.test"), place, 0)
        network = answer(e, weights, image, place, None)
        margins.append(network.margin())
        logits += [*network.logits_spiking[0, :2], *network.logits_quantum[0, :2]]
    return min(margins), losses, logits


def validation_places(seed, limit, share):
    with gzip.open(os.path.join(MINI, "train-labels-idx1-ubyte.gz")) as file:
        labels = file.read()[8:8 + limit]
    stream, held = Stream(seed, "data.validation"), []
    for label in sorted(set(labels)):
        of_class = sorted((stream.unit(0, place), place) for place in range(limit) if labels[place] == label)
        held += [place for _, place in of_class[:math.floor(share * len(of_class) + 0.5)]]
    return sorted(held)


def main():
    check_philox()
    lines = ["# Written by /usr/bin/python3 tests/golden/streams.py"]

    def line(*words):
        lines.append(" ".join(f"{w:.7g}" if isinstance(w, float) else str(w) for w in words))

    for seed, name in ((0, ""), (1, "a"), (SEED, "training.order"), (2 ** 64 - 1, "spiking.start.train.quantum.encoder.1")):
        stream = Stream(seed, name)
        line("key", seed, name or "-", *stream.key, *stream.block(1, 2, 3, 4))
    e = resolve(COMMON)
    images = make_golden.images_of(len(TRAIN) + len(TEST), SIDE, SIDE)
    labels = (np.arange(len(images)) * 3 + 1) % 10
    line("pixels", *images.reshape(-1))
    line("train_places", *TRAIN)
    line("test_places", *TEST)
    weights = initial_weights(e)
    for name, values in sorted(weights.items()):
        line("weights", name, *values.reshape(-1).tolist())
    for name, settings in CASES.items():
        margin, losses, logits = case_of(name, resolve({**COMMON, **settings}), weights, images / 255.0, labels)
        print(f"{name}: margin {margin:.2g}, losses {min(losses):.3f} to {max(losses):.3f}")
        if margin < MARGIN:
            sys.exit(f"{name}: a membrane comes too close to its threshold: choose another seed")
        line("losses", name, *losses)
        line("logits", name, *[float(v) for v in logits])
    line("validation", 5, 60, 0.2, *validation_places(5, 60, 0.2))
    with open(os.path.join(FOLDER, "streams.txt"), "w") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
