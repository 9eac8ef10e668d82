// The grid of free times, and what happens when somebody else was quicker.

import type { Page } from '@playwright/test';
import { Rest, type Time } from '../demo/rest.mjs';
import { awake, expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import type { OpenClinic } from '../fixtures/clinic.ts';
import { become, expect, signIn, test } from '../fixtures/test.ts';

const REASON = 'Dizzy since Sunday, mostly in the morning';

async function confirmPage(page: Page, clinic: OpenClinic, days: number): Promise<Time> {
  const { doctor } = await clinic.facts();
  const at = await new Rest(clinic.url).firstFree(doctor, days);
  await page.goto(`/appointments/book?${new URLSearchParams({ doctor: String(doctor), ...at })}`);
  return at;
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a time that was taken meanwhile keeps the reason and offers three others', { tag: '@postgres' }, async ({ page, clinic }) => {
      const { doctor } = await clinic.facts();
      await become(page, clinic, 'patient');
      const at = await confirmPage(page, clinic, 32);
      const quicker = await Rest.signedIn(clinic, 'patient2');
      expect((await quicker.book(doctor, at, 'Was quicker')).status).toBe(201);

      await page.getByLabel('What is the appointment for?').fill(REASON);
      await page.getByRole('button', { name: 'Book this time' }).click();
      const alert = page.getByRole('alert');
      await expect(alert.getByRole('heading')).toHaveText('That time was just taken');
      await expect(alert).toContainText('Please choose another.');
      await expect(page.getByRole('main').getByText(REASON, { exact: true })).toBeVisible();
      expect(page.url(), 'the reason does not travel in the address').not.toContain('Dizzy');
      // axe is a script of the page itself.
      if (javaScriptEnabled) await expectAccessible(page, 'a time that was taken');
      const others = page.getByRole('region', { name: 'The nearest free times' }).getByRole('link');
      await expect(others).toHaveCount(3);
      const href = new URL((await others.first().getAttribute('href')) ?? '', clinic.url);
      const other = { date: href.searchParams.get('date') ?? '', time: href.searchParams.get('time') ?? '' };
      expect(other).not.toEqual(at);

      await others.first().click();
      await expect(page.getByLabel('What is the appointment for?')).toHaveValue(REASON);
      await page.getByRole('button', { name: 'Book this time' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your appointment is booked');
      const patient = await Rest.signedIn(clinic, 'patient');
      const booked = (await patient.visits()).find(({ reason }) => reason === REASON);
      expect(booked).toMatchObject({ appointment_date: other.date, appointment_time: `${other.time}:00` });
      await patient.send('DELETE', `/api/appointments/appointments/${booked?.id}/`);
    });
  });
}

