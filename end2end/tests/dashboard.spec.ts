// A patient's first page on a phone: what comes next leads, and a thumb reaches the way to the next appointment.

import { Rest } from '../demo/rest.mjs';
import { dayFromToday } from '../demo/server.mjs';
import { awake } from '../fixtures/accessibility.ts';
import { become, expect, test } from '../fixtures/test.ts';

test.use({ viewport: { width: 360, height: 740 }, contextOptions: { reducedMotion: 'reduce' } });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('the next appointment comes first on a phone, and booking one is on the first screen', async ({ page, clinic }) => {
      const rest = await Rest.signedIn(clinic, 'patient');
      const open = (await rest.visits({ from: dayFromToday(0) })).filter(({ status }) => ['scheduled', 'confirmed'].includes(status));
      const when = (visit: { appointment_date: string; appointment_time: string }) => visit.appointment_date + visit.appointment_time;
      const [next] = open.sort((one, other) => when(one).localeCompare(when(other)));
      await become(page, clinic, 'patient');
      await page.goto('/dashboard');
      if (javaScriptEnabled) await awake(page);

      const main = page.getByRole('main');
      await expect(main.getByRole('heading').nth(0)).toHaveText('Hello, Maya');
      await expect(main.getByRole('heading').nth(1)).toHaveText('Your next appointment');
      const card = main.locator('.card').first();
      await expect(card).toContainText(next?.appointment_id ?? 'an appointment to come');
      const book = main.getByRole('link', { name: 'Book an appointment' });
      const [at, above, below] = [await book.boundingBox(), await card.boundingBox(), await main.getByRole('heading').nth(2).boundingBox()];
      expect(await page.evaluate(() => window.scrollY), 'nobody scrolled').toBe(0);
      expect((above?.y ?? 0) + (above?.height ?? 0), 'right below the next one').toBeLessThanOrEqual(at?.y ?? 0);
      expect((at?.y ?? 0) + (at?.height ?? 0), 'before all others').toBeLessThanOrEqual(below?.y ?? 0);
      expect((at?.y ?? 740) + (at?.height ?? 0), 'on the first screen').toBeLessThanOrEqual(740);
      await book.click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Book an appointment');
      if (javaScriptEnabled) await awake(page);
    });
  });
}
