// Opens pages as somebody who reads them: those that are named, and those that links lead to.

import { awake } from '../fixtures/accessibility.ts';
import type { Person } from './person.ts';
import type { Trial } from './trial.ts';

/** So many pages of one kind are followed: those whose addresses differ in numbers, references and values only. */
const OF_A_KIND = 2;

/** Files, what is no page, and what is used up by looking at it. */
const NO_PAGE = /^\/(api|fn|pkg)\b|\.(pdf|ics)$|\/(pdf|file)$|[?&](token|flash|act)=/;

function kind(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://here');
  const path = pathname.split('/').map((part) => (/[\d%]/.test(part) ? '#' : part));
  return `${path.join('/')}?${[...searchParams.keys()].join('&')}`;
}

/** Looks at every page; each has to be there. Gives how many there were. */
export async function walk(trial: Trial, reader: Person, from: readonly string[]): Promise<number> {
  const named = new Set(from);
  const waiting = [...named];
  const seen = new Set<string>();
  const kinds = new Map<string, number>();
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    if (seen.has(address)) continue;
    const ofKind = kinds.get(kind(address)) ?? 0;
    if (ofKind >= OF_A_KIND && !named.has(address)) continue;
    kinds.set(kind(address), ofKind + 1);
    seen.add(address);
    await reader.open(address);
    if (reader.hasScripts) await awake(reader.page);
    const links = await trial.look(reader, address);
    // What mails lead to is for those to whom they were sent.
    if (address !== '/demo/mailbox') waiting.push(...links.filter((link) => !NO_PAGE.test(link)));
  }
  return seen.size;
}
