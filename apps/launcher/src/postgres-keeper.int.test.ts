import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
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

async function startKeeper(
  onSaid = () => {},
): Promise<{ keeper: PostgresKeeper; said: string[]; moves: () => number }> {
  const said: string[] = [];
  let moves = 0;
  keeper = await PostgresKeeper.start({
    dataDir,
    say: (line) => {
      said.push(line);
      onSaid();
    },
    onMoved: () => {
      moves++;
    },
  });
  return { keeper, said, moves: () => moves };
}

it('starts PostgreSQL again at the same place when it is killed, and not when it is stopped', async () => {
  const { keeper, said, moves } = await startKeeper();
  const { pid, url } = keeper;
  expect(await isListening(url)).toBe(true);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => keeper.pid).not.toBe(pid);
  expect(await isListening(url)).toBe(true);
  expect(said).toEqual(['PostgreSQL has ended; starting it again in 200 ms']);
  expect([keeper.url, moves()]).toEqual([url, 0]);

  await keeper.stop();
  expect(await isListening(url)).toBe(false);
  expect(said).toHaveLength(1);
});

it('says so when PostgreSQL had to move, because another program took its port', async () => {
  const squatter = createServer();
  const squat = () => squatter.listen(Number(new URL(url).port), '127.0.0.1');
  // A process that PostgreSQL was just forking when it was killed may hold the port for a moment.
  squatter.on('error', () => setTimeout(squat, 5));
  // Said before the pause before the restart, and so in time.
  const { keeper, moves } = await startKeeper(squat);
  const { pid, url } = keeper;
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => keeper.pid).not.toBe(pid);
  squatter.close();
  expect(moves()).toBe(1);
  expect(keeper.url).not.toBe(url);
  expect(await isListening(keeper.url)).toBe(true);
});

it('passes on what PostgreSQL warns of', async () => {
  const { keeper, said } = await startKeeper();
  const { hostname, port } = new URL(keeper.url);
  // A start-up packet of a protocol that no server speaks: https://www.postgresql.org/docs/current/protocol-message-formats.html
  const socket = connect(Number(port), hostname, () => socket.end(Buffer.from('0000000800090009', 'hex')));
  socket.on('error', () => undefined).resume();
  await expect
    .poll(() => said)
    .toEqual([expect.stringMatching(/^postgres: FATAL: {2}unsupported frontend protocol 9\.9/)]);
});
