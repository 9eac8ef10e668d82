// What was typed so far, what came of it, and where it was shown.

import { expect, type Locator } from '@playwright/test';
import { buttonFor, findForm, sentenceOn, writeInto, type Given } from './form.ts';
import { numberIn, seenOn, SHORT, typed } from './markup.ts';
import type { Person } from './person.ts';

/** Fields that hold something else than words, with a value that they take. Markup is refused in each. */
const MEASURED: Readonly<Record<string, string>> = {
  born: '', code: '123456', date: '2026-11-20', date_of_birth: '1990-04-01', diastolic_bp: '80', email: 'somebody@example.org',
  emergency_contact_name: 'Chidi Okafor', emergency_contact_phone: '+353 20 910 0101', first_name: 'Alex', from: '2026-11-23',
  heart_rate: '72', high: '5.1', last_name: 'Byrne', low: '3.5', otp: '123456', oxygen_saturation: '97', patient: '',
  phone: '+353 20 910 0100', recovery_code: 'aaaa-bbbb-cccc', systolic_bp: '120', temperature: '36.8', time: '08:30', to: '',
  username: 'somebody', weight: '72',
};

const measured = (name: string) => MEASURED[/([^[\]]+)\]?$/.exec(name)?.[1] ?? name];

/** More than any field takes. */
const TOO_LONG = 25_000;

/** A page and an act on it: where its form stands, and where it is sent. */
export type Act = readonly [page: string, action: string];

interface Typed {
  act: string;
  words: [name: string, text: string][];
  /** Fields that take no words. */
  others: string[];
  /** Whether it only sends along what was typed on the page before. */
  isCarried: boolean;
}

export class Trial {
  /** By field, as `injection_fields.txt` has it: whether what was typed is stored, or the sentence that refuses it. */
  readonly tried = new Map<string, string>();
  /** By number, the field into which it was typed. */
  readonly stored = new Map<number, string>();
  /** By number, who saw it as text. */
  readonly shownTo = new Map<number, Set<string>>();
  /** Pages that bear what was typed in their title, and in a text area. */
  readonly titled = new Set<string>();
  readonly inTextareas = new Set<string>();
  /** What is wrong with a page. */
  readonly wrong: string[] = [];
  pages = 0;
  #last = 0;

