// Promises of docs/SECURITY.md that only a whole process can keep: what it logs, what it costs, whom it believes.

import { readFile } from 'node:fs/promises';
import { ACCOUNT_OF } from '../demo/accounts.mjs';
import { appCode } from '../demo/totp.mjs';
import { PostOffice, codeIn, linkIn } from '../demo/post_office.mjs';
import { Rest } from '../demo/rest.mjs';
import { startDemo } from '../demo/server.mjs';
import { makeDatabase } from '../fixtures/postgres.ts';
import { expect, signIn, test } from '../fixtures/test.ts';

const PASSWORD = 'violet harbour lamp seven';
const NEXT_PASSWORD = 'copper meadow train eleven';

/** What nobody may find in a log: each is typed, mailed or shown somewhere below. */
class Canaries {
  readonly #planted = new Map<string, string>();

  plant(what: string, word: string): string {
    this.#planted.set(what, word);
    return word;
  }

  foundIn(log: string): string[] {
    return [...this.#planted].filter(([, word]) => log.includes(word)).map(([what]) => what);
  }

  get count(): number {
    return this.#planted.size;
  }
}

test('no password, token, code, secret or name is in any log line, whatever is logged', async () => {
  test.setTimeout(120_000);
  const post = await PostOffice.open();
  const demo = await startDemo({ smtpUrl: post.url, keepLog: true, env: { RUST_LOG: 'trace' } });
  const canaries = new Canaries();
  try {
    const rest = new Rest(demo.url);
    const email = canaries.plant('address', 'canary.bird@example.net');
    const register = {
      username: canaries.plant('user name', 'canarybird'),
      email,
      first_name: canaries.plant('first name', 'Canariensis'),
      last_name: canaries.plant('last name', 'Serinusbird'),
      phone: canaries.plant('phone', '+353 20 919 7531'),
      password: canaries.plant('password', PASSWORD),
      password_confirm: PASSWORD,
    };
    expect((await rest.send('POST', '/api/auth/register/', { ...register, password: canaries.plant('weak password', 'canary-short') })).status).toBe(422);
    expect((await rest.send('POST', '/api/auth/register/', register)).status).toBe(201);
    const letter = await post.letter(email, /Confirm/);
    const link = linkIn(letter);
    canaries.plant('mailed link', new URL(link).searchParams.get('token') ?? '');
    const page = await fetch(link, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    const code = canaries.plant('mailed code', codeIn(letter));
    expect((await rest.send('POST', '/api/auth/verify-email/', { email, code })).status).toBe(200);

    const wrong = { username: email, password: canaries.plant('wrong password', 'never-a-canary-password') };
    expect((await rest.send('POST', '/api/auth/login/', wrong)).status).toBe(401);
    const session = (await rest.send('POST', '/api/auth/login/', { username: email, password: PASSWORD })).body;
    rest.use(canaries.plant('access token', session.access));
    canaries.plant('refresh token', session.refresh);
    const { secret } = (await rest.send('POST', '/api/auth/mfa/setup/', {})).body;
    canaries.plant('secret of the app', secret);
    const otp = canaries.plant('code of the app', appCode(secret, demo.now(), -1));
    const { recovery_codes: codes } = (await rest.send('POST', '/api/auth/mfa/verify/', { otp })).body;
    canaries.plant('recovery code', codes[0]);

    rest.use(undefined);
    const first = (await rest.send('POST', '/api/auth/login/', { username: email, password: PASSWORD })).body;
    canaries.plant('ticket', first.temp_token);
    const second = await rest.send('POST', '/api/auth/mfa/login/', { temp_token: first.temp_token, recovery_code: codes[0] });
    expect(second.status).toBe(200);
    canaries.plant('second access token', second.body.access);
    rest.use('forged.' + canaries.plant('forged token', 'canaryforgery'));
    expect((await rest.send('GET', '/api/auth/user/')).status).toBe(401);
    rest.use(undefined);

    expect((await rest.send('POST', '/api/auth/password-reset/', { email })).status).toBe(200);
    const reset = new URL(linkIn(await post.letter(email, /new password/))).searchParams.get('token') ?? '';
    canaries.plant('reset token', reset);
    const password = canaries.plant('new password', NEXT_PASSWORD);
    const confirm = { token: reset, password, password_confirm: password };
    expect((await rest.send('POST', '/api/auth/password-reset/confirm/', confirm)).status).toBe(200);

    const form = await fetch(`${demo.url}/fn/auth/sign_in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'text/html', origin: demo.url },
      body: new URLSearchParams({ username: 'patient', password: demo.password }),
    });
    canaries.plant('demo password', demo.password);
    const cookie = form.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
    for (const line of form.headers.getSetCookie()) canaries.plant(line.split('=')[0] ?? '', line.split(';')[0]?.split('=')[1] ?? '');
    const facts = await Rest.signedIn({ url: demo.url, password: demo.password }, 'patient');
    const { results: records } = await facts.get('/api/medical-records/records/');
    const diagnosis = canaries.plant('a diagnosis', records[0].diagnosis);
    const shown = await fetch(`${demo.url}/records`, { headers: { accept: 'text/html', cookie } });
    expect(await shown.text()).toContain(diagnosis);
    const booked = await facts.book(1, await facts.firstFree(1, 20), canaries.plant('reason of a visit', 'canary flutter in the chest'));
    expect(booked.status).toBe(201);
    await post.letter('maya.okafor@example.org', /is booked/);
  } finally {
    await demo.stop();
    await post.close();
  }
  const log = demo.log();
  expect(log.split('\n').length, 'it was logged at all').toBeGreaterThan(30);
  expect(canaries.count).toBeGreaterThan(20);
  expect(canaries.foundIn(log), 'found in the log').toEqual([]);
});

/** Peak of resident memory so far, in MiB. */
async function peak(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}

test('two hundred sign-ins at once grow the memory by less than 256 MiB, and the rest are told to come back', async () => {
  const demo = await startDemo({ env: { SECUREMED_TRUSTED_PROXIES: '127.0.0.1' } });
  try {
    const before = await peak(demo.pid);
    const tries = Array.from({ length: 200 }, (_, index) =>
      fetch(`${demo.url}/api/auth/login/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `198.51.100.${index}` },
        body: JSON.stringify({ username: `nobody${index}`, password: PASSWORD }),
      }),
    );
    const answers = await Promise.all(tries);
    const statuses = answers.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([401, 503]));
    expect(answers.filter(({ status }) => status === 503).every(({ headers }) => headers.has('retry-after'))).toBe(true);
    expect((await peak(demo.pid)) - before).toBeLessThan(256);
  } finally {
    await demo.stop();
  }
});

