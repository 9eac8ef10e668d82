// A patient's list of lab tests: the last value of each beside its range, and the way to all of them.

import type { Page } from '@playwright/test';
import { drawnFor } from '../demo/accounts.mjs';
import { dayFromToday } from '../demo/server.mjs';
import { awake } from '../fixtures/accessibility.ts';
import type { OpenClinic } from '../fixtures/clinic.ts';
import { become, expect, test } from '../fixtures/test.ts';
import { Rest } from '../demo/rest.mjs';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

interface Result {
  test: string;
  value: string;
  units: string;
  reference_low: string | null;
  reference_high: string | null;
  sample_date: string;
}

/** The results of the patient, the newest first. */
async function results(clinic: OpenClinic): Promise<Result[]> {
  const rest = await Rest.signedIn(clinic, 'patient');
  return (await rest.get('/api/labs/results/?page_size=100')).results;
}

/** Releases a report of Dr. Rivera's with one result in it. */
async function release(clinic: OpenClinic, test: string, value: string): Promise<void> {
  const { chart } = await clinic.facts();
  const cookie = (await clinic.cookies('doctor')).map(({ name, value }) => `${name}=${value}`).join('; ');
  const drawn_for = await drawnFor(clinic, cookie);
  const send = async (act: string, fields: Record<string, string>) => {
    const headers = { accept: 'application/json', origin: clinic.url, cookie };
    const body = new URLSearchParams({ drawn_for, patient: chart, ...fields });
    const answer = await fetch(`${clinic.url}/fn/records/${act}`, { method: 'POST', headers, body });
    expect(answer.status, act).toBe(200);
    return answer.json();
  };
  const row = { test, value, unit: 'umol/L', low: '10', high: '18' };
  const cells = Object.fromEntries(Object.entries(row).map(([name, text]) => [`results[0][${name}]`, text]));
  const report = await send('enter-report', { title: test, date: dayFromToday(-1), ...cells });
  await send('release-report', { reference: report.reference, version: String(report.version) });
}

const rowOf = (page: Page, test: string) =>
  page.getByRole('table', { name: 'Lab tests' }).getByRole('row').filter({ has: page.getByRole('link', { name: test, exact: true }) });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });
    const settled = async (page: Page) => (javaScriptEnabled ? awake(page) : undefined);
    const open = async (page: Page, clinic: OpenClinic) => {
      await become(page, clinic, 'patient');
      await page.goto('/records');
      await settled(page);
      await page.getByRole('main').getByRole('link', { name: 'Lab tests' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lab tests');
      await settled(page);
    };

    test('each test has its last value, its range and a way to all its values', async ({ page, clinic }) => {
      await open(page, clinic);
      const latest = new Map<string, Result>();
      const counts = new Map<string, number>();
      for (const result of await results(clinic)) {
        counts.set(result.test, (counts.get(result.test) ?? 0) + 1);
        if (!latest.has(result.test)) latest.set(result.test, result);
      }
      const drawn = [...latest.values()].filter(({ value, reference_low, reference_high }) => !Number.isNaN(Number(value)) && (reference_low ?? reference_high) !== null);
      expect(drawn.length, 'the demo has such tests').toBeGreaterThan(3);
      for (const { test, value, units, sample_date } of drawn) {
        const row = rowOf(page, test);
        await expect(row, test).toHaveCount(1);
        await expect(row.locator('.tnum.font-semibold'), `the last value of ${test}`).toHaveText(`${value} ${units}`.trim());
        await expect(row.locator('svg.range-bar'), `the range of ${test}`).toBeVisible();
        await expect(row, test).toContainText(String(Number(sample_date.slice(8))));
        await expect(row.getByRole('link', { name: test, exact: true })).toHaveAttribute('href', /^\/records\/labs\/[^/]+$/);
      }

      const several = drawn.find(({ test }) => (counts.get(test) ?? 0) > 1);
      expect(several, 'the demo has one with several values').toBeDefined();
      const row = rowOf(page, several?.test ?? '');
      await expect(row).toContainText(`${counts.get(several?.test ?? '')} results over time`);
      await row.getByRole('link', { name: several?.test ?? '', exact: true }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(several?.test ?? '');
      await expect(page.getByRole('main').locator('svg.trend-plot').first()).toBeVisible();
      await settled(page);
    });

    test('a test with one value has its range and no line', async ({ page, clinic }) => {
      const test = `Zinc ${javaScriptEnabled ? 'A' : 'B'}`;
      await release(clinic, test, '14.2');
      await open(page, clinic);
      const row = rowOf(page, test);
      await expect(row).toContainText('1 result');
      await expect(row).toContainText('14.2 umol/L');
      await expect(row.locator('svg.range-bar')).toBeVisible();
      await row.getByRole('link', { name: test, exact: true }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(test);
      const main = page.getByRole('main');
      await expect(main.locator('svg.range-bar')).toBeVisible();
      await expect(main).toContainText('One result so far. A trend appears after the next.');
      await expect(main.locator('.trend-plot, .trend')).toHaveCount(0);
      await settled(page);
    });
  });
}