  /** What is typed next. */
  next(isLong: boolean): string {
    this.#last += 1;
    return typed(this.#last, isLong);
  }

  /** The number that was typed last into a field. */
  numberOf(field: string): number {
    const found = [...this.stored].findLast(([, name]) => name === field);
    expect(found, `${field} was stored`).toBeDefined();
    return found?.[0] ?? 0;
  }

  /** Looks at the page that somebody has open, and gives the links on it. */
  async look(person: Person, where: string): Promise<string[]> {
    const { title, wrong, numbers, inTextareas, links } = await seenOn(person.page);
    const told = `${person.who}: ${where}`;
    this.pages += 1;
    this.wrong.push(...wrong.map((what) => `${told}: ${what}`));
    for (const number of [...numbers, ...inTextareas]) {
      this.shownTo.set(number, (this.shownTo.get(number) ?? new Set()).add(person.who));
    }
    if (/typed-\d+<\/title>/.test(title)) this.titled.add(told);
    if (inTextareas.length > 0) this.inTextareas.add(told);
    return links;
  }

  async open(person: Person, address: string, how?: { isMadeUp: boolean }): Promise<void> {
    await person.open(address, how);
    await this.look(person, address);
  }

  /** Fills the form of a page and sends it: markup first in each field that takes no words, then too much of it, then in
   * every field of words. Gives where the form led. */
  async fill(person: Person, [address, action]: Act, given: Given = {}): Promise<string> {
    await this.open(person, address);
    return this.fillHere(person, action, given, address);
  }

  /** The same on the page that is open; with an `address` it can be opened again. */
  async fillHere(person: Person, action: string, given: Given = {}, address?: string | undefined): Promise<string> {
    let form = await this.type(person, action, given);
    await this.tryOthers(person, action, form, given, address);
    if (form.others.length === 0 && form.words.length > 0 && !form.isCarried) {
      form = await this.type(person, action, given, address);
      const [[first = '', text = ''] = [], ...rest] = form.words;
      await this.send(person, action, given, [[first, text.padEnd(TOO_LONG, '.')], ...rest]);
      expect(await isRefused(person), `${form.act} takes no text of any length`).toBe(true);
    }
    form = await this.type(person, action, given, address);
    let led = await this.send(person, action, given, form.words);
    const meant = person.page.locator('input[type="radio"][name="meant"]');
    if ((await meant.count()) > 0) {
      // It was taken for a slip of the pen: what was typed is what was meant.
      await findForm(person.page, action, given['kind']);
      led = await this.press(person, action, meant.last());
    }
    expect(await isRefused(person), `${form.act} was refused: ${await sentenceOn(person.page, '')}`).toBe(false);
    const isCarried = led.includes('flash=');
    for (const [name, text] of form.words.filter(([, text]) => text.startsWith('typed-'))) {
      const field = fieldOf(form.act, name);
      this.tried.set(field, isCarried ? 'carried' : 'stored');
      if (!isCarried) this.stored.set(numberIn(text), field);
    }
    return led;
  }

  /** Only the fields that refuse markup: the form is for somebody who knows a password, a code or a name. */
  async refuse(person: Person, [address, action]: Act, given: Given = {}): Promise<void> {
    await this.open(person, address);
    const form = await this.type(person, action, given);
    await this.tryOthers(person, action, form, given, address);
    const { act, words } = await this.type(person, action, given, address);
    await this.send(person, action, given, words);
    for (const [name] of words.filter(([, text]) => text.startsWith('typed-'))) {
      expect(await isRefused(person), `${act} ${name} takes markup`).toBe(true);
      this.tried.set(fieldOf(act, name), `refused: ${await sentenceOn(person.page, name)}`);
    }
  }

  /** Sends a form that somebody else was faster with: what was typed is not stored, and shown once more. */
  async lose(person: Person, [address, action]: Act, meanwhile: () => Promise<unknown>): Promise<void> {
    await this.open(person, address);
    const { words } = await this.type(person, action, {});
    await meanwhile();
    await this.send(person, action, {}, words);
    for (const [, text] of words) expect(this.shownTo.get(numberIn(text)), `${action} shows ${text}`).toContain(person.who);
  }

  /** Searches for markup by the address, as the form of a list does. */
  async search(person: Person, page: string, field: string): Promise<void> {
    await this.open(person, `${page}?${new URLSearchParams({ [field]: SHORT })}`, { isMadeUp: true });
    this.tried.set(`${page} ${field}`, 'searched for');
  }

  private async tryOthers(person: Person, action: string, { act, words, others }: Typed, given: Given, address?: string | undefined): Promise<void> {
    for (const other of others) {
      const field = fieldOf(act, other);
      if (this.tried.has(field)) continue;
      await this.type(person, action, given, address);
      const led = await this.send(person, action, given, words.map(([name, text]) => [name, name === other ? SHORT : text]));
      // A form that only grows comes back with whatever was typed.
      const isBack = await isRefused(person);
      expect(isBack || led.includes('flash='), `${field} takes markup`).toBe(true);
      this.tried.set(field, isBack ? `refused: ${await sentenceOn(person.page, other)}` : 'carried');
    }
  }

  /** What is typed into the form that is open. Where it is not, its page is opened again. */
  private async type(person: Person, action: string, given: Given, address?: string | undefined): Promise<Typed> {
    let form = await findForm(person.page, action, given['kind']);
    if (!form && address !== undefined) {
      await this.open(person, address);
      form = await findForm(person.page, action, given['kind']);
    }
    if (!form) throw new Error(`${person.page.url()} has no form for ${action}`);
    const { kind, fields } = form;
    const words = fields.map(({ name, isLong, carried }): [string, string] => {
      return [name, carried ?? given[name] ?? measured(name) ?? this.next(isLong)];
    });
    const others = fields.map(({ name }) => name).filter((name) => measured(name) !== undefined);
    const isCarried = fields.every(({ carried }) => carried !== undefined);
    return { act: kind === '' ? action : `${action} ${kind}`, words, others, isCarried };
  }

  private async send(person: Person, action: string, given: Given, words: [string, string][]): Promise<string> {
    await writeInto(person.page, words, given);
    return this.press(person, action);
  }

  private async press(person: Person, action: string, choose?: Locator): Promise<string> {
    await choose?.check();
    const led = await person.go(action, () => buttonFor(person.page, action).click());
    await person.proveWhenAsked();
    await this.look(person, `${action} led to ${led}`);
    return person.path;
  }
}

const isRefused = async ({ page }: Person) => (await page.locator('.form-errors').count()) > 0;

/** `results[3][low]` as `results[][low]`: all rows are alike. */
const fieldOf = (act: string, name: string) => `${act} ${name.replaceAll(/\[\d+\]/g, '[]')}`;
