// The engine's Worker: loads the Go runtime and the engine binary, and keeps
// what the page says meanwhile. The page names both files in the Worker's own
// address, so that this script holds no file name of a release.
//
// An engine may start helpers, which are Workers of this script too: they get
// the compiled program from it as their first message.
"use strict";

self.early = [];
self.onmessage = (event) => self.early.push(event.data);

(async () => {
  const names = new URL(self.location.href).searchParams;
  self.helper = names.has("helper");
  self.cores = Number(names.get("cores")) || 1;

  const given = () => new Promise((resolve) => {
    self.onmessage = (event) => {
      self.onmessage = (next) => self.early.push(next.data);
      resolve(event.data.program);
    };
  });

  const fetched = async () => {
    const response = await fetch(names.get("wasm"));
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    // Compiled under the right media type, whatever the server called it.
    return WebAssembly.compileStreaming(
      new Response(response.body, { headers: { "Content-Type": "application/wasm" } }));
  };

  try {
    const program = self.helper ? given() : fetched();
    program.catch(() => {}); // told below
    importScripts(names.get("exec"));
    self.program = await program;
    const go = new Go();
    await go.run(await WebAssembly.instantiate(self.program, go.importObject));
    throw new Error("the engine has ended");
  } catch (error) {
    self.postMessage({ op: "dead", text: String(error && error.message || error) });
  }
})();
