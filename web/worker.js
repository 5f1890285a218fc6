// Runs the Python core: starts it from what the page carries, answers one call after the other.
// Nothing is fetched: whatever asks for an address gets a part of the page, or an error.
"use strict";

let core = null;

async function inflated(base64) {
  const packed = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function address(bytes) {
  return URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
}

// Says how many milliseconds Python alone took, and all.
async function start(parts, say) {
  const before = performance.now();
  const names = Object.keys(parts);
  const opened = {};
  for (const name of names) {
    opened[name] = await inflated(parts[name]);
    say(1 / names.length);
  }
  const types = { "pyodide.asm.wasm": "application/wasm", "python_stdlib.zip": "application/zip" };
  self.fetch = async (url) => {
    const name = String(url.url || url).split("/").pop();
    if (!(name in types)) throw new TypeError("offline: " + name);
    return new Response(opened[name], { headers: { "Content-Type": types[name] } });
  };
  importScripts(address(opened["pyodide.js"]));
  const module = await import(address(opened["pyodide.asm.mjs"]));
  say(1);
  const python = await self.loadPyodide({
    indexURL: "https://offline.invalid/",
    createPyodideModule: module.default,
    lockFileContents: new TextDecoder().decode(opened["pyodide-lock.json"]),
  });
  say(1);
  const alone = performance.now() - before;
  python.unpackArchive(opened["site.zip"], "zip", { extractDir: "/site" });
  python.runPython("import sys; sys.path.insert(0, '/site')");
  core = python.pyimport("zipingbiao.deliver.screen").answer;
  say(1);
  return [alone, performance.now() - before].map(Math.round);
}

// The answer of a call is its words as JSON and, where it makes one, a file.
function answered(call, words, files) {
  const made = core(call, words, files);
  const [text, file] = made.toJs();
  made.destroy();
  return { answer: JSON.parse(text), file: file || null };
}

self.onmessage = async ({ data: { id, call, words, files } }) => {
  try {
    if (call === "start") {
      self.postMessage({ id, answer: await start(words, (part) => self.postMessage({ part })) });
    } else {
      self.postMessage({ id, ...answered(call, JSON.stringify(words), files) });
    }
  } catch (error) {
    self.postMessage({ id, error: String(error) });
  }
};
