// A clinic whose records are full of markup: everybody who types there, and everybody who reads it afterwards.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, type Browser } from '@playwright/test';
import { findFacts, SHOWN, type Facts } from '../demo/pages.mjs';
import type { Role } from '../demo/accounts.mjs';
import { linkIn, PostOffice } from '../demo/post_office.mjs';
import { Rest } from '../demo/rest.mjs';
import { startDemo, type Demo } from '../demo/server.mjs';
import { allActs, allSearches, type Written } from './acts.ts';
import { Person } from './person.ts';
import { allPrograms, overtaken } from './programs.ts';
import { Trial } from './trial.ts';

/** The fields of all forms and bodies, which a test of the server keeps complete. */
const FIELDS = new URL('../../server/tests/it/injection_fields.txt', import.meta.url);

/** By field, what came of markup in it. */
export async function listedFields(): Promise<Map<string, string>> {
  const lines = (await readFile(fileURLToPath(FIELDS), 'utf8')).split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]));
}

/** Who reads, with the account that they sign in with, and the pages that they look at. */
export interface Reader {
  signInAs?: string;
  pages: string[];
}

export class MarkedClinic {
  readonly trial = new Trial();
  /** By who they are. */
  readonly readers = new Map<string, Reader>();

  private constructor(
    readonly demo: Demo,
    private readonly post: PostOffice,
    private readonly facts: Facts,
  ) {}

  static async open(): Promise<MarkedClinic> {
    const post = await PostOffice.open();
    const demo = await startDemo({ smtpUrl: post.url });
    return new MarkedClinic(demo, post, await findFacts(demo));
  }

  async close(): Promise<void> {
    const log = this.demo.log();
    await this.demo.stop();
    await this.post.close();
    expect(log, 'the server wrote no error into its log').not.toMatch(/panicked| ERROR |"level":"ERROR"/);
  }

  /** Markup is typed into every field there is. */
  async type(browser: Browser): Promise<void> {
    const { demo, trial, facts, post } = this;
    const enter = (who: string, signInAs?: string) => Person.enter(browser, demo, who, { signInAs });
    const [nobody, patient, rivera, admin] = await Promise.all([
      enter('nobody'),
      enter('patient', 'patient'),
      enter('doctor', 'dr.rivera'),
      enter('administrator', 'admin'),
    ]);
    const { doctor, otherPatient } = await this.#anotherDoctor();
    const account = await this.#accountOf(admin, doctor);
    const other = await enter('another doctor', account);
    const people = { nobody, patient, rivera, other, admin };
    const written = await allActs(trial, people, { facts, post, otherPatient });
    const programs = await allPrograms(trial, demo, facts.doctor, facts.chart);
    await overtaken(trial, demo, rivera);
    await allSearches(trial, people);
    for (const person of Object.values(people)) trial.wrong.push(...(await person.leave()));
    this.#findReaders(account, otherPatient, written, programs);
  }

  #findReaders(account: string, otherPatient: string, { entries, ends, drafts }: Written, programs: { entries: string[]; draft: string }): void {
    const shown = (role: Role) => SHOWN.filter((site) => site.role === role).map(({ page }) => page.path(this.facts));
    const chart = (patient: string) => ['', '/entries', '/tests'].map((part) => `/patients/${patient}${part}`);
    const records = (all: string[]) => all.filter((address) => address.startsWith('/records/'));
    const charts = [...chart(this.facts.chart), ...chart(otherPatient), ...ends];
    const set = (who: string, pages: string[], signInAs?: string) => this.readers.set(who, { pages, ...(signInAs ? { signInAs } : {}) });
    set('nobody', [...shown('anonymous'), '/register', '/forgot-password', '/verify-email?again=1']);
    set('patient', [...shown('patient'), ...entries, '/account'], 'patient');
    set('another patient', ['/dashboard', '/records', '/appointments', '/account/looks', '/account/profile', ...programs.entries], 'patient2');
    set('doctor', [...shown('doctor'), ...charts, ...entries, ...programs.entries, ...drafts.rivera, programs.draft], 'dr.rivera');
    // They opened the record of the other patient in an emergency.
    const others = [...charts, ...records(entries), ...records(programs.entries), ...drafts.other];
    set('another doctor', ['/patients', '/inbox', '/emergency', '/schedule', ...others], account);
    const admins = [...chart(this.facts.chart), ...entries, ...programs.entries.filter((address) => address.startsWith('/appointments/'))];
    set('administrator', [...shown('admin'), ...admins], 'admin');
  }

  /** A doctor who has had a visit of `patient` and none of `patient2`, and the reference of that one. */
  async #anotherDoctor(): Promise<{ doctor: string; otherPatient: string }> {
    const [patient, patient2] = await Promise.all([Rest.signedIn(this.demo, 'patient'), Rest.signedIn(this.demo, 'patient2')]);
    const [own, theirs] = [await patient.visits(), await patient2.visits()];
    const known = new Set([this.facts.doctor, ...theirs.map(({ doctor }) => doctor)]);
    const visit = own.find(({ doctor, status }) => status === 'completed' && !known.has(doctor));
    expect(visit, 'the demo has such a doctor').toBeDefined();
    return { doctor: visit?.doctor_name ?? '', otherPatient: theirs[0]?.patient_id ?? '' };
  }

  /** Most doctors of the demo have no password yet: one is chosen with a mailed link. Gives the address of the account. */
  async #accountOf(admin: Person, doctor: string): Promise<string> {
    const name = doctor.replace(/^Dr\. /, '');
    await admin.open(`/admin/users?${new URLSearchParams({ role: 'doctor', search: name })}`);
    const row = await admin.page.getByRole('row').filter({ hasText: name }).innerText();
    const email = /\S+@example\.org/.exec(row)?.[0] ?? '';
    const rest = new Rest(this.demo.url);
    expect((await rest.send('POST', '/api/auth/password-reset/', { email })).status).toBe(200);
    const token = new URL(linkIn(await this.post.letter(email, /^Choose a new password$/))).searchParams.get('token');
    const { password } = this.demo;
    const chosen = await rest.send('POST', '/api/auth/password-reset/confirm/', { token, password, password_confirm: password });
    expect(chosen.status, JSON.stringify(chosen.body)).toBe(200);
    return email;
  }
}
