import { expect, test } from "vitest";
import { WaitingRoomModel, type WaitingCustomer } from "./waiting-room-model.ts";

const customer = (nameplate: string, more: Partial<WaitingCustomer> = {}): WaitingCustomer => ({
  nameplate, place: `p${nameplate}`, name: "Anna", language: "nl", platform: "win-x64", since: 100_000 + Number(nameplate), claim: null, ...more,
});
const words = ({ name, nameplate, platform }: WaitingCustomer): string => `${name} ${nameplate} ${platform}`;
const plates = (room: WaitingRoomModel, query = "", onlyFree = false): string[] => room.shown({ query, onlyFree }, "me", words).map(({ nameplate }) => nameplate);

test("the first list is news to nobody, and who comes later is", () => {
  const room = new WaitingRoomModel();
  expect(room.replace([customer("417")])).toEqual([]);
  expect(room.change({ came: [customer("200")], gone: [] }).map(({ nameplate }) => nameplate)).toEqual(["200"]);
  expect(room.replace([customer("417"), customer("200"), customer("300")]).map(({ nameplate }) => nameplate)).toEqual(["300"]);
});

test("somebody whose code was wrong is not news, and who has the number after them is", () => {
  const room = new WaitingRoomModel();
  room.replace([customer("417")]);
  expect(room.change({ came: [customer("417", { place: "other", since: 101_000 })], gone: [] })).toEqual([]);
  expect(room.find("417")?.place).toBe("other");
  expect(room.change({ came: [customer("417", { since: 900_000 })], gone: ["417"] })).toHaveLength(1);
});

test("a claim changes a line and is no news", () => {
  const room = new WaitingRoomModel();
  room.replace([customer("417"), customer("200")]);
  expect(room.change({ came: [customer("417", { claim: { by: "other", name: "Bert" } })], gone: [] })).toEqual([]);
  expect(plates(room)).toEqual(["200", "417"]);
  expect(plates(room, "", true)).toEqual(["200"]);
  room.change({ came: [customer("417", { claim: { by: "me", name: "I" } })], gone: ["200"] });
  expect(plates(room, "", true)).toEqual(["417"]);
});

test("every word of a search has to be there, in any order", () => {
  const room = new WaitingRoomModel();
  room.replace([customer("417", { name: "Anna de Vries" }), customer("200", { name: "Bert" }), customer("300", { name: "anna", platform: "linux-x64" })]);
  expect(plates(room, "ANNA")).toEqual(["300", "417"]);
  expect(plates(room, " vries  anna ")).toEqual(["417"]);
  expect(plates(room, "20")).toEqual(["200"]);
  expect(plates(room, "linux bert")).toEqual([]);
});

test("a thousand customers and a change to each are a matter of milliseconds", () => {
  const room = new WaitingRoomModel();
  const many = Array.from({ length: 1_000 }, (_, index) => customer(String(index).padStart(3, "0")));
  const begun = performance.now();
  room.replace(many);
  for (const one of many) {
    room.change({ came: [{ ...one, claim: { by: "me", name: "I" } }], gone: [] });
    if (one.since % 50 === 0) plates(room, "anna");
  }
  expect(room.count).toBe(1_000);
  // Two hundred times what it takes here.
  expect(performance.now() - begun).toBeLessThan(5_000);
});
