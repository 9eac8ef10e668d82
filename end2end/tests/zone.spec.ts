// Times are the clinic's: whoever is in another zone reads so beside each, whoever is in the clinic's reads them plain.

import type { Page } from '@playwright/test';
import type { Facts } from '../demo/pages.mjs';
import { awake } from '../fixtures/accessibility.ts';
import { become, expect, test } from '../fixtures/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const PAGES: Readonly<Record<string, (facts: Facts) => string>> = {
  'the dashboard': () => '/dashboard',
  'the list of appointments': () => '/appointments',
  'past appointments': () => '/appointments?tab=past',
  'one appointment': ({ visit }) => `/appointments/${visit}`,
  'moving one': ({ visit }) => `/appointments/${visit}/move`,
  'cancelling one': ({ visit }) => `/appointments/${visit}/cancel`,
  doctors: () => '/doctors',
  'one doctor': ({ doctor }) => `/doctors/${doctor}`,
};

interface Time {
  text: string;
  /** What the zone beside it says. */
  zone: string | undefined;
  /** Whether somebody who looks at the page sees that. */
  isZoneShown: boolean;
}

/** The clock times of a page that can be seen, each with the mark of its line, or of the part that one mark is for. */
const timesOn = (page: Page): Promise<Time[]> =>
  page.evaluate(() => {
    const main = document.querySelector('main') ?? document.body;
    const nodes = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const times: Time[] = [];
    while (nodes.nextNode()) {
      const [text, element] = [nodes.currentNode.nodeValue ?? '', nodes.currentNode.parentElement];
      if (!/(?<![\d:])\d{1,2}:\d\d(?![\d:])/.test(text) || !element?.checkVisibility()) continue;
      // A sentence, and the line below a calendar, name the zone in words, to everybody.
      const calendar = element.closest('[data-times]')?.textContent ?? '';
      if (text.includes('(Dublin time)') || calendar.includes('All times in Dublin time')) continue;
      // What somebody wrote, and what repeats for screen readers what stands beside it.
      if (element.closest('script, .kept-words, .visually-hidden, .entry-text, .bio')) continue;
      let mark: Element | null = null;
      let around = element.closest('li, tr, p, dd, h1, h2, h3, summary, time, [data-times]');
      while (around && !mark) {
        mark = around.querySelector('.zone-mark');
        around = around.parentElement?.closest('li, tr, p, dd, h1, h2, h3, summary, time, [data-times]') ?? null;
      }
      times.push({ text, zone: mark?.textContent?.trim(), isZoneShown: mark?.checkVisibility({ visibilityProperty: true }) ?? false });
    }
    return times;
  });

const WAYS = [
  { timezoneId: 'Pacific/Auckland', javaScriptEnabled: true, isShown: true },
  { timezoneId: 'Europe/Dublin', javaScriptEnabled: true, isShown: false },
  { timezoneId: 'Pacific/Auckland', javaScriptEnabled: false, isShown: true },
  // Without a script nobody knows where the reader is.
  { timezoneId: 'Europe/Dublin', javaScriptEnabled: false, isShown: true },
];

for (const { timezoneId, javaScriptEnabled, isShown } of WAYS) {
  const where = `${timezoneId} ${javaScriptEnabled ? 'with' : 'without'} JavaScript`;
  test.describe(where, () => {
    test.use({ timezoneId, javaScriptEnabled });

    test(`the clinic’s zone is ${isShown ? 'beside every time' : 'beside no time'}`, async ({ page, clinic }) => {
      await become(page, clinic, 'patient');
      const facts = await clinic.facts();
      for (const [name, path] of Object.entries(PAGES)) {
        expect((await page.goto(path(facts)))?.status(), name).toBe(200);
        if (javaScriptEnabled) await awake(page);
        const times = await timesOn(page);
        expect(times.length, `${name} shows times`).toBeGreaterThan(0);
        for (const time of times) expect(time, name).toEqual({ ...time, zone: 'Dublin time', isZoneShown: isShown });
      }
    });
  });
}
