import { createClient } from 'redis';
import { type QueueHarness, TEST_DEAD_BYTES_MAX } from '../../conformance/queue-under-test.ts';
import type { QueueDriver } from '../../driver.ts';
import { openRedisQueue } from './open-redis-queue.ts';

const KEY_PREFIX = 'test:';
const PENDING_MAX = 10_000;

/** Opens a queue on an emptied Redis database, whose time can be made to pass. For tests. */
export async function openRedisHarness(url: string): Promise<QueueHarness> {
  const admin = adminClient(url);
  await admin.connect();
  await admin.flushDb();
  const open = () =>
    openRedisQueue({
      url,
      keyPrefix: KEY_PREFIX,
      logger: { info: () => undefined, warn: () => undefined },
      deadBytesMax: TEST_DEAD_BYTES_MAX,
    });
  let queue: QueueDriver = await open();
  const reopen = async () => {
    await queue.close();
    queue = await open();
  };
  return {
    get queue() {
      return queue;
    },
    reopen,
    // A process that dies takes only its connections along; nothing of the queue is in it.
    crash: reopen,
    elapse: (ms) => elapse(admin, ms),
    openSecond: open,
    nowMs: () => Date.now(),
    deadBytesMax: TEST_DEAD_BYTES_MAX,
    dispose: async () => {
      await queue.close();
      await admin.close();
    },
  };
}

type Admin = ReturnType<typeof adminClient>;

function adminClient(url: string) {
  return createClient({ url, RESP: 2 });
}

/** Makes everything in the database `ms` older: what expires does so that much sooner, what is held has been so that much longer. */
async function elapse(admin: Admin, ms: number): Promise<void> {
  for (const key of (await admin.sendCommand<string[]>(['KEYS', '*'])) ?? []) {
    const leftMs = await admin.sendCommand<number>(['PTTL', key]);
    if (leftMs >= 0) {
      await admin.sendCommand(['PEXPIRE', key, String(Math.max(0, leftMs - ms))]);
    }
    if ((await admin.sendCommand<string>(['TYPE', key])) === 'stream') {
      await agePending(admin, key, ms);
    }
  }
}

async function agePending(admin: Admin, key: string, ms: number): Promise<void> {
  for (const [, group] of await admin.sendCommand<string[][]>(['XINFO', 'GROUPS', key])) {
    const range = ['XPENDING', key, group ?? '', '-', '+', String(PENDING_MAX)];
    for (const [id = '', holder = '', idle] of await admin.sendCommand<[string, string, number][]>(range)) {
      const claim = ['XCLAIM', key, group ?? '', holder, '0', id, 'IDLE', String((idle ?? 0) + ms), 'JUSTID'];
      await admin.sendCommand(claim);
    }
  }
}