test('a time that is taken already is not offered for confirmation', async ({ page, clinic }) => {
  const { doctor } = await clinic.facts();
  const quicker = await Rest.signedIn(clinic, 'patient2');
  const at = await quicker.firstFree(doctor, 40);
  expect((await quicker.book(doctor, at, 'Was quicker')).status).toBe(201);
  await become(page, clinic, 'patient');
  await page.goto(`/appointments/book?${new URLSearchParams({ doctor: String(doctor), ...at })}`);
  await expect(page.getByText('This time is no longer free')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Book this time' })).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Choose another time');
  await expect(page.getByRole('region', { name: 'The nearest free times' }).getByRole('link')).toHaveCount(3);
  await page.getByRole('link', { name: /^\d\d:\d\d$/ }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check and confirm');
});

for (const { kind, date, sentence } of [
  { kind: 'no day', date: 'garbage', sentence: 'That date or time does not exist.' },
  { kind: 'over', date: '2020-01-06', sentence: 'That time has passed.' },
  { kind: 'too far ahead', date: '2099-01-05', sentence: 'You can book up to' },
]) {
  test(`an address with a day that is ${kind} leads to the days that there are`, async ({ page, clinic, watch }) => {
    watch.expectStatus(422);
    const { doctor } = await clinic.facts();
    await become(page, clinic, 'patient');
    await page.setViewportSize({ width: 360, height: 740 });
    const path = `/appointments/book?${new URLSearchParams({ doctor: String(doctor), date, time: '09:00' })}`;
    const response = await page.goto(path);
    expect(response?.status()).toBe(422);
    await awake(page);
    await expect(page.getByRole('status').filter({ hasText: 'This time cannot be booked' })).toContainText(sentence);
    expect(await page.getByRole('main').innerText(), 'dates are words').not.toMatch(/\d{4}-\d\d|YYYY/);
    await expectNoSidewaysScroll(page, path);
    await expectAccessible(page, path);
    await expect(page.getByRole('navigation', { name: 'Days' })).toBeVisible();
  });
}

test('pressing the button twice books once', async ({ page, clinic }) => {
  await become(page, clinic, 'patient');
  await confirmPage(page, clinic, 45);
  await awake(page);
  const reason = 'Pressed twice';
  await page.getByLabel('What is the appointment for?').fill(reason);
  await page.getByRole('button', { name: 'Book this time' }).dblclick();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your appointment is booked');
  const patient = await Rest.signedIn(clinic, 'patient');
  expect((await patient.visits()).filter((visit) => visit.reason === reason)).toHaveLength(1);
});

test('going back and sending the same form again is still one booking', async ({ page, clinic }) => {
  await signIn(page, clinic, 'patient2');
  await confirmPage(page, clinic, 50);
  const key = await page.locator('input[name="key"]').inputValue();
  const reason = 'Sent again';
  await page.getByLabel('What is the appointment for?').fill(reason);
  const sent = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByRole('button', { name: 'Book this time' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your appointment is booked');
  const body = (await sent).postData() ?? '';
  expect(body).toContain(key);
  const again = await page.request.post('/fn/appointments/book', {
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', origin: clinic.url },
    data: body,
    maxRedirects: 0,
  });
  expect(again.headers()['location']).toBe(`${new URL(page.url()).pathname}?booked=1`);
  const patient = await Rest.signedIn(clinic, 'patient2');
  expect((await patient.visits()).filter((visit) => visit.reason === reason)).toHaveLength(1);
});

for (const width of [360, 1280]) {
  test(`a search that cannot wait is told so above its results at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/doctors?search=my+chest+pain');
    await awake(page);
    await expect(page.getByRole('alert')).toContainText('Call your local emergency number');
    await expect(page.getByRole('article').filter({ hasText: 'Cardiology' }).first()).toBeVisible();
    await expectNoSidewaysScroll(page, 'a search that cannot wait');
    await expectAccessible(page, 'a search that cannot wait');
    await expect(page.getByRole('navigation', { name: 'Specialty' }).getByRole('link', { name: 'Radiology' })).toBeInViewport();
  });
}

test('the arrow keys walk through the grid', async ({ page, clinic }) => {
  const { doctor, free } = await clinic.facts();
  await page.goto(`/doctors/${doctor}?from=${free.date}`);
  await awake(page);
  const days = page.getByRole('main').getByRole('group').filter({ has: page.getByRole('link', { name: /^\d\d:\d\d$/ }) });
  const first = days.first().getByRole('link').first();
  const second = days.first().getByRole('link').nth(1);
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await expect(second).toBeFocused();
  await page.keyboard.press('End');
  await expect(days.first().getByRole('link').last()).toBeFocused();
  await page.keyboard.press('Home');
  await expect(first).toBeFocused();
  await page.keyboard.press('ArrowRight');
  const onNextDay = await days.nth(1).evaluate((day) => day.contains(document.activeElement));
  expect(onNextDay, 'the focus is on the next day').toBe(true);
  await page.keyboard.press('Tab');
  const isStillThere = await page.evaluate(() => /^\d\d:\d\d$/.test(document.activeElement?.textContent ?? ''));
  expect(isStillThere, 'Tab leaves the grid').toBe(false);
});

test('other weeks come without a page load and stay after a reload', async ({ page, clinic }) => {
  const { doctor } = await clinic.facts();
  await page.goto(`/doctors/${doctor}`);
  await awake(page);
  await page.evaluate(() => (document.title = 'the same page'));
  const range = page.getByText(/^\d+ \p{L}+ – \d+ \p{L}+$/u);
  const now = await range.innerText();
  await expect(page.getByRole('link', { name: 'Earlier' }), 'nothing lies before today').toBeDisabled();
  await page.getByRole('link', { name: 'Later' }).click();
  await expect(range).not.toHaveText(now);
  await expect(range, 'the focus goes where the news is').toBeFocused();
  await expect(page).toHaveTitle('the same page');
  await expect(page).toHaveURL(/\/doctors\/\d+\?from=\d{4}-\d\d-\d\d$/);
  const later = await range.innerText();
  await page.reload();
  await expect(range).toHaveText(later);
  await awake(page);
  await page.getByRole('link', { name: 'Earlier' }).click();
  await expect(range).toHaveText(now);
});

test('a time that is taken while one looks elsewhere greys out on return', async ({ page, clinic }) => {
  const { doctor } = await clinic.facts();
  const rest = await Rest.signedIn(clinic, 'patient2');
  const at = await rest.firstFree(doctor, 52);
  await page.goto(`/doctors/${doctor}?from=${at.date}`);
  await awake(page);
  const day = page.getByRole('main').getByRole('group').filter({ has: page.getByRole('link', { name: /^\d\d:\d\d$/ }) }).first();
  await expect(day.getByRole('link', { name: at.time, exact: true })).toBeVisible();
  expect((await rest.book(doctor, at, 'Taken meanwhile')).status).toBe(201);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await expect(day.getByText(`${at.time} taken`)).toBeVisible();
  await expect(day.getByRole('link', { name: at.time, exact: true })).toHaveCount(0);
});
