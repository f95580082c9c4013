// Writes a CycloneDX 1.5 list of what the release files contain, out of the lock files: packages of the programs that ship
// (never those of tests or builds) and the viewer's run-time packages. Usage: node tools/sbom.mjs VERSION > sbom.json
import fs from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const read = file => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
const buildOnly = new Set(['Microsoft.CodeAnalysis.BannedApiAnalyzers', 'Microsoft.NET.ILLink.Tasks']);

function nuget(project) {
  const found = [];
  for (const packages of Object.values(read(`src/${project}/packages.lock.json`).dependencies))
    for (const [name, entry] of Object.entries(packages))
      if (entry.type !== 'Project' && !buildOnly.has(name)) found.push({ type: 'library', name, version: entry.resolved, purl: `pkg:nuget/${name}@${entry.resolved}` });
  return found;
}

function npm() {
  return Object.entries(read('src/Nabij.Viewer/package-lock.json').packages)
    .filter(([place, entry]) => place !== '' && entry.dev !== true && entry.devOptional !== true)
    .map(([place, entry]) => ({ name: place.replace(/^.*node_modules\//, ''), version: entry.version }))
    .map(({ name, version }) => ({ type: 'library', name, version, purl: `pkg:npm/${name.replace('@', '%40')}@${version}` }));
}

const components = new Map();
for (const component of [...['Nabij.Protocol', 'Nabij.HostCore', 'Nabij.HostApp', 'Nabij.Server'].flatMap(nuget), ...npm()])
  components.set(component.purl, { ...component, 'bom-ref': component.purl });

console.log(JSON.stringify({
  bomFormat: 'CycloneDX', specVersion: '1.5', version: 1,
  metadata: { component: { type: 'application', name: 'nabij', version: process.argv[2] ?? '0.0.0' } },
  components: [...components.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1)),
}, null, 2));
