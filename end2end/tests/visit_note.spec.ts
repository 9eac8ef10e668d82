// A doctor's way through a visit: from the row of the day into its note, the chart beside it, and on to the next step.

import type { Page } from '@playwright/test';
import { Rest } from '../demo/rest.mjs';
import { dayFromToday } from '../demo/server.mjs';
import { awake, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import type { OpenClinic } from '../fixtures/clinic.ts';
import { become, expect, test } from '../fixtures/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** Who a page is about. */
const banner = (page: Page) => page.getByRole('region', { name: 'Patient' });

/** Signs what is being written, and gives a fresh proof when it is asked for. */
async function sign(page: Page, clinic: OpenClinic): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Sign', exact: true }).click();
  await expect(page).toHaveURL(/\/account\/confirm|\?done=signed$/);
  if (new URL(page.url()).pathname !== '/account/confirm') return;
  await page.getByLabel('Password', { exact: true }).fill(clinic.password);
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await expect(page).toHaveURL(/\?done=signed$/);
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });
    const settled = async (page: Page) => (javaScriptEnabled ? awake(page) : undefined);

    test('a doctor goes from the day into the note of a visit, and on to completing it', { tag: '@postgres' }, async ({ page, clinic }) => {
      const today = dayFromToday(0);
      const rivera = await Rest.signedIn(clinic, 'dr.rivera');
      const visits = await rivera.visits({ from: today, to: today });
      const visit = visits.find(({ status }) => ['scheduled', 'confirmed'].includes(status));
      const reference = visit?.appointment_id ?? '';
      for (const status of ['checked_in', 'in_progress']) {
        const path = `/api/appointments/appointments/${visit?.id}/`;
        expect((await rivera.send('PATCH', path, { status })).status).toBe(200);
      }
      await become(page, clinic, 'doctor');
      await page.goto('/schedule');
      await settled(page);
      const line = page.locator(`#visit-${reference}`);
      await line.getByRole('button', { name: /^Write note about / }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Note of /);
      await settled(page);

      await page.getByLabel('Assessment').fill('A cold');
      const beside = page.getByRole('complementary', { name: 'From the chart' });
      const readings = page.locator('summary', { hasText: 'Last vital signs' });
      await beside.locator(readings).click();
      await expect(beside.locator('details', { has: readings })).toHaveAttribute('open', '');
      await expect(page.getByLabel('Assessment'), 'it opens in place').toHaveValue('A cold');
      await page.getByLabel('Plan').fill('Rest. Come back in two weeks if it stays.');
      await sign(page, clinic);
      await settled(page);

      await page.getByRole('link', { name: 'Complete the appointment' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Complete this appointment?');
      await settled(page);
      await page.getByRole('button', { name: 'Complete this appointment' }).click();
      await expect(page).toHaveURL(new RegExp(`/schedule\\?date=${today}&done=${reference}#visit-${reference}$`));
      await expect(line.getByRole('status')).toContainText('Completed: ');
      await settled(page);
      await line.getByRole('link', { name: /^Open note about / }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('A cold');
      await settled(page);
    });
  });
}

test('the patient stays in view while the chart scrolls, and takes no more than a fifth of a phone', async ({ page, clinic }) => {
  const { chart, noteDraft } = await clinic.facts();
  await become(page, clinic, 'doctor');
  for (const width of [320, 360, 1280]) {
    await page.setViewportSize({ width, height: 640 });
    for (const path of [`/patients/${chart}`, noteDraft, `/patients/${chart}/prescriptions/new`, `/patients/${chart}/labs/new`]) {
      await page.goto(path);
      await awake(page);
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2));
      const where = `${path} at ${width}`;
      await expect(banner(page), where).toContainText('Maya Okafor');
      await expect(banner(page), where).toContainText('Penicillin');
      await expect(banner(page), where).toBeInViewport({ ratio: 1 });
      const box = await banner(page).boundingBox();
      expect(box?.height, where).toBeLessThanOrEqual(128);
      await expectNoSidewaysScroll(page, where);
    }
  }
});

test('what has the focus is never below the patient, and a low window is left to what is read', async ({ page, clinic }) => {
  const { chart } = await clinic.facts();
  await become(page, clinic, 'doctor');
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(`/patients/${chart}`);
  await awake(page);
  await page.getByRole('link', { name: 'All entries' }).focus();
  for (let pressed = 0; pressed < 25; pressed += 1) {
    await page.keyboard.press('Shift+Tab');
    const hidden = await page.evaluate(() => {
      const [at, above] = [document.activeElement, document.querySelector('.patient-banner')];
      if (!at || !above || above.contains(at)) return false;
      return at.getBoundingClientRect().top < above.getBoundingClientRect().bottom - 1;
    });
    expect(hidden, `after ${pressed + 1} steps back`).toBe(false);
  }
  await page.setViewportSize({ width: 360, height: 320 });
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2));
  await expect(banner(page)).not.toBeInViewport();
});
