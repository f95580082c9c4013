import { afterEach, expect, test, vi } from "vitest";
import { DeskProblem } from "./desk-api.ts";
import { SessionWorker } from "./session-worker.ts";

/** The browser's worker, of a browser that looks at these of its options. */
class FakeWorker {
  static knownOptions: readonly (keyof WorkerOptions)[] = [];
  static made: FakeWorker[] = [];
  readonly options: Partial<WorkerOptions>;
  isTerminated = false;
  onerror: (() => void) | null = null;

  constructor(_address: string, options: WorkerOptions) {
    this.options = Object.fromEntries(FakeWorker.knownOptions.map((name) => [name, options[name]]));
    FakeWorker.made.push(this);
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
  FakeWorker.made = [];
});

test("a browser whose workers cannot be modules is told which one to use, and keeps no worker", () => {
  vi.stubGlobal("Worker", FakeWorker);
  FakeWorker.knownOptions = ["name"];
  expect(() => new SessionWorker({ message: () => undefined, failed: () => undefined })).toThrow(new DeskProblem("problem.browser"));
  expect(FakeWorker.made.map(({ isTerminated }) => isTerminated)).toEqual([true]);
});

test("the worker is a module, and its script's failure is told", () => {
  vi.stubGlobal("Worker", FakeWorker);
  FakeWorker.knownOptions = ["name", "type"];
  const failed = vi.fn();
  new SessionWorker({ message: () => undefined, failed });
  const [made] = FakeWorker.made;
  expect(made?.options).toEqual({ name: "session", type: "module" });
  made?.onerror?.();
  expect(failed).toHaveBeenCalledOnce();
});
