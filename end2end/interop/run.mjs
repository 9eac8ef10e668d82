// `make interop`: outside programs that check what SecureMed promises to other programs. At present Schemathesis, which
// makes requests of the OpenAPI document, valid ones and broken ones, and compares the answers with it.
//
// INTEROP_CASES is how many of them each role sends at least; INTEROP_SEED makes the same ones again.

import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ACCOUNT_OF, ROLES } from '../demo/accounts.mjs';
import { Rest } from '../demo/rest.mjs';
import { startDemo } from '../demo/server.mjs';

/** @typedef {import('../demo/accounts.mjs').Role} Role */
/** @typedef {import('../demo/server.mjs').Demo} Demo */

const CASES = Number(process.env['INTEROP_CASES'] ?? 2000);
const SEED = process.env['INTEROP_SEED'] || String(randomInt(1_000_000));
const TOOLS = process.env['SECUREMED_TOOLS'] ?? path.join(homedir(), '.cache/securemed/tools');
/** `scripts/setup interop` puts it there. */
const PROGRAM = path.join(TOOLS, 'schemathesis/bin/schemathesis');
const CONFIG = fileURLToPath(new URL('schemathesis.toml', import.meta.url));
/** Lines of a failure that are shown of each role. */
const SHOWN = 120;

if (!Number.isInteger(CASES) || CASES < 1) throw new Error('INTEROP_CASES is a whole number from 1.');

/**
 * What proves that somebody asks: a token of a session of its own.
 * @param {Demo} demo
 * @param {Role} role
 */
async function proofOf(demo, role) {
  if (role === 'anonymous') return [];
  const { authorization } = (await Rest.signedIn(demo, ACCOUNT_OF[role])).proof;
  return ['--header', `Authorization:${authorization}`];
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
function schemathesis(args) {
  return new Promise((resolve, reject) => {
    const limits = { maxBuffer: 256 * 1024 * 1024, timeout: 30 * 60_000 };
    execFile(PROGRAM, args, limits, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(new Error(`${PROGRAM}: ${error.message.slice(0, 500)}`));
      else resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: `${stdout}${stderr}` });
    });
  });
}

/**
 * @param {Demo} demo
 * @param {Role} role
 * @param {number} operations
 * @returns {Promise<boolean>} whether every answer was as the document says
 */
async function check(demo, role, operations) {
  const began = Date.now();
  const folder = await mkdtemp(path.join(tmpdir(), 'securemed-interop-'));
  try {
    const report = path.join(folder, 'run.json');
    const { code, output } = await schemathesis([
      ...['--config-file', CONFIG, 'run', `${demo.url}/api/openapi.json`],
      ...['--max-examples', String(Math.ceil(CASES / operations)), '--seed', SEED, '--no-color', '--workers', '1'],
      ...['--generation-database', 'none', '--report', 'json', '--report-json-path', report],
      ...(await proofOf(demo, role)),
    ]);
    const cases = await readFile(report, 'utf8').then((text) => JSON.parse(text));
    console.log(JSON.stringify(cases).slice(0, 1500));
    const seconds = Math.round((Date.now() - began) / 1000);
    console.log(`  ${role.padEnd(10)} ${code === 0 ? 'as documented' : 'NOT AS DOCUMENTED'}, ${seconds} s`);
    if (code !== 0) console.log(output.split('\n').slice(-SHOWN).join('\n'));
    return code === 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// Everything comes from one address: it is not limited.
const demo = await startDemo({ env: { SECUREMED_GUESSES_PER_MINUTE: '0', SECUREMED_REQUESTS_PER_MINUTE: '0' } });
try {
  const answer = await fetch(`${demo.url}/api/openapi.json`);
  const { paths } = /** @type {{ paths: Record<string, object> }} */ (await answer.json());
  const operations = Object.values(paths).flatMap((path) => Object.keys(path)).length;
  console.log(`Schemathesis, ${CASES} requests of each role to ${operations} operations, seed ${SEED}`);
  let isFine = true;
  for (const role of ROLES) isFine = (await check(demo, role, operations)) && isFine;
  process.exitCode = isFine ? 0 : 1;
} finally {
  await demo.stop();
}
