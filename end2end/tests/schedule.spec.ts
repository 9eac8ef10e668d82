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
  { button: 'Confirm', status: 'Confirmed', next: ['Check in', 'Cancel appointment'] },
  { button: 'Check in', status: 'Checked in', next: ['Start appointment', /^Write note/, 'Cancel appointment'] },
  { button: 'Start appointment', status: 'In progress', next: ['Complete', /^Write note/] },
];

/** Where a step leads back to: the day, at the line of the visit. */
function placeOf(clinic: OpenClinic, { appointment_id: reference }: Visit): string {
  return `${clinic.url}/schedule?date=${dayFromToday(0)}&done=${reference}#visit-${reference}`;
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a doctor takes a visit from scheduled to completed', { tag: '@postgres' }, async ({ page, clinic }) => {
      const visit = await visitToday(clinic);
      const time = visit.appointment_time.slice(0, 5);
      await become(page, clinic, 'doctor');
      await page.goto('/schedule');
      const line = lineOf(page, visit);
      await expect(line).toContainText('Maya Okafor');
      await expect(line).toContainText('A cough that does not go away');
      await expect(line.getByText('Booked', { exact: true })).toBeVisible();
      for (const { button, status, next } of STEPS) {
        await line.getByRole('button', { name: button, exact: true }).click();
        await expect(page).toHaveURL(placeOf(clinic, visit));
        await expect(line.getByText(status, { exact: true })).toBeVisible();
        await expect(line.getByRole('status')).toHaveText(`${status}: Maya Okafor, ${time}.`);
        await expect(line, 'the page opens at the visit').toBeInViewport();
        const steps = line.getByRole('group', { name: `Actions for Maya Okafor, ${time}` });
        await expect(steps.locator('button, a')).toHaveText(next);
        // The keyboard goes on where it was; a step that asks first is not one key press away.
        const goesOn = javaScriptEnabled && status !== 'In progress';
        await expect(goesOn ? steps.getByRole('button').first() : line).toBeFocused();
      }

      await line.getByRole('link', { name: 'Complete', exact: true }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Complete this appointment?');
      await page.getByRole('link', { name: 'Go back' }).click();
      await expect(line.getByText('In progress', { exact: true }), 'nothing happened').toBeVisible();
      await line.getByRole('link', { name: 'Complete', exact: true }).click();
      await page.getByRole('button', { name: 'Complete this appointment' }).click();
      await expect(page).toHaveURL(placeOf(clinic, visit));
      await expect(line.getByRole('status')).toHaveText(`Completed: Maya Okafor, ${time}.`);
      await expect(line.getByRole('group').locator('button, a'), 'its note is left').toHaveText([/^Write note/]);

      await line.getByRole('link', { name: 'Maya Okafor' }).click();
      const history = page.getByRole('list', { name: 'History' }).getByRole('listitem');
      await expect(history).toHaveCount(5);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Maya Okafor, /);
      await expect(page.getByText('Before your appointment')).toHaveCount(0);
      await page.getByRole('link', { name: /^Schedule, / }).click();
      await expect(line, 'and back to its line').toBeInViewport();
    });
  });
}

