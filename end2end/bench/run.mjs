// `make bench`: how much is sent and how fast, measured on this machine against a floor of the same run.
// It prints goals and whether they hold; it fails only when it could not measure.

import { readFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { sessionCookies } from '../demo/accounts.mjs';
import { CHROMIUM_FLAGS, findChromium } from '../demo/chromium.mjs';
import { findFacts } from '../demo/pages.mjs';
import { startDemo } from '../demo/server.mjs';
import { livezUnderLoad, refusals } from './sign_in.mjs';
import { foreignBesideUnknown } from './foreign.mjs';
import { measureLargeClinic } from './large.mjs';
import { firstVisit, siteFiles } from './sizes.mjs';
import { latencies } from './speed.mjs';

/** Goals are in thousands of bytes, as networks count. */
const KB = 1000;
const REQUESTS = 500;

/**
 * @param {string} what
 * @param {string} measured
 * @param {string} [goal]
 * @param {boolean} [holds]
 */
function line(what, measured, goal, holds) {
  const verdict = goal === undefined ? '' : `${holds ? 'holds' : 'MISSED'} (goal ${goal})`;
  console.log(`  ${what.padEnd(38)}${measured.padStart(26)}   ${verdict}`);
}

/** @param {number} bytes */
const kb = (bytes) => `${(bytes / KB).toFixed(1)} kB`;

/** Resident memory of a process in bytes, where the system tells. @param {number} pid */
async function memory(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const found = /^VmRSS:\s+(\d+) kB/m.exec(status);
  return found ? Number(found[1]) * 1024 : undefined;
}

// Every request of the bench comes from one machine: it says for itself where it would come from, and is not limited.
const demo = await startDemo({ env: { SECUREMED_TRUSTED_PROXIES: '127.0.0.1', SECUREMED_GUESSES_PER_MINUTE: '0', SECUREMED_REQUESTS_PER_MINUTE: '0' } });
try {
  const facts = await findFacts(demo);
  const patient = await sessionCookies(demo, 'patient');
  const cookie = patient.map(({ name, value }) => `${name}=${value}`).join('; ');

  console.log('Sent, compressed with brotli');
  for (const { path, bytes, limit } of await siteFiles(demo.url)) {
    line(path, kb(bytes), limit === undefined ? undefined : kb(limit), limit === undefined || bytes <= limit);
  }

  console.log('\nFirst visit, empty cache, everything that is sent, headers and fonts included');
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  const limit = 200 * KB;
  for (const [path, cookies] of /** @type {const} */ ([
    ['/', []],
    ['/doctors', []],
    [`/doctors/${facts.doctor}`, []],
    ['/login', []],
    ['/dashboard', patient],
    [`/appointments/book?doctor=${facts.doctor}`, patient],
    ['/records', patient],
  ])) {
    const bytes = await firstVisit(browser, demo.url, path, [...cookies]);
    line(path, kb(bytes), kb(limit), bytes <= limit);
  }
  await browser.close();

  console.log(`\nTime of ${REQUESTS} requests, one after the other on one kept-alive connection`);
  const floor = await latencies(demo.url, '/livez', '', REQUESTS);
  line('/livez (the floor)', `p50 ${floor.p50.toFixed(2)} ms  p99 ${floor.p99.toFixed(2)} ms`);
  for (const [path, cookies] of /** @type {const} */ ([
    ['/', ''],
    ['/doctors', ''],
    [`/doctors/${facts.doctor}`, ''],
    ['/dashboard', cookie],
    ['/appointments', cookie],
    ['/records', cookie],
    ['/api/appointments/doctors/', ''],
  ])) {
    const { p50, p99 } = await latencies(demo.url, path, cookies, REQUESTS);
    const ratio = `${(p50 / floor.p50).toFixed(0)} × floor`;
    line(path, `p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms`, `p50 < 10 ms; ${ratio}`, p50 < 10);
  }

  console.log('\nA refused sign-in, for names that exist and names that do not (one argon2id hash of 64 MiB each)');
  const names = ['patient', 'patient2', 'dr.rivera', 'admin', 'front.desk'];
  const { known, unknown } = await refusals(demo.url, names);
  line('an account', `p50 ${known.p50.toFixed(0)} ms  p90 ${known.p90.toFixed(0)} ms`);
  line('nobody', `p50 ${unknown.p50.toFixed(0)} ms  p90 ${unknown.p90.toFixed(0)} ms`, 'within 10 %', Math.abs(known.p50 / unknown.p50 - 1) < 0.1);

  console.log('\nAsked for by a patient: what is somebody else’s beside what does not exist');
  for (const { what, foreign, unknown } of await foreignBesideUnknown(demo, cookie, facts.foreignVisit)) {
    line(what, `p50 ${foreign.toFixed(2)} ms and ${unknown.toFixed(2)} ms`, 'within 10 %', Math.abs(foreign / unknown - 1) < 0.1);
  }

  console.log('\n/livez while 200 people sign in at once');
  const under = await livezUnderLoad(demo.url);
  line(`${under.hashed} of them judged, the rest told to wait`, `p50 ${under.p50.toFixed(1)} ms  p99 ${under.p99.toFixed(1)} ms`, 'p99 < 50 ms', under.p99 < 50);

  const resident = await memory(demo.pid);
  console.log('\nMemory of the server after all this');
  line('resident', resident === undefined ? 'not told by this system' : kb(resident));
} finally {
  await demo.stop();
}

for (const [engine, databaseUrl] of /** @type {const} */ ([
  ['SQLite', undefined],
  ['PostgreSQL', process.env['TEST_DATABASE_URL']],
])) {
  if (engine === 'PostgreSQL' && !databaseUrl) throw new Error('TEST_DATABASE_URL names no server: run `make bench`.');
  console.log(`\nA clinic of 50,000 patients, one of them with 5,000 entries, on ${engine}`);
  for (const { what, p50, p99, floor } of await measureLargeClinic(databaseUrl)) {
    const ratio = `${(p50 / floor).toFixed(0)} × floor`;
    line(what, `p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms`, `p50 < 50 ms; ${ratio}`, p50 < 50);
  }
}
