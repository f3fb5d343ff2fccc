"""Tensors of every type of number that is read, with numpy's own conversion to 32 bits beside each.

    cd tests/golden && /usr/bin/python3 dtypes.py

Beside a tensor "x" stands "x.expected", F32. Bit patterns are every 29th of 16 bits, so that all exponents, subnormal
numbers and both zeros are among them, without those that are not finite. numpy has no bfloat16: it is the upper half
of a float32 by definition.
"""
import json
import struct
import numpy

patterns = numpy.arange(0, 65536, 29, dtype=numpy.uint32).astype(numpy.uint16)
half = patterns.view(numpy.float16)
half = half[numpy.isfinite(half)]
brain = (patterns.astype(numpy.uint32) << 16).view(numpy.float32)
kept = numpy.isfinite(brain)
rng = numpy.random.default_rng(5)
double = numpy.concatenate([rng.normal(size=60) * 10.0 ** rng.integers(-44, 38, size=60), [0.1, -0.0, 1e-46, 3.4028235e38, 1 + 2.0**-24, 1 + 3 * 2.0**-24]])
single = rng.normal(size=12).astype(numpy.float32)
tensors = {
    "half": ("F16", half, half.astype(numpy.float32)),
    "brain": ("BF16", patterns[kept], brain[kept]),
    "double": ("F64", double.reshape(6, 11), double.astype(numpy.float32).reshape(6, 11)),
    "single": ("F32", single.reshape(3, 4), single.reshape(3, 4)),
}
header, data = {}, b""
for name, (dtype, values, expected) in tensors.items():
    for key, kind, array in ((name, dtype, values), (name + ".expected", "F32", expected)):
        begin = len(data)
        data += array.tobytes()
        header[key] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [begin, len(data)]}
text = json.dumps(header).encode()
with open("dtypes.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + data)
