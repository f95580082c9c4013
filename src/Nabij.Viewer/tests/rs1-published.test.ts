// The four RS1 vectors of the security design, on top of the files in /vectors: whole runs with every value that both sides
// must agree on.

import { expect, test } from "vitest";
import { toHex } from "../src/protocol/hex.ts";
import { lv, readLv } from "../src/protocol/lv.ts";
import { channelRules } from "../src/protocol/records.ts";
import { ascii, concatenate } from "../src/protocol/wire.ts";
import { generator, generatorString, sessionKey } from "../src/session/cpace.ts";
import { channelIdentifier, KeySchedule, sessionIdentifier, sessionKeys } from "../src/session/key-schedule.ts";
import { RecordOpener } from "../src/session/record-opener.ts";
import { RecordSealer } from "../src/session/record-sealer.ts";
import { makeR1, acceptR2 } from "../src/session/resume.ts";
import { TechnicianHandshake } from "../src/session/technician-handshake.ts";
import { CustomerHandshake } from "./customer/customer-handshake.ts";
import { fixedScalar, hex } from "./fixed-scalar.ts";

const organizationKey = hex(
  "3059301306072a8648ce3d020106082a8648ce3d03010703420004156327b6e89b78ecc209b84e625b871b1d0ce7385d0cc5020d1e3b385ff053a902a4e4458e29ed8cb6e6167d2c9779139f811ec2de6bc70281cea4e84cbf1546",
);
const vector4 = {
  msg1: "010110bf2a783559bb112f2a31aa2723f7bab2205289959f208f656d53e6348267a302487504bdf4b265a7cfc3339cd89014b269990205525331205401010200012005db55bc5f1f85b8f34088aa3a0bc4e94084cc8e518ab46743b11bf0b0cd8e34dc01085253312063657274010120b1bb39a1e90454703c7d321ca890a0517ddb272f0fdbf37ab125354f379461db1050cd8b6736a0e32981d3015f104bd8e205506574657241044da5e73dbe8720cd855d527888a57f0435c783a87a10f2b8287cbc362ace0ef01601a75cab865f6aa6dd680d404c84f20287248736d1973338af0d93be0562f608000000006ab12d7008000000006ab1e4400400000fff553f36126007615dd51c2b420ff418ea30f372253a2bb53e9bcbba4c89dbc74769af6bb9134a8a5a96dce1c6af9bef5af358fe4dc5ffb12058af4da8ab47c3730400000007097765622f312e302e30",
  msg2: "01022043eb51f06a3205da8cb23161c3a3013d1765e3a135d7de6e84fcfd18ebb953016f0552533120430101020001010102000110b4805cc78dd9ff73896dc7f18034110a087465726d732d6e6c07323032362d30312072ab4e40f64222488f80c3d14eb90fddfa2a95f9a096920ffd06702abb179a1f08000000006ab13b0804000003ff0d6170702f312e302e302077696e",
  msg3: "01032050606e05da63a9dccf08c1db79da349a6ec5f2fd572ae5b239b4bbedee3bcf21620ade247d2681eac6145ca6c611eeca5e4c1827447f05c46ea051a2b3772ada36c4758ae2522365bb438101a630d9ac510679054205d714935bc98038bfcdeb7994efc84ed7b8ba8b1331f5a35742c97c1989999581ccd5f36156220111c676b20bda",
  msg4: "0104204545d55291959c4ab87801685f0751fdf9c6cc1be29578b0ce62b9d965d3382f20635cdf839ce2cb3b5f57c325c284a06acab49cabdd9711883faa018f5b432001",
};
const signature = hex(
  "6c786db321c920b803a63fe86050592f7ae51ecf4eb9903081cefb78f2f28f35f2a69355e27ce3df6a7ac84a8d169fa11f0ebdc3276550dc7cb76cc82ab9c25c",
);
const sidC = hex("a21db143779e1eb073dbced40c4fa0ca");

function certificateOf(msg1: Uint8Array): Uint8Array {
  const [, , , ada] = readLv(msg1, 4);
  return readLv(ada ?? hex(""), 7)[4] ?? hex("");
}

