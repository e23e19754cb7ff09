// Boots the laboratory: looks whether the browser has what is needed, starts
// the engine in its Worker, fetches the page binary with a progress bar, and
// runs it. What is missing is said in words, with what to do next.
"use strict";

(() => {
  // The files of a release; the site builder writes their hashed names here.
  const FILES = {
    app: "app.wasm",
    worker: "worker.wasm",
    scalarWorker: "worker-scalar.wasm",
    workerScript: "assets/js/worker.js",
    exec: "wasm_exec.js",
  };
  const address = (name) => new URL(name, document.baseURI).href;
  const $ = (id) => document.getElementById(id);

  const fail = (what, next) => {
    $("boot-text").textContent = what;
    $("boot-next").textContent = next;
    $("boot-bar").hidden = true;
    $("boot-retry").hidden = false;
    $("boot").hidden = false;
    $("boot").dataset.failed = "true";
    $("boot").setAttribute("role", "alert");
  };
  $("boot-retry").addEventListener("click", () => location.reload());

  // A module with one SIMD instruction, v128.const. A browser without them gets
  // the engine's scalar binary; the page binary has none.
  const simd = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0,
    10, 22, 1, 20, 0, 253, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11]);

  const missing = () => {
    if (typeof WebAssembly !== "object") {
      return ["This browser cannot run WebAssembly.", "Use a current Chrome, Edge, Firefox or Safari."];
    }
    try {
      new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    } catch (error) {
      return ["This page is not allowed to run WebAssembly.",
        "Whoever serves it must allow 'wasm-unsafe-eval' in the content security policy."];
    }
    if (typeof Worker !== "function") {
      return ["This browser cannot start a Worker.", "Open the page over http or https in a current browser."];
    }
    return null;
  };

  // The probe for WebGL can hold the page up for half a second, so it waits a
  // moment for the files to come in first.
  const missingGraphics = () => {
    const probe = document.createElement("canvas").getContext("webgl2");
    if (!probe) {
      return ["This browser gives the page no WebGL 2.",
        "Turn on hardware acceleration in its settings, or use another browser."];
    }
    const lose = probe.getExtension("WEBGL_lose_context");
    if (lose) lose.loseContext();
    return null;
  };

  // The engine, started before the page binary is fetched. What it says before
  // the page listens waits in the queue.
  const startEngine = () => {
    const vectors = WebAssembly.validate(simd);
    document.documentElement.dataset.engine = vectors ? "simd" : "scalar";
    const url = address(FILES.workerScript) + "?" + new URLSearchParams({
      exec: address(FILES.exec),
      wasm: address(vectors ? FILES.worker : FILES.scalarWorker),
      cores: navigator.hardwareConcurrency || 1, // one for the page, the rest for the engine and its helpers
    });
    const engine = { worker: null, queue: [], take: null };
    const hear = (message) => (engine.take ? engine.take(message) : engine.queue.push(message));
    engine.restart = () => {
      if (engine.worker) engine.worker.terminate();
      const worker = new Worker(url);
      // What an earlier Worker still has to say is of no interest.
      worker.onmessage = (event) => { if (worker === engine.worker) hear(event.data); };
      worker.onerror = (event) => {
        event.preventDefault();
        if (worker === engine.worker) hear({ op: "dead", text: event.message || "its script did not load" });
      };
      engine.worker = worker;
    };
    engine.restart();
    return engine;
  };

  const progress = (done, total) => {
    const share = total > 0 ? Math.min(done / total, 1) : 0;
    $("boot-bar").value = share;
    $("boot-text").textContent = total > 0
      ? `Loading the laboratory, ${Math.round(share * 100)} %` : "Loading the laboratory";
  };

  // fetchWasm counts the bytes as they pass and hands them on to the compiler,
  // under the right media type whatever the server called them. The total is
  // what the site builder wrote down: a compressed answer does not tell it.
  const fetchWasm = (name, imports) => {
    let arrive;
    const arrived = new Promise((resolve) => { arrive = resolve; });
    const load = async () => {
      const response = await fetch(address(name));
      if (!response.ok) throw new Error(`the server answered ${response.status} for ${name}`);
      const total = Number(document.documentElement.dataset.appBytes || 0);
      let done = 0;
      const counted = response.body.pipeThrough(new TransformStream({
        transform(part, controller) {
          done += part.length;
          progress(done, total);
          controller.enqueue(part);
        },
        flush: arrive,
      }));
      const wasm = new Response(counted, { headers: { "Content-Type": "application/wasm" } });
      return WebAssembly.instantiateStreaming(wasm, imports);
    };
    const program = load();
    program.catch(arrive);
    return { program, arrived };
  };

  const boot = async () => {
    let lack = missing();
    if (lack) return fail(...lack);
    progress(0, 0);
    const go = new Go();
    const fetched = fetchWasm(FILES.app, go.importObject);
    fetched.program.catch(() => {}); // told below
    globalThis.inkflowEngine = startEngine();
    globalThis.inkflowFail = fail;
    // Go cannot throw: a function of its answers {value} or {error}, and this
    // makes an exception of the second.
    globalThis.inkflowThrowing = (inner) => (...args) => {
      const answer = inner(...args);
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.value;
    };
    await Promise.race([fetched.arrived, new Promise((resolve) => setTimeout(resolve, 300))]);
    lack = missingGraphics();
    if (lack) {
      globalThis.inkflowEngine.worker.terminate();
      return fail(...lack);
    }
    try {
      const program = await fetched.program;
      $("boot-text").textContent = "Starting the laboratory";
      await go.run(program.instance);
      fail("The laboratory has stopped.", "Reload the page to start it again.");
    } catch (error) {
      fail(`The laboratory could not be loaded: ${error && error.message || error}.`,
        "Check the connection and try again; the page may also have been updated a moment ago.");
    }
  };
  boot();
})();
