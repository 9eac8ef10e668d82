// Who can sign in to a demo clinic, and how to do it without a browser.

/** @typedef {'patient' | 'patient2' | 'dr.rivera' | 'admin'} Account */
/** @typedef {'anonymous' | 'patient' | 'doctor' | 'admin'} Role */
/** @typedef {{ url: string, password: string }} Clinic */
/** @typedef {{ name: string, value: string }} Cookie */

/** @type {readonly Role[]} */
export const ROLES = ['anonymous', 'patient', 'doctor', 'admin'];

/**
 * The account that stands for a role.
 * @type {Readonly<Record<Exclude<Role, 'anonymous'>, Account>>}
 */
export const ACCOUNT_OF = { patient: 'patient', doctor: 'dr.rivera', admin: 'admin' };

/**
 * Sends the sign-in form as a browser does and gives the cookies of the session.
 * @param {Clinic} clinic
 * @param {Account} username
 * @returns {Promise<Cookie[]>}
 */
export async function sessionCookies(clinic, username) {
  const answer = await fetch(`${clinic.url}/fn/auth/sign_in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html', origin: clinic.url },
    body: new URLSearchParams({ username, password: clinic.password }),
  });
  const cookies = answer.headers.getSetCookie().map((line) => {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
  if (!cookies.some(({ name }) => name.endsWith('securemed_access'))) {
    throw new Error(`${username} could not sign in: ${answer.status} ${answer.headers.get('location')}`);
  }
  return cookies;
}

/**
 * How the forms of a page name whoever is signed in with these cookies.
 * @param {Clinic} clinic
 * @param {string} cookie
 * @returns {Promise<string>}
 */
export async function drawnFor(clinic, cookie) {
  const answer = await fetch(`${clinic.url}/drawn-for`, { headers: { cookie } });
  return answer.text();
}

/**
 * The cookies of a role; none for anonymous.
 * @param {Clinic} clinic
 * @param {Role} role
 * @returns {Promise<Cookie[]>}
 */
export async function cookiesOf(clinic, role) {
  return role === 'anonymous' ? [] : sessionCookies(clinic, ACCOUNT_OF[role]);
}
