// What doctors write: notes, prescriptions and laboratory reports, from the first word to what cannot be changed.

import type { Page } from '@playwright/test';
import { Rest } from '../demo/rest.mjs';
import { dayFromToday } from '../demo/server.mjs';
import { awake } from '../fixtures/accessibility.ts';
import type { OpenClinic } from '../fixtures/clinic.ts';
import { become, expect, test } from '../fixtures/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const SAVED = /^Saved at \d\d:\d\d \(Dublin time\)$/;

/** Presses what needs a fresh proof of who is there, and gives one when it is asked for. */
async function signWith(page: Page, clinic: OpenClinic, button: string): Promise<void> {
  const press = async () => {
    const before = page.url();
    await page.getByRole('main').getByRole('button', { name: button, exact: true }).click();
    await expect(page).not.toHaveURL(before);
  };
  await press();
  if (new URL(page.url()).pathname !== '/account/confirm') return;
  await page.getByLabel('Password', { exact: true }).fill(clinic.password);
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  // What waited for it goes on by itself.
  await expect(page).not.toHaveURL(/\/account\/confirm/);
}

/** Begins a note about no visit and gives its address. */
async function beginNote(page: Page, clinic: OpenClinic): Promise<string> {
  const { chart } = await clinic.facts();
  await page.goto(`/patients/${chart}/notes/new`);
  await page.getByRole('button', { name: 'Start the note' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Note of /);
  return page.url();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });
    const settled = async (page: Page) => (javaScriptEnabled ? awake(page) : undefined);

    test('a note is begun from a visit, kept while it is written, signed for good and added to', { tag: '@postgres' }, async ({ page, clinic }) => {
      const today = dayFromToday(0);
      const rivera = await Rest.signedIn(clinic, 'dr.rivera');
      // A visit has one note: each way takes another visit.
      const visits = await rivera.visits({ from: today, to: today });
      const visit = visits.filter(({ status }) => ['scheduled', 'confirmed'].includes(status)).at(javaScriptEnabled ? -1 : -2);
      await become(page, clinic, 'doctor');
      await page.goto(`/patients/${visit?.patient_id}/notes/new?visit=${visit?.appointment_id}`);
      await settled(page);
      await expect(page.locator(`input[name="visit"][value="${visit?.appointment_id}"]`)).toBeChecked();
      await page.getByRole('radio', { name: 'Follow-up' }).check();
      await page.getByRole('button', { name: 'Start the note' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Note of /);
      await settled(page);
      await expect(page.getByLabel('Subjective')).toHaveValue(/^Since the last visit:/);

      const assessment = 'Palpitations, harmless extra beats';
      const plan = 'Less coffee. Back in four weeks.';
      await page.getByLabel('Assessment').fill(assessment);
      // A field that is left is saved at once: what is waited for is the saving with the last words in it.
      const saved = javaScriptEnabled
        ? page.waitForResponse((answer) => answer.ok() && (answer.request().postData() ?? '').includes('Less+coffee'))
        : undefined;
      await page.getByLabel('Plan').fill(plan);
      if (!javaScriptEnabled) await page.getByRole('button', { name: 'Save', exact: true }).click();
      await saved;
      await expect(page.getByText(SAVED)).toBeVisible();
      await page.reload();
      await settled(page);
      await expect(page.getByLabel('Assessment'), 'what was typed is kept').toHaveValue(assessment);
      await expect(page.getByLabel('Plan')).toHaveValue(plan);
      const editor = page.url();

      await signWith(page, clinic, 'Sign');
      await expect(page).toHaveURL(/\/records\/REC-[0-9A-Z]{8}\?done=signed$/);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(assessment);
      const entry = new URL(page.url()).pathname;
      await page.goto(editor);
      await expect(page, 'there is nothing to change any more').toHaveURL(clinic.url + entry);

      await settled(page);
      await page.getByRole('link', { name: 'Add an addendum' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add an addendum');
      await settled(page);
      await page.getByLabel('Addendum').fill('The recording of one day showed nothing else.');
      await signWith(page, clinic, 'Sign and add');
      await expect(page).toHaveURL(`${clinic.url}${entry}?done=added`);
      await expect(page.getByRole('heading', { name: 'Added by Dr. Elena Rivera' })).toBeVisible();
      await expect(page.getByText('The recording of one day showed nothing else.')).toBeVisible();
      await settled(page);
    });

    test('a prescription against an allergy is signed in spite of it, and ended', { tag: '@postgres' }, async ({ page, clinic }) => {
      await become(page, clinic, 'doctor');
      const { chart } = await clinic.facts();
      await page.goto(`/patients/${chart}/prescriptions/new`);
      await settled(page);
      await expect(page.getByRole('region', { name: 'Allergies' })).toContainText('Penicillin');
      await page.getByLabel('Medicine').fill('Amoxicillin');
      await page.getByLabel('Dose').fill('500 mg');
      await page.getByLabel('How often').fill('Three times a day');
      await page.getByLabel('For how long').fill('7 days');
      await page.getByRole('button', { name: 'Check for conflicts' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check and sign');
      await settled(page);
      await expect(page.getByRole('alert').first()).toContainText('Severe');

      await page.getByLabel('For how long').fill('5 days');
      await page.getByRole('button', { name: 'Save and check again' }).click();
      await expect(page.getByText('Saved and checked again.')).toBeVisible();
      await settled(page);
      await page.getByLabel('Reason for prescribing anyway').fill('  ');
      await signWith(page, clinic, 'Sign despite the warnings');
      await expect(page.getByRole('alert').filter({ hasText: 'Enter the reason for prescribing anyway' })).toBeVisible();
      await settled(page);
      await page.getByLabel('Reason for prescribing anyway').fill('Tolerated twice since the rash.');
      await signWith(page, clinic, 'Sign despite the warnings');
      await expect(page).toHaveURL(/\?done=signed$/);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Amoxicillin 500 mg');
      await expect(page.getByText('Tolerated twice since the rash.')).toBeVisible();
      await settled(page);

      await page.getByRole('link', { name: 'Cancel this prescription' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cancel this prescription?');
      await settled(page);
      await page.getByLabel('Reason for cancelling').fill('You are allergic to it. Please do not take it.');
      await signWith(page, clinic, 'Cancel this prescription');
      await expect(page).toHaveURL(/\?done=cancelled$/);
      await expect(page.getByText('Cancelled: do not use this prescription')).toBeVisible();
      await expect(page.getByRole('link', { name: 'Cancel this prescription' })).toHaveCount(0);
      await settled(page);
    });

    test('a laboratory report is checked, released and seen by its patient', { tag: '@postgres' }, async ({ page, clinic }) => {
      await become(page, clinic, 'doctor');
      const { chart } = await clinic.facts();
      const title = javaScriptEnabled ? 'Iron stores' : 'Iron stores once more';
      await page.goto(`/patients/${chart}/labs/new`);
      await settled(page);
      await page.getByLabel('What was tested').fill(title);
      const first = page.getByRole('group', { name: 'Result 1', exact: true });
      await first.getByLabel('Test').fill('Ferritin');
      await first.getByLabel('From').fill('fifteen');
      await page.getByRole('button', { name: 'Save and preview' }).click();
      await expect(page.getByRole('alert')).toContainText('Result 1: Enter the result.');
      await settled(page);
      await expect(first.getByLabel('Test'), 'what was typed is kept').toHaveValue('Ferritin');
      await expect(page.getByLabel('What was tested')).toHaveValue(title);
      await page.getByRole('button', { name: 'More rows' }).click();
      await expect(page.getByRole('group', { name: 'Result 12' })).toBeVisible();
      await expect(page, 'the new rows are where one goes on').toHaveURL(/#result-7$/);
      await settled(page);
      await expect(first.getByLabel('Test'), 'what was typed came along').toHaveValue('Ferritin');
      await expect(page.getByLabel('What was tested')).toHaveValue(title);
      await first.getByLabel('Result', { exact: true }).fill('11');
      await first.getByLabel('Unit').fill('ug/L');
      await first.getByLabel('From').fill('15');
      await first.getByLabel('To', { exact: true }).fill('150');
      await page.getByRole('button', { name: 'Save and preview' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check and release');
      await settled(page);
      await expect(page.getByRole('row', { name: /Ferritin/ })).toContainText('Below the range');
      await page.getByLabel('Comment for the patient').fill('Your iron stores are low. Please book an appointment.');
      await signWith(page, clinic, 'Release to the patient');
      await expect(page).toHaveURL(/\?done=released$/);
      await settled(page);
      const entry = new URL(page.url()).pathname;
      await clinic.post.letter('maya.okafor@example.org', /result/i);

      await become(page, clinic, 'patient');
      await page.goto(entry);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
      await expect(page.getByRole('row', { name: /Ferritin/ })).toContainText('Below the range');
      await settled(page);
    });
  });
}

test('a draft that is discarded is gone, after a question', async ({ page, clinic, watch }) => {
  watch.expectStatus(404);
  await become(page, clinic, 'doctor');
  const note = await beginNote(page, clinic);
  await page.getByRole('link', { name: 'Discard' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Discard this draft?');
  await page.getByRole('link', { name: 'Keep it' }).click();
  await expect(page).toHaveURL(note);
  await page.getByRole('link', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'Discard this draft' }).click();
  await expect(page).toHaveURL(/\?done=discarded$/);
  expect((await page.goto(note))?.status()).toBe(404);
});

test('a saving that fails loses nothing and is tried again', async ({ page, clinic, watch }) => {
  watch.expectStatus(503);
  await become(page, clinic, 'doctor');
  await beginNote(page, clinic);
  await awake(page);
  await page.route('**/fn/records/save-note', (route) => route.fulfill({ status: 503, body: 'away' }));
  await page.getByLabel('Plan').fill('Rest, and a scan if it stays.');
  await expect(page.getByText('Not saved: no connection. What you typed is still here.')).toBeVisible();
  await expect(page.getByLabel('Plan')).toHaveValue('Rest, and a scan if it stays.');
  await page.unroute('**/fn/records/save-note');
  await expect(page.getByText(SAVED)).toBeVisible({ timeout: 15_000 });
  await page.reload();
  await expect(page.getByLabel('Plan')).toHaveValue('Rest, and a scan if it stays.');
});

test('one who leaves while something is unsaved is asked first', async ({ page, clinic, watch }) => {
  watch.expectStatus(503);
  await become(page, clinic, 'doctor');
  const note = await beginNote(page, clinic);
  await awake(page);
  await page.route('**/fn/records/save-note', (route) => route.fulfill({ status: 503, body: 'away' }));
  await page.getByLabel('Plan').fill('Rest');
  // Answered where it appears: the click does not return while the question stands.
  const asked = new Promise<string>((resolve) => {
    page.once('dialog', (dialog) => void dialog.dismiss().then(() => resolve(dialog.type())));
  });
  await page.getByRole('link', { name: 'Prescribe' }).click({ noWaitAfter: true });
  expect(await asked).toBe('beforeunload');
  await expect(page).toHaveURL(note);
  await expect(page.getByLabel('Plan')).toHaveValue('Rest');
  await page.unroute('**/fn/records/save-note');
  await expect(page.getByText(SAVED)).toBeVisible({ timeout: 15_000 });
});

test('a note that is saved in two windows shows both texts and overwrites neither by itself', async ({ page, clinic, watch }) => {
  watch.expectStatus(409);
  await become(page, clinic, 'doctor');
  const note = await beginNote(page, clinic);
  await awake(page);
  const other = await page.context().newPage();
  await other.goto(note);
  await awake(other);
  await other.getByLabel('Assessment').fill('From the other window');
  await expect(other.getByText(SAVED)).toBeVisible();
  await page.getByLabel('Assessment').fill('From this window');
  await expect(page.getByText(/^Not saved: this was saved or signed in another window/)).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Saved version' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('From the other window');
  await expect(page.getByLabel('Assessment')).toHaveValue('From this window');
});
