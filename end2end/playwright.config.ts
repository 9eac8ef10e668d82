// `make e2e` runs this beside a PostgreSQL server. One project for each database engine: all tests on SQLite,
// those that change something on PostgreSQL too, and all of them there with TEST_ENGINE=postgres (`make test-postgres`).

import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from './demo/chromium.mjs';
import type { Engine } from './fixtures/clinic.ts';

export default defineConfig<object, { engine: Engine }>({
  testDir: 'tests',
  outputDir: '../target/e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list']],
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: findChromium(), args: CHROMIUM_FLAGS },
    locale: 'en-IE',
    // Far from the clinic: a page that computed a date in the browser would show another one.
    timezoneId: 'Pacific/Auckland',
    viewport: { width: 1280, height: 900 },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'sqlite', use: { engine: 'sqlite' } },
    { name: 'postgres', grep: process.env['TEST_ENGINE'] === 'postgres' ? /./ : /@postgres/, use: { engine: 'postgres' } },
  ],
});