async function technician(): Promise<TechnicianHandshake> {
  return new TechnicianHandshake({
    secret: ascii("902635"),
    nameplate: "417",
    origin: "https://help.example.nl",
    sidC,
    versions: [1],
    suites: [1],
    certificate: certificateOf(hex(vector4.msg1)),
    requested: 7,
    client: "web/1.0.0",
    sidT: hex("bf2a783559bb112f2a31aa2723f7bab2"),
    nonce: hex("bce4c6725ce82f9ec85825c23ec77580"),
    scalar: await fixedScalar(hex("ec0aed163a9d2bed9ca135501bc7158640af4fff1dcc489b6fa3ffb7114f0901")),
    sign: () => Promise.resolve(signature),
    secondRun: false,
  });
}

async function customer(): Promise<CustomerHandshake> {
  return new CustomerHandshake({
    organizationKeys: [organizationKey],
    deniedTechnicians: [],
    now: 1_790_000_000,
    secret: ascii("902635"),
    nameplate: "417",
    origin: "https://help.example.nl",
    sidC,
    versions: [1],
    suites: [1],
    scalar: await fixedScalar(hex("e567831b2e59306d238635ffb2a3da0af1109eb112d094f5d7aea56a01986205")),
    nonce: hex("b4805cc78dd9ff73896dc7f18034110a"),
    termsId: "terms-nl",
    termsVersion: "2026-01",
    termsHash: hex("72ab4e40f64222488f80c3d14eb90fddfa2a95f9a096920ffd06702abb179a1f"),
    acceptanceTime: 0x6ab13b08,
    ceiling: 0x3ff,
    application: "app/1.0.0 win",
    granted: 0,
    machineName: "PC-JAN",
    userName: "jan",
    brokenOffRuns: 0,
  });
}

test("RS1 vector 4: both sides make every message to the byte and agree [invariant:11]", async () => {
  const viewer = await technician();
  const host = await customer();
  const first = await viewer.start();
  expect(toHex(first.reply ?? hex(""))).toBe(vector4.msg1);
  const second = await host.receive(hex(vector4.msg1));
  expect(toHex(second.reply ?? hex(""))).toBe(vector4.msg2);
  const third = await viewer.receive(hex(vector4.msg2));
  expect(toHex(third.reply ?? hex(""))).toBe(vector4.msg3);
  const fourth = await host.receive(hex(vector4.msg3));
  if (fourth.type !== "established") throw new Error(JSON.stringify(fourth));
  expect(toHex(fourth.reply)).toBe(vector4.msg4);
  const last = await viewer.receive(fourth.reply);
  if (last.type !== "established") throw new Error(JSON.stringify(last));
  expect(last.session.checkNumber).toBe("7195");
  expect(toHex(last.session.sessionId)).toBe("97a48afd24823335e5238ab5a89af132");
  expect(fourth.session.checkNumber).toBe("7195");
  expect(last.session.keys).toEqual(fourth.session.keys);
});

const vector1 = {
  sid: hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
  msg1: hex(
    "010110101112131415161718191a1b1c1d1e1f20baf4abd857f1376aba8733484c9de3b0d8d24de6679aa5a7175aae6421a3da165a055253312054010102000120353117349cf35dfd857f5ea5a330d2fe9902553e1fb9777825d688bb3a1be1bf1e6578616d706c6520746563686e696369616e2063657274696669636174650400000007097765622f312e302e30",
  ),
  msg2: hex(
    "010220a077e0d09e06ded9d60809de53c1da5d6efac2c43df776bf78a90dc162ddd76f6f0552533120430101020001010102000110c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1087465726d732d6e6c07323032362d3031205524f0a158642b702c058da5a3ed8c645b0d089fe0512ddea3b09a67fa8bad18080000000068e7780004000003ff0d6170702f312e302e302077696e",
  ),
  msg3: hex(
    "010320cb3d60db50147fa6fa2803df0769f8eea47b8eaa07a3d4086925bc6fe9842ecf62202cdbfaff0f9c48ddd3ba778b033f5589c20bb7686bf230781ee85175f73d068304b9c131934a724d7a56fc60b6eef4148e65a7d029a83f27f885de272d8dcdcf104702e7a65bf816cd1da3c0db51406ca84186622e7b141504cf416c0cf20f2e4a",
  ),
  msg4: hex(
    "010420fe7a506ff75f568bf7ac2304e84eaab2e466d58526b06a785fcd3d0d81721d0920341d5d0cacc4cd2460b62d4248db519c2837180ee2d3e378b3724d7b9b8fe7b1",
  ),
};

