// What somebody typed stays text in a real browser, and a form is sent by the person for whom it was drawn.

import { ACCOUNT_OF } from '../demo/accounts.mjs';
import { Rest } from '../demo/rest.mjs';
import { awake } from '../fixtures/accessibility.ts';
import { expect, signIn, test } from '../fixtures/test.ts';
import { listedFields, MarkedClinic } from '../typed/clinic.ts';
import { seenOn, typed } from '../typed/markup.ts';
import { Person } from '../typed/person.ts';
import { walk } from '../typed/walk.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

interface Least {
  /** A walk that comes to an end early has seen nothing. */
  pages: number;
  /** Of what was typed; each field has a number of its own. */
  numbers: number;
  /** With scripts, and without. */
  ways: readonly boolean[];
}

/** Who reads, and how much they find at least. */
const READERS: Readonly<Record<string, Least>> = {
  nobody: { pages: 30, numbers: 0, ways: [true, false] },
  patient: { pages: 80, numbers: 45, ways: [true, false] },
  'another patient': { pages: 55, numbers: 10, ways: [true] },
  doctor: { pages: 150, numbers: 150, ways: [true, false] },
  'another doctor': { pages: 100, numbers: 55, ways: [true] },
  administrator: { pages: 110, numbers: 45, ways: [true, false] },
};

test.describe('markup that ends titles and text areas, and leads to another site', () => {
  test.describe.configure({ mode: 'serial' });
  // A clinic of their own: afterwards its records are full of markup. That of the other tests is not even started.
  test.use({ baseURL: 'http://127.0.0.1' });

  let clinic: MarkedClinic;
  test.beforeAll(async () => {
    test.setTimeout(150_000);
    clinic = await MarkedClinic.open();
  });
  test.afterAll(() => clinic?.close());

  test('is taken as text, or refused with a sentence, by every field of every form', async ({ browser }) => {
    test.setTimeout(900_000);
    const { trial } = clinic;
    await clinic.type(browser);
    expect(trial.wrong).toEqual([]);
    expect(trial.pages, 'the page of each form, and where it led').toBeGreaterThan(170);
    // Each field that the server has was tried here too, and did the same.
    expect(Object.fromEntries(trial.tried)).toEqual(Object.fromEntries(await listedFields()));
  });

  for (const [who, least] of Object.entries(READERS)) {
    for (const hasScripts of least.ways) {
      test(`is text for ${who} on every page, ${hasScripts ? 'with' : 'without'} JavaScript`, async ({ browser }) => {
        test.setTimeout(900_000);
        const { trial, demo, readers } = clinic;
        const { pages, signInAs } = readers.get(who) ?? { pages: [] };
        const reader = await Person.enter(browser, demo, who, { signInAs, hasScripts });
        expect(await walk(trial, reader, pages), 'pages that were looked at').toBeGreaterThan(least.pages);
        expect([...(await reader.leave()), ...trial.wrong]).toEqual([]);
      });
    }
  }

  test('was seen by those who read it, in titles and in text areas too', async () => {
    const { trial } = clinic;
    const hidden = [...trial.stored].filter(([number]) => !trial.shownTo.has(number));
    expect(hidden, 'stored and shown on no page').toEqual([]);
    for (const [who, least] of Object.entries(READERS)) {
      const seen = [...trial.shownTo].filter(([, readers]) => readers.has(who)).length;
      expect(seen, `what ${who} has seen of it`).toBeGreaterThanOrEqual(least.numbers);
    }
    expect(trial.titled.size, 'pages with it in their title').toBeGreaterThan(40);
    expect(trial.inTextareas.size, 'pages with it in a text area').toBeGreaterThan(60);
  });
});

// A look that never finds anything guards nothing.
for (const [place, begin, end] of [
  ['a title', '<title>', ' · SecureMed</title></head><body>'],
  ['a text area', '<title>Note · SecureMed</title></head><body><main><form action="/"><textarea>', '</textarea></form></main>'],
  ['a paragraph', '<title>Note · SecureMed</title></head><body><main><p>', '</p></main>'],
] as const) {
  test.describe('', () => {
    test.use({ baseURL: 'http://127.0.0.1' });
    test(`markup that came out of ${place} is seen`, async ({ browser }) => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      for (const isLong of [true, false]) {
        // What leads away at once is left out, so that the page stays.
        const body = `<!DOCTYPE html><html><head>${begin}${typed(7, isLong).replaceAll(/<meta [^>]*>/g, '')}${end}`;
        await context.route(/./, (route) =>
          route.request().isNavigationRequest() ? route.fulfill({ contentType: 'text/html; charset=utf-8', body }) : route.abort(),
        );
        await page.goto('http://127.0.0.1/');
        const wrong = (await seenOn(page)).wrong.join('\n');
        for (const what of ['data-typed', '<form action', 'the end of the page is missing']) expect(wrong).toContain(what);
      }
      await context.close();
    });
  });
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a form that was open while somebody else signed in stores nothing and waits for its own person', async ({ page, clinic }) => {
      await signIn(page, clinic, 'patient');
      await page.goto('/records/vitals/new');
      if (javaScriptEnabled) await awake(page);
      await page.locator('#field-heart_rate').fill('111');
      const other = await page.context().newPage();
      await other.context().clearCookies();
      await signIn(other, clinic, 'patient2');
      if (javaScriptEnabled) {
        // What a browser says when a page comes back to the front.
        await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
        const told = page.getByRole('alertdialog', { name: 'You are now signed in as someone else' });
        await expect(told).toBeVisible();
        await page.evaluate(() => document.querySelector<HTMLDialogElement>('#other-person')?.close());
      }
      await page.getByRole('main').locator('form').getByRole('button').last().click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are now signed in as someone else');
      await expect(page.getByText('Nothing was saved')).toBeVisible();
      const rest = await Rest.signedIn(clinic, 'patient2');
      expect(JSON.stringify(await rest.get('/api/medical-records/vitals/'))).not.toContain('111');
      await page.getByRole('button', { name: 'Sign in as the other person' }).click();
      await page.getByLabel('User name or e-mail').fill(ACCOUNT_OF.patient);
      await page.getByLabel('Password', { exact: true }).fill(clinic.password);
      await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
      await expect(page.locator('#field-heart_rate')).toHaveValue('111');
      await expect(page.getByText('What you typed is still here.')).toBeVisible();
    });
  });
}
