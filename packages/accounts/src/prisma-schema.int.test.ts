import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { closeDatabases, createDatabase } from '@aegisguard/testkit';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import { Client } from 'pg';
import { afterAll, expect, it } from 'vitest';
import { Prisma } from './generated/client.ts';
import { migrateAccounts } from './migrate-accounts.ts';

const require = createRequire(import.meta.url);

afterAll(closeDatabases);

it('the migrations make exactly what the Prisma schema describes', async () => {
  const [migrated, described] = await Promise.all([createDatabase(), createDatabase()]);
  await migrateAccounts(migrated);
  await runSql(described, await scriptOf(new URL('../prisma/schema.prisma', import.meta.url), described));

  const wanted = await describeCatalog(described);
  expect(wanted.length).toBeGreaterThan(30);
  expect(await describeCatalog(migrated)).toEqual(wanted);
});

it('the schema engine used here is the one that the pinned Prisma was built with', () => {
  const engine = require.resolve('@prisma/schema-engine-wasm');
  const { version } = require(join(dirname(engine), 'package.json')) as { version: string };
  expect(version).toContain(Prisma.prismaVersion.engine);
});

/** What `prisma migrate diff --from-empty --script` would print, from the engine that it would download. */
async function scriptOf(schema: URL, url: string): Promise<string> {
  const content = await readFile(schema, 'utf8');
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(url));
  const options = { datamodels: [['schema.prisma', content] as [string, string]] };
  const engine = await SchemaEngine.new(options, () => undefined, adapter);
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout ?? '';
}

/**
 * Columns, keys and indexes of all tables in words, sorted. Two things that Prisma cannot say are left out: CHECK constraints, and whether a list may be null (it writes every list as
 * nullable and reads null as empty).
 */
async function describeCatalog(url: string): Promise<string[]> {
  const rows = await runSql(
    url,
    `SELECT format('column %s.%s %s%s default %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                   CASE WHEN a.attnotnull AND t.typcategory <> 'A' THEN ' not null' ELSE '' END,
                   coalesce(pg_get_expr(d.adbin, d.adrelid), 'none')) AS line
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     JOIN pg_type t ON t.oid = a.atttypid
     LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'
     UNION ALL
     SELECT format('constraint %s on %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid))
     FROM pg_constraint
     WHERE contype IN ('p', 'u', 'f', 'x') AND connamespace = 'public'::regnamespace AND conrelid <> coalesce(to_regclass('_prisma_migrations'), 0)
     UNION ALL
     SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
     ORDER BY line`,
  );
  return rows.map((row) => String(row.line));
}

async function runSql(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
