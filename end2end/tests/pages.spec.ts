// Every page, for every role, on a phone and on a desk, light and dark.

import { ACCOUNT_OF, ROLES } from '../demo/accounts.mjs';
import { REFUSALS, REFUSED, SHOWN } from '../demo/pages.mjs';
import {
  awake,
  expectAccessible,
  expectFrame,
  expectNoSidewaysScroll,
  expectNothingStored,
  expectReadableEverywhere,
} from '../fixtures/accessibility.ts';
import { become, expect, test } from '../fixtures/test.ts';

const PHONE = { width: 360, height: 740 };

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const { page: site, role } of SHOWN) {
  test(`${site.name}: ${role} can read it at any size and in any colours`, async ({ page, clinic }) => {
    await become(page, clinic, role);
    await expectReadableEverywhere(page, site.path(await clinic.facts()), site.heading);
  });
}

for (const role of ROLES) {
  test(`${role}: every page that is not theirs is refused`, async ({ page, clinic }) => {
    await become(page, clinic, role);
    const facts = await clinic.facts();
    for (const { page: site, outcome } of REFUSED.filter((refused) => refused.role === role)) {
      const path = site.path(facts);
      const answer = await page.request.get(path, { maxRedirects: 0, headers: { accept: 'text/html' } });
      if (outcome === 'sign-in') {
        const to = new URL(answer.headers()['location'] ?? '', clinic.url);
        expect.soft([answer.status(), to.pathname, to.searchParams.get('next')], site.name).toEqual([302, '/login', path]);
      } else {
        const heading = /<h1[^>]*>([^<]*)/.exec(await answer.text())?.[1];
        expect.soft([answer.status(), heading], site.name).toEqual([outcome, expect.stringMatching(REFUSALS[outcome])]);
      }
    }
  });
}

test('whoever is not signed in is sent to sign in and would come back', async ({ page }) => {
  await page.goto('/records?show=labs');
  const url = new URL(page.url());
  expect([url.pathname, url.searchParams.get('next')]).toEqual(['/login', '/records?show=labs']);
  await expectFrame(page, /^Sign in$/);
});

// A refusal says the same wherever it is met: it is looked at once for each of those who may meet it.
for (const role of ROLES) {
  for (const outcome of [403, 404] as const) {
    const met = REFUSED.find((refused) => refused.role === role && refused.outcome === outcome);
    if (!met) continue;
    test(`${role} can read a refusal with ${outcome}`, async ({ page, clinic, watch }) => {
      watch.expectStatus(outcome);
      await become(page, clinic, role);
      const path = met.page.path(await clinic.facts());
      await page.setViewportSize(PHONE);
      const response = await page.goto(path);
      expect(response?.status()).toBe(outcome);
      await awake(page);
      await expectFrame(page, REFUSALS[outcome]);
      await expectNoSidewaysScroll(page, path);
      await expectAccessible(page, path);
      await expectNothingStored(page, path);
    });
  }
}

test('the colours that somebody chooses stay chosen on every page', async ({ page, clinic }) => {
  await become(page, clinic, 'patient');
  await page.goto('/dashboard');
  await awake(page);
  const colours = page.getByRole('group', { name: 'Colours' });
  const html = page.locator('html');
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await expect(colours.getByRole('button', { name: 'Same as device' })).toHaveAttribute('aria-pressed', 'true');
  const light = await background();

  await colours.getByRole('button', { name: 'Dark' }).click();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await expect(colours.getByRole('button', { name: 'Dark' })).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(background).not.toBe(light);
  const dark = await background();

  await page.goto('/records');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  expect(await background()).toBe(dark);

  await awake(page);
  await colours.getByRole('button', { name: 'Same as device' }).click();
  await expect(html).not.toHaveAttribute('data-theme');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).toBe(dark);
});

for (const role of ['patient', 'doctor', 'admin'] as const) {
  test(`the menu of ${ACCOUNT_OF[role]} leads to each of their places`, async ({ page, clinic }) => {
    await become(page, clinic, role);
    await page.setViewportSize(PHONE);
    await page.goto('/doctors');
    const menu = page.getByRole('banner').getByRole('button', { name: 'Menu' });
    await menu.click();
    await expectAccessible(page, 'the open menu', 'header');
    const panel = page.getByRole('navigation', { name: 'Main, short' });
    await expect(panel).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(panel, 'Escape closes it').toBeHidden();
    await expect(menu).toBeFocused();
    await menu.press('Enter');
    await expect(panel).toBeVisible();
    const places = page.getByRole('navigation', { name: 'Main, short' }).getByRole('link');
    const paths = await places.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(paths.length).toBeGreaterThan(1);
    for (const path of paths) {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(200);
    }
  });
}

test('the first Tab leads past the navigation', async ({ page }) => {
  await page.goto('/doctors');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to main content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
