// How many bytes travel.

import { get } from 'node:http';

const KB = 1000;

/**
 * The size of an answer as it travels, with brotli where the server has it.
 * @param {string} url
 * @returns {Promise<number>}
 */
function sent(url) {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'br' } }, (answer) => {
      let bytes = 0;
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`));
      answer.on('data', (/** @type {Buffer} */ part) => (bytes += part.length));
      answer.on('end', () => resolve(bytes)).on('error', reject);
    }).on('error', reject);
  });
}

/**
 * The files that every page links to.
 * @param {string} origin
 * @returns {Promise<{ path: string, bytes: number, limit?: number }[]>}
 */
export async function siteFiles(origin) {
  const page = await (await fetch(`${origin}/`)).text();
  const paths = [...new Set([...page.matchAll(/(?:href|src)="(\/(?:pkg|fonts)\/[^"]+)"/g)].map(([, path = '']) => path))];
  if (!paths.some((path) => path.endsWith('.wasm'))) throw new Error('The start page links no wasm file.');
  return Promise.all(
    paths.map(async (path) => {
      const bytes = await sent(origin + path);
      return path.endsWith('.wasm') ? { path, bytes, limit: 120 * KB } : { path, bytes };
    }),
  );
}

/**
 * Everything that a browser with an empty cache receives for a page.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} origin
 * @param {string} path
 * @param {import('../demo/accounts.mjs').Cookie[]} cookies
 * @returns {Promise<number>} bytes
 */
export async function firstVisit(browser, origin, path, cookies) {
  const context = await browser.newContext();
  await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: origin })));
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  let bytes = 0;
  network.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  const answer = await page.goto(origin + path, { waitUntil: 'networkidle' });
  if (answer?.status() !== 200) throw new Error(`${path} answered ${answer?.status()}`);
  await context.close();
  return bytes;
}
