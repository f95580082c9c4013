// The script of the page that checks the server: what only a browser can see, because it comes through every proxy in
// between. The words stand in the page; this fills in which of them hold.

import { clocksAgree, passesAtOnce, socketAddress } from "./judge.ts";

const WAIT_MS = 8_000;
const STREAM_PATH = "/checks/stream";

const list = document.getElementById("browser-checks");

function show(name: string, isGood: boolean): void {
  const row = list?.querySelector<HTMLElement>(`[data-check="${name}"]`);
  const [words, chip] = [row?.querySelector("p"), row?.querySelector(".chip")];
  if (!list || !row || !words || !chip) return;
  words.textContent = (isGood ? row.dataset["good"] : row.dataset["bad"]) ?? "";
  chip.textContent = (isGood ? list.dataset["levelGood"] : list.dataset["levelBad"]) ?? "";
  chip.classList.replace("quiet", isGood ? "good" : "bad");
}

function trySocket(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(socketAddress(window.location.origin));
    const timer = window.setTimeout(() => { finish(false); }, WAIT_MS);
    const finish = (isOpen: boolean): void => {
      window.clearTimeout(timer);
      socket.close();
      resolve(isOpen);
    };
    socket.addEventListener("open", () => { finish(true); });
    socket.addEventListener("error", () => { finish(false); });
  });
}

/** Reads the answer part by part: when each came, and its first line. */
async function readStream(): Promise<{ partsAt: number[]; text: string }> {
  const answer = await fetch(STREAM_PATH, { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(WAIT_MS) });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = { partsAt: [] as number[], text: "" };
  if (!answer.ok || !reader) return read;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    read.partsAt.push(performance.now());
    read.text += part.value;
  }
  return read;
}

async function tryStream(): Promise<void> {
  const begun = Date.now();
  const { partsAt, text } = await readStream().catch(() => ({ partsAt: [], text: "" }));
  show("stream", passesAtOnce(partsAt));
  show("clock", clocksAgree(text.split("\n")[0] ?? "", begun));
}

if (list) {
  show("address", window.location.origin === list.dataset["origin"]);
  void trySocket().then((isGood) => { show("socket", isGood); });
  void tryStream();
}