test('a doctor who cancels a visit is asked first and comes back to the day', async ({ page, clinic }) => {
  const visit = await visitToday(clinic);
  await become(page, clinic, 'doctor');
  await page.goto('/schedule');
  await lineOf(page, visit).getByRole('link', { name: 'Cancel appointment' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cancel this appointment?');
  await expect(page.getByRole('main')).toContainText('We will e-mail the patient');
  await page.getByRole('button', { name: 'Cancel this appointment' }).click();
  await expect(page).toHaveURL(placeOf(clinic, visit));
  await expect(lineOf(page, visit).getByRole('status')).toContainText('Cancelled: Maya Okafor');
});

test('a page that was left open changes nothing', async ({ page, clinic }) => {
  const visit = await visitToday(clinic);
  await become(page, clinic, 'doctor');
  await page.goto('/schedule');
  const rest = await Rest.signedIn(clinic, 'dr.rivera');
  const path = `/api/appointments/appointments/${visit.id}/`;
  expect((await rest.send('PATCH', path, { status: 'confirmed' })).status).toBe(200);
  await lineOf(page, visit).getByRole('button', { name: 'Check in' }).click();
  await expect(page.getByRole('alert')).toContainText('This appointment is already confirmed, so nothing was changed.');
  await expect(lineOf(page, visit).getByText('Confirmed', { exact: true })).toBeVisible();
  await leave(clinic, visit);
});

test('today shows where the day stands, and a run of free times is one line', async ({ page, clinic }) => {
  const visit = await visitToday(clinic);
  await become(page, clinic, 'doctor');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto('/schedule');
  const lines = page.getByRole('main').getByRole('listitem');
  const now = lines.and(page.locator('[aria-current="time"]'));
  await expect(now).toHaveCount(1);
  await expect(now).toHaveText(/^\d\d:\d\d\s*Now$/);
  const heights = await page.locator('.day-time').evaluateAll((times) =>
    times.map((time) => time.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(time).lineHeight)),
  );
  expect(Math.max(...heights), 'every time is on one line').toBeLessThan(1.5);
  const free = await lines.and(page.locator('.day-entry--free')).allInnerTexts();
  expect(free.length, 'the demo has free times').toBeGreaterThan(0);
  for (const text of free) {
    expect(text).toMatch(/^\d\d:\d\d–\d\d:\d\d\s+(Free|\d+ free times)$/);
  }
  await page.goto(`/schedule?date=${dayFromToday(1)}`);
  await expect(now, 'it is now on no other day').toHaveCount(0);
  await leave(clinic, visit);
});

test('staff read how they book, and are led on', async ({ page, clinic }) => {
  await become(page, clinic, 'doctor');
  const { doctor } = await clinic.facts();
  await page.goto(`/appointments/book?doctor=${doctor}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Only patients can book here');
  await page.getByRole('link', { name: 'Go to your start page' }).click();
  await expect(page).toHaveURL(`${clinic.url}/schedule`);
});

test('whoever waits is shown with the time since they checked in', async ({ page, clinic }) => {
  const visit = await visitToday(clinic);
  await become(page, clinic, 'doctor');
  await page.goto('/schedule');
  const waiting = page.getByText(/^\d+ appointments? · \d+ checked in · \d+ completed · \d+ free times?$/);
  const before = Number(/(\d+) checked in/.exec(await waiting.innerText())?.[1]);
  await lineOf(page, visit).getByRole('button', { name: 'Check in' }).click();
  await expect(page).toHaveURL(placeOf(clinic, visit));
  await page.goto('/schedule');
  await expect(lineOf(page, visit).getByText(/^(Just checked in|Waiting 1 minute)$/)).toBeVisible();
  await expect(waiting).toContainText(`${before + 1} checked in`);
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
  await expect(alert.getByRole('heading')).toHaveText('Nothing was changed');
  await expect(alert).toContainText('This appointment is already confirmed.');
  await expect(lineOf(page, visit).getByText('Confirmed', { exact: true })).toBeVisible();
  await leave(clinic, visit);
});

test('a doctor leafs through the days', async ({ page, clinic }) => {
  await become(page, clinic, 'doctor');
  await page.goto('/schedule');
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(/^Today, /);
  await page.getByRole('link', { name: 'Next day' }).click();
  await expect(page).toHaveURL(`${clinic.url}/schedule?date=${dayFromToday(1)}`);
  await expect(heading).not.toHaveText(/^Today, /);
  await page.getByRole('link', { name: 'Previous day' }).click();
  await expect(heading).toHaveText(/^Today, /);
  await page.getByLabel('Choose a day').fill(dayFromToday(24));
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page).toHaveURL(`${clinic.url}/schedule?date=${dayFromToday(24)}`);
  await expect(page.getByText('Conference'), 'the demo doctor is away then').toBeVisible();
});
