import { metrics } from '@opentelemetry/api';
import { Pool } from 'pg';
import { runProcess } from '../process/run-process.ts';
import { createHttpService, listen } from './http-service.ts';
import type { Product, ProductDetails } from './products.ts';
import { openRedis, type RedisConnection } from './redis-connection.ts';

// Products from PostgreSQL, those that were asked for lately from Redis.

const CACHE_SECONDS = 45;

const LIST_SQL =
  'SELECT id, name, category, price_cents AS "priceCents" FROM products WHERE $1::text IS NULL OR category = $1 ORDER BY name LIMIT 24';
const SEARCH_SQL =
  'SELECT id, name, category, price_cents AS "priceCents" FROM products WHERE name ILIKE $1 ORDER BY name LIMIT 24';
const PRODUCT_SQL = 'SELECT id, name, category, price_cents AS "priceCents" FROM products WHERE id = $1';
const REVIEWS_SQL =
  'SELECT coalesce(round(avg(stars), 1), 0)::float8 AS stars, count(*)::int AS reviews FROM reviews WHERE product_id = $1';

const lookups = metrics.getMeter('shop.catalog').createCounter('shop.cache.lookups', {
  description: 'Products that were looked for in the cache.',
  unit: '{lookup}',
});

await runProcess(async ({ port, databaseUrl, redisUrl }) => {
  const pool = new Pool({ connectionString: databaseUrl ?? '', max: 4 });
  const redis = await openRedis(redisUrl);
  const service = createHttpService();
  pool.on('error', (error) => service.log.warn({ err: error }, 'the database closed a connection'));

  service.get<{ Querystring: { category?: string; q?: string } }>('/products', async ({ query, log }) => {
    if (query.q === undefined) return (await pool.query<Product>(LIST_SQL, [query.category ?? null])).rows;
    const { rows } = await pool.query<Product>(SEARCH_SQL, [`%${query.q}%`]);
    log.info({ search: query.q, found: rows.length }, `search for "${query.q}" found ${rows.length} products`);
    return rows;
  });

  service.get<{ Params: { id: string } }>('/products/:id', async ({ params, log }, reply) => {
    const cached = await readCached(redis, params.id);
    if (cached !== undefined) return reply.type('application/json').send(cached);
    const [product] = (await pool.query<Product>(PRODUCT_SQL, [Number(params.id)])).rows;
    if (product === undefined) {
      log.warn({ productId: params.id }, `there is no product ${params.id}`);
      return reply.code(404).send({ message: 'there is no such product' });
    }
    const startMs = performance.now();
    const [reviews] = (await pool.query<{ stars: number; reviews: number }>(REVIEWS_SQL, [product.id])).rows;
    const tookMs = Math.round(performance.now() - startMs);
    if (tookMs > 100) log.warn({ productId: product.id, tookMs }, `reading reviews took ${tookMs} ms`);
    const details: ProductDetails = { ...product, stars: 0, reviews: 0, ...reviews };
    await redis?.set(`product:${params.id}`, JSON.stringify(details), { EX: CACHE_SECONDS });
    return details;
  });

  return listen(service, port, async () => {
    await pool.end();
    redis?.destroy();
  });
});

async function readCached(redis: RedisConnection | null, id: string): Promise<string | undefined> {
  if (redis === null) return undefined;
  const found = await redis.get(`product:${id}`);
  lookups.add(1, { result: found === null ? 'miss' : 'hit' });
  return found ?? undefined;
}
