// The pages that grow with a clinic, in a large one: a long record, its chart, the search among many patients.

import { sessionCookies } from '../demo/accounts.mjs';
import { Rest } from '../demo/rest.mjs';
import { startDemo } from '../demo/server.mjs';
import { latencies } from './speed.mjs';

const REQUESTS = 200;
/** Two doctors see thousands of the patients in the two years that make a care relation. */
const LARGE = ['--patients', '50000', '--doctors', '2', '--days', '720', '--readings', '5000'];

/**
 * @param {string | undefined} databaseUrl
 * @returns {Promise<{ what: string, p50: number, p99: number, floor: number }[]>} milliseconds
 */
export async function measureLargeClinic(databaseUrl) {
  const demo = await startDemo({
    databaseUrl,
    seed: LARGE,
    env: { SECUREMED_GUESSES_PER_MINUTE: '0', SECUREMED_REQUESTS_PER_MINUTE: '0' },
  });
  try {
    const cookieOf = async (/** @type {import('../demo/accounts.mjs').Account} */ account) =>
      (await sessionCookies(demo, account)).map(({ name, value }) => `${name}=${value}`).join('; ');
    const [patient, doctor] = [await cookieOf('patient'), await cookieOf('dr.rivera')];
    const visits = await (await Rest.signedIn(demo, 'patient')).visits();
    const reference = visits[0]?.patient_id;
    if (!reference) throw new Error('The demo patient has no visit.');
    const floor = (await latencies(demo.url, '/livez', '', REQUESTS)).p50;
    const measured = [];
    for (const [what, path, cookie] of /** @type {const} */ ([
      ['/records, first page', '/records', patient],
      ['/records, far back', '/records?older=2016-01-01.1', patient],
      ['/dashboard of that patient', '/dashboard', patient],
      ['/patients/…, the chart', `/patients/${reference}`, doctor],
      ['/patients, all in care', '/patients', doctor],
      ['/patients?search=ma', '/patients?search=ma', doctor],
      ['/patients?search=maya ok', '/patients?search=maya%20ok', doctor],
      ['/patients?search=qqqq, nobody', '/patients?search=qqqq', doctor],
      ['/inbox', '/inbox', doctor],
    ])) {
      measured.push({ what, ...(await latencies(demo.url, path, cookie, REQUESTS)), floor });
    }
    return measured;
  } finally {
    await demo.stop();
  }
}
