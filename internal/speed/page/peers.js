// The peers, each as its users would write it: tensors kept on the backend, one
// optimiser, nothing read back but the loss now and then. Their inputs are the
// network's 23 features, computed beforehand wherever ours computes them inside.

import { onnx } from "./onnx.js";

export const features = 23;
const hidden = { "3x64": [64, 64, 64], "4x128": [128, 128, 128, 128] };

const normals = (n, scale = 1) => {
  const out = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    out[i] = scale * Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
  }
  return out;
};

export function layers(name) {
  const widths = [features, ...hidden[name], 2];
  return widths.slice(1).map((out, k) => ({
    in: widths[k], out,
    weight: normals(widths[k] * out, Math.sqrt(2 / widths[k])), bias: normals(out, 0.1),
  }));
}

const variables = (name) =>
  layers(name).map((l) => ({ w: tf.variable(tf.tensor2d(l.weight, [l.in, l.out])), b: tf.variable(tf.tensor1d(l.bias)) }));

function forward(net, x) {
  net.forEach(({ w, b }, k) => {
    x = x.matMul(w).add(b);
    if (k < net.length - 1) x = x.mul(x.sigmoid());
  });
  return x;
}

// repeat runs a step for about so long and answers {work, seconds}. Backends
// that queue their work are waited for.
const repeat = (step, wait) => async (ms) => {
  let work = 0;
  const start = performance.now();
  for (;;) {
    work += await step();
    if (performance.now() - start >= ms) {
      await wait();
      return { work, seconds: (performance.now() - start) / 1000 };
    }
  }
};

export async function backend(name, paths) {
  if (name === "wasm") tf.wasm.setWasmPaths(paths);
  if (!(await tf.setBackend(name))) throw new Error(`TensorFlow.js has no backend ${name} here`);
  await tf.ready();
}

// train: forward, backward and Adam on one given batch, as network in tab.
export async function train(name, batch) {
  const net = variables(name), adam = tf.train.adam(1e-3);
  const list = net.flatMap(({ w, b }) => [w, b]);
  const x = tf.tensor2d(normals(batch * features), [batch, features]);
  const y = tf.tensor2d(normals(batch * 2), [batch, 2]);
  const step = () => {
    tf.tidy(() => adam.minimize(() => forward(net, x).sub(y).square().mean(), false, list));
    return 1;
  };
  const settle = () => list[0].data();
  step();
  await settle();
  return repeat(step, settle);
}

// trainer: whole steps, the batch made in JavaScript: noise, points, times (half
// of them logit-normal), features, the velocity in the network's units, and the
// moving average of the weights. Like ours but for the guard, which it is spared.
export async function trainer(name, batch, points) {
  const net = variables(name), adam = tf.train.adam(4e-3, 0.9, 0.99);
  const list = net.flatMap(({ w, b }) => [w, b]);
  const average = list.map((v) => tf.variable(v));
  const m = points.length / 2;
  let mean = [0, 0], square = 0;
  for (let i = 0; i < 2 * m; i++) mean[i < m ? 0 : 1] += points[i] / m;
  for (let i = 0; i < 2 * m; i++) square += (points[i] - mean[i < m ? 0 : 1]) ** 2 / (2 * m);
  const x = new Float32Array(batch * features), y = new Float32Array(batch * 2);
  const make = () => {
    for (let j = 0; j < batch; j++) {
      const k = Math.floor(Math.random() * m);
      const z = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
      const t = Math.random() < 0.5 ? Math.random() : 1 / (1 + Math.exp(-1 - z()));
      const v = t * t * square + (1 - t) * (1 - t), root = Math.sqrt(v);
      const skip = (t * square - (1 - t)) / v, out = Math.sqrt(square) / root;
      const f = j * features;
      for (let i = 0; i < 2; i++) {
        const x0 = z(), x1 = points[i * m + k], d = t * (x1 - mean[i]) + (1 - t) * x0;
        const u = d / root;
        x[f + i] = u;
        let s = Math.sin(u), c = Math.cos(u);
        for (let o = 0; o < 4; o++) {
          x[f + 2 + 4 * o + i] = s;
          x[f + 4 + 4 * o + i] = c;
          [s, c] = [2 * s * c, c * c - s * s];
        }
        y[j * 2 + i] = (x1 - x0 - mean[i] - skip * d) / out;
      }
      x[f + 18] = t - 0.5;
      for (let h = 1; h <= 2; h++) {
        x[f + 17 + 2 * h] = Math.sin(Math.PI * h * t);
        x[f + 18 + 2 * h] = Math.cos(Math.PI * h * t);
      }
    }
  };
  const step = () => {
    make();
    tf.tidy(() => {
      const tx = tf.tensor2d(x, [batch, features]), ty = tf.tensor2d(y, [batch, 2]);
      adam.minimize(() => forward(net, tx).sub(ty).square().mean(), false, list);
      average.forEach((a, k) => a.assign(a.add(list[k].sub(a).mul(0.001))));
    });
    return 1;
  };
  const settle = () => average[0].data();
  step();
  await settle();
  return repeat(step, settle);
}

// best picks the number of points at a time that suits a peer.
async function best(sizes, make) {
  let top = 0, found;
  for (const size of sizes) {
    const bench = await make(size);
    await bench(300);
    const r = await bench(500);
    if (r.work / r.seconds > top) [top, found] = [r.work / r.seconds, bench];
  }
  return found;
}
const sizes = [1024, 8192, 100_000];

// evals: predictions from given features. Work is in points.
export const evals = (name, points) => best(sizes, async (size) => {
  const net = variables(name);
  const inputs = [];
  for (let k = 0; k < points; k += size) {
    const n = Math.min(size, points - k);
    inputs.push(tf.tensor2d(normals(n * features), [n, features]));
  }
  return repeat(async () => {
    for (const x of inputs) {
      const y = tf.tidy(() => forward(net, x));
      y.dataSync();
      y.dispose();
    }
    return points;
  }, async () => {});
});

export async function ortEvals(name, points, paths) {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = paths;
  const session = await ort.InferenceSession.create(onnx(layers(name)), { executionProviders: ["wasm"] });
  return best(sizes, async (size) => {
    const inputs = [];
    for (let k = 0; k < points; k += size) {
      const n = Math.min(size, points - k);
      inputs.push(new ort.Tensor("float32", normals(n * features), [n, features]));
    }
    return repeat(async () => {
      for (const x of inputs) await session.run({ x });
      return points;
    }, async () => {});
  });
}
