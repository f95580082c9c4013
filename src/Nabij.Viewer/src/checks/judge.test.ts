import { describe, expect, it } from "vitest";
import { clocksAgree, passesAtOnce, socketAddress } from "./judge.ts";

describe("the check of the server", () => {
  it("takes an answer whose parts come apart as one that passes at once", () => {
    expect(passesAtOnce([10, 715])).toBe(true);
    expect(passesAtOnce([715, 720])).toBe(false);
    expect(passesAtOnce([715])).toBe(false);
    expect(passesAtOnce([])).toBe(false);
  });

  it("forgives two minutes between the clocks and no more", () => {
    expect(clocksAgree("1000000\n", 1_120_000)).toBe(true);
    expect(clocksAgree("1000000\n", 1_120_001)).toBe(false);
    expect(clocksAgree("", 0)).toBe(false);
    expect(clocksAgree("<html>", 0)).toBe(false);
  });

  it("asks for the socket where the page came from", () => {
    expect(socketAddress("https://help.example.nl")).toBe("wss://help.example.nl/ws/viewer");
    expect(socketAddress("http://localhost:5080")).toBe("ws://localhost:5080/ws/viewer");
  });
});
