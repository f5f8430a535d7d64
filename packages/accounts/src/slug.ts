import { randomBytes } from 'node:crypto';

const LONGEST = 40;

/** A name to sign in by, made of an organization's name and something that nobody else has. */
export function newSlug(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '');
  return `${words === '' ? 'org' : words}-${randomBytes(4).toString('hex')}`;
}
