// Latency of one address, measured from one connection.

import { Agent, request } from 'node:http';

/**
 * @param {Agent} agent
 * @param {string} url
 * @param {string} cookie
 * @returns {Promise<number>} milliseconds until the last byte
 */
function once(agent, url, cookie) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const headers = { 'accept-encoding': 'identity', accept: 'text/html', ...(cookie ? { cookie } : {}) };
    const sent = request(url, { agent, headers }, (answer) => {
      answer.on('error', reject);
      answer.resume().on('end', () => {
        if (answer.statusCode === 200) resolve(performance.now() - begun);
        else reject(new Error(`${url} answered ${answer.statusCode}`));
      });
    });
    sent.on('error', reject).end();
  });
}

/**
 * @param {string} origin
 * @param {string} path
 * @param {string} cookie
 * @param {number} count
 * @returns {Promise<{ p50: number, p99: number }>} milliseconds
 */
export async function latencies(origin, path, cookie, count) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  /** @type {number[]} */
  const times = [];
  // What is first computed or cached is not what people meet all day.
  for (let turn = 0; turn < 20; turn += 1) await once(agent, origin + path, cookie);
  for (let turn = 0; turn < count; turn += 1) times.push(await once(agent, origin + path, cookie));
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
