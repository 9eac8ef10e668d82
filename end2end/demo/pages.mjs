// Every page of the demo clinic, who may read it, and what tells that it is there.

import { drawnFor, ROLES, sessionCookies } from './accounts.mjs';
import { Rest } from './rest.mjs';
import { dayFromToday } from './server.mjs';

/** @typedef {import('./accounts.mjs').Role} Role */
/** @typedef {import('./accounts.mjs').Clinic} Clinic */
/** @typedef {'shown' | 'sign-in' | 403 | 404} Outcome what a page answers somebody with; `sign-in` leads to /login */

/**
 * Rows of the demo that addresses are made of.
 * @typedef {object} Facts
 * @property {number} doctor Dr. Elena Rivera
 * @property {import('./rest.mjs').Time} free a free time of hers, weeks from now
 * @property {string} visit a visit of `patient` to come, which can be moved and cancelled
 * @property {string} pastVisit a visit of `patient` that is over
 * @property {string} record an entry of `patient` by Dr. Rivera
 * @property {string} report a laboratory report of `patient` by Dr. Rivera
 * @property {string} test the address of a test in it
 * @property {number} look the latest thing that Dr. Rivera did with the record of `patient`
 * @property {string} foreignVisit a visit of `patient2` with another doctor than Dr. Rivera
 * @property {string} chart the reference of `patient`
 * @property {string} prescription a signed prescription of `patient`
 * @property {string} noteDraft the address of a note about `patient` that Dr. Rivera is writing
 * @property {string} prescriptionDraft the same of a prescription
 * @property {string} labDraft the same of a laboratory report
 */

/**
 * @typedef {object} SitePage
 * @property {string} name
 * @property {(facts: Facts) => string} path
 * @property {RegExp} heading its h1
 * @property {Partial<Record<Role, RegExp>>} [headings] its h1 for those to whom it says something else
 * @property {Partial<Record<Role, Outcome>>} [outcome] for whom it is not simply shown
 */

/** @type {Partial<Record<Role, Outcome>>} */
const PATIENTS_ONLY = { anonymous: 'sign-in', doctor: 403, admin: 403 };
/** @type {Partial<Record<Role, Outcome>>} */
const DOCTORS_ONLY = { anonymous: 'sign-in', patient: 403, admin: 403 };
/** @type {Partial<Record<Role, Outcome>>} */
const ADMINS_ONLY = { anonymous: 'sign-in', patient: 403, doctor: 403 };
/** @type {Partial<Record<Role, Outcome>>} */
const SIGNED_IN = { anonymous: 'sign-in' };
/**
 * A visit of `patient` with a doctor who is not Dr. Rivera: for her it does not exist.
 * @type {Partial<Record<Role, Outcome>>}
 */
const OF_THE_VISIT = { anonymous: 'sign-in', doctor: 404 };

/**
 * An entry of `patient`, who is in the care of Dr. Rivera.
 * @type {Partial<Record<Role, Outcome>>}
 */
const OF_THE_RECORD = { anonymous: 'sign-in', admin: 404 };

/**
 * The chart of `patient`, who is in the care of Dr. Rivera. Administrators need an emergency.
 * @type {Partial<Record<Role, Outcome>>}
 */
const OF_THE_CHART = { anonymous: 'sign-in', patient: 403, admin: 404 };

/**
 * A page of Dr. Rivera's about an entry or a draft: patients and administrators do not find it.
 * @type {Partial<Record<Role, Outcome>>}
 */
const AUTHORS_ONLY = { anonymous: 'sign-in', patient: 404, admin: 404 };

/** The page of a visit bears its patient's name and its day for those who work at the clinic. */
const OF_A_PATIENT = { doctor: /^\S.* \S+, \p{L}{3} \d/u, admin: /^\S.* \S+, \p{L}{3} \d/u };
/** Staff read how they book. */
const STAFF_BOOK_ELSEWHERE = { doctor: /^Only patients can book here$/, admin: /^Only patients can book here$/ };

/** Staff see the visits of others. */
const VISITS_OF_OTHERS = { doctor: /^Appointments$/, admin: /^Appointments$/ };

/** @param {Facts} facts */
const confirmPath = ({ doctor, free: { date, time } }) =>
  `/appointments/book?${new URLSearchParams({ doctor: String(doctor), date, time })}`;

