// Everything without JavaScript: each page is whole when it arrives, and a refused form comes back as it was typed.

import { ROLES } from '../demo/accounts.mjs';
import { Rest } from '../demo/rest.mjs';
import { SHOWN } from '../demo/pages.mjs';
import { expectFrame, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { become, expect, signIn, test } from '../fixtures/test.ts';

test.use({ javaScriptEnabled: false });

for (const role of ROLES) {
  test(`${role}: every page is whole without JavaScript`, async ({ page, clinic }) => {
    const pages = SHOWN.filter((shown) => shown.role === role);
    test.setTimeout(30_000 + pages.length * 3_000);
    await become(page, clinic, role);
    await page.setViewportSize({ width: 360, height: 740 });
    const facts = await clinic.facts();
    let posted = 0;
    for (const { page: site } of pages) {
      await test.step(site.name, async () => {
        const path = site.path(facts);
        const response = await page.goto(path);
        expect(response?.status(), site.name).toBe(200);
        await expectFrame(page, site.heading);
        await expect(page.locator('html'), `no script ran on ${site.name}`).not.toHaveAttribute('data-awake');
        const text = await page.getByRole('main').innerText();
        expect(text.length, `${site.name} has something to read`).toBeGreaterThan(80);
        expect(text, site.name).not.toMatch(/loading|javascript/i);
        await expectNoSidewaysScroll(page, path);

        // What is wrong is said by the summary of the page, not by bubbles of the browser that tell one thing at a time.
        const bubbling = await page.locator('form[method="post"]').evaluateAll((forms) =>
          forms.filter((form) => form instanceof HTMLFormElement && !form.noValidate).map((form) => form.outerHTML.slice(0, 120)),
        );
        expect(bubbling, `forms of ${site.name} that the browser checks by itself`).toEqual([]);
        posted += await page.locator('main form[method="post"]').count();

        // A button that only a script could answer is not shown.
        const buttons = page.getByRole('button').and(page.locator('button'));
        const idle = await buttons.evaluateAll((all) =>
          all
            .filter((one) => one instanceof HTMLButtonElement && !(one.type === 'submit' && one.form) && !one.popoverTargetElement)
            .map((one) => one.textContent),
        );
        expect(idle, `buttons of ${site.name} that do nothing without a script`).toEqual([]);
      });
    }
    expect(posted, 'forms were looked at').toBeGreaterThan(0);
  });
}

test('a wrong password keeps the name and says why', async ({ page }) => {
  await page.goto('/login?next=%2Frecords');
  await page.getByLabel('User name or e-mail').fill('patient2');
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('The user name or password is wrong');
  await expect(page.getByLabel('User name or e-mail')).toHaveValue('patient2');
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  expect(new URL(page.url()).searchParams.get('next')).toBe('/records');
  expect(page.url()).not.toContain('patient2');
});

const LONG = 'It hurts when I climb stairs. '.repeat(36).trim();

const REASONS = [
  { kind: 'too long', reason: LONG, sentence: 'You wrote 1,079 characters; please keep it to 1,000.', kept: LONG },
  { kind: 'blank', reason: '   ', sentence: 'Enter what the appointment is for.', kept: '   ' },
];

for (const { kind, reason, sentence, kept } of REASONS) {
  test(`a reason that is ${kind} comes back with the sentence beside it`, async ({ page, clinic }) => {
    await signIn(page, clinic, 'patient2');
    const { doctor } = await clinic.facts();
    const { date, time } = await new Rest(clinic.url).firstFree(doctor, 16);
    await page.goto(`/appointments/book?${new URLSearchParams({ doctor: String(doctor), date, time })}`);
    const field = page.getByLabel('What is the appointment for?');
    await field.fill(reason);
    await page.getByRole('button', { name: 'Book this time' }).click();

    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check and confirm');
    await expect(field).toHaveValue(kept);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(new RegExp(`^${sentence.replaceAll('.', '\\.')}`));
    await expect(page.getByRole('alert').getByRole('link', { name: sentence })).toHaveAttribute('href', '#field-reason');
    expect(page.url(), 'what was typed does not travel in the address').not.toContain('stairs');
    const slots = await new Rest(clinic.url).slots(doctor, date);
    expect(slots.find((slot) => slot.time === time)?.available, 'nothing was booked').toBe(true);

    await field.fill('It hurts when I climb stairs.');
    await page.getByRole('button', { name: 'Book this time' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your appointment is booked');
  });
}

test('a long word and many lines stay inside the page, and line breaks are kept', async ({ page, clinic }) => {
  await signIn(page, clinic, 'patient2');
  const { doctor } = await clinic.facts();
  const { date, time } = await new Rest(clinic.url).firstFree(doctor, 34);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/appointments/book?${new URLSearchParams({ doctor: String(doctor), date, time })}`);
  const field = page.getByLabel('What is the appointment for?');
  const word = 'a'.repeat(200);
  await field.fill(`${word}\n${'One more line\n'.repeat(40)}The last line`);
  await expectNoSidewaysScroll(page, 'a long word in the form');
  expect((await field.boundingBox())?.height, 'the rest is scrolled').toBeLessThanOrEqual(290);
  await page.getByRole('button', { name: 'Book this time' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your appointment is booked');
  await expectNoSidewaysScroll(page, 'a long word on the confirmation');
  expect(await page.getByRole('main').innerText(), 'lines are lines').toMatch(/One more line\nOne more line\n/);
});

test('a booking that was typed before the session ended comes back after signing in', async ({ page, clinic }) => {
  await signIn(page, clinic, 'patient');
  const { doctor } = await clinic.facts();
  const { date, time } = await new Rest(clinic.url).firstFree(doctor, 18);
  await page.goto(`/appointments/book?${new URLSearchParams({ doctor: String(doctor), date, time })}`);
  await page.getByLabel('What is the appointment for?').fill('Written before the session ended');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Book this time' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await page.getByLabel('User name or e-mail').fill('patient');
  await page.getByLabel('Password', { exact: true }).fill(clinic.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check and confirm');
  await expect(page.getByLabel('What is the appointment for?')).toHaveValue('Written before the session ended');
});

test('a search has an address and keeps what was searched', async ({ page, clinic }) => {
  await page.goto('/');
  await page.getByLabel('Specialty').selectOption({ label: 'Cardiology' });
  await page.getByLabel('Doctor’s name or your problem').fill('rivera');
  await page.getByRole('button', { name: 'Find a doctor' }).click();
  await expect(page).toHaveURL(`${clinic.url}/doctors?specialty=cardiology&search=rivera`);
  await expect(page.getByText('1 doctor', { exact: true })).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(page.getByRole('searchbox')).toHaveValue('rivera');
});

test('the days of a phone open by their tabs', async ({ page, clinic }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const { doctor, free } = await clinic.facts();
  await page.goto(`/doctors/${doctor}?from=${free.date}`);
  const tabs = page.getByRole('navigation', { name: 'Days' }).getByRole('link');
  const withTimes = tabs.filter({ hasText: /\d+ free/ });
  const second = withTimes.nth(1);
  const day = (await second.locator('strong').innerText()).split(' ')[0];
  await second.click();
  const times = page.getByRole('main').getByRole('link', { name: /^\d\d:\d\d$/ });
  await expect(times.first()).toBeVisible();
  const shown = page.getByRole('group').filter({ has: page.getByRole('link', { name: /^\d\d:\d\d$/ }) });
  await expect(shown, 'one day at a time').toHaveCount(1);
  await expect(shown).toHaveAccessibleName(new RegExp(` ${day} `));
});
