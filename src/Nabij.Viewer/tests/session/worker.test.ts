// The worker as the page sees it: typed messages in, typed messages out, a WebSocket of the platform in between.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { channelNumbers } from "../../src/protocol/channels.ts";
import { encodeCursor } from "../../src/protocol/cursor.ts";
import { encodeScreen } from "../../src/protocol/screen.ts";
import { ascii } from "../../src/protocol/wire.ts";
import type { JoinRequest, PageToWorker, WorkerToPage } from "../../src/session/worker-messages.ts";
import { until } from "../manual-clock.ts";
import { PieceWriter } from "../px/piece-writer.ts";
import { FakeSocket } from "./fake-socket.ts";
import { secretDigits, sharedOrganization, ticket } from "./harness.ts";
import { SimulatedHost } from "./simulated-host.ts";

/** What a dedicated worker finds around itself. */
const scope: { onmessage: ((event: { data: PageToWorker }) => void) | null; postMessage: (message: WorkerToPage, transfer: Transferable[]) => void } = {
  onmessage: null,
  postMessage: () => undefined,
};
const said: WorkerToPage[] = [];
const transferred: Transferable[] = [];
let socket = new FakeSocket();

/** The platform's WebSocket, with a FakeSocket behind it. */
class FakeWebSocket {
  readonly OPEN = 1;
  readonly readyState = 1;
  binaryType = "blob";
  onopen: () => void = () => undefined;
  onmessage: (event: { data: unknown }) => void = () => undefined;
  onclose: (event: { code: number }) => void = () => undefined;
  readonly #socket;

  constructor(url: string) {
    this.#socket = socket.open(url, {
      opened: () => this.onopen(),
      message: (data) => this.onmessage({ data: typeof data === "string" ? data : data.slice().buffer }),
      closed: (code) => this.onclose({ code }),
    });
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount();
  }

  send(data: string | Uint8Array<ArrayBuffer>): void {
    this.#socket.send(data);
  }

  close(code: number): void {
    this.#socket.close(code);
  }
}

beforeEach(async () => {
  socket = new FakeSocket();
  said.length = transferred.length = 0;
  scope.postMessage = (message, transfer) => {
    said.push(message);
    transferred.push(...transfer);
  };
  vi.resetModules();
  vi.stubGlobal("self", scope);
  vi.stubGlobal("WebSocket", FakeWebSocket);
  await import("../../src/session/worker.ts");
});

afterEach(async () => {
  tell({ type: "end", reason: "program-closed" });
  await until("the socket", () => socket.closedWith !== null);
  vi.unstubAllGlobals();
});

function tell(message: PageToWorker): void {
  scope.onmessage?.({ data: message });
}

function find<T extends WorkerToPage["type"]>(type: T): Extract<WorkerToPage, { type: T }> | undefined {
  return said.find((message): message is Extract<WorkerToPage, { type: T }> => message.type === type);
}

async function join(): Promise<SimulatedHost> {
  const organization = await sharedOrganization();
  const host = await SimulatedHost.create(socket, organization, secretDigits);
  const request: JoinRequest = {
    type: "join",
    origin: "https://help.example.nl",
    ticket,
    nameplate: "417",
    secret: ascii(secretDigits),
    certificate: organization.certificate,
    signingKey: organization.signingKey,
    organizationKeyHash: organization.keyHash,
    requested: 0b111,
  };
  tell(request);
  socket.opened();
  await until("the handshake", () => find("established") !== undefined);
  await host.grant(0b111);
  await until("the grant", () => find("grants") !== undefined);
  return host;
}