/** @type {readonly SitePage[]} */
export const PAGES = [
  { name: 'start', path: () => '/', heading: /right doctor/ },
  { name: 'doctors', path: () => '/doctors', heading: /^Find a doctor$/ },
  { name: 'doctors of a field', path: () => '/doctors?specialty=cardiology', heading: /^Doctors for cardiology$/ },
  { name: 'doctors nobody found', path: () => '/doctors?search=qqqq', heading: /doctor/i },
  { name: 'doctor', path: ({ doctor }) => `/doctors/${doctor}`, heading: /^Dr\. Elena Rivera$/ },
  { name: 'privacy', path: () => '/privacy', heading: /^Privacy policy$/ },
  { name: 'terms', path: () => '/terms', heading: /^Terms of use$/ },
  { name: 'mailbox', path: () => '/demo/mailbox', heading: /^Demo mailbox$/ },
  { name: 'book, specialty', path: () => '/appointments/book', heading: /^Book an appointment$/, headings: STAFF_BOOK_ELSEWHERE },
  { name: 'book, doctor', path: () => '/appointments/book?specialty=cardiology', heading: /^Choose a doctor: Cardiology$/, headings: STAFF_BOOK_ELSEWHERE },
  { name: 'book, time', path: ({ doctor }) => `/appointments/book?doctor=${doctor}`, heading: /^Choose a time$/, headings: STAFF_BOOK_ELSEWHERE },
  { name: 'book, confirm', path: confirmPath, heading: /^Check and confirm$/ },
  { name: 'dashboard', path: () => '/dashboard', heading: /^Hello, Maya$/, outcome: PATIENTS_ONLY },
  { name: 'appointments', path: () => '/appointments', heading: /^Appointments$/, headings: VISITS_OF_OTHERS, outcome: SIGNED_IN },
  { name: 'appointments, past', path: () => '/appointments?tab=past', heading: /^Appointments$/, headings: VISITS_OF_OTHERS, outcome: SIGNED_IN },
  { name: 'appointments, narrowed to nothing', path: () => '/appointments?from=2020-01-05&to=2020-01-05', heading: /^Appointments$/, headings: VISITS_OF_OTHERS, outcome: SIGNED_IN },
  { name: 'visit', path: ({ visit }) => `/appointments/${visit}`, heading: /^Appointment with Dr\. /, headings: OF_A_PATIENT, outcome: OF_THE_VISIT },
  { name: 'visit, just booked', path: ({ visit }) => `/appointments/${visit}?booked=1`, heading: /^Your appointment is booked$/, headings: OF_A_PATIENT, outcome: OF_THE_VISIT },
  { name: 'visit, over', path: ({ pastVisit }) => `/appointments/${pastVisit}`, heading: /^Appointment with Dr\. /, headings: OF_A_PATIENT, outcome: OF_THE_VISIT },
  { name: 'visit of somebody else', path: ({ foreignVisit }) => `/appointments/${foreignVisit}`, heading: /^Appointment with Dr\. /, headings: OF_A_PATIENT, outcome: { anonymous: 'sign-in', patient: 404, doctor: 404 } },
  { name: 'cancel a visit', path: ({ visit }) => `/appointments/${visit}/cancel`, heading: /^Cancel this appointment\?$/, outcome: OF_THE_VISIT },
  { name: 'complete a visit', path: ({ visit }) => `/appointments/${visit}/complete`, heading: /^Complete this appointment\?$/, outcome: { ...OF_THE_VISIT, patient: 403 } },
  { name: 'mark a no-show', path: ({ visit }) => `/appointments/${visit}/no-show`, heading: /^Mark this appointment as a no-show\?$/, outcome: { ...OF_THE_VISIT, patient: 403 } },
  { name: 'move a visit', path: ({ visit }) => `/appointments/${visit}/move`, heading: /^Move this appointment$/, outcome: OF_THE_VISIT },
  { name: 'records', path: () => '/records', heading: /^Medical records$/, outcome: PATIENTS_ONLY },
  { name: 'records of a kind', path: () => '/records?show=labs', heading: /^Medical records$/, outcome: PATIENTS_ONLY },
  { name: 'records, none of a kind', path: () => '/records?show=documents', heading: /^Medical records$/, outcome: PATIENTS_ONLY },
  { name: 'lab tests', path: () => '/records/labs', heading: /^Lab tests$/, outcome: PATIENTS_ONLY },
  {
    name: 'ask about a result',
    path: ({ report }) => `/records/${report}/ask`,
    heading: /^Ask about this result$/,
    outcome: { anonymous: 'sign-in', doctor: 404, admin: 404 },
  },
  { name: 'add a document', path: () => '/records/documents/new', heading: /^Add a document$/, outcome: PATIENTS_ONLY },
  { name: 'add a document for a patient', path: ({ chart }) => `/patients/${chart}/documents/new`, heading: /^Add a document$/, outcome: DOCTORS_ONLY },
  { name: 'record', path: ({ record }) => `/records/${record}`, heading: /\S/, outcome: OF_THE_RECORD },
  { name: 'report', path: ({ report }) => `/records/${report}`, heading: /\S/, outcome: OF_THE_RECORD },
  { name: 'add to an entry', path: ({ record }) => `/records/${record}/add`, heading: /^Add an addendum$/, outcome: { ...OF_THE_RECORD, patient: 403 } },
  { name: 'end a prescription', path: ({ prescription }) => `/records/${prescription}/end`, heading: /^Cancel this prescription\?$/, outcome: { ...OF_THE_RECORD, patient: 403 } },
  { name: 'note, new', path: ({ chart }) => `/patients/${chart}/notes/new`, heading: /^New note$/, outcome: DOCTORS_ONLY },
  { name: 'note', path: ({ noteDraft }) => noteDraft, heading: /^Note of \d/, outcome: DOCTORS_ONLY },
  { name: 'discard a note', path: ({ noteDraft }) => `${noteDraft}/discard`, heading: /^Discard this draft\?$/, outcome: AUTHORS_ONLY },
  { name: 'prescription, new', path: ({ chart }) => `/patients/${chart}/prescriptions/new`, heading: /^New prescription$/, outcome: DOCTORS_ONLY },
  { name: 'prescription, to be signed', path: ({ prescriptionDraft }) => prescriptionDraft, heading: /^Check and sign$/, outcome: DOCTORS_ONLY },
  { name: 'laboratory report, new', path: ({ chart }) => `/patients/${chart}/labs/new?rows=12`, heading: /^New laboratory report$/, outcome: DOCTORS_ONLY },
  { name: 'laboratory report, to be released', path: ({ labDraft }) => labDraft, heading: /^Check and release$/, outcome: DOCTORS_ONLY },
  { name: 'result over time', path: ({ test }) => `/records/labs/${test}`, heading: /\S/, outcome: PATIENTS_ONLY },
  { name: 'who saw my record', path: () => '/account/looks', heading: /^Who accessed my record$/, outcome: PATIENTS_ONLY },
  { name: 'who saw my record, myself too', path: () => '/account/looks?show=all', heading: /^Who accessed my record$/, outcome: PATIENTS_ONLY },
  { name: 'look not recognised', path: ({ look }) => `/account/looks/${look}/ask`, heading: /^Ask about this access$/, outcome: PATIENTS_ONLY },
  { name: 'profile', path: () => '/account/profile', heading: /^Profile$/, outcome: PATIENTS_ONLY },
  { name: 'own vital signs', path: () => '/records/vitals/new', heading: /^Add a measurement$/, outcome: PATIENTS_ONLY },
  { name: 'patients', path: () => '/patients', heading: /^Patients$/, outcome: DOCTORS_ONLY },
  { name: 'patients, nobody found', path: () => '/patients?search=qqqq', heading: /^Patients$/, outcome: DOCTORS_ONLY },
  { name: 'chart', path: ({ chart }) => `/patients/${chart}`, heading: /^Chart$/, outcome: OF_THE_CHART },
  { name: 'chart, all entries', path: ({ chart }) => `/patients/${chart}/entries`, heading: /^All entries$/, outcome: OF_THE_CHART },
  { name: 'lab tests, of a patient', path: ({ chart }) => `/patients/${chart}/tests`, heading: /^Lab tests$/, outcome: OF_THE_CHART },
  { name: 'result over time, of a patient', path: ({ chart, test }) => `/patients/${chart}/tests/${test}`, heading: /\S/, outcome: OF_THE_CHART },
  { name: 'add an allergy', path: ({ chart }) => `/patients/${chart}/lists/new?kind=allergy`, heading: /^Add an allergy$/, outcome: DOCTORS_ONLY },
  { name: 'add a problem', path: ({ chart }) => `/patients/${chart}/lists/new?kind=problem`, heading: /^Add a problem$/, outcome: DOCTORS_ONLY },
  { name: 'add a medicine', path: ({ chart }) => `/patients/${chart}/lists/new?kind=medication`, heading: /^Add a medicine$/, outcome: DOCTORS_ONLY },
  { name: 'add a vaccination', path: ({ chart }) => `/patients/${chart}/lists/new?kind=immunisation`, heading: /^Add a vaccination$/, outcome: DOCTORS_ONLY },
  { name: 'vital signs', path: ({ chart }) => `/patients/${chart}/vitals/new`, heading: /^Enter vital signs$/, outcome: DOCTORS_ONLY },
  { name: 'inbox', path: () => '/inbox', heading: /^Inbox$/, outcome: DOCTORS_ONLY },
  { name: 'emergency', path: () => '/emergency', heading: /^Open a record in an emergency$/, outcome: { anonymous: 'sign-in', patient: 403 } },
  { name: 'emergencies', path: () => '/admin/emergencies', heading: /^Emergency access$/, outcome: ADMINS_ONLY },
  { name: 'chart of nobody', path: () => '/patients/PT-00000000', heading: /^Page not found$/, outcome: { anonymous: 'sign-in', patient: 403, doctor: 404, admin: 404 } },
  { name: 'schedule', path: () => '/schedule', heading: /^Today, /, outcome: DOCTORS_ONLY },
  { name: 'schedule, long ago', path: () => '/schedule?date=2020-01-05', heading: /5 January/, outcome: DOCTORS_ONLY },
  { name: 'administration', path: () => '/admin', heading: /^Administration$/, outcome: ADMINS_ONLY },
  { name: 'people', path: () => '/admin/users', heading: /^Users$/, outcome: ADMINS_ONLY },
  { name: 'people, nobody found', path: () => '/admin/users?search=qqqq', heading: /^Users$/, outcome: ADMINS_ONLY },
  { name: 'unsent mail', path: () => '/admin/mail', heading: /^Undelivered e-mail$/, outcome: ADMINS_ONLY },
  { name: 'unsent mail, given up', path: () => '/admin/mail?state=failed', heading: /^Undelivered e-mail$/, outcome: ADMINS_ONLY },
  { name: 'questions about looks', path: () => '/admin/questions', heading: /^Access questions$/, outcome: ADMINS_ONLY },
  { name: 'questions about looks, answered', path: () => '/admin/questions?state=answered', heading: /^Access questions$/, outcome: ADMINS_ONLY },
  { name: 'not found', path: () => '/no/such/page', heading: /^Page not found$/, outcome: { anonymous: 404, patient: 404, doctor: 404, admin: 404 } },
  { name: 'visit that does not exist', path: () => '/appointments/APT-00000000', heading: /^Page not found$/, outcome: { anonymous: 'sign-in', patient: 404, doctor: 404, admin: 404 } },
  { name: 'doctor who does not exist', path: () => '/doctors/999999', heading: /^Page not found$/, outcome: { anonymous: 404, patient: 404, doctor: 404, admin: 404 } },
];

