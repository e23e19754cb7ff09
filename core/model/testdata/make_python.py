"""Writes python.safetensors and python2.safetensors, checkpoints of version 1 and
2 made without a line of inkflow.

    python3 -m venv venv && venv/bin/pip install safetensors==0.8.0 numpy
    venv/bin/python make_python.py

The tests TestReadsWhatPythonWrote and TestReadsVersion2OfPython expect exactly
these numbers. Do not edit the files by hand; change this script and run it again.
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


def save(name, metadata):
    crc = 0
    for key in sorted(metadata):
        crc = zlib.crc32(f"{key}\0{metadata[key]}\0".encode(), crc)
    for t in tensors.values():
        crc = zlib.crc32(t.tobytes(), crc)
    save_file(tensors, name, metadata=metadata | {"crc32": f"{crc:08x}"})


save("python.safetensors", metadata)
save("python2.safetensors", metadata | {
    "version": "2",
    "scheduler": "polynomial:n=3",
    "coupling": "ot",
    "source": "moons7",
    "predict": "x1",
    "plain": "true",
    "source_mean": "-1,0.125",
    "source_std": "7",
    "covariance": "-0.5",
    "shift": "10,20",
    "spread": "0.25",
})
