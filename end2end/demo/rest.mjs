// A program that speaks to SecureMed over REST.

import { dayFromToday } from './server.mjs';

/** @typedef {import('./accounts.mjs').Account} Account */
/** @typedef {import('./accounts.mjs').Clinic} Clinic */
/** @typedef {{ time: string, available: boolean }} Slot */
/** @typedef {{ date: string, time: string }} Time */
/**
 * @typedef {object} Visit
 * @property {number} id
 * @property {string} appointment_id
 * @property {string} patient_id
 * @property {number} doctor
 * @property {string} doctor_name
 * @property {string} appointment_date
 * @property {string} appointment_time
 * @property {string | null} reason
 * @property {string} status
 */
/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Headers} headers
 * @property {any} body the parsed JSON, or null
 */

export class Rest {
  /** @type {string | undefined} */
  #token;

  /** @param {string} url scheme, host and port of the clinic */
  constructor(url) {
    this.url = url;
  }

  /**
   * @param {Clinic} clinic
   * @param {Account} username
   */
  static async signedIn(clinic, username) {
    const rest = new Rest(clinic.url);
    const answer = await rest.send('POST', '/api/auth/login/', { username, password: clinic.password });
    if (answer.status !== 200) throw new Error(`${username} could not sign in: ${answer.status}`);
    rest.use(answer.body.access);
    return rest;
  }

  /** @param {string | undefined} token the access token of all requests from here on */
  use(token) {
    this.#token = token;
  }

  /** What proves who asks. @returns {Record<string, string>} */
  get proof() {
    return this.#token ? { authorization: `Bearer ${this.#token}` } : {};
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body] sent as JSON
   * @param {Record<string, string>} [headers]
   * @returns {Promise<Answer>}
   */
  async send(method, path, body, headers = {}) {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...this.proof,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : null };
  }

  /** @param {string} path */
  async get(path) {
    const answer = await this.send('GET', path);
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /**
   * The times of a doctor's day.
   * @param {number} doctor
   * @param {string} date
   * @returns {Promise<Slot[]>}
   */
  slots(doctor, date) {
    return this.get(`/api/appointments/doctors/${doctor}/available_slots/?date=${date}`);
  }

  /**
   * The first free time of a doctor, so many days from today or later.
   * @param {number} doctor
   * @param {number} days
   * @returns {Promise<Time>}
   */
  async firstFree(doctor, days) {
    for (let day = days; day < days + 30; day += 1) {
      const date = dayFromToday(day);
      const slot = (await this.slots(doctor, date)).find(({ available }) => available);
      if (slot) return { date, time: slot.time };
    }
    throw new Error(`Doctor ${doctor} has no free time within a month.`);
  }

  /**
   * Visits of whoever is signed in, all pages of them.
   * @param {Record<string, string>} [filter]
   * @returns {Promise<Visit[]>}
   */
  async visits(filter = {}) {
    const query = new URLSearchParams({ page_size: '100', ...filter });
    /** @type {Visit[]} */
    const visits = [];
    for (let page = 1; ; page += 1) {
      const body = await this.get(`/api/appointments/appointments/?${query}&page=${page}`);
      visits.push(...body.results);
      if (!body.next) return visits;
    }
  }

  /**
   * @param {number} doctor
   * @param {Time} at
   * @param {string} reason
   */
  book(doctor, { date, time }, reason) {
    const body = { doctor, appointment_date: date, appointment_time: time, reason };
    return this.send('POST', '/api/appointments/appointments/', body);
  }
}
