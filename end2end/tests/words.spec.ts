// Plain English: nobody who is on the pages, reads a mail or prints a record finds a sentence that was corrected.

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { ROLES } from '../demo/accounts.mjs';
import { SHOWN } from '../demo/pages.mjs';
import OLD from '../fixtures/old_words.json' with { type: 'json' };
import { become, expect, test } from '../fixtures/test.ts';

const run = promisify(execFile);

/** What a page says, piece by piece: its texts, and what it says to those who do not see them. */
function said(html: string): string[] {
  const spoken = [...html.matchAll(/(?:aria-label|placeholder|alt|title)="([^"]*)"/g)].map(([, text]) => text ?? '');
  const pieces = html.replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, '').replaceAll(/<!--.*?-->/gs, '').split(/<[^>]*>/);
  return [...pieces, ...spoken].map((piece) => piece.replaceAll(/\s+/g, ' ').trim()).filter((piece) => piece !== '');
}

/** The corrected sentences and words among what was said. */
function foundIn(pieces: string[]): string[] {
  const all = pieces.join('\n');
  return [
    ...OLD.anywhere.filter((sentence) => all.includes(sentence)),
    ...OLD.words.filter((word) => new RegExp(`\\b${word}\\b`, 'i').test(all)),
    ...OLD.patterns.filter((pattern) => new RegExp(pattern).test(all)),
    ...OLD.whole.filter((piece) => pieces.includes(piece)),
  ];
}

for (const role of ['anonymous', ...ROLES.filter((role) => role !== 'anonymous')] as const) {
  test(`${role}: no page says it in words that were corrected`, async ({ page, clinic }) => {
    if (role !== 'anonymous') await become(page, clinic, role);
    const facts = await clinic.facts();
    for (const { page: site } of SHOWN.filter((shown) => shown.role === role)) {
      const answer = await page.request.get(site.path(facts), { headers: { accept: 'text/html' } });
      expect.soft(foundIn(said(await answer.text())), site.name).toEqual([]);
    }
  });
}

test('no printed record says it in words that were corrected', async ({ page, clinic }, info) => {
  await become(page, clinic, 'patient');
  const { record, report, prescription } = await clinic.facts();
  for (const name of [record, report, prescription]) {
    const answer = await page.request.get(`/records/${name}/pdf`);
    expect(answer.status(), name).toBe(200);
    const path = info.outputPath(`${name}.pdf`);
    await writeFile(path, await answer.body());
    const { stdout } = await run('pdftotext', ['-layout', path, '-']);
    expect.soft(foundIn(stdout.split(/\s{2,}|\n/)), name).toEqual([]);
  }
});
