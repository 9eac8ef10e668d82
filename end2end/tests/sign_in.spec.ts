// Signing in and out, by the page.

import { awake } from '../fixtures/accessibility.ts';
import type { OpenClinic } from '../fixtures/clinic.ts';
import { expect, signIn, test } from '../fixtures/test.ts';
import type { Page } from '@playwright/test';

const WRONG = 'The user name or password is wrong. Check both and try again.';

async function send(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('User name or e-mail').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('banner').locator('.menu-button').click();
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login\?signed_out=1$/);
  await expect(page.getByText('You are signed out on this device.')).toBeVisible();
}

/** The words that are told after a refusal; the name stays, the password does not. */
async function expectRefused(page: Page, name: string): Promise<void> {
  const alert = page.getByRole('alert');
  await expect(alert).toHaveCount(1);
  await expect(alert.getByRole('heading')).toHaveText('Sign-in failed');
  await expect(alert.getByText(WRONG)).toBeVisible();
  await expect(page.getByText(WRONG)).toHaveCount(1);
  await expect(page.getByLabel('User name or e-mail')).toHaveValue(name);
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  expect(page.url()).not.toContain(name);
}

const HOMES = [
  ['patient', '/dashboard'],
  ['dr.rivera', '/schedule'],
  ['admin', '/admin'],
] as const;

for (const [who, home] of HOMES) {
  test(`${who} arrives at ${home}`, async ({ page, clinic }) => {
    await signIn(page, clinic, who);
    expect(new URL(page.url()).pathname).toBe(home);
    await page.goto('/login');
    expect(new URL(page.url()).pathname, 'whoever is signed in goes on at once').toBe(home);
  });
}

test('an e-mail address works as well as a user name', async ({ page, clinic }) => {
  await page.goto('/login');
  await send(page, ' Maya.Okafor@example.org', clinic.password);
  await expect(page).toHaveURL(/\/dashboard$/);
});

test('a wrong password keeps the name and says one sentence', async ({ page, clinic }) => {
  await page.goto('/login');
  await send(page, 'patient', 'not the password');
  await expectRefused(page, 'patient');
  await expect(page.getByRole('alert'), 'what is wrong is where the keyboard is').toBeFocused();
  await page.getByLabel('Password', { exact: true }).fill(clinic.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
});

test('an unknown name is told exactly what a wrong password is told', async ({ page }) => {
  await page.goto('/login');
  await send(page, 'nobody.at.all', 'not the password');
  await expectRefused(page, 'nobody.at.all');
});

test('a refusal is shown once', async ({ page }) => {
  await page.goto('/login');
  await send(page, 'patient', 'not the password');
  await expectRefused(page, 'patient');
  await page.reload();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('somebody who was sent to sign in comes back to where they were', async ({ page, clinic }) => {
  await page.goto('/appointments?tab=past');
  await expect(page).toHaveURL(/\/login\?next=/);
  await expect(page.getByText('Sign in to continue.')).toBeVisible();
  await send(page, 'patient', 'not the password');
  await expectRefused(page, 'patient');
  await send(page, 'patient', clinic.password);
  await expect(page).toHaveURL(`${clinic.url}/appointments?tab=past`);
});

for (const foreign of ['//evil.example/', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
  test(`signing in never leads to ${foreign}`, async ({ page, clinic }) => {
    await page.goto(`/login?next=${encodeURIComponent(foreign)}`);
    await send(page, 'patient', clinic.password);
    await expect(page).toHaveURL(`${clinic.url}/dashboard`);
  });
}

test('the password can be looked at while it is typed', async ({ page }) => {
  await page.goto('/login');
  await awake(page);
  const password = page.getByLabel('Password', { exact: true });
  await password.fill('correct horse');
  await expect(password).toHaveAttribute('type', 'password');
  const reveal = page.getByRole('button', { name: 'Show password' });
  await reveal.click();
  await expect(password).toHaveAttribute('type', 'text');
  await expect(reveal).toHaveAttribute('aria-pressed', 'true');
  await reveal.click();
  await expect(password).toHaveAttribute('type', 'password');
});

test('after signing out the back button shows nothing private', async ({ page, clinic }) => {
  await signIn(page, clinic, 'patient');
  await page.goto('/records');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Medical records');
  await page.goto('/dashboard');
  await signOut(page);
  for (const steps of [1, 2]) {
    for (let step = 0; step < steps; step += 1) await page.goBack();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
    await expect(page.getByText('Maya')).toHaveCount(0);
    await page.goto('/login?signed_out=1');
  }
});

test('signing out ends the session on the server too', async ({ page, clinic }) => {
  await signIn(page, clinic, 'patient2');
  const cookies = await page.context().cookies();
  await signOut(page);
  const names = (await page.context().cookies()).map(({ name }) => name);
  // What is left opens nothing: by it the browser is known the next time.
  expect(names.filter((name) => name.startsWith('securemed_'))).toEqual(['securemed_device']);
  const kept = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  expect(await withCookies(clinic, kept)).toBe('/login?next=%2Fdashboard');
});

test('a page of another role leads to one of their own, or lets somebody else sign in for it', async ({ page, clinic, watch }) => {
  watch.expectStatus(403);
  await signIn(page, clinic, 'patient2');
  await page.goto('/schedule?date=2020-01-06');
  await expect(page.getByRole('main').getByText('Only doctors can open it, and you are signed in as a patient.')).toBeVisible();
  await page.getByRole('link', { name: 'Go to your start page' }).click();
  await expect(page).toHaveURL(/\/dashboard$/);
  await page.goto('/schedule?date=2020-01-06');
  await page.getByRole('button', { name: 'Sign in with a different account' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await send(page, 'dr.rivera', clinic.password);
  await expect(page).toHaveURL(/\/schedule\?date=2020-01-06$/);
});

async function withCookies(clinic: OpenClinic, cookie: string): Promise<string | null> {
  const answer = await fetch(`${clinic.url}/dashboard`, {
    redirect: 'manual',
    headers: { cookie, accept: 'text/html' },
  });
  return answer.headers.get('location');
}
