// What programs send: the same markup in every text of their bodies, about another patient.

import { expect } from '@playwright/test';
import { Rest } from '../demo/rest.mjs';
import type { Clinic } from '../demo/accounts.mjs';
import { numberIn, SHORT } from './markup.ts';
import type { Person } from './person.ts';
import type { Trial } from './trial.ts';

type Body = Record<string, unknown>;

/** A request: its method, its route as `injection_fields.txt` names it, and its path where that has a number. */
interface Route {
  method: string;
  route: string;
  path?: string;
}

const RECORDS = '/api/medical-records/records';
const PRESCRIPTIONS = '/api/medical-records/prescriptions';

/** Sends a body with markup in its `words`; before, the `others` are refused with it, one after the other. */
async function send(
  trial: Trial,
  rest: Rest,
  { method, route, path = route }: Route,
  given: Body,
  words: readonly string[],
  others: readonly string[] = [],
): Promise<any> {
  const body: Body = { ...given };
  for (const word of words) {
    const text = trial.next(false);
    body[word] = text;
    trial.stored.set(numberIn(text), `${method} ${route} ${word}`);
    trial.tried.set(`${method} ${route} ${word}`, 'stored');
  }
  for (const other of others) {
    const refused = await rest.send(method, `${path}/`, { ...body, [other]: SHORT });
    expect(refused.status, `${method} ${path} ${other}`).toBe(422);
    trial.tried.set(`${method} ${route} ${other}`, `refused: ${refused.body.details[other][0]}`);
  }
  const answer = await rest.send(method, `${path}/`, body);
  expect(Math.floor(answer.status / 100), `${method} ${path} ${JSON.stringify(answer.body)}`).toBe(2);
  return answer.body;
}

/** Somebody who was given an account by nobody yet, and their texts. */
async function registers(trial: Trial, clinic: Clinic): Promise<void> {
  const password = 'violet harbour lamp seven';
  const somebody = {
    email: 'program@example.org', username: 'program', password, password_confirm: password, first_name: 'Nora', last_name: 'Quinn',
  };
  const route = { method: 'POST', route: '/api/auth/register' };
  await send(trial, new Rest(clinic.url), route, somebody, [], ['first_name', 'last_name', 'username', 'phone']);
}

/** What the patient of these programs sends; gives the entries. */
async function ofThePatient(trial: Trial, patient: Rest, doctor: number): Promise<string[]> {
  const own = { first_name: 'Jonas', last_name: 'Lindqvist' };
  const refused = ['first_name', 'last_name', 'emergency_contact_name', 'phone', 'emergency_contact_phone'];
  await send(trial, patient, { method: 'PUT', route: '/api/patients/profile' }, own, ['address'], refused);
  const { date, time } = await patient.firstFree(doctor, 40);
  const visit = { doctor, appointment_date: date, appointment_time: time };
  const booked = await send(trial, patient, { method: 'POST', route: '/api/appointments/appointments' }, visit, ['reason']);

  const [route, note, form] = ['/api/medical-records/documents', trial.next(false), new FormData()];
  form.set('note', note);
  form.set('file', new Blob(['No pain today.'], { type: 'text/plain' }), 'diary.txt');
  const answer = await fetch(`${patient.url}${route}/`, { method: 'POST', headers: patient.proof, body: form });
  expect(answer.status).toBe(201);
  trial.tried.set(`POST ${route} note`, 'stored');
  trial.stored.set(numberIn(note), `POST ${route} note`);
  const { record_id: document } = (await answer.json()) as { record_id: string };
  return [`/appointments/${booked.appointment_id}`, `/records/${document}`];
}

/** Signs a prescription, having seen what speaks against it. */
async function sign(trial: Trial, doctor: Rest, rx: number, words: readonly string[]): Promise<any> {
  const { seen } = await doctor.get(`${PRESCRIPTIONS}/${rx}/check/`);
  const route = { method: 'POST', route: `${PRESCRIPTIONS}/{id}/sign`, path: `${PRESCRIPTIONS}/${rx}/sign` };
  return send(trial, doctor, route, { seen }, words);
}

