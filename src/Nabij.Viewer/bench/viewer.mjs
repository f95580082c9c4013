// ./dev bench viewer [--streams DIR]: replays recorded streams (./dev bench streams --out DIR) through the worker's decoder in
// headless Chromium and prints milliseconds for each clip; figures go to artifacts/bench/viewer.json. Fails when a picture at the
// end of a stream is not the encoder's.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const artifacts = fileURLToPath(new URL("../../../artifacts/", import.meta.url));
const streams = process.argv[2] === "--streams" && process.argv[3] !== undefined ? process.argv[3] : join(artifacts, "streams");
const timeLimit = 600_000;

const types = { ".js": "text/javascript", ".html": "text/html", ".json": "application/json", ".px": "application/octet-stream" };
// Isolated like the desk, with its worker's policy: shared memory, and a clock that is not coarse.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const headers = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

const page = `<!doctype html><script type="module">
const results = [];
for (const clip of await (await fetch("/clips.json")).json()) {
  const worker = new Worker("/decode-worker.js", { type: "module" });
  results.push(await new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); worker.postMessage("/streams/" + clip); }));
  worker.terminate();
}
await fetch("/results", { method: "POST", body: JSON.stringify(results) });
</script>`;

function serve(folder, clips, report) {
  const fixed = { "/": page, "/clips.json": JSON.stringify(clips) };
  const server = createServer((request, response) => {
    if (request.method === "POST") {
      const parts = [];
      request.on("data", (part) => parts.push(part)).on("end", () => report(JSON.parse(Buffer.concat(parts).toString())));
      response.end();
      return;
    }
    const path = request.url ?? "/";
    const file = path.startsWith("/streams/") ? join(streams, path.slice("/streams/".length)) : join(folder, path);
    const isFound = fixed[path] !== undefined || !path.includes("..");
    response.writeHead(isFound ? 200 : 404, {
      ...headers,
      "Content-Type": types[extname(path)] ?? "text/html",
      ...(path === "/decode-worker.js" ? { "Content-Security-Policy": policy } : {}),
    });
    response.end(fixed[path] ?? (isFound && path !== "/favicon.ico" ? readFileSync(file) : ""));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

async function measure(clips) {
  const work = mkdtempSync(join(tmpdir(), "bench-viewer-"));
  let stop = async () => undefined;
  try {
    const configFile = fileURLToPath(new URL("./vite.config.ts", import.meta.url));
    await build({ configFile, logLevel: "error", build: { outDir: join(work, "page") } });
    let timer;
    const results = new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error("Chromium did not report in time.")), timeLimit);
      void serve(join(work, "page"), clips, resolve).then((server) => {
        const address = `http://127.0.0.1:${server.address().port}/`;
        const options = ["--headless=new", "--no-sandbox", "--disable-gpu", `--user-data-dir=${join(work, "profile")}`, address];
        const browser = spawn("chromium", options, { detached: true, stdio: "ignore" });
        browser.on("error", reject);
        stop = async () => {
          const closed = once(browser, "close");
          // The whole group: its children would go on writing to the profile.
          process.kill(-browser.pid, "SIGKILL");
          await closed;
          server.close();
          server.closeAllConnections();
        };
      });
    });
    return await results.finally(() => clearTimeout(timer));
  } finally {
    await stop();
    rmSync(work, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

const clips = readdirSync(streams).filter((name) => name.endsWith(".px")).map((name) => name.slice(0, -".px".length)).sort();
if (clips.length === 0) throw new Error(`No streams in ${streams}: run ./dev bench streams --out ${streams} first.`);
const figures = [];
process.stdout.write("clip          updates   first    p50    p95    max   ms\n");
for (const { clip, milliseconds, cold, isEqual } of await measure(clips)) {
  if (!isEqual) {
    process.stdout.write(`${clip}: the picture at the end is not the encoder's\n`);
    process.exitCode = 1;
  }
  const sorted = milliseconds.slice(1).sort((a, b) => a - b);
  const values = { first: cold, p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), max: sorted.at(-1) ?? 0 };
  const cells = Object.values(values).map((value) => value.toFixed(2).padStart(7));
  process.stdout.write(`${clip.padEnd(13)} ${String(milliseconds.length).padStart(7)} ${cells.join("")}\n`);
  for (const [name, value] of Object.entries(values)) figures.push({ name: `viewer decode ${clip} ${name}`, value: Number(value.toFixed(3)), unit: "ms" });
}
mkdirSync(join(artifacts, "bench"), { recursive: true });
writeFileSync(join(artifacts, "bench", "viewer.json"), `${JSON.stringify(figures, null, 1)}\n`);