test("RS1 vector 1: the key schedule, line by line [invariant:11]", async () => {
  const ci = channelIdentifier({
    version: 1,
    suite: 1,
    organizationKeyHash: hex("d71206438043b4ff0e040a51ec0570a79b3dfab8a798aff8b63edd1f0f7d485f"),
    origin: "https://help.example.nl",
    nameplate: "417",
  });
  const secret = ascii("902635");
  expect(toHex(generatorString(secret, ci, vector1.sid))).toBe(
    `084350616365323535063930323633356f${"00".repeat(111)}5a${toHex(ci)}20${toHex(vector1.sid)}`,
  );
  const g = await generator(secret, ci, vector1.sid);
  expect(toHex(g)).toBe("c1cdf3d88b0f3b6b43406449866cc8b108443f90800e770ef4e3659c8cf3d108");
  const ya = await fixedScalar(hex("d077ef8a20227b5472d1be1563fcb3aabddd718ed64aec5ea2ae4bdf71ed0e06"));
  const share = (await ya.multiply(g)) ?? hex("");
  expect(toHex(share)).toBe("baf4abd857f1376aba8733484c9de3b0d8d24de6679aa5a7175aae6421a3da16");
  const peer = vector1.msg2.subarray(3, 35);
  const k = (await ya.multiply(peer)) ?? hex("");
  expect(toHex(k)).toBe("ab54cb38fa427647a5e5204eaacd23ac1483029634500f4c366d9ca9bcf09b7c");
  const ada = vector1.msg1.subarray(53);
  const isk = await sessionKey(vector1.sid, k, { share, data: ada }, { share: peer, data: vector1.msg2.subarray(36) });
  expect(toHex(isk)).toMatch(/^d36a226c8e91c967b60c.*86a71809$/);
  const schedule = await KeySchedule.create(isk, ci, vector1.sid, [vector1.msg1, vector1.msg2]);
  expect(toHex(schedule.th1)).toBe("f4a141daa6ed0930a4816362438dd878645130af1e59db108b4bf81235e8d996");
  expect(toHex(await schedule.tag("T", schedule.th1))).toBe("cb3d60db50147fa6fa2803df0769f8eea47b8eaa07a3d4086925bc6fe9842ecf");
  const tagT = vector1.msg3.subarray(3, 35);
  const box = await schedule.sealBox("T", tagT, lv(new Uint8Array(16).fill(0xa1), new Uint8Array(64)));
  expect(toHex(concatenate(vector1.msg3.subarray(0, 36), box))).toBe(toHex(vector1.msg3));
  const th2 = await schedule.th2(vector1.msg3);
  expect(toHex(await schedule.tag("C", th2))).toBe("fe7a506ff75f568bf7ac2304e84eaab2e466d58526b06a785fcd3d0d81721d09");
  expect(await schedule.checkNumber(new Uint8Array(16).fill(0xa1), new Uint8Array(16).fill(0xc1))).toBe("0124");
  const master = await schedule.master(th2, vector1.msg4);
  expect(toHex(master)).toBe("7a5a796ab637bc3135d0d61a4d2a4d1776acb28bb0180f189bcc23c71b0fa376");
  const keys = await sessionKeys(master);
  expect(toHex(keys.trafficT)).toBe("49198269c37a9403c55e63152cc97d4f368b6b226e2c662cb8a12226a4fadd48");
  expect(toHex(keys.trafficC)).toBe("fa66d9179b920c4969940b5694d95370d8793893fed849b41fc7e82e5f653209");
  expect(toHex(keys.resume)).toBe("9a37c7ab718a861e285398afe132c1e487a503f4206862f9950acc3bc72c11bf");
  expect(toHex(await sessionIdentifier(master))).toBe("55758455a650f5bbf4656f1a6dfcbd06");
});

const vector2Channels = channelRules([
  { number: 0, sender: "both", padded: true, largestMessage: 65_530, fragmented: false },
  { number: 7, sender: "both", padded: true, largestMessage: 65_530, fragmented: false },
  { number: 3, sender: "host", padded: false, largestMessage: 1_048_576, fragmented: true },
]);
const trafficT = "49198269c37a9403c55e63152cc97d4f368b6b226e2c662cb8a12226a4fadd48";
const trafficC = "fa66d9179b920c4969940b5694d95370d8793893fed849b41fc7e82e5f653209";

