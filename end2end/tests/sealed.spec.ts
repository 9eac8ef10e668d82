// What is said about somebody's health stands in no log line and in no file of the database, whatever way it came in.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { drawnFor, sessionCookies } from '../demo/accounts.mjs';
import { Rest } from '../demo/rest.mjs';
import { startDemo } from '../demo/server.mjs';
import { expect, test } from '../fixtures/test.ts';

const CANARIES = 50;

test('fifty things that were said about a patient are in no log line and in no file', async () => {
  test.setTimeout(120_000);
  const demo = await startDemo({ keepLog: true, env: { RUST_LOG: 'trace' } });
  let planted = 0;
  const word = () => `canary${String((planted += 1)).padStart(3, '0')}quetzalcoatl`;
  let files = Buffer.alloc(0);
  try {
    const [patient, doctor, admin] = await Promise.all([
      Rest.signedIn(demo, 'patient'),
      Rest.signedIn(demo, 'dr.rivera'),
      Rest.signedIn(demo, 'admin'),
    ]);
    const cookie = (await sessionCookies(demo, 'dr.rivera')).map(({ name, value }) => `${name}=${value}`).join('; ');
    const drawn_for = await drawnFor(demo, cookie);
    const post = async (rest: Rest, route: string, body: unknown, status: number) => {
      const answer = await rest.send('POST', `/api/medical-records/${route}`, body);
      expect(answer.status, `${route} ${JSON.stringify(answer.body)}`).toBe(status);
      return answer.body;
    };
    const form = async (act: string, fields: Record<string, string>) => {
      const headers = { accept: 'application/json', origin: demo.url, cookie };
      const answer = await fetch(`${demo.url}/fn/records/${act}`, { method: 'POST', headers, body: new URLSearchParams({ drawn_for, ...fields }) });
      expect(answer.status, act).toBe(200);
      return answer.json();
    };

    const booked = await patient.book(1, await patient.firstFree(1, 20), word());
    expect(booked.status).toBe(201);
    const id = booked.body.patient;
    for (let turn = 0; turn < 4; turn += 1) {
      const note = { patient: id, diagnosis: word(), symptoms: word(), treatment: word(), notes: word() };
      const written = await post(doctor, 'records/', note, 201);
      // The last one stays a draft.
      if (turn < 3) {
        await post(doctor, `records/${written.id}/sign/`, {}, 200);
        await form('add-to', { reference: written.record_id, text: word() });
      }
    }
    for (let turn = 0; turn < 3; turn += 1) {
      const medicine = {
        medication_name: word(),
        dosage: word(),
        frequency: word(),
        duration: word(),
        instructions: word(),
      };
      const rx = await post(doctor, 'prescriptions/', { patient: id, ...medicine }, 201);
      const { seen } = await doctor.get(`/api/medical-records/prescriptions/${rx.id}/check/`);
      await post(doctor, `prescriptions/${rx.id}/sign/`, { seen }, 200);
      await post(doctor, `prescriptions/${rx.id}/cancel/`, { reason: word() }, 200);
    }
    const report = await form('enter-report', {
      patient: String(id),
      title: word(),
      comment: word(),
      date: '2026-11-20',
      'results[0][test]': word(),
      'results[0][value]': word(),
      'results[0][unit]': word(),
      'results[0][note]': word(),
    });
    await form('release-report', { reference: report.reference, version: '1' });
    await form('add-item', { patient: String(id), kind: 'allergy', name: word(), reaction: word() });
    await form('add-item', { patient: String(id), kind: 'problem', name: word(), since: word(), note: word() });
    await post(admin, 'records/break_glass/', { patient_id: booked.body.patient_id, reason: `Unconscious, ${word()}` }, 200);
    // What was refused is in no log either.
    await post(doctor, 'records/', { patient: id, record_type: word() }, 422);
    expect(planted).toBeGreaterThanOrEqual(CANARIES);

    const read = await patient.get('/api/medical-records/records/?page_size=100');
    expect(JSON.stringify(read), 'its patient reads it').toContain('canary002quetzalcoatl');
    for (const name of await readdir(demo.folder, { recursive: true })) {
      files = Buffer.concat([files, await readFile(path.join(demo.folder, name)).catch(() => Buffer.alloc(0))]);
    }
  } finally {
    await demo.stop();
  }
  const log = demo.log();
  expect(log.split('\n').length, 'it was logged at all').toBeGreaterThan(30);
  expect(files.includes('REC-'), 'the files of the database were read').toBe(true);
  for (let number = 1; number <= planted; number += 1) {
    const canary = `canary${String(number).padStart(3, '0')}quetzalcoatl`;
    expect(log.includes(canary), `${canary} in the log`).toBe(false);
    expect(files.includes(canary), `${canary} in a file`).toBe(false);
  }
});
