// Makes the documents that the recorded programs show: web pages, a letter, a sheet. Everything follows from a seed and
// from two things every Debian machine has (the text of the GPL, photos of mate-backgrounds), so each run makes the same.
// usage: node make-pages.mjs OUTDIR PHOTO...
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';

const [out, ...photos] = process.argv.slice(2);
const words = readFileSync('/usr/share/common-licenses/GPL-3', 'utf8').split(/\s+/).filter(Boolean);

let state = 0x2545f491; // xorshift32
const below = n => {
  state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
  return (state >>> 0) % n;
};
const escape = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const sentence = count => {
  const from = below(words.length - count);
  return escape(words.slice(from, from + count).join(' '));
};
const paragraph = count => `<p>${sentence(count).split(' ').map(decorate).join(' ')}</p>`;
const decorate = word => {
  const dice = below(100);
  if (dice < 3) return `<a href="#">${word}</a>`;
  return dice < 5 ? `<strong>${word}</strong>` : word;
};
const times = (count, make) => Array.from({ length: count }, (_, i) => make(i)).join('\n');

const style = `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; font: 16px/1.5 "DejaVu Sans", sans-serif; color: #202428; background: #fff }
header { position: sticky; top: 0; padding: 15px 42px; font-weight: bold; color: #fff; background: #17548c; box-shadow: 0 3px 9px #0005 }
main { max-width: 1220px; margin: auto; padding: 0 24px }
img { max-width: 100%; border-radius: 7px }
.row { display: grid; grid-template-columns: repeat(var(--columns, 3), 1fr); gap: 18px }
.card { padding: 14px; border: 1px solid #d8dce0; border-radius: 9px; background: linear-gradient(#fff, #ecf2fa) }
pre { padding: 15px; border-radius: 7px; font: 14px/1.4 "DejaVu Sans Mono", monospace; color: #e4dfb0; background: #24292e }
pre b { color: #ff7b90 } pre i { color: #79c0ff }
table { width: 100%; border-collapse: collapse } td { padding: 5px 9px; border: 1px solid #b8bcc0 } tr:nth-child(even) { background: #f2f4f6 }
</style>`;

const photo = i => basename(photos[i % photos.length]);
const code = () => `<pre>${times(22, i => `<b>if</b> (count &gt; ${below(900)}) <i>result</i>[${i}] = ${below(100000)}; // ${sentence(7)}`)}</pre>`;
const cards = (count, first, width) => times(count, i =>
  `<div class="card"><h3>${sentence(3)}</h3><img src="${photo(first + i)}" width="${width}">${paragraph(28)}</div>`);
const table = () => `<table>${times(24, () => `<tr><td>${sentence(1)}</td>${times(8, () => `<td>${below(10 ** (2 + below(6)))}</td>`)}</tr>`)}</table>`;
const parts = [
  i => `<img src="${photo(i)}" width="1150">`,
  i => `<div class="row">${cards(3, i, 340)}</div>`,
  code, table, () => '',
];

mkdirSync(out, { recursive: true });
for (const file of photos) execFileSync('convert', [file, '-resize', '1600x', '-quality', '90', join(out, basename(file))]);
writeFileSync(join(out, 'mixed.html'), `${style}<title>Mixed page</title><header>Help &nbsp; Articles &nbsp; Downloads &nbsp; Contact</header><main><h1>Mixed page</h1>
${times(15, i => `<h2>Part ${i + 1}</h2>${paragraph(75)}${paragraph(90)}${parts[i % parts.length](i)}`)}</main>`);
writeFileSync(join(out, 'text.html'), `${style}<title>Text page</title><main><h1>Text page</h1>${times(70, () => paragraph(110))}</main>`);
writeFileSync(join(out, 'news.html'), `${style}<title>News page</title><header style="background:#8c2034">News</header>
<main style="max-width:1820px"><div class="row" style="--columns:4">${cards(32, 0, 400)}</div></main>`);
writeFileSync(join(out, 'long-lines.txt'), times(70, () => `<p>${sentence(110)}</p>`));

const office = (kind, body) => `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.${kind}">
<office:body>${body}</office:body></office:document>`;
const cell = value => typeof value === 'number'
  ? `<table:table-cell office:value-type="float" office:value="${value}"><text:p>${value}</text:p></table:table-cell>`
  : `<table:table-cell office:value-type="string"><text:p>${value}</text:p></table:table-cell>`;
const rows = (count, columns) => times(count, () =>
  `<table:table-row>${cell(sentence(1))}${times(columns, () => cell(below(10 ** (2 + below(5)))))}</table:table-row>`);
writeFileSync(join(out, 'letter.fodt'), office('text', `<office:text>
${times(12, i => `<text:h text:outline-level="1">Part ${i + 1}: ${sentence(4)}</text:h>${times(5, () => `<text:p>${sentence(80)}</text:p>`)}
${i % 3 === 1 ? `<table:table table:name="T${i}"><table:table-column table:number-columns-repeated="5"/>${rows(8, 4)}</table:table>` : ''}`)}</office:text>`));
writeFileSync(join(out, 'sheet.fods'), office('spreadsheet', `<office:spreadsheet><table:table table:name="Sheet">
<table:table-column table:number-columns-repeated="16"/>${rows(200, 15)}</table:table></office:spreadsheet>`));
