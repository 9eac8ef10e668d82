// Somebody with a browser that is watched: what they open and send, and what they must never see.

import { expect, type Browser, type BrowserContext, type Page, type Response } from '@playwright/test';
import { sessionCookies, type Account, type Clinic } from '../demo/accounts.mjs';
import { Watch } from '../fixtures/watch.ts';
import { FOREIGN } from './markup.ts';

/** The final answer to a navigation, past the redirects. */
const isPage = (answer: Response) =>
  answer.request().isNavigationRequest() && answer.request().frame().parentFrame() === null && (answer.status() < 300 || answer.status() >= 400);

export class Person {
  /** Requests to the foreign site, and dialogs. */
  readonly misled: string[] = [];

  private constructor(
    readonly who: string,
    private readonly clinic: Clinic,
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly watch: Watch,
    readonly hasScripts: boolean,
  ) {}

  /** Opens a browser for somebody who signs in with the password of the clinic, or for nobody. */
  static async enter(
    browser: Browser,
    clinic: Clinic,
    who: string,
    { signInAs, hasScripts = false }: { signInAs?: string | undefined; hasScripts?: boolean } = {},
  ): Promise<Person> {
    const context = await browser.newContext({ baseURL: clinic.url, javaScriptEnabled: hasScripts, reducedMotion: 'reduce' });
    context.setDefaultTimeout(30_000);
    const watch = new Watch(clinic.url, hasScripts);
    watch.expectOddValues();
    watch.follow(context);
    if (signInAs !== undefined) {
      // The cookies are asked for as for any other account.
      const cookies = await sessionCookies(clinic, signInAs as Account);
      await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: clinic.url })));
    }
    const page = await context.newPage();
    const person = new Person(who, clinic, page, context, watch, hasScripts);
    await context.route(new RegExp(`^https?://([^/]*\\.)?${FOREIGN.replace('.', '\\.')}`), (route) => {
      person.misled.push(`${page.url()} asked ${route.request().url()}`);
      return route.abort();
    });
    page.on('dialog', (dialog) => {
      person.misled.push(`${page.url()} opened a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    return person;
  }

  /** Opens a page, which has to be there, and stays on it. It may say that it cannot use an address that was made up. */
  async open(address: string, { isMadeUp = false }: { isMadeUp?: boolean } = {}): Promise<void> {
    const statuses = isMadeUp ? [200, 404, 422] : [200];
    for (const status of statuses) this.watch.expectStatus(status);
    const answer = await this.page.goto(address);
    await this.arrived(address, answer, statuses);
  }

  /** Does something that leads to another page, and gives the path of that. */
  async go(where: string, act: () => Promise<unknown>): Promise<string> {
    const [answer] = await Promise.all([this.page.waitForResponse(isPage), this.page.waitForEvent('load'), act()]);
    await this.arrived(where, answer);
    return this.path;
  }

  /** Path and query of the page that is open. */
  get path(): string {
    const { pathname, search } = new URL(this.page.url());
    return pathname + search;
  }

  /** Gives a fresh proof when one is asked for; what waits for it goes on by itself. */
  async proveWhenAsked(): Promise<void> {
    if (new URL(this.page.url()).pathname !== '/account/confirm') return;
    await this.page.getByLabel('Password', { exact: true }).fill(this.clinic.password);
    await this.go('a fresh proof', () => this.page.getByRole('button', { name: 'Confirm', exact: true }).click());
  }

  /** The page is there, and nothing led on from it. */
  private async arrived(where: string, answer: Response | null, statuses: readonly number[] = [200]): Promise<void> {
    expect(statuses, `the status for ${this.who}: ${where}`).toContain(answer?.status());
    const here = new URL(this.page.url());
    expect(here.origin, `${this.who} was led away from ${where}`).toBe(new URL(this.clinic.url).origin);
    const asked = new URL(answer?.url() ?? '');
    expect(here.pathname + here.search, `${this.who} was led on from ${where}`).toBe(asked.pathname + asked.search);
  }

  /** Closes the browser, and gives what a page did that it must not. */
  async leave(): Promise<string[]> {
    await this.context.close();
    return [...this.misled, ...this.watch.seen].map((what) => `${this.who}: ${what}`);
  }
}
