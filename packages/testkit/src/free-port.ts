import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that a system gives to connections, and to listeners that take any (Linux: from 32768, macOS: from 49152): nobody gets one by chance before it is used. */
const [LOWEST, HIGHEST] = [20_000, 32_000];

const given = new Set<number>();

/** A port of the loopback that nobody listens on, and another one each time. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST);
    if (!given.has(port) && (await isFree(port))) {
      given.add(port);
      return port;
    }
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      return false;
    }
    throw error;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}
