// What doctors read about their patients, what waits for them, and a record that is opened in an emergency.

import type { Page } from '@playwright/test';
import { Rest } from '../demo/rest.mjs';
import { awake, expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import type { OpenClinic } from '../fixtures/clinic.ts';
import { become, expect, signIn, test } from '../fixtures/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** Somebody who never had a visit with Dr. Rivera. */
async function patientOfOthers(clinic: OpenClinic, place: number): Promise<string> {
  const { doctor } = await clinic.facts();
  const admin = await Rest.signedIn(clinic, 'admin');
  const visits = await admin.visits();
  const own = new Set(visits.filter((visit) => visit.doctor === doctor).map((visit) => visit.patient_id));
  const others = [...new Set(visits.map((visit) => visit.patient_id).filter((patient) => !own.has(patient)))];
  expect(others.length, 'people who are not in the care of Dr. Rivera').toBeGreaterThan(place);
  return others[place] ?? '';
}

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? 'with scripts' : 'without scripts';
  test.describe(way, () => {
    test.use({ javaScriptEnabled });
    // Whoever leaves a page before its script has come takes nothing from it; here the script is watched too.
    const settled = async (page: Page) => (javaScriptEnabled ? awake(page) : undefined);

    test('a doctor finds a patient, adds an allergy, sees it first and ends it', { tag: '@postgres' }, async ({ page, clinic }) => {
      const substance = `Sulfonamides ${way}`;
      await become(page, clinic, 'doctor');
      await page.goto('/schedule');
      await settled(page);
      await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Patients' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Patients');
      await settled(page);
      await page.getByLabel('Search your patients').fill('maya oka');
      await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
      await page.waitForURL(/search=maya/);
      await settled(page);
      await page.getByRole('main').getByRole('link', { name: 'Maya Okafor' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Chart');
      await expect(page.getByRole('region', { name: 'Patient' })).toContainText('Maya Okafor');
      await settled(page);

      const banner = page.getByRole('region', { name: 'Allergies' });
      await expect(banner).toContainText('Penicillin');
      await expect(banner).toContainText('moderate reaction');
      await banner.getByRole('link', { name: 'Add an allergy' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add an allergy');
      await settled(page);
      await page.getByLabel('Reaction').fill('Rash all over');
      await page.getByLabel('Severity').selectOption('A severe reaction');
      await page.getByLabel('Allergic to').fill(substance);
      await page.getByRole('button', { name: 'Add this allergy' }).click();
      await expect(page).toHaveURL(/\/patients\/PT-[0-9A-Z]+\?done=added$/);
      await expect(page.getByRole('status')).toContainText('Added to the chart.');
      await settled(page);
      const line = banner.getByRole('listitem').filter({ hasText: substance });
      await expect(line).toContainText('severe reaction');

      await line.getByRole('link', { name: new RegExp(`^No longer valid ?: ${substance}$`) }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mark this allergy as no longer valid?');
      await expect(page.getByRole('main')).toContainText('prescriptions are no longer checked against it');
      await settled(page);
      if (javaScriptEnabled) {
        await expectAccessible(page, 'ending an allergy');
        await expectNoSidewaysScroll(page, 'ending an allergy');
      }
      await page.getByRole('link', { name: 'Keep it' }).click();
      await expect(line, 'nothing happened').toBeVisible();
      await settled(page);
      await line.getByRole('link', { name: new RegExp(`^No longer valid ?: ${substance}$`) }).click();
      await settled(page);
      await page.getByRole('button', { name: 'Mark as no longer valid' }).click();
      await expect(page).toHaveURL(/\?done=ended$/);
      await expect(line).toHaveCount(0);
      await expect(banner, 'the others stay').toContainText('Penicillin');
      await settled(page);
    });

    test('a doctor follows a result over time', async ({ page, clinic }) => {
      const { chart, test: slug } = await clinic.facts();
      await become(page, clinic, 'doctor');
      await page.goto(`/patients/${chart}/entries?show=labs`);
      await settled(page);
      await page.getByRole('article').first().getByRole('link').first().click();
      await settled(page);
      const results = page.getByRole('table', { name: 'Results' });
      const first = results.getByRole('link').first();
      const name = (await first.textContent()) ?? '';
      await first.click();
      await expect(page).toHaveURL(new RegExp(`/patients/${chart}/tests/`));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
      await expect(page.getByRole('main')).toContainText('Maya Okafor');
      await settled(page);
      expect((await page.goto(`/patients/${chart}/tests/${slug}`))?.ok()).toBe(true);
      await expect(page.locator('.trend-plot, .range-bar').first()).toBeVisible();
      await settled(page);
    });

    test('a form about a patient keeps what was typed', async ({ page, clinic }) => {
      const { chart } = await clinic.facts();
      await become(page, clinic, 'doctor');
      await page.goto(`/patients/${chart}/vitals/new`);
      await settled(page);
      await page.getByLabel('Blood pressure, upper value').fill('131');
      await page.getByLabel('Weight').fill('much');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('alert')).toContainText('0.3 to 700 kg');
      await settled(page);
      await expect(page.getByLabel('Blood pressure, upper value')).toHaveValue('131');
      await expect(page.getByLabel('Weight')).toHaveValue('much');
      await page.getByLabel('Blood pressure, lower value').fill('84');
      await page.getByLabel('Weight').fill('72,4');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page).toHaveURL(new RegExp(`/patients/${chart}\\?done=entered$`));
      await expect(page.getByRole('main')).toContainText('131/84 mmHg');
      await expect(page.getByRole('main')).toContainText('72.4 kg');
      await settled(page);
    });

    test('a patient enters what they measured and finds it in the record', async ({ page, clinic }) => {
      await become(page, clinic, 'patient');
      await page.goto('/records');
      await settled(page);
      await page.getByRole('link', { name: 'Add a measurement' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add a measurement');
      await settled(page);
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('alert')).toContainText('Enter at least one value.');
      await settled(page);
      await page.getByLabel('Pulse').fill('68');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page).toHaveURL(/\/records\?show=vitals&done=entered$/);
      await expect(page.getByRole('status')).toContainText('in your record');
      await expect(page.getByRole('article').first()).toContainText('68 per minute');
      await settled(page);
    });

    test('a doctor takes what waits from the inbox', async ({ page, clinic }) => {
      await become(page, clinic, 'doctor');
      await page.goto('/inbox');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inbox');
      await settled(page);
      const buttons = page.getByRole('button', { name: /^Mark as seen / });
      expect(await buttons.count(), 'the demo has reports that nobody has seen').toBeGreaterThan(0);
      const first = await buttons.first().textContent();
      await buttons.first().click();
      await expect(page).toHaveURL(/\/inbox\?done=seen$/);
      await expect(page.getByRole('status')).toContainText('Taken from your inbox');
      await expect(page.getByRole('button', { name: first ?? '', exact: true })).toHaveCount(0);
      await settled(page);
    });

    test('a record is opened in an emergency, and somebody else reviews it', { tag: '@postgres' }, async ({ page, clinic, watch }) => {
      // Each way another one: a record that is open is not opened once more.
      const patient = await patientOfOthers(clinic, javaScriptEnabled ? 0 : 1);
      const reason = `Brought in unconscious after a fall, ${way}`;
      await signIn(page, clinic, 'dr.rivera');
      if (javaScriptEnabled) {
        watch.expectStatus(404);
        expect((await page.goto(`/patients/${patient}`))?.status(), 'the chart is closed').toBe(404);
        await settled(page);
        await page.getByRole('link', { name: 'open a record in an emergency' }).click();
        await expect(page.getByLabel('Reference'), 'it is about them').toHaveValue(patient);
        await settled(page);
      }
      await page.goto('/patients');
      await settled(page);
      await page.getByRole('link', { name: 'Open in an emergency' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Open a record in an emergency');
      await settled(page);
      await page.getByLabel('Reference').fill(patient);
      await page.getByLabel('Why do you need this record now?').fill('Now');
      await page.getByRole('button', { name: 'Open the record' }).click();
      await expect(page.getByRole('alert')).toContainText('Enter why you need the record now, in a sentence.');
      await settled(page);
      await expect(page.getByLabel('Reference')).toHaveValue(patient);
      await page.getByLabel('Why do you need this record now?').fill(reason);
      await page.getByRole('button', { name: 'Open the record' }).click();
      await expect(page).toHaveURL(`${clinic.url}/patients/${patient}`);
      await expect(page.getByRole('main')).toContainText(/Opened in an emergency\s*Open until \d\d:\d\d/);
      await settled(page);

      await page.context().clearCookies();
      await become(page, clinic, 'admin');
      await page.goto('/admin');
      await settled(page);
      await page.getByRole('link', { name: /^Awaiting review/ }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Emergency access');
      await settled(page);
      const card = page.getByRole('main').getByRole('listitem').filter({ hasText: reason });
      await expect(card).toContainText('Elena Rivera');
      await expect(card).toContainText('Awaiting review');
      if (javaScriptEnabled) await expectAccessible(page, 'a record that was opened');
      await card.getByRole('link', { name: 'Review access' }).click();
      await expect(page.getByRole('main')).toContainText('opened the patient’s chart');
      await settled(page);
      if (javaScriptEnabled) await expectAccessible(page, 'a review');
      await page.getByLabel('Was this access justified?').selectOption('Not justified');
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(page.getByRole('alert')).toContainText('Enter why the access was not justified');
      await settled(page);
      await page.getByLabel('Was this access justified?').selectOption('Justified');
      await page.getByLabel('Reason', { exact: false }).last().fill('The patient could not be asked.');
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect(page.getByRole('main')).toContainText('Reviews cannot be changed.');
      await settled(page);
      await page.getByRole('button', { name: 'Save review' }).click();
      await expect(page).toHaveURL(/\/admin\/emergencies\?done=EMG-[0-9A-Z]+$/);
      await expect(page.getByRole('status')).toContainText('Review saved');
      await expect(card.getByRole('link', { name: 'Review access' })).toHaveCount(0);
      await expect(card).toContainText('The patient could not be asked.');
      await settled(page);
    });
  });
}
