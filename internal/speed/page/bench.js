// The order of play. Everybody is prepared first; then come rounds, in each of
// which everybody has one turn, in an order that rotates.

import * as peers from "./peers.js";

const here = new URL(".", location.href).href;
const say = (text) => (window.speedProgress = text);

async function ours() {
  const go = new Go();
  const { instance } = await WebAssembly.instantiateStreaming(fetch("tab.wasm"), go.importObject);
  go.run(instance);
  while (!window.inkflowSpeed) await new Promise((r) => setTimeout(r, 10));
  return window.inkflowSpeed;
}

async function rounds(entries, count, ms, backend) {
  const result = Object.fromEntries(entries.map(([name]) => [name, []]));
  for (let r = 0; r < count; r++) {
    for (let k = 0; k < entries.length; k++) {
      const [name, bench, on] = entries[(k + r) % entries.length];
      if (on) await backend(on);
      say(`${name}, round ${r + 1} of ${count}`);
      const { work, seconds } = await bench(ms);
      result[name].push(work / seconds);
      await new Promise((f) => setTimeout(f, 20));
    }
  }
  return result;
}

// speed answers medians and raw rounds, all in work a second.
async function speed({ count, ms }) {
  const mine = await ours();
  const points = mine.sample(100_000);
  const wasm = (b) => peers.backend(b, here + "peers/tfjs-wasm/");
  await wasm("wasm");
  say("preparing");
  const raw = {};
  const play = async (entries, n = count) => Object.assign(raw, await rounds(entries, n, ms, wasm));

  await play([
    ["ceiling", mine.ceiling()],
    ["tile 64, inkflow", mine.tile(64)],
    ["tile 128, inkflow", mine.tile(128)],
    ["step 3x64 B=1024, inkflow", mine.network("3x64", 1024)],
    ["trainer 3x64 B=1024, inkflow", mine.trainer("3x64", 1024)],
  ]);
  await play([
    ["default 3x64 B=128, inkflow", mine.trainer("3x64", 128)],
    ["default 3x64 B=128, TF.js wasm", await peers.trainer("3x64", 128, points), "wasm"],
  ]);
  await play([
    ["train 3x64 B=1024, inkflow", mine.network("3x64", 1024)],
    ["train 3x64 B=1024, TF.js wasm", await peers.train("3x64", 1024), "wasm"],
  ]);
  await play([
    ["train 4x128 B=1024, inkflow", mine.network("4x128", 1024)],
    ["train 4x128 B=1024, TF.js wasm", await peers.train("4x128", 1024), "wasm"],
  ]);
  await play([
    ["evals 3x64, 100k points, inkflow", mine.evals("3x64", 100_000)],
    ["evals 3x64, 100k points, TF.js wasm", await peers.evals("3x64", 100_000), "wasm"],
    ["evals 3x64, 100k points, ORT wasm", await peers.ortEvals("3x64", 100_000, here + "peers/ort/")],
  ]);
  // For the record: what the other backends of TensorFlow.js do here.
  for (const name of ["webgl", "cpu"]) {
    try {
      await wasm(name);
      await play([[`train 3x64 B=1024, TF.js ${name}`, await peers.train("3x64", 1024), name]], Math.min(count, 3));
    } catch (e) {
      raw[`train 3x64 B=1024, TF.js ${name}`] = [];
      console.warn(String(e));
    }
  }
  say("done");
  return { raw, kernel: mine.kernel, versions: { tfjs: tf.version.tfjs, ort: ort.env.versions?.web ?? "" } };
}

window.speed = (options) => {
  window.speedResult = window.speedError = undefined;
  speed(options).then((r) => (window.speedResult = r), (e) => (window.speedError = String(e?.stack ?? e)));
};
window.speedReady = true;
