// What people do one after another by the forms of their pages, with markup in every field.

import { expect } from '@playwright/test';
import { type PostOffice, linkIn } from '../demo/post_office.mjs';
import type { Facts } from '../demo/pages.mjs';
import { SHORT } from './markup.ts';
import type { Person } from './person.ts';
import type { Act, Trial } from './trial.ts';

/** Everybody who types. */
export interface People {
  nobody: Person;
  patient: Person;
  rivera: Person;
  /** A doctor of the same patient, who does not know `otherPatient`. */
  other: Person;
  admin: Person;
}

export interface Scene {
  facts: Facts;
  post: PostOffice;
  otherPatient: string;
}

/** Where the readers find what was written. */
export interface Written {
  /** Entries that are signed, and visits. */
  entries: string[];
  /** Where something that holds for the patient is ended. */
  ends: string[];
  /** What each author has open in an editor. */
  drafts: { rivera: string[]; other: string[] };
}

const EMAIL = 'somebody@example.org';

/** `/records/REC-…?done=signed` as `/records/REC-…`. */
const plain = (led: string) => led.split('?')[0] ?? '';

export async function allActs(trial: Trial, people: People, scene: Scene): Promise<Written> {
  const { patient, rivera, other, admin } = people;
  const { facts } = scene;
  await arriving(trial, people.nobody, scene.post);
  const entries = await ownRecord(trial, patient, facts);
  const { vaccination, ends } = await lists(trial, rivera, facts.chart);
  const notes = await writtenNotes(trial, rivera, facts.chart);
  const carried = await carriedNote(trial, other, facts.chart, notes.signed);
  const prescriptions = await prescribed(trial, rivera, facts.chart);
  const reports = await reported(trial, rivera, facts.chart);
  await questions(trial, people, facts, reports.released);
  await emergency(trial, other, admin, scene.otherPatient);
  return {
    ends,
    entries: [...entries, vaccination, notes.signed, ...prescriptions.signed, reports.released, ...reports.others],
    drafts: { rivera: [notes.draft, prescriptions.draft, reports.draft], other: [carried] },
  };
}

/** Somebody opens an account, and others only try. */
async function arriving(trial: Trial, nobody: Person, post: PostOffice): Promise<void> {
  const led = await trial.fill(nobody, ['/register', '/fn/auth/register'], { password: 'violet harbour lamp seven' });
  await trial.refuse(nobody, [led, '/fn/auth/verify_email']);
  await trial.refuse(nobody, [led, '/fn/auth/resend_verification']);
  await trial.refuse(nobody, ['/verify-email?again=1', '/fn/auth/resend_verification']);
  const { pathname, search } = new URL(linkIn(await post.letter(EMAIL, /^Confirm your e-mail address$/)));
  await trial.fill(nobody, [pathname + search, '/fn/auth/verify_email']);
  await trial.refuse(nobody, ['/login', '/fn/auth/sign_in'], { password: 'not the password' });
  await trial.refuse(nobody, ['/forgot-password', '/fn/auth/request_reset']);
}

/** What a patient does alone. */
async function ownRecord(trial: Trial, patient: Person, { doctor, free }: Facts): Promise<string[]> {
  const profile = { first_name: 'Maya', last_name: 'Okafor' };
  await trial.fill(patient, ['/account/profile', '/fn/auth/change_profile'], profile);
  await trial.fill(patient, ['/account/app', '/fn/auth/begin_factor']);
  await trial.refuse(patient, ['/account/app', '/fn/auth/confirm_factor']);
  const confirm = `/appointments/book?${new URLSearchParams({ doctor: String(doctor), ...free })}`;
  const visit = await trial.fill(patient, [confirm, '/fn/appointments/book']);
  await trial.fill(patient, ['/records/vitals/new', '/fn/records/enter-vitals']);
  const document = await bring(trial, patient);
  return [plain(visit), document];
}

