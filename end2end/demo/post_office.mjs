// A real SMTP server on loopback that keeps what it is given: SecureMed's mail is read as its recipients would.

import { SMTPServer } from 'smtp-server';
import PostalMime from 'postal-mime';

/**
 * @typedef {object} Letter
 * @property {string} to
 * @property {string} subject
 * @property {string} text
 */

const PATIENCE_MS = 15_000;

export class PostOffice {
  /** @type {Letter[]} */
  #letters = [];
  /** @type {(() => void)[]} */
  #waiting = [];

  /** @param {SMTPServer} server @param {number} port */
  constructor(server, port) {
    this.server = server;
    this.url = `smtp://127.0.0.1:${port}`;
  }

  /** Opens on a free port. */
  static async open() {
    /** @type {PostOffice | undefined} */
    let office;
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData: (stream, session, done) => {
        /** @type {Buffer[]} */
        const chunks = [];
        stream.on('data', (chunk) => chunks.push(chunk));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address).join(', ');
          PostalMime.parse(Buffer.concat(chunks)).then(
            ({ subject, text }) => {
              office?.take({ to, subject: subject ?? '', text: text ?? '' });
              done();
            },
            (error) => done(error),
          );
        });
      },
    });
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => resolve(undefined));
    });
    const address = server.server.address();
    if (!address || typeof address !== 'object') throw new Error('The post office has no port.');
    office = new PostOffice(server, address.port);
    return office;
  }

  /** @param {Letter} letter */
  take(letter) {
    this.#letters.push(letter);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /**
   * The newest letter to an address with this subject, as soon as it is there.
   * @param {string} to
   * @param {RegExp} subject
   * @param {number} [after] letters that were there before do not count: see `count`
   * @returns {Promise<Letter>}
   */
  async letter(to, subject, after = 0) {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = this.#letters.slice(after).findLast((letter) => letter.to === to && subject.test(letter.subject));
      if (found) return found;
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`No letter to ${to} with ${subject} came; there are: ${JSON.stringify(this.#letters)}`);
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#waiting.push(() => (clearTimeout(timer), resolve(undefined)));
      });
    }
  }

  /** How many letters came so far. */
  get count() {
    return this.#letters.length;
  }

  /** All that came, for looking through. */
  get letters() {
    return [...this.#letters];
  }

  async close() {
    await new Promise((resolve) => this.server.close(() => resolve(undefined)));
  }
}

/**
 * The link in a letter.
 * @param {Letter} letter
 */
export function linkIn({ text }) {
  const link = /https?:\/\/\S+\?token=[\w-]+/.exec(text)?.[0];
  if (!link) throw new Error(`There is no link in: ${text}`);
  return link;
}

/**
 * The six digits in a letter.
 * @param {Letter} letter
 */
export function codeIn({ text }) {
  const code = /\b\d{6}\b/.exec(text)?.[0];
  if (!code) throw new Error(`There is no code in: ${text}`);
  return code;
}
