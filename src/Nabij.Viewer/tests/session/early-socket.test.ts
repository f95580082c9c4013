import { beforeEach, expect, test } from "vitest";
import { ManualClock, turns } from "../manual-clock.ts";
import { FakeSocket } from "./fake-socket.ts";
import { EarlySocket } from "../../src/session/early-socket.ts";
import type { SocketEvents } from "../../src/session/socket.ts";

const url = "wss://help.example.nl/ws/viewer";
let made: FakeSocket[];
let heard: string[];
let clock: ManualClock;
let early: EarlySocket;
const events: SocketEvents = {
  opened: () => heard.push("opened"),
  message: (data) => heard.push(String(data)),
  closed: (code) => heard.push(`closed ${code}`),
};

beforeEach(() => {
  made = [];
  heard = [];
  clock = new ManualClock();
  early = new EarlySocket((address, listener) => {
    const socket = new FakeSocket();
    made.push(socket);
    return socket.open(address, listener);
  }, clock);
});

test("the socket that was prepared is the one that is taken, open already", async () => {
  early.prepare(url);
  made[0]?.opened();
  const socket = early.open(url, events);
  expect(heard).toEqual([]);
  await turns(1);
  socket.send("join");
  made[0]?.deliver("paired");
  made[0]?.lose(4001);
  expect(heard).toEqual(["opened", "paired", "closed 4001"]);
  expect(made.map(({ sent }) => sent)).toEqual([["join"]]);
});

test("one that is still opening when it is taken tells when it is open", async () => {
  early.prepare(url);
  early.open(url, events);
  await turns(1);
  expect(heard).toEqual([]);
  made[0]?.opened();
  expect(heard).toEqual(["opened"]);
});

test("one that nobody takes is closed before the server does it, and the next is a new one", async () => {
  early.prepare(url);
  made[0]?.opened();
  await clock.advance(6_999);
  expect(made[0]?.closedWith).toBeNull();
  await clock.advance(1);
  expect(made[0]?.closedWith).toBe(1000);
  early.open(url, events);
  expect(made).toHaveLength(2);
  expect(heard).toEqual([]);
});

test("one that was lost is not handed out", () => {
  early.prepare(url);
  made[0]?.lose(1006);
  early.open(url, events);
  expect(made).toHaveLength(2);
  expect(heard).toEqual([]);
});

test("preparing twice opens one socket, and nothing of it is left once it is taken", async () => {
  early.prepare(url);
  early.prepare(url);
  early.open(url, events);
  expect(made).toHaveLength(1);
  await clock.advance(60_000);
  expect([made[0]?.closedWith, clock.waiting]).toEqual([null, 0]);
  early.open(url, events);
  expect(made).toHaveLength(2);
});

test("a socket to another address is not taken", () => {
  early.prepare(url);
  early.open("wss://elsewhere.example/ws/viewer", events);
  expect(made.map((socket) => socket.url)).toEqual([url, "wss://elsewhere.example/ws/viewer"]);
});
