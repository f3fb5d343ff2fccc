#!/usr/bin/env python3
"""Makes resources/mnist-mini from the four original MNIST files.

    python3 resources/make_mnist_mini.py FOLDER

FOLDER holds the IDX files under their usual names, raw or .gz; their content is checked by SHA-256.
6,000 training and 2,000 test images are kept, each digit with its share of the original (largest
remainders), chosen by the SHA-256 of "part:index" and left in file order: the same bytes every time.
"""
import gzip
import hashlib
import pathlib
import struct
import sys

ORIGINAL_SHA256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
KEPT = {"train": 6000, "t10k": 2000}


def original(folder, name):
    packed = folder / (name + ".gz")
    content = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != ORIGINAL_SHA256[name]:
        sys.exit(f"{folder / name} is not the original MNIST file")
    return content


def chosen_indices(part, labels, kept):
    """Indices of the kept images in file order; every class keeps its share."""
    of_class = {c: [i for i, label in enumerate(labels) if label == c] for c in range(10)}
    exact = {c: kept * len(indices) / len(labels) for c, indices in of_class.items()}
    count = {c: int(share) for c, share in exact.items()}
    by_remainder = sorted(exact, key=lambda c: (count[c] - exact[c], c))
    for c in by_remainder[: kept - sum(count.values())]:
        count[c] += 1
    order = lambda i: hashlib.sha256(f"{part}:{i}".encode()).digest()
    return sorted(i for c, indices in of_class.items() for i in sorted(indices, key=order)[: count[c]])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    source, target = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent / "mnist-mini"
    target.mkdir(exist_ok=True)
    for part, kept in KEPT.items():
        image_name, label_name = f"{part}-images-idx3-ubyte", f"{part}-labels-idx1-ubyte"
        images, labels = original(source, image_name)[16:], original(source, label_name)[8:]
        chosen = chosen_indices(part, labels, kept)
        contents = {
            image_name: struct.pack(">IIII", 0x803, kept, 28, 28)
            + b"".join(images[784 * i : 784 * (i + 1)] for i in chosen),
            label_name: struct.pack(">II", 0x801, kept) + bytes(labels[i] for i in chosen),
        }
        for name, content in contents.items():
            packed = gzip.compress(content, compresslevel=9, mtime=0)
            (target / (name + ".gz")).write_bytes(packed)
            print(f"{name}.gz: {len(packed)} bytes, content SHA-256 {hashlib.sha256(content).hexdigest()}")


main()