test("RS1 vector 2: records of both directions, with new keys [invariant:11]", async () => {
  const records = {
    keyUpdate:
      "1700000000000050b1a925a9ed3e36e70d931a6ae6cf3397375b302c36aafe0762c6d2f406645bac4a11de1e25664b0e3555e7f28d167aa2cfa69690420cf47d1a039e877156fe5c7c5111aaff38eb7c7cd07dee56797b9b",
    hallo:
      "17010000000000502defd30411cf7d66f8dbbe405050da24f7b46ad68b335ff064212741ad8ff644f1402f3ee727a5385fd9c74947c2e3a90db0878257bea1e71171ddaac2e5a09859f95f0b8aaf474ccecec1a8e4ac8f3d",
    dag: "170000000000005094a84d08aacb77b453205ddfb11b25464aab18e0c91eb5bef760943dd7a2b5c8136b0556847f81c20d7d4f548b6b492d4c31c294df314ad89aa01afe6fc6a6e3d9314c2d65fa5adc071e9560d2a04cc8",
    bytes: "170000000000001bd849ff1f2587407aa30ece538519619bf09f6265ded0f47151e9cb",
  };
  let now = 0;
  const sealer = await RecordSealer.create(hex(trafficT), vector2Channels, () => now);
  now = 600_000;
  const sealed = await sealer.seal({ channel: 7, more: false, payload: ascii("Hallo Jan") });
  expect(sealed.map(toHex)).toEqual([records.keyUpdate, records.hallo]);

  const opener = await RecordOpener.create(hex(trafficT), vector2Channels, { sender: "viewer" });
  expect(await opener.open(hex(records.keyUpdate))).toBeNull();
  expect(await opener.open(hex(records.hallo))).toEqual({ channel: 7, payload: ascii("Hallo Jan") });

  const host = await RecordOpener.create(hex(trafficC), vector2Channels, { sender: "host" });
  expect(new TextDecoder().decode((await host.open(hex(records.dag)))?.payload)).toBe("Dag, één moment");
  expect(await host.open(hex(records.bytes))).toEqual({ channel: 3, payload: hex("0001020304") });
});

test("RS1 vector 3: a resume, and the first record after it [invariant:11]", async () => {
  const inputs = {
    sessionId: hex("55758455a650f5bbf4656f1a6dfcbd06"),
    n: 0,
    secret: hex("9a37c7ab718a861e285398afe132c1e487a503f4206862f9950acc3bc72c11bf"),
    nonce: new Uint8Array(16).fill(0xd1),
    ids: [{ channel: 7, id: 5 }],
    scalar: await fixedScalar(hex("d9ebad51f702a2a65a73e096d31af129dc1d39dac6bd811ece4391583cc08c81")),
  };
  const r1 = await makeR1(inputs);
  expect(toHex(r1)).toBe(
    "01111055758455a650f5bbf4656f1a6dfcbd06040000000010d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d120ce39524bcfe39b7f0ecb4a7a76dee57467dc149c8ad16e1173547c0e1ececb7b0907000000000000000520c705f91204ad147c967f8f1fa0c6cb8d2673d0a10d9bd1588f9f070727b486f6",
  );
  const r2 = hex(
    "01121055758455a650f5bbf4656f1a6dfcbd06040000000010d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d220bbac91c2c983e6d639087d890c682409ed36e5618d3247648519322c2fd28b2b0020d66dad05b5ea1d70ec20ed1af5ec47a1fa21613b573d70ebc925a11486508fa4",
  );
  const resumed = await acceptR2(inputs, r1, r2);
  expect(toHex(resumed.ecdh)).toBe("bc638e63ccd9173d6934d372beae48e9ac62d88d484d805d376e4754d5444805");
  expect(toHex(resumed.keys.resume)).toBe("bca3f36d9a051c383b6bec5db7e243c889a0c60e66fa665099cdd0c3553c3b5f");
  const sealer = await RecordSealer.create(resumed.keys.trafficT, vector2Channels, () => 0);
  const [record] = await sealer.seal({ channel: 0, more: false, payload: Uint8Array.of(3) });
  expect(toHex(record ?? hex(""))).toBe(
    "170000000000005017362ff6f7d5301a020195662795dc377018675dbfb0076873a1a61bc0e5e0bb2f8f5b25bbeba03e7823e727b678de92f0bbe8fd5d4e3d7bf63ecee3268507109c83180dc1d9d669cb5024b1ba2a0cf8",
  );
});