test('an address that somebody makes up changes nothing where no proxy is listed', async () => {
  const demo = await startDemo({ env: { SECUREMED_GUESSES_PER_MINUTE: '5' } });
  try {
    const statuses = [];
    for (let turn = 0; turn < 7; turn += 1) {
      const answer = await fetch(`${demo.url}/api/auth/password-reset/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `198.51.100.${turn}` },
        body: JSON.stringify({ email: 'nobody@example.net' }),
      });
      statuses.push(answer.status);
      if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  } finally {
    await demo.stop();
  }
});

test('two servers on one database accept each other’s tokens and see each other’s sign-outs @postgres', async ({ engine }) => {
  test.skip(engine !== 'postgres', 'SQLite belongs to one process');
  const database = await makeDatabase(`two_${process.pid}`);
  const env = { SECUREMED_SECRET_KEY: '7f'.repeat(32), SECUREMED_PUBLIC_URL: 'https://clinic.example' };
  const one = await startDemo({ databaseUrl: database.url, env });
  // Their clocks agree, as those of one installation do: the first was busy filling the database for some seconds.
  const clock = { SECUREMED_DEMO_START: new Date(one.now()).toISOString().replace(/\.\d+Z$/, 'Z') };
  const other = await startDemo({ databaseUrl: database.url, env: { ...env, ...clock, SECUREMED_DEMO_PASSWORD: one.password } });
  try {
    const here = await Rest.signedIn({ url: one.url, password: one.password }, 'patient');
    const there = new Rest(other.url);
    const session = (await here.send('POST', '/api/auth/login/', { username: 'patient', password: one.password })).body;
    there.use(session.access);
    expect((await there.send('GET', '/api/auth/user/')).status).toBe(200);
    here.use(session.access);
    expect((await here.send('POST', '/api/auth/logout/', { refresh: session.refresh })).status).toBe(205);
    expect((await there.send('GET', '/api/auth/user/')).status).toBe(401);
    const keys = await Promise.all([one, other].map(async ({ url }) => (await fetch(`${url}/.well-known/jwks.json`)).json()));
    expect(keys[0]).toEqual(keys[1]);
  } finally {
    await one.stop();
    await other.stop();
    await database.drop();
  }
});

for (const role of ['patient', 'doctor', 'admin'] as const) {
  test(`every cookie that ${role} is given is out of the reach of scripts`, async ({ page, clinic }) => {
    await signIn(page, clinic, ACCOUNT_OF[role]);
    // One more is made by the page itself, and says only that scripts run.
    const cookies = (await page.context().cookies()).filter(({ name }) => name !== 'scripts');
    expect(cookies.map(({ name }) => name).sort()).toEqual(['securemed_access', 'securemed_device', 'securemed_refresh']);
    for (const { name, httpOnly, sameSite, path, domain } of cookies) {
      expect({ httpOnly, sameSite, path, domain }, name).toEqual({ httpOnly: true, sameSite: 'Lax', path: '/', domain: '127.0.0.1' });
    }
  });
}
