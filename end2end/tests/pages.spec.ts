// Every page, for every role, on a phone and on a desk, light and dark.

import { ACCOUNT_OF } from '../demo/accounts.mjs';
import { REFUSALS, REFUSED, SHOWN } from '../demo/pages.mjs';
import { awake, expectAccessible, expectFrame, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { become, expect, test } from '../fixtures/test.ts';

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };
const WINDOWS = [PHONE, DESK].flatMap((size) => (['light', 'dark'] as const).map((colorScheme) => ({ size, colorScheme })));

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const { page: site, role } of SHOWN) {
  test(`${site.name}: ${role} can read it at any size and in any colours`, async ({ page, clinic }) => {
    await become(page, clinic, role);
    const path = site.path(await clinic.facts());
    for (const { size, colorScheme } of WINDOWS) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      const where = `${path} at ${size.width}, ${colorScheme}`;
      const response = await page.goto(path);
      expect(response?.status(), where).toBe(200);
      await awake(page);
      await expectFrame(page, site.heading);
      await expectNoSidewaysScroll(page, where);
      await expectAccessible(page, where);
    }
  });
}

for (const { page: site, role, outcome } of REFUSED) {
  if (outcome === 'sign-in') {
    test(`${site.name}: ${role} is sent to sign in and would come back`, async ({ page, clinic }) => {
      const path = site.path(await clinic.facts());
      await page.goto(path);
      const url = new URL(page.url());
      expect([url.pathname, url.searchParams.get('next')]).toEqual(['/login', path]);
      await expectFrame(page, /^Sign in$/);
    });
  } else {
    test(`${site.name}: ${role} is told ${outcome}`, async ({ page, clinic, watch }) => {
      watch.expectStatus(outcome);
      await become(page, clinic, role);
      const path = site.path(await clinic.facts());
      await page.setViewportSize(PHONE);
      const response = await page.goto(path);
      expect(response?.status()).toBe(outcome);
      await awake(page);
      await expectFrame(page, REFUSALS[outcome]);
      await expectNoSidewaysScroll(page, path);
      await expectAccessible(page, path);
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
  await expect(colours.getByRole('button', { name: 'As the system' })).toHaveAttribute('aria-pressed', 'true');
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
  await colours.getByRole('button', { name: 'As the system' }).click();
  await expect(html).not.toHaveAttribute('data-theme');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).toBe(dark);
});

for (const role of ['patient', 'doctor', 'admin'] as const) {
  test(`the menu of ${ACCOUNT_OF[role]} leads to each of their places`, async ({ page, clinic }) => {
    await become(page, clinic, role);
    await page.setViewportSize(PHONE);
    await page.goto('/doctors');
    const menu = page.getByRole('banner').locator('summary');
    await menu.click();
    await expectAccessible(page, 'the open menu', 'header');
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
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
