// What an authenticator app shows: TOTP (RFC 6238) with SHA-1, six digits, steps of thirty seconds.

import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** @param {string} text base 32, spaces between groups allowed */
function bytes(text) {
  const bits = [...text.replaceAll(/\s/g, '')].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'));
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

/**
 * @param {string} secret base 32
 * @param {number} now milliseconds since 1970, by the clock of the server
 * @param {number} [steps] how many steps later than now; the server takes one either way
 */
export function appCode(secret, now, steps = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000) + steps));
  const hash = createHmac('sha1', bytes(secret)).update(counter).digest();
  const number = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}
