// Whether every crate that SecureMed is built from may be: its licence, where it comes from, and that it is not banned.
// The lists are those of deny.toml, which `cargo deny check` reads too and adds known faults to; compiling that tool takes
// minutes, so `make lint` asks here.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import satisfies from 'spdx-satisfies';
import { parse } from 'smol-toml';

const root = fileURLToPath(new URL('..', import.meta.url));
const rules = parse(readFileSync(`${root}/deny.toml`, 'utf8'));
const metadata = JSON.parse(
  execFileSync('cargo', ['metadata', '--locked', '--format-version', '1'], { cwd: root, maxBuffer: 64 * 1024 * 1024, encoding: 'utf8' }),
);

/** Older manifests write a slash for "or". */
const expression = (license) => license.replaceAll(/\s*\/\s*/g, ' OR ');
const isAllowed = (license) => satisfies(expression(license), rules.licenses.allow);
const banned = new Map(rules.bans.deny.map(({ crate, reason }) => [crate, reason]));

const wrong = [];
for (const { name, version, license, source } of metadata.packages) {
  const crate = `${name} ${version}`;
  const isOurs = source === null;
  if (!isOurs && !source.startsWith('registry+')) wrong.push(`${crate} comes from ${source}`);
  if (!license) wrong.push(`${crate} names no licence`);
  else if (!isAllowed(license)) wrong.push(`${crate} is under ${license}, which deny.toml does not allow`);
  if (banned.has(name)) wrong.push(`${crate} is banned: ${banned.get(name)}`);
}
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log(`${metadata.packages.length} crates may be used.`);
