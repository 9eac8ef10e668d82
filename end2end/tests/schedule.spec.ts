// A doctor's day: each visit goes through its steps by the buttons of the schedule.

import type { Locator, Page } from '@playwright/test';
import { Rest, type Visit } from '../demo/rest.mjs';
import { dayFromToday } from '../demo/server.mjs';
import type { OpenClinic } from '../fixtures/clinic.ts';
import { become, expect, test } from '../fixtures/test.ts';

/**
 * Gives `patient` a visit today, newly booked. When the day is full the doctor makes room by calling off another one.
 */
async function visitToday(clinic: OpenClinic): Promise<Visit> {
  const { doctor } = await clinic.facts();
  const [patient, rivera] = await Promise.all([Rest.signedIn(clinic, 'patient'), Rest.signedIn(clinic, 'dr.rivera')]);
  const date = dayFromToday(0);
  let slot = (await patient.slots(doctor, date)).find(({ available }) => available);
  if (!slot) {
    const visits = await rivera.visits({ from: date, to: date });
    const spare = visits.filter(({ status }) => ['scheduled', 'confirmed'].includes(status)).at(-1);
    expect(spare, 'the doctor has a visit today').toBeDefined();
    await rivera.send('DELETE', `/api/appointments/appointments/${spare?.id}/`);
    slot = (await patient.slots(doctor, date)).find(({ available }) => available);
  }
  const answer = await patient.book(doctor, { date, time: slot?.time ?? '' }, 'A cough that does not go away');
  expect(answer.status).toBe(201);
  return answer.body;
}

/** The line of a visit in the schedule. */
function lineOf(page: Page, visit: Visit): Locator {
  const link = page.locator(`a[href="/appointments/${visit.appointment_id}"]`);
  return page.getByRole('main').getByRole('listitem').filter({ has: link });
}

async function leave(clinic: OpenClinic, visit: Visit): Promise<void> {
  const rivera = await Rest.signedIn(clinic, 'dr.rivera');
  await rivera.send('DELETE', `/api/appointments/appointments/${visit.id}/`);
}

const STEPS = [
  { button: 'Confirm', status: 'Confirmed', next: ['Check in', 'Cancel visit'] },
  { button: 'Check in', status: 'Checked in', next: ['Start visit', 'Cancel visit'] },
  { button: 'Start visit', status: 'In progress', next: ['Complete'] },
  { button: 'Complete', status: 'Completed', next: [] },
];

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a doctor takes a visit from booked to completed', { tag: '@postgres' }, async ({ page, clinic }) => {
      const visit = await visitToday(clinic);
      await become(page, clinic, 'doctor');
      await page.goto('/schedule');
      const line = lineOf(page, visit);
      await expect(line).toContainText('Maya Okafor');
      await expect(line).toContainText('A cough that does not go away');
      await expect(line.getByText('Scheduled', { exact: true })).toBeVisible();
      for (const { button, status, next } of STEPS) {
        await line.getByRole('button', { name: button, exact: true }).click();
        await expect(line.getByText(status, { exact: true })).toBeVisible();
        await expect(page).toHaveURL(`${clinic.url}/schedule?date=${dayFromToday(0)}`);
        const ways = line.locator('.day-actions').locator('button, a');
        await expect(ways).toHaveText(next);
      }
      const history = page.getByRole('list', { name: 'History' }).getByRole('listitem');
      await line.getByRole('link', { name: 'Maya Okafor' }).click();
      await expect(history).toHaveCount(5);
    });
  });
}

test('whoever waits is shown with the time since they checked in', async ({ page, clinic }) => {
  const visit = await visitToday(clinic);
  await become(page, clinic, 'doctor');
  await page.goto('/schedule');
  const waiting = page.getByText(/^\d+ booked · \d+ waiting · \d+ done · \d+ free times?/);
  const before = Number(/(\d+) waiting/.exec(await waiting.innerText())?.[1]);
  await lineOf(page, visit).getByRole('button', { name: 'Check in' }).click();
  await expect(lineOf(page, visit).getByText(/^waiting \d+ minutes?$/)).toBeVisible();
  await expect(waiting).toContainText(`${before + 1} waiting`);
  await leave(clinic, visit);
});

test('a step that somebody else took meanwhile is refused with a sentence', async ({ page, clinic }) => {
  const visit = await visitToday(clinic);
  await become(page, clinic, 'doctor');
  await page.goto('/schedule');
  const rest = await Rest.signedIn(clinic, 'dr.rivera');
  const path = `/api/appointments/appointments/${visit.id}/`;
  expect((await rest.send('PATCH', path, { status: 'confirmed' })).status).toBe(200);
  await lineOf(page, visit).getByRole('button', { name: 'Confirm' }).click();
  const alert = page.getByRole('alert');
  await expect(alert.getByRole('heading')).toHaveText('That step is not possible now');
  await expect(alert).toContainText('This visit is confirmed already.');
  await expect(lineOf(page, visit).getByText('Confirmed', { exact: true })).toBeVisible();
  await leave(clinic, visit);
});

test('a doctor leafs through the days', async ({ page, clinic }) => {
  await become(page, clinic, 'doctor');
  await page.goto('/schedule');
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(/^Today, /);
  await page.getByRole('link', { name: 'Day after' }).click();
  await expect(page).toHaveURL(`${clinic.url}/schedule?date=${dayFromToday(1)}`);
  await expect(heading).not.toHaveText(/^Today, /);
  await page.getByRole('link', { name: 'Day before' }).click();
  await expect(heading).toHaveText(/^Today, /);
  await page.getByLabel('Go to the day').fill(dayFromToday(24));
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await expect(page).toHaveURL(`${clinic.url}/schedule?date=${dayFromToday(24)}`);
  await expect(page.getByText('Conference'), 'the demo doctor is away then').toBeVisible();
});
