// A patient reads who saw their record, does not recognise a look, and gets an answer.

import type { Page } from '@playwright/test';
import { awake, expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import type { OpenClinic } from '../fixtures/clinic.ts';
import { become, expect, test } from '../fixtures/test.ts';
import type { Role } from '../demo/accounts.mjs';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const PATIENT = 'maya.okafor@example.org';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });
    const settled = async (page: Page) => (javaScriptEnabled ? awake(page) : undefined);
    const as = async (page: Page, clinic: OpenClinic, role: Role) => {
      await page.context().clearCookies();
      await become(page, clinic, role);
    };

    test('a look is not recognised, asked about and answered', async ({ page, clinic }) => {
      const note = `I was not at the clinic that day ${javaScriptEnabled ? '(1)' : '(2)'}.`;
      const reply = `Dr. Rivera prepared your visit ${javaScriptEnabled ? '(1)' : '(2)'}.`;
      const main = page.getByRole('main');
      await page.setViewportSize({ width: 360, height: 740 });

      // The doctor reads an entry twice.
      const { record } = await clinic.facts();
      await as(page, clinic, 'doctor');
      for (let look = 0; look < 2; look += 1) {
        await page.goto(`/records/${record}`);
        await settled(page);
      }

      // Its patient finds it from their account.
      await as(page, clinic, 'patient');
      await page.goto('/account');
      await settled(page);
      await main.getByRole('link', { name: /^Who accessed my record/ }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Who accessed my record');
      await settled(page);
      // One row for her and today, which opens; it is open already once it was asked about.
      const row = main.locator('details').filter({ hasText: 'Dr. Elena Rivera, Cardiology' }).first();
      await expect(row.locator('summary')).toContainText(/\d+ accesses, \d\d:\d\d/);
      if ((await row.getAttribute('open')) === null) await row.locator('summary').click();
      const line = row.getByRole('listitem').filter({ hasText: 'Read an entry in your record' }).first();
      await expect(line).toContainText(/twice|\d+ times/);
      await expect(line.getByRole('link', { name: /^Consultation of / })).toHaveAttribute('href', `/records/${record}`);
      await expect(main.locator('summary').filter({ hasText: /^You/ }), 'one’s own looks are not in the way').toHaveCount(0);
      await expectNoSidewaysScroll(page, 'the looks');
      if (javaScriptEnabled) await expectAccessible(page, 'the looks');

      // They do not recognise it.
      await line.getByRole('link', { name: /^Ask about this access/ }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ask about this access');
      await settled(page);
      await page.getByLabel('What seems wrong?').fill(note);
      await main.getByRole('button', { name: 'Ask the clinic' }).click();
      await expect(page).toHaveURL(/\/account\/looks\/\d+\/ask\?asked=1$/);
      await expect(main.getByRole('status')).toContainText('Question sent to the clinic');
      await expect(main.getByText(note)).toBeVisible();
      await settled(page);
      const question = new URL(page.url()).pathname;

      // An administrator finds it from their first page.
      await as(page, clinic, 'admin');
      await page.goto('/admin');
      await settled(page);
      await main.getByRole('region', { name: 'Access questions' }).getByRole('link', { name: /Open/ }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Access questions');
      await settled(page);
      const card = main.locator('section.card').filter({ hasText: note });
      await expect(card).toContainText('read an entry in the patient’s record');
      await expect(card, 'nothing of what stands in the record').not.toContainText('Consultation');
      if (javaScriptEnabled) await expectAccessible(page, 'the questions');
      const letters = clinic.post.count;
      await card.getByLabel('Your answer').fill(reply);
      await card.getByRole('button', { name: 'Send answer' }).click();
      await expect(page).toHaveURL(/\/admin\/questions\?answered=1$/);
      await expect(card).toHaveCount(0);
      await settled(page);

      // The patient is told that there is an answer, and reads it at the look.
      const letter = await clinic.post.letter(PATIENT, /^We have answered your question$/, letters);
      expect(letter.text).toContain(question);
      expect(letter.text).not.toContain('Rivera');
      await as(page, clinic, 'patient');
      await page.goto(question);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your question');
      await expect(main.getByText(reply)).toBeVisible();
      await settled(page);
      await page.goto('/account/looks');
      await expect(main.locator('details').getByRole('listitem').filter({ hasText: reply })).toHaveCount(1);
      await settled(page);
    });

    test('a note that is too long comes back as it was typed', async ({ page, clinic }) => {
      const { look } = await clinic.facts();
      await become(page, clinic, 'patient');
      await page.goto(`/account/looks/${look}/ask`);
      await settled(page);
      const long = 'I was not there. '.repeat(60).trim();
      const field = page.getByLabel('What seems wrong?');
      await field.fill(long);
      await page.getByRole('main').getByRole('button', { name: 'Ask the clinic' }).click();
      await expect(page.getByRole('alert').getByRole('link')).toHaveText('You wrote 1,019 characters; please keep it to 1,000.');
      await expect(field).toHaveValue(long);
      expect(page.url(), 'what was typed does not travel in the address').not.toContain('there');
      await settled(page);
    });
  });
}
