// The journey that everything else stands on, in each way that somebody may take it.

import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { Rest } from '../demo/rest.mjs';
import { awake } from '../fixtures/accessibility.ts';
import type { OpenClinic } from '../fixtures/clinic.ts';
import { Keyboard, pointer, type Hands } from '../fixtures/hands.ts';
import { PatientJourney, type Booked } from '../fixtures/journey.ts';
import { become, expect, test } from '../fixtures/test.ts';

const REASON = 'My heart races when I climb stairs.';

/** Whether the time is one that anybody may book. */
async function isFree(clinic: OpenClinic, booked: Booked): Promise<boolean> {
  const rest = new Rest(clinic.url);
  const { results } = await rest.get(`/api/appointments/doctors/?search=${encodeURIComponent(booked.doctor.split(' ').at(-1) ?? '')}`);
  const doctor = results.find(({ name }: { name: string }) => name === booked.doctor);
  const slots = await rest.slots(doctor.id, booked.date);
  return slots.find(({ time }) => time === booked.time)?.available ?? false;
}

/** Sign in → find → pick → confirm → confirmation → mail → cancel → mail, and the time is free again. */
async function bookAndCancel(page: Page, clinic: OpenClinic, hands: Hands): Promise<void> {
  const patient = new PatientJourney(page, hands);
  await patient.signIn(clinic, 'patient');
  await patient.findCardiologist();
  const at = await patient.pickTime();
  const booked = await patient.confirm(REASON, at);
  await patient.expectConfirmation(booked, REASON);
  expect(await isFree(clinic, booked), 'the time is taken').toBe(false);
  await patient.expectMail(booked, /^Your appointment on .+ is booked$/, REASON);
  await patient.cancel(booked);
  expect(await isFree(clinic, booked), 'the time is free again').toBe(true);
  await page.goto('/demo/mailbox');
  await expect(page.getByText(/^Your appointment on .+ is cancelled$/).first()).toBeVisible();
}

test('a patient books a visit and cancels it', { tag: '@postgres' }, async ({ page, clinic }) => {
  await bookAndCancel(page, clinic, pointer);
});

test('a patient books a visit and cancels it with the keyboard alone', async ({ page, clinic }) => {
  test.slow();
  await bookAndCancel(page, clinic, new Keyboard(page));
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a patient books a visit and cancels it', { tag: '@postgres' }, async ({ page, clinic }) => {
    await bookAndCancel(page, clinic, pointer);
  });

  test('a patient books a visit and cancels it on a phone', async ({ page, clinic }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await bookAndCancel(page, clinic, pointer);
  });
});

test('a patient books a visit and cancels it on a phone', async ({ page, clinic }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await bookAndCancel(page, clinic, pointer);
});

test('whoever is not signed in chooses a time first and comes back to it', async ({ page, clinic }) => {
  const { doctor } = await clinic.facts();
  const { date, time } = await new Rest(clinic.url).firstFree(doctor, 20);
  await page.goto(`/doctors/${doctor}?from=${date}`);
  await awake(page);
  await page.getByRole('link', { name: time, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check and confirm');
  await page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('User name or e-mail').fill('patient2');
  await page.getByLabel('Password', { exact: true }).fill(clinic.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check and confirm');
  await expect(page.getByText(new RegExp(`, ${time}$`)).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Book this time' })).toBeVisible();
});

test('going back after booking leads to the visit and offers nothing else', async ({ page, clinic }) => {
  await become(page, clinic, 'patient');
  const { doctor } = await clinic.facts();
  const at = await new Rest(clinic.url).firstFree(doctor, 38);
  await page.goto(`/appointments/book?${new URLSearchParams({ doctor: String(doctor), ...at })}`);
  await page.getByLabel('What is the appointment for?').fill('Booked, then looked back');
  await page.getByRole('button', { name: 'Book this time' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your appointment is booked');
  const { pathname } = new URL(page.url());
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have already booked this time');
  await expect(page.getByText('no longer free')).toHaveCount(0);
  await page.getByRole('link', { name: 'View appointment' }).click();
  await expect(page).toHaveURL(`${clinic.url}${pathname}`);
});

test('the confirmation brings a file for the calendar', { tag: '@postgres' }, async ({ page, clinic }) => {
  await become(page, clinic, 'patient');
  const { visit } = await clinic.facts();
  await page.goto(`/appointments/${visit}`);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Add to calendar' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`${visit}.ics`);
  const file = await readFile(await download.path(), 'utf8');
  expect(file).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(file).toContain(visit);
});

test('a visit moves to another time and keeps its reference', { tag: '@postgres' }, async ({ page, clinic }) => {
  const rest = await Rest.signedIn(clinic, 'patient2');
  const { doctor } = await clinic.facts();
  const booking = await rest.book(doctor, await rest.firstFree(doctor, 30), 'To be moved');
  expect(booking.status).toBe(201);
  const { appointment_id: reference, id } = booking.body;
  await new PatientJourney(page).signIn(clinic, 'patient2');
  await page.goto(`/appointments/${reference}`);
  await page.getByRole('link', { name: 'Move to another time' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Move this appointment');
  const at = await new PatientJourney(page).pickTimeToMoveTo();
  await page.getByRole('button', { name: 'Move to this time' }).click();
  await expect(page.getByRole('status')).toContainText('Appointment moved');
  const moved = await rest.get(`/api/appointments/appointments/${id}/`);
  expect(moved).toMatchObject({ appointment_id: reference, appointment_date: at.date, appointment_time: `${at.time}:00` });
});
