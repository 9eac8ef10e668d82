// What every answer tells the browser to refuse, seen by following the links of the site.

import { cookiesOf, ROLES, type Role } from '../demo/accounts.mjs';
import { PAGES } from '../demo/pages.mjs';
import type { OpenClinic } from '../fixtures/clinic.ts';
import { expect, test } from '../fixtures/test.ts';

/** A look around, not a survey. */
const MOST_PAGES = 45;

interface Answer {
  path: string;
  status: number;
  headers: Headers;
  html: string;
}

async function get(clinic: OpenClinic, path: string, cookie = '', headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(`${clinic.url}${path}`, { redirect: 'manual', headers: { accept: 'text/html', cookie, ...headers } });
  return { path, status: answer.status, headers: answer.headers, html: await answer.text() };
}

async function cookieHeader(clinic: OpenClinic, role: Role): Promise<string> {
  return (await clinic.cookies(role)).map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** The local addresses in a page's links. */
function links(html: string): string[] {
  return [...html.matchAll(/<a\b[^>]*\bhref="([^"#]*)/g)]
    .map(([, href = '']) => href.replaceAll('&amp;', '&'))
    .filter((href) => href.startsWith('/') && !href.startsWith('//'));
}

/** Follows links from a page, breadth first. */
async function crawl(clinic: OpenClinic, role: Role, start: string): Promise<Answer[]> {
  const cookie = await cookieHeader(clinic, role);
  const queue = [start, '/no/such/page', '/dashboard', '/livez'];
  const seen = new Set(queue);
  const answers: Answer[] = [];
  for (let path = queue.shift(); path !== undefined && answers.length < MOST_PAGES; path = queue.shift()) {
    const answer = await get(clinic, path, cookie);
    answers.push(answer);
    for (const link of links(answer.html)) {
      if (!seen.has(link)) {
        seen.add(link);
        queue.push(link);
      }
    }
  }
  return answers;
}

const STARTS: Record<Role, string> = { anonymous: '/', patient: '/dashboard', doctor: '/schedule', admin: '/admin' };

const directives = (policy: string) =>
  new Map(policy.split(';').map((part) => part.trim().split(/\s+/)).map(([name = '', ...values]) => [name, values]));

/** The policy of a page, and its nonce. */
function expectPolicy({ path, headers }: Answer): string {
  const policy = directives(headers.get('content-security-policy') ?? '');
  const scripts = policy.get('script-src') ?? [];
  const nonce = scripts.find((source) => source.startsWith("'nonce-"))?.slice(7, -1) ?? '';
  expect(nonce.length, `${path} has a nonce`).toBeGreaterThanOrEqual(16);
  expect(scripts, path).toEqual([`'nonce-${nonce}'`, "'strict-dynamic'", "'wasm-unsafe-eval'"]);
  expect([...policy.values()].flat(), path).not.toContain("'unsafe-inline'");
  for (const name of ['frame-ancestors', 'base-uri', 'object-src']) expect(policy.get(name), `${path} ${name}`).toEqual(["'none'"]);
  expect(policy.get('form-action'), path).toEqual(["'self'"]);
  return nonce;
}

function expectOtherHeaders({ path, headers }: Answer): void {
  expect(headers.get('x-content-type-options'), path).toBe('nosniff');
  expect(headers.get('referrer-policy'), path).toBe('same-origin');
  expect(headers.get('cross-origin-opener-policy'), path).toBe('same-origin');
  expect(headers.get('permissions-policy'), path).toContain('camera=()');
  expect(headers.get('cache-control'), path).not.toBeNull();
}

/** Nothing inline that the policy would have to allow, and nothing from anywhere else. */
function expectMarkup({ path, html }: Answer, nonce: string, url: string): void {
  const tags = html.match(/<[a-z][^>]*>/gi) ?? [];
  expect(tags.filter((tag) => /\sstyle=/i.test(tag)), `${path} inline styles`).toEqual([]);
  expect(tags.filter((tag) => /\son[a-z]+=/i.test(tag)), `${path} inline handlers`).toEqual([]);
  expect(tags.filter((tag) => /^<(style|base|iframe|object|embed)\b/i.test(tag)), `${path} tags`).toEqual([]);
  const scripts = tags.filter((tag) => /^<script\b/i.test(tag));
  expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)), `${path} scripts without the nonce`).toEqual([]);
  const elsewhere = tags.filter((tag) => /\s(src|href|action|data)="(https?:)?\/\//i.test(tag) && !tag.includes(`="${url}`));
  expect(elsewhere, `${path} leads elsewhere`).toEqual([]);
  expect(html.split(nonce).length - 1, `${path} shows its nonce only where it works`).toBe(
    tags.filter((tag) => tag.includes(` nonce="${nonce}"`)).length,
  );
}

for (const role of ROLES) {
  test(`every page that ${role} comes by has the headers of the door`, async ({ clinic }) => {
    const answers = await crawl(clinic, role, STARTS[role]);
    expect(answers.length).toBeGreaterThan(12);
    const nonces: string[] = [];
    for (const answer of answers) {
      expect(answer.status, answer.path).toBeLessThan(500);
      const nonce = expectPolicy(answer);
      expectOtherHeaders(answer);
      nonces.push(nonce);
      if (answer.headers.get('content-type')?.startsWith('text/html')) expectMarkup(answer, nonce, clinic.url);
      if (role !== 'anonymous') expect(answer.headers.get('cache-control'), answer.path).toBe('no-store');
      expect(answer.headers.getSetCookie(), `${answer.path} sets no cookie`).toEqual([]);
    }
    expect(new Set(nonces).size, 'no nonce comes twice').toBe(nonces.length);
  });
}

test('private pages are never kept, by nobody', async ({ clinic }) => {
  const facts = await clinic.facts();
  const cookie = await cookieHeader(clinic, 'patient');
  for (const page of PAGES.filter(({ outcome }) => outcome?.anonymous === 'sign-in')) {
    for (const sent of ['', cookie]) {
      const { headers } = await get(clinic, page.path(facts), sent);
      expect(headers.get('cache-control'), `${page.name} ${sent ? 'signed in' : 'not signed in'}`).toBe('no-store');
    }
  }
});

test('the cookies of a session are out of reach of scripts and other sites', async ({ clinic }) => {
  const answer = await fetch(`${clinic.url}/fn/auth/sign_in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html', origin: clinic.url },
    body: new URLSearchParams({ username: 'patient', password: clinic.password }),
  });
  const cookies = answer.headers.getSetCookie();
  // The third opens nothing: by it the browser is known the next time.
  expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['securemed_access', 'securemed_refresh', 'securemed_device']);
  for (const cookie of cookies) {
    expect(cookie).toContain('; HttpOnly');
    expect(cookie).toContain('; SameSite=Lax');
    expect(cookie).toContain('; Path=/');
    expect(cookie).not.toMatch(/Expires|Domain/i);
    expect(cookie.includes('Max-Age')).toBe(cookie.startsWith('securemed_device='));
  }
});

