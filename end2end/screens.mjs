// Takes a picture of every page, as each role that may read it: phone and desk, light and dark, and without JavaScript.
// For people to look at: `node end2end/screens.mjs [part of a page's name]` writes them into target/screens.

import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { cookiesOf, ROLES } from './demo/accounts.mjs';
import { CHROMIUM_FLAGS, findChromium } from './demo/chromium.mjs';
import { findFacts, PAGES, REFUSED, SHOWN } from './demo/pages.mjs';
import { startDemo } from './demo/server.mjs';

const FOLDER = fileURLToPath(new URL('../target/screens', import.meta.url));

/** Each way of looking; what differs from it is one word of the picture's name. */
const VIEWS = /** @type {const} */ ([
  { view: '360-light', width: 360, colorScheme: 'light', javaScriptEnabled: true },
  { view: '360-dark', width: 360, colorScheme: 'dark', javaScriptEnabled: true },
  { view: '1280-light', width: 1280, colorScheme: 'light', javaScriptEnabled: true },
  { view: '1280-dark', width: 1280, colorScheme: 'dark', javaScriptEnabled: true },
  { view: '360-no-js', width: 360, colorScheme: 'light', javaScriptEnabled: false },
  { view: '1280-no-js', width: 1280, colorScheme: 'light', javaScriptEnabled: false },
]);

/** @param {string} text */
const fileName = (text) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');

const wanted = process.argv[2] ?? '';
const refusals = REFUSED.filter(({ outcome }) => outcome === 403).slice(0, 1);
const subjects = [...SHOWN, ...refusals, ...PAGES.filter(({ name }) => name === 'not found').map((page) => ({ page, role: ROLES[0] ?? 'anonymous' }))]
  .filter(({ page }) => page.name.includes(wanted));
if (subjects.length === 0) throw new Error(`No page has “${wanted}” in its name.`);

const demo = await startDemo();
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
try {
  if (!wanted) await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const facts = await findFacts(demo);
  let taken = 0;
  for (const role of ROLES) {
    const cookies = (await cookiesOf(demo, role)).map(({ name, value }) => ({ name, value, url: demo.url }));
    for (const { view, width, ...options } of VIEWS) {
      const viewport = { width, height: width < 600 ? 740 : 900 };
      const context = await browser.newContext({ ...options, viewport, reducedMotion: 'reduce', locale: 'en-IE' });
      await context.addCookies(cookies);
      const page = await context.newPage();
      for (const subject of subjects.filter((found) => found.role === role)) {
        await page.goto(demo.url + subject.page.path(facts));
        if (options.javaScriptEnabled) await page.waitForSelector('html[data-awake]');
        await page.screenshot({ path: path.join(FOLDER, `${fileName(subject.page.name)}--${role}--${view}.png`), fullPage: true });
        taken += 1;
      }
      await context.close();
    }
    console.log(`${taken} pictures of ${subjects.length * VIEWS.length}`);
  }
  console.log(`They are in ${path.relative(process.cwd(), FOLDER)}.`);
} finally {
  await browser.close();
  await demo.stop();
}
