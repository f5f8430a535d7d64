import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** The port of the last start, as its file has it; undefined when there is none. */
export async function readLastPort(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const port = Number.parseInt(text, 10);
  return port > 0 && port < 65_536 ? port : undefined;
}

/** A port of loopback that nobody listens on at this moment: the wanted one, if possible. */
export async function findFreePort(wanted?: number): Promise<number> {
  const port = (wanted === undefined ? undefined : await tryPort(wanted)) ?? (await tryPort(0));
  if (port === undefined) {
    throw new Error('The embedded PostgreSQL server needs a port on 127.0.0.1, and there is none to be had.');
  }
  return port;
}

/** The port on which listening worked, 0 asking for any; undefined when it did not. */
function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}