/**
 * Whoever is signed in is led on from here, so this page is read by nobody else.
 * @type {SitePage}
 */
export const SIGN_IN_PAGE = { name: 'sign in', path: () => '/login', heading: /^Sign in$/ };

/** The h1 of a refusal. */
export const REFUSALS = { 403: /^This page is not for your account$/, 404: /^Page not found$/ };

/**
 * @param {SitePage} page
 * @param {Role} role
 * @returns {Outcome}
 */
export const outcomeFor = (page, role) => page.outcome?.[role] ?? 'shown';

/**
 * @param {SitePage} page
 * @param {Role} role
 * @returns {SitePage} the page as this role reads it
 */
const readBy = (page, role) => ({ ...page, heading: page.headings?.[role] ?? page.heading });

/** Every page with every role that it is shown to. */
export const SHOWN = [
  /** @type {const} */ ({ page: SIGN_IN_PAGE, role: 'anonymous' }),
  ...PAGES.flatMap((page) =>
    ROLES.filter((role) => outcomeFor(page, role) === 'shown').map((role) => ({ page: readBy(page, role), role })),
  ),
];

/**
 * Every page with every role that it is refused to, and how.
 * @type {{ page: SitePage, role: Role, outcome: Exclude<Outcome, 'shown'> }[]}
 */