/** Brings a document whose note, and whose name, have markup in them: first one that cannot be stored. */
async function bring(trial: Trial, patient: Person): Promise<string> {
  const { page } = patient;
  await trial.open(patient, '/records/documents/new');
  const note = trial.next(true);
  const send = async (name: string, mimeType: string, words: string) => {
    await page.getByLabel('Note').fill(note);
    await page.getByLabel('File').setInputFiles({ name, mimeType, buffer: Buffer.from(words) });
    const led = await patient.go('a document', () => page.getByRole('button', { name: 'Add the document' }).click());
    await trial.look(patient, led);
    return led;
  };
  await send('<svg onload=alert(1)>.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await expect(page.getByLabel('Note'), 'a refused form comes back').toHaveValue(note);
  const led = await send('<b data-typed><form action=evil.example><img src=x onerror=alert(1)>.txt', 'text/plain', 'No pain today.');
  const name = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
  expect(name).toContain('alert(1)');
  trial.tried.set('/records/documents name of the file', name.includes('<') ? 'stored' : 'stored without its markup');
  trial.tried.set('/records/documents note', 'stored');
  trial.stored.set(Number(/\d+/.exec(note)), '/records/documents note');
  return plain(led);
}

/** What holds for a patient, and a vaccination; gives its entry, and where each of the others is ended. */
async function lists(trial: Trial, rivera: Person, chart: string): Promise<{ vaccination: string; ends: string[] }> {
  const ends: string[] = [];
  let vaccination = '';
  for (const kind of ['problem', 'medication', 'immunisation', 'allergy']) {
    await trial.fill(rivera, [`/patients/${chart}/lists/new?kind=${kind}`, '/fn/records/add-item'], { kind });
    const isHeld = kind !== 'immunisation';
    await trial.open(rivera, isHeld ? `/patients/${chart}` : `/patients/${chart}/entries?show=immunisations`);
    const line = rivera.page.getByRole('listitem').filter({ hasText: `typed-${trial.numberOf(`/fn/records/add-item ${kind} name`)}<` });
    const link = line.locator(isHeld ? 'a[href$="/end"]' : 'a.entry-link');
    const href = (await link.getAttribute('href')) ?? '';
    if (isHeld) ends.push(href);
    else vaccination = href;
  }
  await trial.fill(rivera, [`/patients/${chart}/vitals/new`, '/fn/records/enter-vitals']);
  await almostKnown(trial, rivera, chart);
  return { vaccination, ends };
}

/** A name that is almost one of a list comes back in a question: what it may have meant, or as it was typed. */
async function almostKnown(trial: Trial, rivera: Person, chart: string): Promise<void> {
  const { page } = rivera;
  await trial.open(rivera, `/patients/${chart}/lists/new?kind=allergy`);
  await page.getByLabel('Allergic to').fill(`Pencillin ${SHORT}`);
  const asked = await rivera.go('an allergy', () => page.getByRole('button', { name: 'Add this allergy' }).click());
  await trial.look(rivera, asked);
  await expect(page.getByRole('group', { name: 'Did you mean' })).toContainText(SHORT);
}

/** One note is signed and added to, another stays open in the editor. */
async function writtenNotes(trial: Trial, rivera: Person, chart: string): Promise<{ signed: string; draft: string }> {
  const begin: Act = [`/patients/${chart}/notes/new`, '/fn/records/begin-note'];
  const note = await trial.fill(rivera, begin, { visit: '' });
  await trial.fill(rivera, [note, '/fn/records/save-note']);
  const signed = plain(await trial.fill(rivera, [note, '/fn/records/sign-note']));
  await trial.fill(rivera, [`${signed}/add`, '/fn/records/add-to']);
  const draft = await trial.fill(rivera, begin, { visit: '' });
  await trial.fill(rivera, [draft, '/fn/records/save-note']);
  return { signed, draft };
}

/** Another doctor begins with the words of a signed note: those of the first stand in the editor of the second. */
async function carriedNote(trial: Trial, other: Person, chart: string, signed: string): Promise<string> {
  const from = signed.replace('/records/', '');
  const draft = await trial.fill(other, [`/patients/${chart}/notes/new`, '/fn/records/begin-note'], { visit: '', from });
  for (const part of ['subjective', 'objective', 'assessment', 'plan']) {
    const number = trial.numberOf(`/fn/records/sign-note ${part}`);
    const words = await other.page.locator(`textarea[name="${part}"]`).inputValue();
    expect(words, `${part} was carried over`).toMatch(new RegExp(`^typed-${number}</title></textarea></form></script>`));
  }
  return draft;
}

/** The second of a medicine is a danger, and signing it takes a reason. One more stays a draft. */
async function prescribed(trial: Trial, rivera: Person, chart: string): Promise<{ signed: string[]; draft: string }> {
  const write: Act = [`/patients/${chart}/prescriptions/new`, '/fn/records/write-prescription'];
  const draft = await trial.fill(rivera, write);
  await trial.fill(rivera, [draft, '/fn/records/save-prescription']);
  const signed = [plain(await trial.fill(rivera, [draft, '/fn/records/sign-prescription']))];
  for (let again = 0; again < 2; again += 1) {
    const warfarin = await trial.fill(rivera, write, { medication_name: 'Warfarin' });
    signed.push(plain(await trial.fill(rivera, [warfarin, '/fn/records/sign-prescription'])));
  }
  await trial.fill(rivera, [`${signed[0]}/end`, '/fn/records/cancel-prescription']);
  return { signed, draft: await trial.fill(rivera, write) };
}

async function reported(trial: Trial, rivera: Person, chart: string): Promise<{ released: string; others: string[]; draft: string }> {
  const page = `/patients/${chart}/labs/new`;
  const [enter, release]: [Act, string] = [[page, '/fn/records/enter-report'], '/fn/records/release-report'];
  const doctor = { doctor: '' };
  await trial.fill(rivera, [page, '/fn/records/more-rows'], doctor);
  const draft = await trial.fill(rivera, enter, doctor);
  await trial.fill(rivera, [draft, '/fn/records/more-rows'], doctor);
  await trial.fill(rivera, [draft, '/fn/records/save-report'], doctor);
  const released = plain(await trial.fill(rivera, [draft, release]));
  // A result out of range without a word about it asks for one.
  const outOfRange = await trial.fill(rivera, enter, { ...doctor, comment: '', 'results[0][value]': '6.9' });
  const other = plain(await trial.fill(rivera, [outOfRange, release]));
  return { released, others: [other], draft: await trial.fill(rivera, enter, doctor) };
}

/** The patient asks a doctor about a result and the clinic about a look, and both answer. */
async function questions(trial: Trial, { patient, rivera, admin }: People, { look }: Facts, report: string): Promise<void> {
  await trial.fill(patient, [`${report}/ask`, '/fn/records/ask-doctor']);
  const asked = `typed-${trial.numberOf('/fn/records/ask-doctor text')}<`;
  await trial.open(rivera, '/inbox');
  const item = rivera.page.getByRole('listitem').filter({ hasText: asked });
  const answer = await item.getByRole('link', { name: /^Answer/ }).getAttribute('href');
  await trial.fill(rivera, [answer ?? '', '/fn/records/add-to']);
  await trial.fill(patient, [`/account/looks/${look}/ask`, '/fn/looks/ask']);
  await trial.fill(admin, ['/admin/questions', '/fn/looks/answer']);
}

/** A doctor opens a record in an emergency; an administrator reviews it, and sees first what that would be. */
async function emergency(trial: Trial, other: Person, admin: Person, patient: string): Promise<void> {
  const open: Act = ['/emergency', '/fn/records/open-emergency'];
  await trial.refuse(other, open, { born: '1990-04-01' });
  await trial.fill(other, open, { patient, name: '' });
  const reason = `typed-${trial.numberOf('/fn/records/open-emergency reason')}<`;
  await trial.open(admin, '/admin/emergencies');
  const card = admin.page.getByRole('main').getByRole('listitem').filter({ hasText: reason });
  const page = await card.getByRole('link', { name: 'Review access' }).getAttribute('href');
  const review = '/fn/records/review-emergency';
  await trial.fill(admin, [page ?? '', review]);
  await trial.fillHere(admin, review, { confirmed: 'yes' });
}

/** Searches, and addresses that nobody of ours wrote. */
export async function allSearches(trial: Trial, { nobody, patient, rivera, admin }: People): Promise<void> {
  for (const [person, page] of [[nobody, '/doctors'], [rivera, '/patients'], [admin, '/admin/users'], [admin, '/appointments']] as const) {
    await trial.search(person, page, 'search');
  }
  await trial.search(rivera, '/schedule', 'date');
  for (const field of ['from', 'to']) await trial.search(admin, '/appointments', field);
  const names = ['next', 'flash', 'show', 'tab', 'kind', 'done', 'specialty', 'role', 'state'];
  const odd = new URLSearchParams(names.map((name) => [name, '/</title></textarea>"><b data-typed>']));
  const made: [Person, string[]][] = [
    [nobody, ['/login', '/register', '/verify-email', '/forgot-password', '/doctors', '/appointments/book']],
    [patient, ['/records', '/appointments', '/account/looks', '/account/confirm']],
    [rivera, ['/patients', '/inbox', '/emergency']],
    [admin, ['/admin/users', '/admin/mail', '/admin/questions']],
  ];
  for (const [person, pages] of made) {
    for (const page of pages) await trial.open(person, `${page}?${odd}`, { isMadeUp: true });
  }
}
