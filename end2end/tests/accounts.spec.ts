// An account from its opening to the lost password, over a real mail server, with JavaScript and without.

import { awake, expectAccessible, expectReadableEverywhere } from '../fixtures/accessibility.ts';
import { AccountJourney, stranger } from '../fixtures/account.ts';
import { become, expect, test } from '../fixtures/test.ts';
import type { Page } from '@playwright/test';

const NEXT_PASSWORD = 'copper meadow train eleven';

/** Every address that the browser opened. */
function addresses(page: Page): string[] {
  const seen: string[] = [];
  page.on('framenavigated', (frame) => seen.push(frame.url()));
  return seen;
}

async function wholeJourney(account: AccountJourney, byLink: boolean, page: Page): Promise<void> {
  const seen = addresses(page);
  await account.register();
  if (byLink) await account.confirmByLink();
  else await account.confirmByCode();
  await account.typePassword();
  await account.expectHome();
  const codes = await account.setUpApp();
  await account.signOut();

  await account.typePassword();
  await account.typeCode();
  await account.expectHome();
  await account.signOut();

  await account.typePassword();
  await account.typeRecoveryCode(codes[4] ?? '');
  await account.expectHome();
  await account.signOut();

  await account.resetPassword(NEXT_PASSWORD);
  await account.typePassword(NEXT_PASSWORD);
  await account.typeRecoveryCode(codes[5] ?? '');
  await account.expectHome();

  const mailed = /\/(verify-email|reset-password)\?token=/;
  const told = seen.filter((address) => !mailed.test(address)).join('\n');
  for (const secret of [account.who.password, NEXT_PASSWORD, account.who.email, ...codes, 'nora', 'token=']) {
    expect(told).not.toContain(secret);
  }
}

test('a stranger registers, sets up an app, signs in with it, with a code on paper, and gets back in @postgres', async ({ page, clinic }) => {
  test.setTimeout(120_000);
  await wholeJourney(new AccountJourney(page, clinic, stranger()), false, page);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a stranger does the same by the mailed link', async ({ page, clinic }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width: 360, height: 740 });
    await wholeJourney(new AccountJourney(page, clinic, stranger()), true, page);
  });

  test('a refused registration keeps what was typed and says what is wrong beside each field', async ({ page }) => {
    await page.goto('/register');
    await page.getByLabel('First name').fill('Nora');
    await page.getByLabel('Last name').fill('Quinn');
    await page.getByLabel('E-mail', { exact: true }).fill('nora@example.net');
    await page.getByLabel('User name').fill('nora quinn');
    await page.getByLabel('Password', { exact: true }).fill('nora quinn');
    await page.getByLabel('I have read the privacy policy').check();
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByText(/Use letters from a to z/).first()).toBeVisible();
    await expect(page.getByText(/Use at least 12 characters/).first()).toBeVisible();
    await expect(page.getByLabel('E-mail', { exact: true })).toHaveValue('nora@example.net');
    await expect(page.getByLabel('User name')).toHaveValue('nora quinn');
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
    await expect(page.getByLabel('I have read the privacy policy')).toBeChecked();
  });

  test('somebody who does nothing is warned by a page and can stay', async ({ page, clinic }) => {
    await become(page, clinic, 'patient');
    const records = await page.goto('/records');
    expect(records?.headers().refresh).toMatch(/^\d+;url=\/session-ending\?next=%2Frecords$/);
    await page.goto('/session-ending?next=%2Frecords');
    await page.getByRole('main').getByRole('link').first().click();
    await expect(page).toHaveURL(/\/records$/);
  });
});

test('the strength of a password is said while it is typed', async ({ page }) => {
  await page.goto('/register');
  await awake(page);
  const password = page.getByLabel('Password', { exact: true });
  await password.fill('password1234');
  await expect(page.getByText(/many people use/i)).toBeVisible();
  await password.fill('violet harbour lamp seven');
  await expect(page.getByText('Very strong.')).toBeVisible();
});

test('staff of the demo are offered an app', async ({ page, clinic }) => {
  await become(page, clinic, 'doctor');
  await page.goto('/account/security');
  await expect(page.getByRole('heading', { name: 'Authenticator app' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: 'Set up' })).toBeVisible();
});

test('the list of devices shows this one and signs out the others', async ({ page, clinic, browser }) => {
  const account = new AccountJourney(page, clinic, stranger());
  await account.register();
  await account.confirmByCode();
  await account.typePassword();
  await account.expectHome();

  const elsewhere = await browser.newContext({ baseURL: clinic.url });
  const other = await elsewhere.newPage();
  await other.goto('/login');
  const there = new AccountJourney(other, clinic, account.who);
  await there.typePassword();
  await there.expectHome();
  await clinic.post.letter(account.who.email, /^A new sign-in to your account$/);

  await page.goto('/account/sessions');
  await expect(page.getByRole('row')).toHaveCount(3);
  await expect(page.getByText('This device')).toHaveCount(1);
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(page.getByText('You are signed out everywhere else.')).toBeVisible();
  await other.goto('/dashboard');
  await expect(other).toHaveURL(/\/login\?next=/);
  await elsewhere.close();
});

test('somebody who does nothing is asked whether they are still there, and stays', async ({ page, clinic }) => {
  await become(page, clinic, 'patient');
  await page.clock.install();
  await page.goto('/dashboard');
  await awake(page);
  await page.clock.fastForward('28:30');
  const dialog = page.getByRole('alertdialog', { name: 'Are you still there?' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page, 'the warning', '[role=alertdialog]');
  const stays = page.waitForResponse(/\/fn\/auth\/extend$/);
  await dialog.getByRole('button', { name: 'Stay signed in' }).click();
  // The time that is left counts from the answer: it has to be here before the clock goes on.
  await (await stays).finished();
  await expect(dialog).toBeHidden();
  await page.clock.fastForward('27:00');
  await expect(dialog).toBeHidden();
  const left = page.waitForRequest(/\/login\?ended=1&next=%2Fdashboard$/);
  await page.clock.fastForward('04:00');
  await left;
});

const PAGES = ['/register', '/verify-email', '/verify-email?again=1', '/verify-email?token=nobodys', '/login/code', '/forgot-password', '/forgot-password?sent=1', '/reset-password?token=nobodys'];
const OWN_PAGES = ['/account', '/account/security', '/account/sessions', '/account/app', '/account/app/off', '/account/recovery-codes', '/account/confirm', '/session-ending'];

for (const { paths, role } of [
  { paths: PAGES, role: 'anonymous' as const },
  { paths: OWN_PAGES, role: 'patient' as const },
  { paths: OWN_PAGES, role: 'doctor' as const },
]) {
  for (const path of paths) {
    test(`${path} is accessible to ${role} at any size and in any colours`, async ({ page, clinic }) => {
      await become(page, clinic, role);
      await expectReadableEverywhere(page, path, /./);
    });
  }
}
