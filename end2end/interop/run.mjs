// `make interop`: outside programs that check what SecureMed promises to other programs. At present Schemathesis, which
// makes requests of the OpenAPI document, valid ones and broken ones, and compares the answers with it.
//
// INTEROP_CASES is how many of them each role sends at least; INTEROP_SEED makes the same ones again. What was found is
// told in short here and in full in test-results/interop.

import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ACCOUNT_OF, ROLES } from '../demo/accounts.mjs';
import { startDemo } from '../demo/server.mjs';

/** @typedef {import('../demo/accounts.mjs').Role} Role */
/** @typedef {import('../demo/server.mjs').Demo} Demo */
/**
 * What Schemathesis reports of a run.
 * @typedef {object} Report
 * @property {{ generated: number }} test_cases
 * @property {{ tested: number, errored: number }} operations
 * @property {{ code: string, title: string, operations: string[] }[]} failures
 */

const CASES = Number(process.env['INTEROP_CASES'] ?? 2000);
const SEED = process.env['INTEROP_SEED'] || String(randomInt(1_000_000));
const TOOLS = process.env['SECUREMED_TOOLS'] ?? path.join(homedir(), '.cache/securemed/tools');
/** `scripts/setup interop` puts it there. */
const PROGRAM = path.join(TOOLS, 'schemathesis/bin/schemathesis');
const CONFIG = fileURLToPath(new URL('schemathesis.toml', import.meta.url));
const RESULTS = fileURLToPath(new URL('../../test-results/interop/', import.meta.url));
const LONGEST_MS = 30 * 60_000;

/** What ends the session that asks: nobody who is signed in could go on. */
const ENDINGS = ['POST /auth/logout', 'DELETE /auth/sessions/{id}'];

if (!Number.isInteger(CASES) || CASES < 1) throw new Error('INTEROP_CASES is a whole number from 1.');

/**
 * An access token of a session of its own, asked for from an address of its own: wrong guesses of other roles do not
 * count there.
 * @param {Demo} demo
 * @param {Exclude<Role, 'anonymous'>} role
 * @returns {Promise<string>}
 */
async function tokenOf(demo, role) {
  const answer = await fetch(`${demo.url}/api/auth/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `198.51.100.${10 + ROLES.indexOf(role)}` },
    body: JSON.stringify({ username: ACCOUNT_OF[role], password: demo.password }),
  });
  if (answer.status !== 200) throw new Error(`${role} could not sign in: ${answer.status} ${await answer.text()}`);
  return /** @type {{ access: string }} */ (await answer.json()).access;
}

/**
 * @param {string} cwd where it may leave what it likes
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
function schemathesis(cwd, args) {
  return new Promise((resolve, reject) => {
    execFile(PROGRAM, args, { cwd, maxBuffer: 256 * 1024 * 1024, timeout: LONGEST_MS }, (error, stdout, stderr) => {
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
  const report = path.join(folder, 'run.json');
  const own =
    role === 'anonymous'
      ? []
      : [
          ...['--header', `Authorization:Bearer ${await tokenOf(demo, role)}`],
          ...ENDINGS.flatMap((name) => ['--exclude-name', name]),
        ];
  const { code, output } = await schemathesis(folder, [
    ...['--config-file', CONFIG, 'run', `${demo.url}/api/openapi.json`],
    ...['--max-examples', String(Math.ceil(CASES / operations)), '--seed', SEED, '--no-color', '--workers', '1'],
    ...['--header', `X-Forwarded-For:203.0.113.${10 + ROLES.indexOf(role)}`],
    ...['--generation-database', 'none', '--report', 'json', '--report-json-path', report],
    ...own,
  ]);
  const text = await readFile(report, 'utf8').catch(() => {
    throw new Error(`Schemathesis did not run:\n${output.slice(-2000)}`);
  });
  await rm(folder, { recursive: true, force: true });
  const { test_cases: cases, failures, operations: met } = /** @type {Report} */ (JSON.parse(text));
  const isFine = code === 0 && met.errored === 0 && cases.generated >= CASES;
  const seconds = Math.round((Date.now() - began) / 1000);
  const sent = `${cases.generated.toLocaleString('en')} requests to ${met.tested} operations`;
  console.log(`  ${role.padEnd(10)}${sent}, ${seconds} s: ${isFine ? 'as documented' : 'NOT AS DOCUMENTED'}`);
  if (!isFine) {
    const file = path.join(RESULTS, `${role}.txt`);
    await mkdir(RESULTS, { recursive: true });
    await writeFile(file, output);
    for (const { code: name, title, operations: where } of failures) console.log(`    ${name} ${title}: ${where.join(', ')}`);
    console.log(`    In full: ${path.relative(process.cwd(), file)}`);
  }
  return isFine;
}

// Everything comes from this machine: it says for itself where it would come from, and is not limited.
const demo = await startDemo({
  env: {
    SECUREMED_TRUSTED_PROXIES: '127.0.0.1',
    SECUREMED_GUESSES_PER_MINUTE: '0',
    SECUREMED_REQUESTS_PER_MINUTE: '0',
  },
});
try {
  const answer = await fetch(`${demo.url}/api/openapi.json`);
  const { paths } = /** @type {{ paths: Record<string, object> }} */ (await answer.json());
  const operations = Object.values(paths).flatMap((methods) => Object.keys(methods)).length;
  console.log(`Schemathesis, at least ${CASES.toLocaleString('en')} requests of each role (seed ${SEED})`);
  let isFine = true;
  for (const role of ROLES) isFine = (await check(demo, role, operations)) && isFine;
  process.exitCode = isFine ? 0 : 1;
} finally {
  await demo.stop();
}
