// Papers that people bring and take home: the same pixels come back, and PDFs are what they claim to be.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import type { Download, Page } from '@playwright/test';
import { Rest } from '../demo/rest.mjs';
import { awake, expectAccessible, expectNoSidewaysScroll } from '../fixtures/accessibility.ts';
import { expect, signIn, test } from '../fixtures/test.ts';

const run = promisify(execFile);

/** Where the picture says that it was taken. */
const PLACE = 'ZURICH HARBOUR';

function chunk(kind: string, data: Buffer): Buffer {
  const summed = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(summed));
  return Buffer.concat([length, summed, sum]);
}

/** A picture of 64 × 64 dots with notes of its camera. */
function picture(): Buffer {
  const header = Buffer.from([0, 0, 0, 64, 0, 0, 0, 64, 8, 0, 0, 0, 0]);
  const dots = Buffer.from(Array.from({ length: 64 * 65 }, (_, at) => (at % 65 === 0 ? 0 : (at * 7) % 256)));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Comment\0${PLACE}`, 'latin1')),
    chunk('eXIf', Buffer.from(`MM\0*\0\0\0\x08\0\0${PLACE}`, 'latin1')),
    chunk('IDAT', deflateSync(dots)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The chunks of a picture by their kinds. */
function chunks(png: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    found.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return found;
}

/** What a link or button gives to keep. */
async function kept(page: Page, press: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  expect(await download.failure()).toBeNull();
  return download;
}

/** The text of a PDF that a strict reader finds nothing wrong with. */
async function textOf(download: Download): Promise<string> {
  const path = await download.path();
  await run('qpdf', ['--check', path]);
  const { stdout } = await run('pdftotext', ['-layout', path, '-']);
  return stdout.replaceAll(/\s+/g, ' ');
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });
    const settled = (page: Page) => (javaScriptEnabled ? awake(page) : Promise.resolve());

    test('a patient brings a picture, finds it in the record and takes the same pixels home', { tag: '@postgres' }, async ({ page, clinic }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await signIn(page, clinic, 'patient');
      await page.goto('/records');
      await settled(page);
      await page.getByRole('main').getByRole('link', { name: 'Add a document' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add a document');
      await settled(page);
      await expectNoSidewaysScroll(page, 'the form of a document');
      if (javaScriptEnabled) await expectAccessible(page, 'the form of a document');
      const sent = picture();
      const name = `rash ${javaScriptEnabled ? 'with' : 'without'}.png`;
      await page.getByLabel('File').setInputFiles({ name, mimeType: 'image/png', buffer: sent });
      await page.getByLabel('Note').fill('Left arm, since Monday');
      await page.getByRole('button', { name: 'Add the document' }).click();
      await expect(page).toHaveURL(/\/records\/REC-[0-9A-Z]{8}\?done=added$/);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
      await expect(page.getByText('Document added.')).toBeVisible();
      await settled(page);
      await expectNoSidewaysScroll(page, 'the entry of a document');

      const download = await kept(page, () => page.getByRole('link', { name: 'Download', exact: true }).click());
      expect(download.suggestedFilename()).toBe(name);
      const stored = await readFile(await download.path());
      expect(sent.includes(PLACE), 'the camera noted where').toBe(true);
      expect(stored.includes(PLACE), 'nobody else learns it').toBe(false);
      const [before, after] = [chunks(sent), chunks(stored)];
      expect([...after.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
      expect(after.get('IHDR')).toEqual(before.get('IHDR'));
      expect(inflateSync(after.get('IDAT') ?? Buffer.alloc(0))).toEqual(inflateSync(before.get('IDAT') ?? Buffer.alloc(0)));

      await page.goto('/records?show=documents');
      await settled(page);
      await page.getByRole('link', { name }).click();
      await expect(page.getByText('Left arm, since Monday')).toBeVisible();
      await settled(page);
    });

    test('a page that a browser printed is stored, and gives back what was on it', async ({ page, clinic }) => {
      await signIn(page, clinic, 'patient');
      await page.goto('/doctors');
      const printed = await page.pdf();
      await page.goto('/records/documents/new');
      await settled(page);
      const name = `printed ${javaScriptEnabled ? 'with' : 'without'}.pdf`;
      await page.getByLabel('File').setInputFiles({ name, mimeType: 'application/pdf', buffer: printed });
      await page.getByRole('button', { name: 'Add the document' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
      await settled(page);
      const download = await kept(page, () => page.getByRole('link', { name: 'Download', exact: true }).click());
      expect(await textOf(download)).toContain('Earliest available first');
    });

    test('a file that cannot be stored leads back to the form with the reason', async ({ page, clinic }) => {
      await signIn(page, clinic, 'patient');
      await page.goto('/records/documents/new');
      await settled(page);
      const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
      await page.getByLabel('File').setInputFiles({ name: 'heart.svg', mimeType: 'image/svg+xml', buffer: svg });
      await page.getByLabel('Note').fill('My heart');
      await page.getByRole('button', { name: 'Add the document' }).click();
      const field = page.getByLabel('File');
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(field).toHaveAccessibleDescription(/^This kind of file cannot be stored\./);
      await expect(page.getByLabel('Note')).toHaveValue('My heart');
      await expect(page.getByText('Please choose the file again.')).toBeVisible();
      await settled(page);
      if (javaScriptEnabled) await expectAccessible(page, 'the refused form of a document');
    });
  });
}

test('an entry and the whole record are sound PDFs that say what was found', { tag: '@postgres' }, async ({ page, clinic }) => {
  const rest = await Rest.signedIn(clinic, 'patient');
  const { record } = await clinic.facts();
  const { results } = await rest.get('/api/medical-records/records/?page_size=100');
  const entry = results.find(({ record_id }: { record_id: string }) => record_id === record);
  const diagnosis: string = entry.diagnosis.split('\n')[0].replaceAll(/\s+/g, ' ');
  await signIn(page, clinic, 'patient');
  await page.goto(`/records/${record}`);
  await awake(page);
  const one = await kept(page, () => page.getByRole('link', { name: 'Download as PDF' }).click());
  expect(one.suggestedFilename()).toBe(`${record}.pdf`);
  expect(await textOf(one)).toContain(diagnosis);
  await page.goto('/records');
  await awake(page);
  const whole = await kept(page, () => page.getByRole('link', { name: 'Full record as PDF' }).click());
  expect(whole.suggestedFilename()).toMatch(/^PT-[0-9A-Z]{8}-record\.pdf$/);
  const text = await textOf(whole);
  expect(text).toContain(diagnosis);
  expect(text).toContain('Maya Okafor');
});