test('a form sent from another site does nothing', async ({ clinic }) => {
  const cookie = (await cookiesOf(clinic, 'patient')).map(({ name, value }) => `${name}=${value}`).join('; ');
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, {}]) {
    const answer = await fetch(`${clinic.url}/fn/auth/sign_out`, {
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'text/html', cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
    expect(answer.status, JSON.stringify(headers)).toBe(403);
  }
  expect((await get(clinic, '/dashboard', cookie)).status, 'the session lives').toBe(200);
});

test('files of the site are hashed, compressed and kept for good', async ({ clinic }) => {
  const { html } = await get(clinic, '/');
  const files = [...new Set(html.match(/\/(?:pkg|fonts)\/[\w.-]+/g))];
  expect(files.map((file) => file.split('.').at(-1)).sort()).toEqual(['css', 'js', 'wasm', 'woff2']);
  for (const file of files) {
    const isFont = file.endsWith('.woff2');
    const { status, headers } = await get(clinic, file, '', { accept: '*/*', 'accept-encoding': 'br' });
    expect(status, file).toBe(200);
    expect(headers.get('cache-control'), file).toMatch(/^(public, )?max-age=31536000, immutable$/);
    // The stylesheet names the font, so its name stays; it is compressed in itself.
    if (isFont) continue;
    expect(file).toMatch(/\.[0-9a-f]{8,}\.(css|js|wasm)$/);
    expect(headers.get('content-encoding'), file).toBe('br');
    expect(headers.get('vary')?.toLowerCase(), file).toContain('accept-encoding');
    const plain = await get(clinic, file, '', { accept: '*/*', 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding'), `${file} uncompressed`).toBeNull();
  }
});
