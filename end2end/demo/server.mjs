// A demo clinic of its own: `dist/securemed demo` on a free loopback port with its own data folder.

import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The one file that `make release` leaves; SECUREMED_BINARY names another one. */
export const BINARY =
  process.env['SECUREMED_BINARY'] ?? fileURLToPath(new URL('../../dist/securemed', import.meta.url));

/** A Monday morning in the clinic's zone: the day's visits are still to come, whenever the tests run. */
const STARTS = '2026-11-23T08:00:00Z';

/**
 * A day of the clinic's calendar, counted from its today.
 * @param {number} days
 * @returns {string} `YYYY-MM-DD`
 */
export function dayFromToday(days) {
  return new Date(Date.parse(STARTS) + days * 86_400_000).toISOString().slice(0, 10);
}

const READY_MS = 90_000;
const STOP_MS = 20_000;
const LONGEST_LOG = 200_000;

/**
 * @typedef {object} Demo
 * @property {string} url scheme, host and port
 * @property {string} password of all demo accounts
 * @property {string} folder where it keeps its data
 * @property {number} pid
 * @property {() => number} now the server's clock, in milliseconds since 1970
 * @property {() => string} log what it wrote so far
 * @property {() => Promise<void>} stop ends it and removes its folder; throws when it did not end in order
 */

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/**
 * The environment of a server: nothing of what this machine may have set for another one.
 * @param {Record<string, string>} own
 */
function environment(own) {
  const others = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('SECUREMED_') && !['DATABASE_URL', 'SMTP_URL', 'RUST_LOG'].includes(name),
  );
  return { ...Object.fromEntries(others), RUST_LOG: 'warn', ...own };
}

/**
 * Starts a demo clinic and waits until it is ready. Without `databaseUrl` it keeps its data in SQLite, without `smtpUrl`
 * its mail goes into files. `keepLog` keeps all that it writes instead of the end of it. `seed` are the options of
 * `securemed seed` for a clinic of another size than usual.
 * @param {{ databaseUrl?: string | undefined, smtpUrl?: string, keepLog?: boolean, env?: Record<string, string>, seed?: readonly string[] }} [options]
 * @returns {Promise<Demo>}
 */
export async function startDemo({ databaseUrl, smtpUrl, keepLog = false, env = {}, seed } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'securemed-e2e-'));
  const password = randomUUID();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const own = environment({
    SECUREMED_LISTEN: `127.0.0.1:${port}`,
    SECUREMED_PUBLIC_URL: url,
    SECUREMED_DATA_DIR: path.join(folder, 'data'),
    SECUREMED_DEMO_PASSWORD: password,
    SECUREMED_DEMO_START: STARTS,
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    ...(smtpUrl ? { SMTP_URL: smtpUrl } : {}),
    ...env,
  });
  if (seed) execFileSync(BINARY, ['seed', ...seed], { cwd: folder, env: own, stdio: ['ignore', 'ignore', 'inherit'] });
  const child = spawn(BINARY, ['demo'], { cwd: folder, env: own, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  const started = Date.now();
  const now = () => Date.parse(STARTS) + Date.now() - started;
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (log = keepLog ? log + text : (log + text).slice(-LONGEST_LOG)));
  }
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(`${BINARY} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
  });
  // A run that is broken off must not leave a server behind.
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);

  const stop = async () => {
    process.removeListener('exit', endWithUs);
    child.kill('SIGTERM');
    const how = await Promise.race([ended, pause(STOP_MS, 'it did not end in time', { ref: false })]);
    if (child.exitCode === null) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    if (how !== 'it ended with code 0') throw new Error(`The server did not stop in order: ${how}\n${log}`);
  };
  const ready = waitUntilReady(url);
  const trouble = await Promise.race([ready, ended]);
  if (trouble || pid === undefined) {
    process.removeListener('exit', endWithUs);
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    throw new Error(`The demo clinic did not start: ${trouble}\n${log}`);
  }
  return { url, password, folder: path.join(folder, 'data'), pid, now, log: () => log, stop };
}

/**
 * @param {string} url
 * @returns {Promise<string | undefined>} what is wrong, if anything
 */
async function waitUntilReady(url) {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    const isReady = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return undefined;
    await pause(50);
  }
  return `/readyz did not answer within ${READY_MS / 1000} seconds`;
}
