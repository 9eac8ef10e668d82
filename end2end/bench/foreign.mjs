// Whether the time of an answer tells what is somebody else's from what does not exist.

import { Agent } from 'node:http';
import { Rest } from '../demo/rest.mjs';
import { once } from './speed.mjs';

const TURNS = 300;

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/**
 * Asks in turns for what belongs to another patient and for what nobody has.
 * @param {import('../demo/accounts.mjs').Clinic} clinic
 * @param {string} cookie of the demo patient
 * @param {string} foreignVisit `APT-…` of `patient2`
 * @returns {Promise<{ what: string, foreign: number, unknown: number }[]>} medians in milliseconds
 */
export async function foreignBesideUnknown(clinic, cookie, foreignVisit) {
  const theirs = await Rest.signedIn(clinic, 'patient2');
  const [entry] = (await theirs.get('/api/medical-records/records/')).results;
  if (!entry) throw new Error('The second demo patient has no record.');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const program = await Rest.signedIn(clinic, 'patient');
  const measured = [];
  for (const [what, foreign, unknown, proof] of /** @type {const} */ ([
    ['/records/REC-…', `/records/${entry.record_id}`, '/records/REC-00000000', { cookie }],
    ['/records/REC-…/pdf', `/records/${entry.record_id}/pdf`, '/records/REC-00000000/pdf', { cookie }],
    ['/appointments/APT-…', `/appointments/${foreignVisit}`, '/appointments/APT-00000000', { cookie }],
    ['/api/medical-records/records/{id}/', `/api/medical-records/records/${entry.id}/`, '/api/medical-records/records/999999999/', program.proof],
  ])) {
    /** @type {[number[], number[]]} */
    const times = [[], []];
    for (let turn = 0; turn < TURNS + 20; turn += 1) {
      const pair = [await once(agent, clinic.url + foreign, proof, 404), await once(agent, clinic.url + unknown, proof, 404)];
      // What is first computed or cached is not what people meet all day.
      if (turn >= 20) pair.forEach((time, place) => times[place]?.push(time));
    }
    measured.push({ what, foreign: median(times[0]), unknown: median(times[1]) });
  }
  agent.destroy();
  return measured;
}
