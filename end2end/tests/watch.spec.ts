// The watch over all pages sees what it is there for: a guard that never fails guards nothing.

import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { Keyboard } from '../fixtures/hands.ts';
import { expect, test } from '../fixtures/test.ts';
import { Watch } from '../fixtures/watch.ts';

const MISDEEDS: { what: string; act: (page: Page) => Promise<unknown>; told: RegExp; bypassCSP?: boolean }[] = [
  {
    what: 'a warning in the console',
    act: (page) => page.evaluate(() => console.warn('hydration does not fit')),
    told: /warning in the console: hydration does not fit/,
  },
  {
    what: 'an error that nobody caught',
    act: (page) => page.evaluate(() => void setTimeout(() => { throw new Error('a broken island'); })),
    told: /thrown in the page: Error: a broken island/,
  },
  {
    what: 'an inline script that the policy refuses',
    act: (page) => page.evaluate(() => document.body.setAttribute('onclick', 'alert(1)')),
    told: /error in the console: .*Content Security Policy/,
  },
  {
    what: 'a file that is not there',
    act: (page) => page.evaluate(() => fetch('/pkg/nothing.js').then(() => null)),
    told: /status of 404/,
  },
  {
    what: 'a request to another site',
    act: (page) => page.evaluate(() => fetch('http://elsewhere.invalid/').catch(() => null)),
    told: /a request to another site: http:\/\/elsewhere\.invalid\//,
    bypassCSP: true,
  },
];

for (const { what, act, told, bypassCSP = false } of MISDEEDS) {
  test(`${what} is seen`, async ({ browser, clinic }) => {
    const context = await browser.newContext({ bypassCSP });
    const watch = new Watch(clinic.url, true);
    watch.follow(context);
    const page = await context.newPage();
    await page.goto(`${clinic.url}/privacy`);
    expect(() => watch.verify()).not.toThrow();
    await act(page);
    await expect.poll(() => tellsOf(watch)).toMatch(told);
    await context.close();
  });
}

function tellsOf(watch: Watch): string {
  try {
    watch.verify();
    return '';
  } catch (error) {
    // The message is drawn in colours.
    return String(error).replaceAll(/\u001b\[\d+m/g, '');
  }
}

test('a page that axe would complain about is seen', async ({ page }) => {
  await page.goto('/privacy');
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
  await expect(expectAccessible(page, 'a button without a name')).rejects.toThrow(/button-name/);
});

test('a page that is wider than the window is seen', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/privacy');
  await page.evaluate(() => document.querySelector('main')?.append(document.createElement('hr')));
  await page.locator('hr').evaluate((line) => (line.style.width = '500px'));
  await expect(expectNoSidewaysScroll(page, 'a wide line')).rejects.toThrow(/the width of a wide line/);
});

test('a focus that cannot be seen is seen', async ({ page }) => {
  await page.goto('/privacy');
  const link = page.getByRole('contentinfo').getByRole('link', { name: 'Terms' });
  await link.evaluate((element) => (element.style.outline = 'none'));
  await expect(new Keyboard(page).reach(link)).rejects.toThrow(/the focus on a “Terms” can be seen/);
});