/** A program of each kind sends what it may. Gives the entries about the patient, and a draft that is written on. */
export async function allPrograms(
  trial: Trial,
  clinic: Clinic,
  doctor: number,
  chartOfAnother: string,
): Promise<{ entries: string[]; draft: string }> {
  await registers(trial, clinic);
  const [patient, rivera, admin] = await Promise.all([
    Rest.signedIn(clinic, 'patient2'),
    Rest.signedIn(clinic, 'dr.rivera'),
    Rest.signedIn(clinic, 'admin'),
  ]);
  const entries = await ofThePatient(trial, patient, doctor);
  const { id, patient_id: chart } = await patient.get('/api/patients/profile/');
  const about = { patient: id };

  const words = ['diagnosis', 'notes', 'symptoms', 'treatment'];
  const note = await send(trial, rivera, { method: 'POST', route: RECORDS }, about, words);
  const signed = await rivera.send('POST', `${RECORDS}/${note.id}/sign/`, {});
  expect(signed.status, JSON.stringify(signed.body)).toBe(200);
  const draft = await rivera.send('POST', `${RECORDS}/`, about);
  await send(trial, rivera, { method: 'PATCH', route: `${RECORDS}/{id}`, path: `${RECORDS}/${draft.body.id}` }, {}, words);

  const texts = ['medication_name', 'dosage', 'frequency', 'duration', 'instructions'];
  const rx = await send(trial, rivera, { method: 'POST', route: PRESCRIPTIONS }, about, texts);
  entries.push(`/records/${note.record_id}`);
  const prescriptions = [rx.id];
  await sign(trial, rivera, rx.id, []);
  // The second of the same medicine is a danger: signing it takes a reason.
  const warfarin = { ...about, medication_name: 'Warfarin', dosage: '5 mg', frequency: 'daily', duration: 'a week' };
  for (const reason of [[], ['because']]) {
    const { body } = await rivera.send('POST', `${PRESCRIPTIONS}/`, warfarin);
    await sign(trial, rivera, body.id, reason);
    prescriptions.push(body.id);
  }
  const cancel = { method: 'POST', route: `${PRESCRIPTIONS}/{id}/cancel`, path: `${PRESCRIPTIONS}/${rx.id}/cancel` };
  await send(trial, rivera, cancel, {}, ['reason']);
  for (const number of prescriptions) {
    const { record_id } = await rivera.get(`${RECORDS}/${number}/`);
    entries.push(`/records/${record_id}`);
  }

  const route = { method: 'POST', route: `${RECORDS}/break_glass` };
  await send(trial, admin, route, { patient_id: chartOfAnother }, ['reason']);
  return { entries, draft: `/patients/${chart}/notes/${draft.body.record_id}` };
}

/** A note in a doctor's editor is changed by a program, and then signed: the page shows both texts, or what came too late. */
export async function overtaken(trial: Trial, clinic: Clinic, doctor: Person): Promise<void> {
  const rest = await Rest.signedIn(clinic, 'dr.rivera');
  const { id, patient_id: chart } = await (await Rest.signedIn(clinic, 'patient2')).get('/api/patients/profile/');
  const parts = ['diagnosis', 'notes', 'symptoms', 'treatment'];
  const texts = () => Object.fromEntries(parts.map((part) => [part, trial.next(true)]));
  const { body: note } = await rest.send('POST', `${RECORDS}/`, { patient: id, ...texts() });
  const ok = async (method: string, path: string, body: Body) => {
    expect((await rest.send(method, `${RECORDS}/${note.id}/${path}`, body)).status).toBe(200);
  };
  const editor = `/patients/${chart}/notes/${note.record_id}`;
  await trial.lose(doctor, [editor, '/fn/records/save-note'], () => ok('PATCH', '', texts()));
  await expect(doctor.page.getByRole('heading', { name: 'Saved version' })).toBeVisible();
  await trial.lose(doctor, [editor, '/fn/records/sign-note'], () => ok('POST', 'sign/', {}));
  await expect(doctor.page.getByRole('heading', { level: 1 })).toHaveText('This note is already signed');
}
