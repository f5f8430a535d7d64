import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';

/** The application role's password as kept in the file; undefined when there is none. */
export async function readPassword(file: string): Promise<string | undefined> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    return text === '' ? undefined : text;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

/** Makes a password of 256 bits; only characters that need no quoting in SQL or in a URL. */
export function newPassword(): string {
  return randomBytes(32).toString('hex');
}

/** Keeps the password where only we can read it, whole or not at all. */
export async function writePassword(file: string, password: string): Promise<void> {
  const side = `${file}.new`;
  const handle = await open(side, 'w', 0o600);
  try {
    await handle.writeFile(`${password}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(side, file);
}
