import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FullScreen } from "./full-screen.ts";

/** Something the browser was asked for and has not yet answered. */
interface Request {
  readonly what: "enter" | "exit" | "lock";
  grant(): Promise<void>;
  refuse(): Promise<void>;
}

/** A document whose browser answers only when the test says so. */
class FakeDocument extends EventTarget {
  fullscreenElement: object | null = null;
  isLocked = false;
  readonly requests: Request[] = [];
  readonly documentElement = { requestFullscreen: () => this.#ask("enter", () => this.switch(true)) };
  readonly keyboard = {
    lock: () => this.#ask("lock", () => (this.isLocked = true)),
    unlock: () => (this.isLocked = false),
  };

  exitFullscreen(): Promise<void> {
    return this.#ask("exit", () => this.switch(false));
  }

  /** As the browser does it, for its own reasons too: Escape, another window. */
  switch(isOn: boolean): void {
    this.fullscreenElement = isOn ? this.documentElement : null;
    this.dispatchEvent(new Event("fullscreenchange"));
  }

  get asked(): string[] {
    return this.requests.map(({ what }) => what);
  }

  /** Takes the oldest request of this kind. */
  take(what: Request["what"]): Request {
    const index = this.requests.findIndex((request) => request.what === what);
    expect(index, `asked for ${what}`).toBeGreaterThanOrEqual(0);
    return this.requests.splice(index, 1)[0] as Request;
  }

  #ask(what: Request["what"], effect: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const answer = async (action: () => void): Promise<void> => {
        action();
        // Whoever waits for it has gone on behind this.
        await new Promise(setImmediate);
      };
      this.requests.push({
        what,
        grant: () => answer(() => {
          effect();
          resolve();
        }),
        refuse: () => answer(() => reject(new TypeError("refused"))),
      });
    });
  }
}

let browser: FakeDocument;
let told: string[];
let session: AbortController;
let fullScreen: FullScreen;

beforeEach(() => {
  browser = new FakeDocument();
  vi.stubGlobal("document", browser);
  vi.stubGlobal("navigator", { keyboard: browser.keyboard });
  told = [];
  session = new AbortController();
  const events = { entered: (wayOut: string) => told.push(wayOut), left: () => told.push("left"), refused: () => told.push("refused") };
  fullScreen = new FullScreen(events, session.signal);
});

afterEach(() => vi.unstubAllGlobals());

test("who only looks leaves by pressing Escape, and who types by holding it", async () => {
  void fullScreen.toggle();
  await browser.take("enter").grant();
  fullScreen.takesKeys = true;
  await browser.take("lock").grant();
  fullScreen.takesKeys = false;
  expect(told).toEqual(["press", "hold", "press"]);
  expect(browser.isLocked).toBe(false);
});

test("a keyboard that cannot be locked leaves Escape where it was", async () => {
  fullScreen.takesKeys = true;
  void fullScreen.toggle();
  await browser.take("enter").grant();
  await browser.take("lock").refuse();
  expect(told).toEqual(["press"]);
});

test("nothing is said of a way out that is no longer needed, and no keyboard stays locked", async () => {
  fullScreen.takesKeys = true;
  void fullScreen.toggle();
  await browser.take("enter").grant();
  browser.switch(false);
  await browser.take("lock").grant();
  expect(told).toEqual(["left"]);
  expect(browser.isLocked).toBe(false);
});

test("who leaves and comes back at once is told the way out once", async () => {
  fullScreen.takesKeys = true;
  void fullScreen.toggle();
  await browser.take("enter").grant();
  browser.switch(false);
  browser.switch(true);
  await browser.take("lock").grant();
  await browser.take("lock").grant();
  expect(told).toEqual(["left", "hold"]);
  expect(browser.isLocked).toBe(true);
});

test("keys that are taken back while the keyboard is being locked stay with the technician", async () => {
  fullScreen.takesKeys = true;
  void fullScreen.toggle();
  await browser.take("enter").grant();
  fullScreen.takesKeys = false;
  await browser.take("lock").grant();
  expect(told).toEqual(["press"]);
  expect(browser.isLocked).toBe(false);
});

test("who presses twice before the browser has entered ends outside", async () => {
  void fullScreen.toggle();
  void fullScreen.toggle();
  expect(browser.asked).toEqual(["enter"]);
  await browser.take("enter").grant();
  await browser.take("exit").grant();
  expect(browser.fullscreenElement).toBeNull();
  expect(told.at(-1)).toBe("left");
  expect(browser.asked).toEqual([]);
});

test("a browser that refuses is told, and asked again the next time", async () => {
  void fullScreen.toggle();
  await browser.take("enter").refuse();
  expect(told).toEqual(["refused"]);
  void fullScreen.toggle();
  await browser.take("enter").grant();
  expect(told).toEqual(["refused", "press"]);
});

test("after Escape the next press enters again", async () => {
  void fullScreen.toggle();
  await browser.take("enter").grant();
  browser.switch(false);
  void fullScreen.toggle();
  await browser.take("enter").grant();
  expect(told).toEqual(["press", "left", "press"]);
});

test("the end of the session leaves full screen and gives the keyboard back", async () => {
  fullScreen.takesKeys = true;
  void fullScreen.toggle();
  await browser.take("enter").grant();
  const lock = browser.take("lock");
  session.abort();
  void fullScreen.leave();
  await browser.take("exit").grant();
  await lock.grant();
  expect(browser.isLocked).toBe(false);
  expect(told).toEqual([]);
});
