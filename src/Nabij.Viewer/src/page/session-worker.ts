// The worker of one session, by its only address. Under Trusted Types a script address must come from a policy; ours,
// the only one that the server allows, yields this one address and nothing else.

import { ExpressReceiver } from "../session/express-lane.ts";
import type { PageToWorker, WorkerToPage } from "../session/worker-messages.ts";
import { DeskProblem } from "./desk-api.ts";

/** Must be the name in the server's Content-Security-Policy. */
const policyName = "nabij-worker";

interface TypedAddresses {
  createPolicy(name: string, rules: { createScriptURL: () => string }): { createScriptURL: (input: string) => string };
}

let workerAddress: string | null = null;

function address(): string {
  if (workerAddress !== null) return workerAddress;
  // Next to this script, under the same version of the viewer.
  const url = new URL(/* @vite-ignore */ "worker.js", import.meta.url).href;
  const types = (globalThis as { trustedTypes?: TypedAddresses }).trustedTypes;
  workerAddress = types === undefined ? url : types.createPolicy(policyName, { createScriptURL: () => url }).createScriptURL("");
  return workerAddress;
}

/** Browsers say whether they know modules only by looking at this option, or not. */
function moduleWorker(): Worker {
  let isModule = false;
  const worker = new Worker(address(), {
    name: "session",
    get type(): WorkerType {
      isModule = true;
      return "module";
    },
  });
  if (isModule) return worker;
  worker.terminate();
  throw new DeskProblem("problem.browser");
}

export interface SessionWorkerEvents {
  readonly message: (message: WorkerToPage) => void;
  /** The worker's script failed; the session is gone. */
  readonly failed: () => void;
}

export class SessionWorker {
  readonly #worker: Worker;
  readonly #lane: ExpressReceiver | null;

  /** Raises DeskProblem where the browser's workers cannot be modules. */
  constructor(events: SessionWorkerEvents) {
    this.#worker = moduleWorker();
    this.#lane = ExpressReceiver.tryCreate((update) => events.message(update));
    if (this.#lane !== null) this.send({ type: "lane", buffer: this.#lane.buffer });
    this.#worker.onmessage = ({ data }: MessageEvent<WorkerToPage>) => {
      this.#lane?.drain();
      events.message(data);
    };
    this.#worker.onerror = this.#worker.onmessageerror = () => events.failed();
  }

  send(message: PageToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  /** The pixels of an update are painted. */
  spent(pixels: ArrayBuffer): void {
    this.#lane?.spent(pixels);
  }

  close(): void {
    this.#lane?.close();
    this.#worker.terminate();
  }
}
