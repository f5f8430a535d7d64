import { metrics, trace } from '@opentelemetry/api';
import { Pool, type PoolClient } from 'pg';
import { runProcess } from '../process/run-process.ts';
import { callService, ServiceError } from './call-service.ts';
import { createHttpService, listen } from './http-service.ts';
import { publishOrder } from './order-stream.ts';
import type { CartItem, ProductDetails } from './products.ts';
import { openRedis } from './redis-connection.ts';

// Takes orders: prices from the catalog, stock and order in one transaction, then the payment, then word to the mailer.

interface NewOrder {
  readonly items: readonly CartItem[];
  readonly email: string;
  readonly coupon?: string;
}

const meter = metrics.getMeter('shop.orders');
const placed = meter.createCounter('shop.orders', { description: 'Orders by how they ended.', unit: '{order}' });
const value = meter.createHistogram('shop.order.value', {
  description: 'What paid orders come to.',
  unit: 'EUR',
  advice: { explicitBucketBoundaries: [5, 10, 25, 50, 100, 250, 500] },
});

const COUPONS: ReadonlyMap<string, number> = new Map([
  ['WELCOME', 0.9],
  ['AUTUMN', 0.8],
]);

await runProcess(async ({ port, version, urls, databaseUrl, redisUrl }) => {
  const pool = new Pool({ connectionString: databaseUrl ?? '', max: 6 });
  const redis = await openRedis(redisUrl);
  const service = createHttpService();
  pool.on('error', (error) => service.log.warn({ err: error }, 'the database closed a connection'));
  service.log.info({ version }, `orders ${version} is starting`);

  service.post<{ Body: NewOrder }>('/orders', async ({ body, log }, reply) => {
    const products = await Promise.all(
      body.items.map(({ productId }) => callService<ProductDetails>(urls, 'catalog', `/products/${productId}`)),
    );
    const totalCents = discounted(totalOf(products, body.items), body.coupon, version);
    const orderId = await inTransaction(pool, (client) => writeOrder(client, body, totalCents));
    trace.getActiveSpan()?.setAttributes({ 'shop.order.id': orderId, 'shop.order.total_cents': totalCents });
    try {
      await callService(urls, 'payments', '/charges', { orderId, amountCents: totalCents });
    } catch (error) {
      const isDeclined = error instanceof ServiceError && error.statusCode === 402;
      await pool.query('UPDATE orders SET state = $2 WHERE id = $1', [orderId, isDeclined ? 'declined' : 'failed']);
      placed.add(1, { outcome: isDeclined ? 'declined' : 'failed' });
      log.warn({ orderId, totalCents }, `order ${orderId} could not be paid`);
      throw error;
    }
    await pool.query("UPDATE orders SET state = 'paid' WHERE id = $1", [orderId]);
    placed.add(1, { outcome: 'paid' });
    value.record(totalCents / 100);
    if (redis !== null) {
      await publishOrder(redis, { orderId: String(orderId), email: body.email, totalCents: String(totalCents) });
    }
    log.info({ orderId, totalCents, items: body.items.length }, `order ${orderId} is paid`);
    return reply.code(201).send({ id: orderId, totalCents });
  });

  return listen(service, port, async () => {
    await pool.end();
    redis?.destroy();
  });
});

function totalOf(products: readonly ProductDetails[], items: readonly CartItem[]): number {
  return items.reduce((sum, { quantity }, index) => sum + quantity * (products[index]?.priceCents ?? 0), 0);
}

/** Version 1.4.1 is the one that was rolled back: its new table of coupons knows no lower case. */
function discounted(totalCents: number, coupon: string | undefined, version: string): number {
  if (coupon === undefined) return totalCents;
  const rate = COUPONS.get(version === '1.4.1' ? coupon : coupon.toUpperCase());
  if (rate === undefined) throw new TypeError(`the coupon ${coupon} has no rate`);
  return Math.round(totalCents * rate);
}

/** Takes the stock in the order of the products, so that two orders never wait for each other. */
async function writeOrder(client: PoolClient, { items, email }: NewOrder, totalCents: number): Promise<number> {
  for (const { productId, quantity } of items.toSorted((one, other) => one.productId - other.productId)) {
    await client.query('UPDATE stock SET quantity = quantity - $2 WHERE product_id = $1', [productId, quantity]);
  }
  const { rows } = await client.query<{ id: number }>(
    "INSERT INTO orders (email, total_cents, items, state) VALUES ($1, $2, $3, 'new') RETURNING id",
    [email, totalCents, JSON.stringify(items)],
  );
  return rows[0]?.id ?? 0;
}

async function inTransaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