export const REFUSED = PAGES.flatMap((page) =>
  ROLES.flatMap((role) => {
    const outcome = outcomeFor(page, role);
    return outcome === 'shown' ? [] : [{ page, role, outcome }];
  }),
);

/**
 * Has Dr. Rivera read an entry of `patient`, and gives the number of that look as its patient finds it.
 * @param {Clinic} clinic
 * @param {number} record
 * @returns {Promise<number>}
 */
async function lookAt(clinic, record) {
  const [doctor, cookies] = await Promise.all([Rest.signedIn(clinic, 'dr.rivera'), sessionCookies(clinic, 'patient')]);
  await doctor.get(`/api/medical-records/records/${record}/`);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const answer = await fetch(`${clinic.url}/fn/looks/list`, {
    method: 'POST',
    headers: { accept: 'application/json', origin: clinic.url, cookie },
    body: new URLSearchParams({ drawn_for: await drawnFor(clinic, cookie) }),
  });
  if (answer.status !== 200) throw new Error(`The looks could not be read: ${answer.status}`);
  const { rows } = await answer.json();
  const looks = rows.flatMap((/** @type {{ looks: unknown[] }} */ row) => row.looks);
  const look = looks.find((/** @type {{ who: string }} */ { who }) => who.startsWith('Dr. Elena Rivera'));
  if (!look) throw new Error('Nobody saw that Dr. Rivera read the entry.');
  return look.event;
}

