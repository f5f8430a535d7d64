import { type EmbeddedPostgres, startEmbeddedPostgres } from '@aegisguard/embedded-postgres';
import { Client } from 'pg';
import { ASSORTMENT } from '../services/products.ts';

/** Of each service its own. */
const DATABASES = ['catalog', 'orders'] as const;

/** So many that reading them without an index is felt. */
const REVIEWS = 400_000;
const STOCK = 100_000_000;

/** The index without which the catalog reads all reviews of all products. */
export const REVIEWS_INDEX = 'CREATE INDEX IF NOT EXISTS reviews_product_id ON reviews (product_id) INCLUDE (stars)';

const CATALOG_SQL = `
CREATE TABLE IF NOT EXISTS products (id int PRIMARY KEY, name text NOT NULL, category text NOT NULL, price_cents int NOT NULL);
CREATE TABLE IF NOT EXISTS reviews (id int PRIMARY KEY, product_id int NOT NULL, stars int NOT NULL);`;
const REVIEWS_SQL = `
INSERT INTO reviews SELECT n, 1 + n % ${ASSORTMENT.length}, 1 + (n * 7 + n / 5) % 5 FROM generate_series(1, ${REVIEWS}) n ON CONFLICT DO NOTHING`;

const ORDERS_SQL = `
CREATE TABLE IF NOT EXISTS stock (product_id int PRIMARY KEY, quantity int NOT NULL);
CREATE TABLE IF NOT EXISTS orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, created_at timestamptz NOT NULL DEFAULT now(), email text NOT NULL, total_cents int NOT NULL, items jsonb NOT NULL, state text NOT NULL);
INSERT INTO stock SELECT n, ${STOCK} FROM generate_series(1, ${ASSORTMENT.length}) n ON CONFLICT DO NOTHING;
DELETE FROM orders WHERE created_at < now() - interval '7 days';`;

/** The shop's PostgreSQL. */
export interface ShopPostgres {
  /** Of the catalog and of the orders; with a password. */
  readonly catalogUrl: string;
  readonly ordersUrl: string;
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts a PostgreSQL of the shop's own and fills it, if it is new. */
export async function startShopPostgres(dataDir: string): Promise<ShopPostgres> {
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    const [catalogUrl, ordersUrl] = await createDatabases(server);
    await fill(catalogUrl, ordersUrl);
    return { catalogUrl, ordersUrl, exited: server.exited, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function createDatabases(server: EmbeddedPostgres): Promise<[catalog: string, orders: string]> {
  await withClient(server.url, async (client) => {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database');
    const missing = DATABASES.filter((name) => !rows.some(({ datname }) => datname === name));
    for (const name of missing) await client.query(`CREATE DATABASE ${name}`);
  });
  const urlOf = (name: (typeof DATABASES)[number]) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
  return [urlOf('catalog'), urlOf('orders')];
}

async function fill(catalogUrl: string, ordersUrl: string): Promise<void> {
  await withClient(catalogUrl, async (client) => {
    await client.query(CATALOG_SQL);
    for (const { id, name, category, priceCents } of ASSORTMENT) {
      await client.query('INSERT INTO products VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
        id,
        name,
        category,
        priceCents,
      ]);
    }
    const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM reviews');
    if (rows[0]?.count !== REVIEWS) await client.query(REVIEWS_SQL);
    // An incident may have been cut off.
    await client.query(REVIEWS_INDEX);
    await client.query('ANALYZE reviews');
  });
  await withClient(ordersUrl, (client) => client.query(ORDERS_SQL));
}

/** Does something with a connection of its own. */
export async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client(url);
  // A server that goes away is noticed by the query that fails.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
