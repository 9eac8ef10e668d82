// The clinic's visits as an administrator finds them, and the mail that the demo wrote.

import type { Page } from '@playwright/test';
import { Rest } from '../demo/rest.mjs';
import { awake } from '../fixtures/accessibility.ts';
import { become, expect, test } from '../fixtures/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });
    // Whoever leaves a page before its script has come takes nothing from it; here the script is watched too.
    const settled = async (page: Page) => (javaScriptEnabled ? awake(page) : undefined);

    test('an administrator narrows the visits and keeps the filter on the next page', async ({ page, clinic }) => {
      await become(page, clinic, 'admin');
      await page.goto('/admin');
      await settled(page);
      await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Appointments' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Appointments');
      await settled(page);
      await page.getByLabel('First day').fill('2020-01-01');
      await page.getByLabel('Status').selectOption('Completed');
      await page.getByLabel('Doctor').selectOption('Dr. Elena Rivera');
      await page.getByRole('button', { name: 'Show appointments' }).click();
      await page.waitForURL(/status=completed/);
      await settled(page);
      const rows = page.getByRole('main').getByRole('row').filter({ has: page.getByRole('cell') });
      const isNarrow = async () => {
        const count = await rows.count();
        expect(count).toBeGreaterThan(0);
        await expect(rows.filter({ hasText: 'Dr. Elena Rivera' })).toHaveCount(count);
        await expect(rows.filter({ hasText: 'Completed' })).toHaveCount(count);
      };
      await isNarrow();
      await page.getByRole('link', { name: 'Next', exact: true }).click();
      await expect(page.getByText(/^Page 2 of \d+$/)).toBeVisible();
      await settled(page);
      await expect(page.getByLabel('Status')).toHaveValue('completed');
      await isNarrow();
    });

    test('an administrator finds a visit by its reference and by its patient', async ({ page, clinic }) => {
      await become(page, clinic, 'admin');
      const { pastVisit } = await clinic.facts();
      await page.goto('/appointments');
      await settled(page);
      const rows = page.getByRole('main').getByRole('row').filter({ has: page.getByRole('cell') });
      for (const search of [pastVisit.toLowerCase(), 'maya okafor']) {
        await page.getByLabel('Patient or reference').fill(search);
        await page.getByLabel('First day').fill('');
        await page.getByRole('button', { name: 'Show appointments' }).click();
        await expect(page.getByText(new RegExp(`^\\d+ appointments? for “${search}”`))).toBeVisible();
        await settled(page);
        await expect(rows.filter({ hasText: 'Maya Okafor' })).toHaveCount(await rows.count());
        await expect(page.getByLabel('Patient or reference')).toHaveValue(search);
      }
    });

    test('a filter that finds nothing says how to widen it', async ({ page, clinic }) => {
      await become(page, clinic, 'admin');
      await page.goto('/appointments?from=2020-01-05&to=2020-01-05');
      await expect(page.getByRole('heading', { name: 'No appointments found' })).toBeVisible();
      await settled(page);
      await page.getByRole('link', { name: 'Show all from today' }).click();
      await expect(page.getByRole('table')).toBeVisible();
      await settled(page);
    });
  });
}

test('the numbers of the overview lead to the visits that they count', async ({ page, clinic }) => {
  await become(page, clinic, 'admin');
  await page.goto('/admin');
  await awake(page);
  const week = page.getByRole('link', { name: /^Next seven days/ });
  const number = (await week.textContent())?.match(/\d+$/)?.[0];
  await week.click();
  await expect(page.getByText(new RegExp(`^${number} appointments? from `))).toBeVisible();
  await awake(page);
});

test('the footer of the demo leads to its mail, in which our own addresses are links', async ({ page, clinic }) => {
  const rest = await Rest.signedIn(clinic, 'patient2');
  const { doctor } = await clinic.facts();
  const { body: visit } = await rest.book(doctor, await rest.firstFree(doctor, 25), 'To be written about');
  await become(page, clinic, 'patient');
  await page.goto('/dashboard');
  await awake(page);
  await page.getByRole('contentinfo').getByRole('link', { name: 'see the e-mails it sent' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Demo mailbox');
  await awake(page);
  const mail = page.getByRole('main').getByRole('listitem').filter({ hasText: visit.appointment_id });
  await mail.locator('summary').click();
  const address = `${clinic.url}/appointments/${visit.appointment_id}`;
  await expect(mail.getByRole('link')).toHaveText([address]);
  await expect(mail.getByRole('link')).toHaveAttribute('href', address);
  await expect(mail.getByText(`With a calendar file (${visit.appointment_id}.ics).`)).toBeVisible();
  await rest.send('DELETE', `/api/appointments/appointments/${visit.id}/`);
});
