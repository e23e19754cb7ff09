"""Writes python.safetensors, a checkpoint made without a line of inkflow.

    python3 -m venv venv && venv/bin/pip install safetensors==0.8.0 numpy
    venv/bin/python make_python.py

The test TestReadsWhatPythonWrote expects exactly these numbers. Do not edit the
file by hand; change this script and run it again.
"""

import zlib

import numpy as np
from safetensors.numpy import save_file

FEATURES = 2 * (1 + 2 * 1) + (1 + 2 * 1)  # of x with 1 octave, of t with 1 harmonic
SHAPES = [(8, FEATURES), (5, 8), (2, 5)]

metadata = {
    "format": "inkflow",
    "version": "1",
    "scheduler": "condot",
    "dim": "2",
    "hidden": "8,5",
    "octaves": "1",
    "harmonics": "1",
    "mean": "0.5,-0.25",
    "std": "1.75",
    "seed": "18446744073709551615",
    "step": "6000",
    "target": "written in Python, 墨",
}

tensors, count = {}, 0
for k, (out, wide) in enumerate(SHAPES):
    for name, shape in (("weight", (out, wide)), ("bias", (out,))):
        n = int(np.prod(shape))
        place = np.arange(count, count + n)
        # Multiples of 1/64, the same in any arithmetic.
        tensors[f"layers.{k}.{name}"] = ((place * 37 % 101 - 50) / 64).astype("<f4").reshape(shape)
        count += n

crc = 0
for key in sorted(metadata):
    crc = zlib.crc32(f"{key}\0{metadata[key]}\0".encode(), crc)
for t in tensors.values():
    crc = zlib.crc32(t.tobytes(), crc)
metadata["crc32"] = f"{crc:08x}"

save_file(tensors, "python.safetensors", metadata=metadata)
