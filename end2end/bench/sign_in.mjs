// What signing in costs, whether its time tells who has an account, and what it leaves for everybody else.

import { setTimeout as pause } from 'node:timers/promises';

const TRIES = 40;
const AT_ONCE = 200;

/**
 * @param {string} url
 * @param {number} from so that no address and no account has to wait for its next try
 * @param {string} username
 * @param {string} password
 */
async function signIn(url, from, username, password) {
  const begun = performance.now();
  const answer = await fetch(`${url}/api/auth/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.${from >> 16}.${(from >> 8) & 255}.${from & 255}` },
    body: JSON.stringify({ username, password }),
  });
  await answer.arrayBuffer();
  return { status: answer.status, ms: performance.now() - begun };
}

/** @param {number[]} values @param {number} share */
const at = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

/** @typedef {{ p50: number, p90: number }} Spread milliseconds */

/**
 * The time of failed sign-ins: accounts that exist and names that nobody has, in turns.
 * @param {string} url
 * @param {readonly string[]} known user names of four accounts or more
 * @returns {Promise<{ known: Spread, unknown: Spread }>}
 */
export async function refusals(url, known) {
  /** @type {{ known: number[], unknown: number[] }} */
  const times = { known: [], unknown: [] };
  for (let turn = 0; turn < TRIES; turn += 1) {
    const name = known[turn % known.length] ?? '';
    const one = await signIn(url, turn, name, 'not the password of anybody');
    const other = await signIn(url, 1_000 + turn, `nobody${turn}`, 'not the password of anybody');
    // A known account has to wait after four wrong tries in a row: those answers are not compared.
    if (one.status === 401) times.known.push(one.ms);
    if (other.status === 401) times.unknown.push(other.ms);
  }
  const spread = (/** @type {number[]} */ values) => ({ p50: at(values, 0.5), p90: at(values, 0.9) });
  return { known: spread(times.known), unknown: spread(times.unknown) };
}

/**
 * How long /livez takes while two hundred people sign in at once.
 * @param {string} url
 * @returns {Promise<{ p50: number, p99: number, count: number, hashed: number }>} milliseconds, and how many were judged
 */
export async function livezUnderLoad(url) {
  const crowd = Promise.all(Array.from({ length: AT_ONCE }, (_, index) => signIn(url, 5_000 + index, `crowd${index}`, 'no password')));
  let isOver = false;
  void crowd.then(() => (isOver = true));
  /** @type {number[]} */
  const times = [];
  while (!isOver) {
    const begun = performance.now();
    await (await fetch(`${url}/livez`)).arrayBuffer();
    times.push(performance.now() - begun);
    await pause(2);
  }
  const answers = await crowd;
  return { p50: at(times, 0.5), p99: at(times, 0.99), count: times.length, hashed: answers.filter(({ status }) => status === 401).length };
}
