// A program books over REST: what the pages do, another client can do too.

import { Rest } from '../demo/rest.mjs';
import { dayFromToday } from '../demo/server.mjs';
import { expect, test } from '../fixtures/test.ts';

test('a program signs in, books, lists and cancels', { tag: '@postgres' }, async ({ clinic }) => {
  const { doctor } = await clinic.facts();
  const rest = await Rest.signedIn(clinic, 'patient2');
  expect(await rest.get('/api/auth/user/')).toMatchObject({ username: 'patient2', role: 'patient', mfa_enabled: false });
  const at = await rest.firstFree(doctor, 22);

  const booked = await rest.book(doctor, at, 'Booked by a program');
  expect(booked.status).toBe(201);
  expect(booked.body).toMatchObject({
    doctor,
    doctor_name: 'Dr. Elena Rivera',
    doctor_specialty: 'cardiology',
    appointment_date: at.date,
    appointment_time: `${at.time}:00`,
    reason: 'Booked by a program',
    status: 'scheduled',
    status_display: 'Booked',
  });
  expect(booked.body.appointment_id).toMatch(/^APT-/);
  const own = `/api/appointments/appointments/${booked.body.id}`;
  expect(booked.headers.get('location')).toContain(own);
  expect(await rest.get(own)).toEqual(booked.body);

  const list = await rest.get('/api/v1/appointments/appointments/?page_size=1');
  expect(list.results, 'the newest is the first').toEqual([booked.body]);
  expect(list.next).toBe(`${clinic.url}/api/v1/appointments/appointments/?page_size=1&page=2`);

  const again = await rest.book(doctor, at, 'Once more');
  expect([again.status, again.body.code]).toEqual([409, 'SLOT_TAKEN']);
  expect(again.body.details.nearest_slots).toHaveLength(3);
  expect(again.headers.get('content-type')).toBe('application/problem+json');

  expect((await rest.send('DELETE', `${own}/`)).status).toBe(204);
  expect((await rest.get(own)).status).toBe('cancelled');
  const slots = await rest.slots(doctor, at.date);
  expect(slots.find(({ time }) => time === at.time)?.available).toBe(true);
});

test('a repeated request with the same key is one booking', { tag: '@postgres' }, async ({ clinic }) => {
  const { doctor } = await clinic.facts();
  const rest = await Rest.signedIn(clinic, 'patient');
  const { date, time } = await rest.firstFree(doctor, 34);
  const body = { doctor, appointment_date: date, appointment_time: time, reason: 'Sent twice' };
  const send = (sent: object) =>
    rest.send('POST', '/api/appointments/appointments/', sent, { 'idempotency-key': 'e2e-repeat-1' });
  const answers = await Promise.all([send(body), send(body), send(body)]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  expect((await send({ ...body, reason: 'Another' })).status).toBe(422);
  await rest.send('DELETE', `/api/appointments/appointments/${answers[0]?.body.id}/`);
});

test('many programs want one time and exactly one gets it', { tag: '@postgres' }, async ({ clinic }) => {
  const { doctor } = await clinic.facts();
  const rest = await Rest.signedIn(clinic, 'patient');
  const at = await rest.firstFree(doctor, 36);
  const answers = await Promise.all(Array.from({ length: 20 }, () => rest.book(doctor, at, 'In a hurry')));
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([201, ...Array<number>(19).fill(409)]);
  const won = answers.find(({ status }) => status === 201);
  await rest.send('DELETE', `/api/appointments/appointments/${won?.body.id}/`);
});

test('what cannot be booked is refused in the shape of the contract', async ({ clinic }) => {
  const { doctor } = await clinic.facts();
  const rest = await Rest.signedIn(clinic, 'patient');
  const bad = [
    { at: { date: dayFromToday(-7), time: '09:00' }, field: 'appointment_date' },
    { at: { date: dayFromToday(14), time: '03:07' }, field: 'appointment_time' },
    { at: { date: 'soon', time: '09:00' }, field: 'appointment_date' },
  ];
  for (const { at, field } of bad) {
    const { status, body } = await rest.book(doctor, at, 'Cough');
    expect([status, body.code], JSON.stringify(at)).toEqual([422, 'VALIDATION_ERROR']);
    expect(Object.keys(body.details), JSON.stringify(at)).toContain(field);
    expect(body.error).toBe(body.detail);
  }
  expect((await new Rest(clinic.url).book(doctor, { date: dayFromToday(14), time: '09:00' }, 'Cough')).status).toBe(401);
});

test('tokens are exchanged once and die with the session', async ({ clinic }) => {
  const rest = new Rest(clinic.url);
  const credentials = { username: 'patient', password: clinic.password };
  const { body: first } = await rest.send('POST', '/api/auth/login/', credentials);
  const { status, body: second } = await rest.send('POST', '/api/auth/token/refresh/', { refresh: first.refresh });
  expect(status).toBe(200);
  expect(second.refresh).not.toBe(first.refresh);
  rest.use(second.access);
  expect((await rest.send('POST', '/api/auth/logout/', { refresh: second.refresh })).status).toBe(205);
  const after = await rest.send('GET', '/api/auth/user/');
  expect([after.status, after.body.code]).toEqual([401, 'token_not_valid']);
  rest.use(undefined);
  expect((await rest.send('POST', '/api/auth/refresh/', { refresh: second.refresh })).status).toBe(401);
});

test('a wrong password is answered without saying what was wrong', async ({ clinic }) => {
  const rest = new Rest(clinic.url);
  const tries = ['patient', 'nobody.at.all'].map((username) =>
    rest.send('POST', '/api/auth/login/', { username, password: 'not the password' }),
  );
  const [known, unknown] = (await Promise.all(tries)).map(({ status, body: { instance: _, ...body } }) => ({ status, body }));
  expect(known?.status).toBe(401);
  expect(known).toEqual(unknown);
});

test('the OpenAPI document names every route that a program uses', async ({ clinic }) => {
  const document = await new Rest(clinic.url).get('/api/openapi.json');
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.servers.map(({ url }: { url: string }) => url)).toEqual(['/api', '/api/v1']);
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(['/auth/login', '/auth/logout', '/appointments/doctors', '/appointments/appointments', '/medical-records/records']),
  );
});

test('the readable page of REST draws itself without help from elsewhere', async ({ page }) => {
  const response = await page.goto('/api/docs/');
  expect(response?.status()).toBe(200);
  await expect(page.getByRole('heading', { name: /^SecureMed/ })).toBeVisible();
  await expect(page.getByText('/auth/login', { exact: true })).toBeVisible();
  await page.getByText('/auth/login', { exact: true }).click();
  await expect(page.getByText('Opens a session, or begins one that needs a second step. One answer for every failure.').first()).toBeVisible();
});
