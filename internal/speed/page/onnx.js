// A dense network as an ONNX file, enough of the format (protocol buffers) for
// Gemm, Sigmoid and Mul. Field numbers are those of onnx.proto3.

const varint = (n) => {
  const out = [];
  do {
    out.push((n % 128) | (n > 127 ? 128 : 0));
    n = Math.floor(n / 128);
  } while (n);
  return out;
};
const int = (field, n) => [...varint(field * 8), ...varint(n)];
const bytes = (field, data) => [...varint(field * 8 + 2), ...varint(data.length), ...data];
const text = (field, s) => bytes(field, new TextEncoder().encode(s));

const tensor = (name, dims, values) => [
  ...dims.flatMap((d) => int(1, d)), ...int(2, 1), ...text(8, name),
  ...bytes(9, new Uint8Array(Float32Array.from(values).buffer)),
];
const node = (op, inputs, output) => [
  ...inputs.flatMap((i) => text(1, i)), ...text(2, output), ...text(4, op),
];
const value = (name, width) => [
  ...text(1, name),
  ...bytes(2, bytes(1, [...int(1, 1), ...bytes(2, [...bytes(1, text(2, "n")), ...bytes(1, int(1, width))])])),
];

// onnx(layers) encodes x → … → y; a layer is {in, out, weight [in × out], bias}.
// Between layers stands SiLU.
export function onnx(layers) {
  const graph = [];
  let from = "x";
  layers.forEach((l, k) => {
    const last = k === layers.length - 1;
    const z = last ? "y" : `z${k}`;
    graph.push(...bytes(1, node("Gemm", [from, `w${k}`, `b${k}`], z)));
    if (last) return;
    graph.push(...bytes(1, node("Sigmoid", [z], `s${k}`)), ...bytes(1, node("Mul", [z, `s${k}`], `a${k}`)));
    from = `a${k}`;
  });
  graph.push(...text(2, "field"));
  layers.forEach((l, k) => {
    graph.push(...bytes(5, tensor(`w${k}`, [l.in, l.out], l.weight)), ...bytes(5, tensor(`b${k}`, [l.out], l.bias)));
  });
  graph.push(...bytes(11, value("x", layers[0].in)), ...bytes(12, value("y", layers.at(-1).out)));
  return new Uint8Array([...int(1, 8), ...bytes(7, graph), ...bytes(8, int(2, 13))]);
}