/**
 * Begins drafts of Dr. Rivera's about a patient by the forms of their pages, and gives the addresses to which those lead.
 * @param {Clinic} clinic
 * @param {string} patient
 */
async function beginDrafts(clinic, patient) {
  const cookie = (await sessionCookies(clinic, 'dr.rivera')).map(({ name, value }) => `${name}=${value}`).join('; ');
  const drawn_for = await drawnFor(clinic, cookie);
  const begin = async (/** @type {string} */ act, /** @type {Record<string, string>} */ fields) => {
    const answer = await fetch(`${clinic.url}/fn/records/${act}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'text/html', origin: clinic.url, cookie },
      body: new URLSearchParams({ drawn_for, patient, ...fields }),
    });
    const address = answer.headers.get('location') ?? '';
    if (!/\/REC-[0-9A-Z]{8}$/.test(address)) throw new Error(`${act} began nothing: ${answer.status} ${address}`);
    return address;
  };
  return {
    noteDraft: await begin('begin-note', { template: 'first_visit' }),
    prescriptionDraft: await begin('write-prescription', {
      medication_name: 'Amoxicillin',
      dosage: '500 mg',
      frequency: 'Three times a day',
      duration: '7 days',
    }),
    labDraft: await begin('enter-report', {
      title: 'Lipid profile',
      date: dayFromToday(-3),
      comment: 'The bad cholesterol is a little high.',
      'results[0][test]': 'LDL cholesterol',
      'results[0][value]': '4.4',
      'results[0][unit]': 'mmol/L',
      'results[0][high]': '3.0',
    }),
  };
}

/**
 * Finds the rows that addresses are made of.
 * @param {Clinic} clinic
 * @returns {Promise<Facts>}
 */
export async function findFacts(clinic) {
  const [patient, patient2] = await Promise.all([Rest.signedIn(clinic, 'patient'), Rest.signedIn(clinic, 'patient2')]);
  const { results } = await patient.get('/api/appointments/doctors/?search=rivera');
  const doctor = results[0]?.id;
  if (doctor === undefined) throw new Error('The demo clinic has no Dr. Rivera.');
  const isOpen = (/** @type {import('./rest.mjs').Visit} */ { status }) => ['scheduled', 'confirmed'].includes(status);
  const own = (await patient.visits()).filter((visit) => visit.doctor !== doctor);
  const theirs = (await patient2.visits()).filter((visit) => visit.doctor !== doctor);
  const visit = own.find((found) => isOpen(found) && found.appointment_date > dayFromToday(2));
  const pastVisit = own.find(({ status }) => status === 'completed');
  const foreignVisit = theirs.find(({ status }) => status !== 'cancelled');
  if (!visit || !pastVisit || !foreignVisit) throw new Error('The demo patients lack the visits that the pages are about.');
  const { results: records } = await patient.get('/api/medical-records/records/?page_size=100');
  const byRivera = records.filter((/** @type {{ doctor_name: string }} */ { doctor_name }) => doctor_name === 'Dr. Elena Rivera');
  const kind = (/** @type {string} */ wanted) =>
    byRivera.find((/** @type {{ record_type: string }} */ { record_type }) => record_type === wanted)?.record_id;
  const [record, report] = [kind('consultation'), kind('lab_report')];
  const prescription = records.find((/** @type {{ record_type: string }} */ { record_type }) => record_type === 'prescription')?.record_id;
  if (!record || !report || !prescription) throw new Error('The demo patient lacks the entries that the pages are about.');
  const { id } = byRivera.find((/** @type {{ record_id: string }} */ { record_id }) => record_id === record);
  return {
    record,
    look: await lookAt(clinic, id),
    report,
    test: 'potassium',
    doctor,
    free: await patient.firstFree(doctor, 15),
    visit: visit.appointment_id,
    pastVisit: pastVisit.appointment_id,
    foreignVisit: foreignVisit.appointment_id,
    chart: visit.patient_id,
    prescription,
    ...(await beginDrafts(clinic, visit.patient_id)),
  };
}
