import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PostgresKeeper } from './postgres-keeper.ts';

let dataDir = '';
let keeper: PostgresKeeper | undefined;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'aegis-keeper-'));
});
afterEach(async () => {
  await keeper?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Whether something listens where the URL points. */
function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

it('starts PostgreSQL again when it is killed, and not when it is stopped', async () => {
  const said: string[] = [];
  let moves = 0;
  keeper = await PostgresKeeper.start({
    dataDir,
    say: (line) => said.push(line),
    onMoved: () => {
      moves++;
    },
  });
  const { pid, url } = keeper;
  expect(await isListening(url)).toBe(true);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => keeper?.pid, { timeout: 30_000 }).not.toBe(pid);
  expect(await isListening(keeper.url)).toBe(true);
  expect(said).toEqual(['PostgreSQL has ended; starting it again in 200 ms']);
  expect(moves).toBe(keeper.url === url ? 0 : 1);

  await keeper.stop();
  expect(await isListening(keeper.url)).toBe(false);
  expect(said).toHaveLength(1);
});
