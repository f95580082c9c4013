// Makes src/Nabij.Protocol/Files/CanonicalTable.cs: what chapter 08 needs of Unicode's normalization form C, found out from
// the normalization of this Node (its Unicode version is written into the file). Run: node vectors/tools/canonical_table.mjs

import { writeFileSync } from "node:fs";

// A character of each combining class (Unicode Character Database, Canonical_Combining_Class); no class was added since.
const ofClass = [
  [1, 0x334], [6, 0x16ff0], [7, 0x93c], [8, 0x3099], [9, 0x94d], [10, 0x5b0], [11, 0x5b1], [12, 0x5b2],
  [13, 0x5b3], [14, 0x5b4], [15, 0x5b5], [16, 0x5b6], [17, 0x5b7], [18, 0x5b8], [19, 0x5b9], [20, 0x5bb],
  [21, 0x5bc], [22, 0x5bd], [23, 0x5bf], [24, 0x5c1], [25, 0x5c2], [26, 0xfb1e], [27, 0x64b], [28, 0x64c],
  [29, 0x64d], [30, 0x618], [31, 0x619], [32, 0x61a], [33, 0x651], [34, 0x652], [35, 0x670], [36, 0x711],
  [84, 0xc55], [91, 0xc56], [103, 0xe38], [107, 0xe48], [118, 0xeb8], [122, 0xec8], [129, 0xf71], [130, 0xf72],
  [132, 0xf74], [202, 0x321], [214, 0x1dce], [216, 0x31b], [218, 0x1dfa], [220, 0x316], [222, 0x59a], [224, 0x302e],
  [226, 0x1d16d], [228, 0x5ae], [230, 0x300], [232, 0x315], [233, 0x35c], [234, 0x35d], [240, 0x345],
];

const isSyllable = (point) => point >= 0xac00 && point <= 0xd7a3;
const text = (...points) => String.fromCodePoint(...points);
const points = (string) => Array.from(string, (character) => character.codePointAt(0));

function combiningClass(point) {
  const moves = (first, second) => text(first, second).normalize("NFD") !== text(first).normalize("NFD") + text(second).normalize("NFD");
  if (!moves(ofClass.at(-1)[1], point) && !moves(point, ofClass[0][1])) return 0;
  for (const [number, known] of ofClass) if (!moves(known, point) && !moves(point, known)) return number;
  throw new Error(`no class for ${point.toString(16)}`);
}

const composites = [];
const excluded = [];
const classes = [];
function addRange(list, point, ...rest) {
  const last = list.at(-1);
  if (last !== undefined && last[1] === point - 1 && last[2] === rest[0]) last[1] = point;
  else list.push([point, point, ...rest]);
}

for (let point = 0; point <= 0x10ffff; point++) {
  if ((point >= 0xd800 && point <= 0xdfff) || isSyllable(point)) continue;
  const alone = text(point);
  if (alone.normalize("NFC") !== alone) {
    addRange(excluded, point);
    continue;
  }
  const whole = points(alone.normalize("NFD"));
  if (whole.length > 1) {
    const [first, ...more] = points(text(...whole.slice(0, -1)).normalize("NFC"));
    if (more.length > 0 || text(first, whole.at(-1)).normalize("NFC") !== alone) throw new Error(`no pair for ${point.toString(16)}`);
    composites.push([point, first, whole.at(-1)]);
    continue;
  }
  const combining = combiningClass(point);
  if (combining !== 0) addRange(classes, point, combining);
}

function rows(list) {
  const cells = list.map((entry) => `(${entry.map((value, index) => (entry.length === 3 && list === classes && index === 2 ? value : `0x${value.toString(16)}`)).join(", ")})`);
  const lines = [];
  for (let at = 0; at < cells.length; at += 6) lines.push(`        ${cells.slice(at, at + 6).join(", ")},`);
  return lines.join("\n");
}

const file = `namespace Nabij.Protocol.Files;

/// <summary>
/// Unicode ${process.versions.unicode}, as far as normalization form C needs it; made by vectors/tools/canonical_table.mjs. The programs run
/// without the system's tables of cultures, where the base library takes every text for composed.
/// </summary>
internal static class CanonicalTable
{
    /// <summary>Characters that two others make, rising: composed, first, second. Syllables of Hangul are not among them.</summary>
    public static readonly (int Composed, int First, int Second)[] Composites =
    [
${rows(composites)}
    ];

    /// <summary>Ranges of characters that never stand in composed text, rising.</summary>
    public static readonly (int First, int Last)[] Excluded =
    [
${rows(excluded)}
    ];

    /// <summary>Ranges of characters whose combining class is not 0, rising.</summary>
    public static readonly (int First, int Last, byte Class)[] Classes =
    [
${rows(classes)}
    ];
}
`;
writeFileSync(new URL("../../src/Nabij.Protocol/Files/CanonicalTable.cs", import.meta.url), file);
