// The session worker: runs one TechnicianSession and decodes its picture, away from the page's thread. The secret digits and
// the keys live here and nowhere else. It says only what worker-messages.ts lists.

import { allPermissions } from "../protocol/permissions.ts";
import { toHex } from "../protocol/hex.ts";
import type { CursorMessage } from "../protocol/cursor.ts";
import { PictureTooLargeError } from "../screen/px-decoder.ts";
import { ScreenFeed } from "../screen/screen-feed.ts";
import type { Clock } from "./clock.ts";
import { systemClock } from "./clock.ts";
import { ExpressSender } from "./express-lane.ts";
import { EarlySocket } from "./early-socket.ts";
import { FileDelivery } from "./file-delivery.ts";
import { privatePlatform } from "../files/private-platform.ts";
import { PrivateFiles } from "../files/private-files.ts";
import { openWebSocket, viewerSocketUrl } from "./socket.ts";
import type { SessionEvents } from "./session-events.ts";
import { TechnicianSession } from "./technician-session.ts";
import { warmUp } from "./warm-up.ts";
import type { JoinRequest, PageToWorker, WorkerToPage } from "./worker-messages.ts";

/** The part of a dedicated worker's scope that is used here. */
declare const self: {
  postMessage(message: WorkerToPage, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<PageToWorker>) => void) | null;
};

/** Name and version as the customer's log shows them. */
const client = "nabij-web/0.1.0";

/** Milliseconds that the page can compare with its own. */
const clock: Clock = { ...systemClock, now: () => performance.timeOrigin + performance.now() };

/** The disk is looked at when the first picture is surely there. */
const prepareMilliseconds = 1_500;

const early = new EarlySocket(openWebSocket, clock);

const delivery = new FileDelivery(new PrivateFiles(privatePlatform, crypto.randomUUID()), post);

let session: TechnicianSession | null = null;
let lane: ExpressSender | null = null;
let layoutShown = 0;
let updateShown = 0;
let arePrepared = false;

const feed = new ScreenFeed({
  start: (layout) => {
    layoutShown = layout.layout;
    updateShown = 0;
    lane?.posted();
    post(layout);
  },
  show: (update, { byteLength, copyTo }) => {
    updateShown = update.update;
    if (lane?.trySend(update, byteLength, copyTo) === true) return;
    lane?.posted();
    const pixels = PictureTooLargeError.allocate(byteLength);
    copyTo(new Uint8Array(pixels));
    post({ ...update, pixels }, [pixels]);
  },
  isFree: () => lane?.isFree ?? true,
  repair: (layout) => session?.sendFeedback({ type: "REPAIR", layout }),
  now: clock.now,
});

const events: SessionEvents = {
  state: (state, reason, detail) => post({ type: "state", state, reason, detail }),
  established: (established, serverSession) => {
    const { checkNumber, machineName, userName, ceiling } = established;
    post({
      type: "established",
      checkNumber,
      sessionId: toHex(established.sessionId),
      serverSession: toHex(serverSession),
      machine: machineName,
      user: userName,
      ceiling: ceiling & allPermissions,
    });
  },
  files: {
    transfers: (changed) => post({ type: "transfers", changed }),
    arrived: (offer, name) => delivery.arrived(offer, name),
    answered: (group) => post({ type: "request-answered", group }),
  },
  over: () => void delivery.end().then(() => post({ type: "over" })),
  grants: (permissions, pause) => {
    post({ type: "grants", permissions, pause });
    prepareFiles(permissions);
  },
  localInput: () => post({ type: "local-input" }),
  away: (seconds) => {
    feed.begunAnew();
    post({ type: "away", seconds });
  },
  declined: (permissions) => post({ type: "declined", permissions }),
  screen: (message, arrivedAt) => feed.receive(message, arrivedAt),
  cursor: postCursor,
  facts: (facts) => post({ type: "facts", facts }),
  factsGone: () => post({ type: "facts-gone" }),
  pictureTold: (picture, isTold) => post({ type: "picture-told", picture, isTold }),
  line: (number, text, person) => post({ type: "line", number, text, person }),
  people: (people) => post({ type: "people", people }),
  invitation: (invitation) => post({ type: "invitation", invitation }),
  linesMarked: (delivered, seen) => post({ type: "lines-marked", delivered, seen }),
  clipboard: {
    placed: (outcome) => post({ type: "text-placed", outcome }),
    refused: (outcome) => post({ type: "text-refused", outcome }),
    came: (text, wasAsked) => post({ type: "text-came", text, wasAsked }),
  },
};

