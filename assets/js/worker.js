// The engine's Worker: loads the Go runtime and the engine binary, and keeps
// what the page says meanwhile. The page names both files in the Worker's own
// address, so that this script holds no file name of a release.
"use strict";

self.early = [];
self.onmessage = (event) => self.early.push(event.data);

(async () => {
  const names = new URL(self.location.href).searchParams;
  try {
    importScripts(names.get("exec"));
    const go = new Go();
    const response = await fetch(names.get("wasm"));
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    // Compiled under the right media type, whatever the server called it.
    const wasm = new Response(response.body, { headers: { "Content-Type": "application/wasm" } });
    const program = await WebAssembly.instantiateStreaming(wasm, go.importObject);
    await go.run(program.instance);
    throw new Error("the engine has ended");
  } catch (error) {
    self.postMessage({ op: "dead", text: String(error && error.message || error) });
  }
})();
