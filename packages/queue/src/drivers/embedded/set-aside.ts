import { randomBytes } from 'node:crypto';
import { link } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makePrivateDirectory } from './file-access.ts';

/** Gives a damaged file a second name under `aside/`, so that the file that takes its place does not take it away. Gives that name. */
export async function setAside(path: string): Promise<string> {
  const directory = join(dirname(path), 'aside');
  await makePrivateDirectory(directory);
  const aside = join(directory, `${basename(path)}.${randomBytes(4).toString('hex')}`);
  await link(path, aside);
  return aside;
}
