// The forms of a page as somebody fills them in who changes the page to send what its fields would not take.

import type { Page } from '@playwright/test';

/** A field of a form that takes words, or holds what was typed on the page before. */
export interface Field {
  name: string;
  isLong: boolean;
  /** What was typed on the page before and is sent along. */
  carried?: string;
}

/** A form that was found: its kind, where one address takes several, and its fields. */
export interface Form {
  kind: string;
  fields: Field[];
}

/** What is chosen or typed in fields by their names. */
export type Given = Readonly<Record<string, string>>;

/** Marks the form that can be sent to an address, and gives its fields. Runs in the page. */
function find({ action, kind }: { action: string; kind: string }): Form | null {
  const kindOf = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>('[name="kind"]')?.value ?? '';
  const leadsTo = (form: HTMLFormElement) =>
    form.getAttribute('action') === action || form.querySelector(`[formaction="${action}"]`) !== null;
  const form = [...document.forms].find((each) => leadsTo(each) && (kind === '' || kindOf(each) === kind));
  if (!form) return null;
  document.querySelector('[data-chosen]')?.removeAttribute('data-chosen');
  form.setAttribute('data-chosen', '');
  const fields: Field[] = [];
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input[name], textarea[name]')) {
    const { name, type, value, readOnly } = field;
    // Of a report's rows one is filled; those behind it are as it is.
    if (readOnly || (name.startsWith('results[') && !name.startsWith('results[0]'))) continue;
    if (type === 'hidden' && value.startsWith('typed-')) fields.push({ name, isLong: false, carried: value });
    if (['hidden', 'password', 'checkbox', 'radio', 'file', 'submit', 'button'].includes(type)) continue;
    fields.push({ name, isLong: field.tagName === 'TEXTAREA' });
  }
  return { kind: kindOf(form), fields };
}

export const findForm = (page: Page, action: string, kind = ''): Promise<Form | null> => page.evaluate(find, { action, kind });

/** Writes into the marked form: any text into any field, whatever it was made for. Runs in the page. */
function write({ words, given }: { words: [string, string][]; given: Given }): void {
  const form = document.querySelector('form[data-chosen]');
  const all = <E extends Element>(selector: string) => [...(form?.querySelectorAll<E>(selector) ?? [])];
  for (const [name, text] of words) {
    for (const field of all<HTMLInputElement | HTMLTextAreaElement>(`input[name="${name}"], textarea[name="${name}"]`)) {
      if (field instanceof HTMLInputElement && field.type !== 'hidden') field.type = 'text';
      field.value = text;
    }
  }
  for (const select of all<HTMLSelectElement>('select')) {
    const first = select.name.startsWith('results[') ? undefined : [...select.options].find(({ value }) => value !== '')?.value;
    const chosen = given[select.name] ?? first;
    if (chosen !== undefined) select.value = chosen;
  }
  for (const input of all<HTMLInputElement>('input')) {
    const wanted = given[input.name];
    if (input.type === 'checkbox') input.checked = input.required;
    else if (input.type === 'radio' && wanted !== undefined) input.checked = input.value === wanted;
    else if (['hidden', 'password'].includes(input.type) && wanted !== undefined) input.value = wanted;
  }
}

export const writeInto = (page: Page, words: [string, string][], given: Given): Promise<void> =>
  page.evaluate(write, { words, given });

/** The button that sends the marked form to an address. */
export function buttonFor(page: Page, action: string) {
  const form = page.locator('form[data-chosen]');
  const own = page.locator(`form[data-chosen][action="${action}"]`).locator('button[type="submit"]:not([formaction])');
  return form.locator(`button[formaction="${action}"]`).or(own).first();
}

/** The sentence beside a field, or the one on top of the form. Runs in the page. */
function sentence(name: string): string {
  const beside = document.getElementById(`field-${name}-error`);
  const block = beside ?? document.querySelector('.form-errors h2')?.nextElementSibling;
  const pieces = block?.tagName === 'UL' ? [...block.children] : block ? [block] : [];
  return pieces.map(({ textContent }) => textContent?.trim() ?? '').join(' ').replaceAll(/\s+/g, ' ').trim();
}

export const sentenceOn = (page: Page, name: string): Promise<string> => page.evaluate(sentence, name);
