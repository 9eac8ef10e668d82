// Latency of one address, measured from one connection.

import { Agent, request } from 'node:http';

/**
 * @param {Agent} agent
 * @param {string} url
 * @param {Record<string, string>} proof who asks
 * @param {number} [status] the answer that is measured
 * @returns {Promise<number>} milliseconds until the last byte
 */
export function once(agent, url, proof, status = 200) {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const headers = { 'accept-encoding': 'identity', accept: 'text/html', ...proof };
    const sent = request(url, { agent, headers }, (answer) => {
      answer.on('error', reject);
      answer.resume().on('end', () => {
        if (answer.statusCode === status) resolve(performance.now() - begun);
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
  const proof = cookie ? { cookie } : {};
  /** @type {number[]} */
  const times = [];
  // What is first computed or cached is not what people meet all day.
  for (let turn = 0; turn < 20; turn += 1) await once(agent, origin + path, proof);
  for (let turn = 0; turn < count; turn += 1) times.push(await once(agent, origin + path, proof));
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