function postCursor(message: CursorMessage): void {
  switch (message.type) {
    case "SHAPE": {
      const { width, height, hotspotX, hotspotY } = message;
      const pixels = message.pixels.slice().buffer as ArrayBuffer;
      post({ type: "cursor-shape", width, height, hotspotX, hotspotY, pixels }, [pixels]);
      break;
    }
    case "POSITION":
      post({ type: "cursor-position", x: message.x, y: message.y, own: message.own });
      break;
    case "HIDDEN":
      post({ type: "cursor-hidden" });
      break;
  }
}

function join(request: JoinRequest): void {
  if (session !== null) return;
  session = new TechnicianSession(request, { openSocket: early.open, clock, events, store: delivery.store, client });
  session.start();
}

/** Behind the first picture, which must not wait for the disk. */
function prepareFiles(granted: number): void {
  if (arePrepared || granted === 0) return;
  arePrepared = true;
  clock.after(prepareMilliseconds, () => void delivery.prepare());
}

function receive(message: PageToWorker): void {
  switch (message.type) {
    case "lane":
      lane = new ExpressSender(message.buffer);
      break;
    case "prepare":
      if (session === null) early.prepare(viewerSocketUrl(message.origin));
      break;
    case "join":
      join(message);
      break;
    case "input":
      session?.sendInput(message.messages);
      if (feed.isInspecting && message.happenedAt !== undefined) post({ type: "input-sent", milliseconds: clock.now() - message.happenedAt });
      break;
    case "draw":
      session?.draw(message.messages);
      break;
    case "request-facts":
      session?.requestFacts();
      break;
    case "tell-picture":
      session?.tellPicture(message.picture);
      break;
    case "painted":
      painted(message);
      break;
    case "inspect":
      feed.isInspecting = message.on;
      break;
    case "ask":
      session?.ask(message.permissions);
      break;
    case "invite":
      session?.participation.invite(message.purpose, message.name, message.reason);
      break;
    case "withdraw-invitation":
      session?.participation.withdraw();
      break;
    case "take-control":
      session?.participation.takeControl();
      break;
    case "halt":
      session?.participation.halt();
      break;
    case "say":
      session?.say(message.text);
      break;
    case "place-text":
      session?.placeText(message.text);
      break;
    case "request-text":
      session?.requestText();
      break;
    case "lines-shown":
      session?.showLines(message.number);
      break;
    case "end":
      session?.end(message.reason);
      break;
    default:
      receiveOfFiles(message);
  }
}

function receiveOfFiles(message: Extract<PageToWorker, { type: `${string}-file${"" | "s"}` }>): void {
  const files = session?.files;
  if (files === undefined) return;
  switch (message.type) {
    case "send-files":
      files.offer(message.files);
      break;
    case "accept-files":
      delivery.choose(message.ids, message.place);
      for (const id of message.ids) files.accept(id);
      break;
    case "decline-files":
      for (const id of message.ids) files.decline(id);
      break;
    case "hold-file":
      files.hold(message.id, message.isHeld);
      break;
    case "cancel-file":
      files.cancel(message.id);
      break;
    case "request-files":
      if (!files.request(message.what)) post({ type: "request-answered", group: null });
      break;
  }
}

function painted({ layout, update, decodeMicroseconds, presentMicroseconds }: Extract<PageToWorker, { type: "painted" }>): void {
  // What was painted of an earlier layout means nothing to the host any more.
  if (layout !== layoutShown) return;
  if (update === updateShown) lane?.caughtUp();
  feed.painted(layout, update);
  const decode = microseconds(decodeMicroseconds);
  session?.sendFeedback({ type: "PRESENTED", layout, update, decode, present: microseconds(presentMicroseconds) });
}

function microseconds(value: number): number {
  return Math.min(Math.max(Math.round(value), 0), 0xffffffff);
}

function post(message: WorkerToPage, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}

self.onmessage = ({ data }: MessageEvent<PageToWorker>) => receive(data);
void warmUp(() => feed.prepare());
