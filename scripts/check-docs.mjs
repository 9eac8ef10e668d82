// Whether the documentation names what is there: every link within it leads somewhere, every file in backticks exists (by
// its path, or by the end of one), and every decision has its number, its date and where it stands.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What was built or installed, and what belongs to git. */
const NOT_OURS = new Set(['.git', 'node_modules', 'target', 'dist', 'data']);
const files = below('');
const known = new Set(files.flatMap((file) => [file, ...folders(file)]));
const wrong = [];

/** All files below a folder, by their paths from the root. */
function below(folder) {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true }).filter(({ name }) => !NOT_OURS.has(name));
  return entries.flatMap((entry) => {
    const at = path.posix.join(folder, entry.name);
    return entry.isDirectory() ? below(at) : [at];
  });
}

/** The folders that a file lies in. */
function folders(file) {
  const above = path.dirname(file);
  return above === '.' ? [] : [above, ...folders(above)];
}

const isThere = (name) => known.has(name) || files.some((file) => file.endsWith(`/${name}`));

for (const page of files.filter((file) => file.endsWith('.md'))) {
  const text = readFileSync(path.join(root, page), 'utf8');
  for (const [, target] of text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)) {
    const to = path.normalize(path.join(path.dirname(page), target)).replace(/\/$/, '');
    if (!known.has(to)) wrong.push(`${page}: the link ${target} leads nowhere`);
  }
  for (const [, name] of text.matchAll(/`([\w./-]+\.(?:rs|ts|mjs|js|css|toml|md|txt|spec\.ts))`/g)) {
    if (!isThere(name.replace(/^\.\//, ''))) wrong.push(`${page}: there is no ${name}`);
  }
}

for (const page of files.filter((file) => /^docs\/adr\/\d{4}-/.test(file))) {
  const [title = '', , standing = ''] = readFileSync(path.join(root, page), 'utf8').split('\n');
  const number = Number(path.basename(page).slice(0, 4));
  if (!title.startsWith(`# ${number}. `)) wrong.push(`${page}: its title does not begin with “# ${number}. ”`);
  if (!/^\d{4}-\d{2}-\d{2} · (accepted|superseded by \[ADR \d+\]\(.+\)|accepted, amended by \[ADR \d+\]\(.+\))$/.test(standing)) {
    wrong.push(`${page}: its third line is not a date and where it stands`);
  }
}

if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log('The documentation names what is there.');
