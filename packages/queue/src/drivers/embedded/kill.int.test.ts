import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AT_ONCE, consumer, idsOf, STREAM } from '../../conformance/queue-under-test.ts';
import { openEmbeddedQueue } from './embedded-queue.ts';

const CHILD = fileURLToPath(new URL('./append.child.ts', import.meta.url));
const LIVES = 6;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aegis-queue-kill-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** Lets a process work on the queue until it has acknowledged `appendsMin` appends, kills it, and gives what it said. */
async function liveAndDie(life: number, appendsMin: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--conditions=@aegisguard/source', CHILD, directory, String(life)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  let killed = false;
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (!killed && said.split('\nappended').length > appendsMin) {
      killed = child.kill('SIGKILL');
    }
  }
  if (child.exitCode === null && child.signalCode === null) {
    await once(child, 'exit');
  }
  expect(child.signalCode).toBe('SIGKILL');
  // The last line may be cut.
  return said.split('\n').slice(0, -1);
}

it('loses no acknowledged append to kill -9, and doubles none', async () => {
  const appended = new Set<string>();
  const acknowledged = new Set<string>();
  for (let life = 0; life < LIVES; life += 1) {
    for (const line of await liveAndDie(life, 150 + life * 97)) {
      const name = line.slice(line.indexOf(' ') + 1);
      if (line.startsWith('appended ')) {
        appended.add(name);
      } else if (line.startsWith('acknowledging ')) {
        acknowledged.add(name);
      }
    }
  }
  expect(appended.size).toBeGreaterThan(LIVES * 150);

  const queue = await openEmbeddedQueue({ directory, logger: { info: () => undefined, warn: () => undefined } });
  try {
    const left = [
      ...(await queue.claim(consumer(), 60_000, 1_000_000, 1024 ** 3)),
      ...(await queue.read(consumer(), AT_ONCE)),
    ];
    const names = left.map(({ headers }) => headers);
    expect(new Set(names).size).toBe(names.length);
    for (const { headers, body } of left) {
      expect(Buffer.from(body).equals(Buffer.alloc(body.byteLength, headers))).toBe(true);
    }
    const missing = [...appended].filter((name) => !names.includes(name) && !acknowledged.has(name));
    expect(missing).toEqual([]);
    for (const name of appended) {
      if (Number(name.split(':')[1]) % 3 === 0) {
        expect((await queue.findReceipt(name))?.response).toBe(name);
      }
    }
    await queue.ack(consumer(), idsOf(left));
    expect(await queue.stats(STREAM, 'workers')).toMatchObject({ depth: 0, bytes: 0, pending: 0 });
  } finally {
    await queue.close();
  }
});
