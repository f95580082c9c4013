import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DeskApi, DeskProblem } from "./desk-api.ts";

type Call = { readonly path: string; readonly init: RequestInit };

let calls: Call[];
let answer: () => Response | Promise<Response>;
const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });

beforeEach(() => {
  calls = [];
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    calls.push({ path, init });
    return Promise.resolve(answer());
  });
});
afterEach(() => vi.unstubAllGlobals());

const api = new DeskApi("form-token");
const problem = async (action: Promise<unknown>): Promise<DeskProblem> =>
  action.then(
    () => expect.unreachable("a problem"),
    (error: unknown) => error as DeskProblem,
  );

describe("desk calls", () => {
  test("a ticket is asked for by the nameplate alone", async () => {
    answer = () => json({ ticket: "ab".repeat(32), expiresInSeconds: 30 });
    await expect(api.ticket("417")).resolves.toBe("ab".repeat(32));
    expect(calls).toHaveLength(1);
    expect(calls[0]?.path).toBe("/desk/tickets");
    expect(calls[0]?.init).toMatchObject({ method: "POST", redirect: "manual", body: JSON.stringify({ nameplate: "417" }) });
    expect(new Headers(calls[0]?.init.headers).get("x-nabij-antiforgery")).toBe("form-token");
  });

  test("a certificate comes with the organization's key and origin", async () => {
    answer = () => json({ certificate: btoa("abc"), organizationKeyHash: btoa("k".repeat(32)), origin: "https://help.example.nl", notAfter: 1700 });
    const issued = await api.certificate(Uint8Array.from([4, 1]));
    expect([...issued.certificate]).toEqual([97, 98, 99]);
    expect(issued.organizationKeyHash).toHaveLength(32);
    expect(issued).toMatchObject({ origin: "https://help.example.nl", notAfter: 1_700_000 });
    expect(calls[0]?.init.body).toBe(JSON.stringify({ publicKey: btoa("\u0004\u0001") }));
  });

  test.each<[string, () => Response | Promise<Response>, string]>([
    ["no network", () => Promise.reject(new TypeError("failed")), "problem.offline"],
    ["signed out", () => json({}, 401), "problem.signedOut"],
    ["no technician", () => json({ title: "forbidden" }, 403), "problem.forbidden"],
    ["the whole organization stopped after too many wrong codes", () => json({ title: "stopped" }, 403), "problem.stopped"],
    ["locked after too many wrong codes", () => json({ title: "locked" }, 403), "problem.locked"],
    ["too many attempts", () => json({ title: "paused" }, 429, { "retry-after": "240" }), "problem.limited"],
    ["a server in trouble", () => new Response("<html>", { status: 500 }), "problem.server"],
    ["an answer that is no JSON", () => new Response("hello"), "problem.server"],
    ["an answer of another form", () => json({ ticket: "short" }), "problem.server"],
    ["nothing", () => json(null), "problem.server"],
    ["a customer whom a colleague has taken", () => json({ title: "claimed", by: "Bert" }, 409), "problem.claimed"],
    ["another conflict", () => json({ title: "odd" }, 409), "problem.server"],
  ])("%s is told in words", async (_, given, text) => {
    answer = given;
    expect(await problem(api.ticket("417"))).toMatchObject({ text });
  });

  test("how long to wait comes along", async () => {
    answer = () => json({}, 429, { "retry-after": "240" });
    expect((await problem(api.ticket("417"))).values).toEqual({ seconds: 240 });
  });

  test("a claim is asked for by the place, and who has it comes along", async () => {
    answer = () => new Response(null, { status: 204 });
    await api.claim("p", true);
    expect(calls[0]).toMatchObject({ path: "/desk/claims", init: { body: JSON.stringify({ place: "p", over: true }) } });
    answer = () => json({ title: "claimed", by: "Bert" }, 409);
    expect((await problem(api.claim("p", false))).values).toEqual({ name: "Bert" });
  });

  test("a report that cannot be made disturbs nothing", async () => {
    answer = () => Promise.reject(new TypeError("failed"));
    void api.ended("0".repeat(32), "technician-ended");
    await Promise.resolve();
    expect(calls[0]).toMatchObject({ path: `/desk/sessions/${"0".repeat(32)}/ended`, init: { keepalive: true } });
  });
});
