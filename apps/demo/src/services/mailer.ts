import { setTimeout as delay } from 'node:timers/promises';
import { metrics } from '@opentelemetry/api';
import { pino } from 'pino';
import { runProcess } from '../process/run-process.ts';
import { stopTelemetry } from '../process/telemetry.ts';
import { awaitOrders, consumeOrders } from './order-stream.ts';
import { openRedis } from './redis-connection.ts';

// Writes to who has ordered. No mail leaves the machine: the work is a pause.

const mails = metrics.getMeter('shop.mailer').createCounter('shop.mails', {
  description: 'Mails that were written.',
  unit: '{mail}',
});

const WRITING_MS = 30;

await runProcess(async ({ redisUrl }) => {
  const log = pino();
  const redis = await openRedis(redisUrl);
  if (redis === null) throw new Error('the mailer has nothing to read without Redis');
  // Before it counts as running, since nobody lets customers in until then.
  await awaitOrders(redis);
  const ending = new AbortController();
  const consumed = consumeOrders(
    redis,
    async ({ orderId, email }) => {
      await delay(WRITING_MS);
      await redis.incr(`mails:${new Date().toISOString().slice(0, 10)}`);
      mails.add(1, { template: 'order-confirmation' });
      log.info({ orderId, to: email }, `wrote to ${email} about order ${orderId}`);
    },
    ending.signal,
  );
  // A stream that cannot be read any more ends the process; its supervisor starts it again.
  consumed.catch((error: unknown) => {
    if (ending.signal.aborted) return;
    log.error({ err: error }, 'the stream of orders cannot be read');
    process.exitCode = 1;
    process.kill(process.pid, 'SIGTERM');
  });
  return async () => {
    ending.abort();
    redis.destroy();
    await stopTelemetry();
  };
});