test("a session through the worker: names, grants, picture, cursor, input, acknowledgement, end", async () => {
  const host = await join();
  expect(find("established")).toMatchObject({
    checkNumber: host.established?.checkNumber,
    machine: "PC-JAN",
    user: "jan",
    serverSession: "aa".repeat(16),
    ceiling: 0b111,
  });

  const displays = [{ x: 0, y: 0, width: 32, height: 16, name: "one" }];
  await host.send(channelNumbers.screen, encodeScreen({ type: "LAYOUT", layout: 1, width: 32, height: 16, displays }));
  const content = new PieceWriter(32, 16).write(0, 1, [{ index: 1, red: 1, green: 2, blue: 3 }]);
  const piece = { layout: 1, update: 1, last: true, echo: true, captured: 5, codec: 2, content } as const;
  await host.send(channelNumbers.screen, encodeScreen({ type: "UPDATE", ...piece }));
  await until("the update", () => find("update") !== undefined);
  const update = find("update");
  expect(find("layout")).toEqual({ type: "layout", layout: 1, width: 32, height: 16, displays, isTooLarge: false });
  expect(update).toMatchObject({ layout: 1, update: 1, echo: true, captured: 5, bytes: piece.content.length });
  const pixels = new Uint8Array(update?.pixels ?? new ArrayBuffer(0));
  expect([...pixels.subarray(-4)]).toEqual([1, 2, 3, 255]);
  expect(transferred).toContain(update?.pixels);

  tell({ type: "painted", layout: 1, update: 1, decodeMicroseconds: update?.decodeMicroseconds ?? 0, presentMicroseconds: 1_234.6 });
  await until("PRESENTED", () => host.feedback.length === 1);
  expect(host.feedback[0]).toMatchObject({ type: "PRESENTED", layout: 1, update: 1, present: 1_235 });

  const shape = { type: "SHAPE", width: 1, height: 1, hotspotX: 0, hotspotY: 0, pixels: Uint8Array.of(9, 8, 7, 6) } as const;
  await host.send(channelNumbers.cursor, encodeCursor(shape));
  await host.send(channelNumbers.cursor, encodeCursor({ type: "HIDDEN" }));
  await until("the cursor", () => find("cursor-hidden") !== undefined);
  expect(new Uint8Array(find("cursor-shape")?.pixels ?? new ArrayBuffer(0))).toEqual(shape.pixels);

  tell({ type: "input", messages: [{ type: "TEXT", text: "dag" }] });
  await until("input", () => host.input.length === 1);
  expect(find("input-sent")).toBeUndefined();
  tell({ type: "inspect", on: true });
  tell({ type: "input", messages: [{ type: "TEXT", text: "!" }], happenedAt: performance.timeOrigin + performance.now() - 5 });
  expect(find("input-sent")?.milliseconds).toBeGreaterThanOrEqual(5);
  tell({ type: "ask", permissions: 0b111 });
  await until("ASK", () => host.control.length === 1);
  tell({ type: "end", reason: "technician-ended" });
  await until("CLOSE", () => host.control.length === 2);
  await until("the end of everything", () => find("over") !== undefined);
  expect(said.slice(-2)).toEqual([{ type: "state", state: "ended", reason: "technician-ended", detail: null }, { type: "over" }]);
});

test("a picture that is not the host's asks for another", async () => {
  const host = await join();
  await host.send(channelNumbers.screen, encodeScreen({ type: "LAYOUT", layout: 1, width: 16, height: 16, displays: [{ x: 0, y: 0, width: 16, height: 16, name: "" }] }));
  const content = new PieceWriter(16, 16).write(0, 1, [{ index: 0, red: 0, green: 0, blue: 0 }]);
  await host.send(channelNumbers.screen, encodeScreen({ type: "UPDATE", layout: 1, update: 1, last: true, echo: false, captured: 1, codec: 2, content }));
  await host.send(channelNumbers.screen, encodeScreen({ type: "CHECK", layout: 1, update: 1, hash: 1n }));
  await until("REPAIR", () => host.feedback.length === 1);
  expect(host.feedback).toEqual([{ type: "REPAIR", layout: 1 }]);
});

test("what a painted update of an earlier layout means is nothing", async () => {
  const host = await join();
  for (const layout of [1, 2]) {
    const displays = [{ x: 0, y: 0, width: 16, height: 16, name: "" }];
    await host.send(channelNumbers.screen, encodeScreen({ type: "LAYOUT", layout, width: 16, height: 16, displays }));
  }
  await until("both layouts", () => said.filter(({ type }) => type === "layout").length === 2);
  tell({ type: "painted", layout: 1, update: 1, decodeMicroseconds: 1, presentMicroseconds: 1 });
  tell({ type: "input", messages: [{ type: "HELD" }] });
  await until("input", () => host.input.length === 1);
  expect(find("input-sent")).toBeUndefined();
  tell({ type: "inspect", on: true });
  tell({ type: "input", messages: [{ type: "TEXT", text: "!" }], happenedAt: performance.timeOrigin + performance.now() - 5 });
  expect(find("input-sent")?.milliseconds).toBeGreaterThanOrEqual(5);
  expect(host.feedback).toEqual([]);
});

test("pixels that cannot be decoded end the session as a broken rule", async () => {
  const host = await join();
  await host.send(channelNumbers.screen, encodeScreen({ type: "LAYOUT", layout: 1, width: 16, height: 16, displays: [{ x: 0, y: 0, width: 16, height: 16, name: "" }] }));
  const content = Uint8Array.of(7, 7, 7);
  await host.send(channelNumbers.screen, encodeScreen({ type: "UPDATE", layout: 1, update: 1, last: true, echo: false, captured: 1, codec: 2, content }));
  await until("the end", () => find("over") !== undefined);
  expect(said.at(-2)).toMatchObject({ type: "state", state: "ended", reason: "protocol-error" });
});

test("the worker says nothing that holds the secret", async () => {
  await join();
  expect(JSON.stringify(said)).not.toContain(secretDigits);
});
