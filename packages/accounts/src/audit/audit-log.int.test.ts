import { AegisError, type OrgId, parseOrgId } from '@aegisguard/model';
import { closeDatabases, createDatabase } from '@aegisguard/testkit';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Accounts, openAccounts } from '../accounts.ts';
import { type Actor, SYSTEM_ACTOR } from '../actor.ts';
import { migrateAccounts } from '../migrate-accounts.ts';
import { readMigrations } from '../migration-files.ts';
import { AuditChain } from './audit-chain.ts';
import { AuditTrail, type RunSql } from './audit-trail.ts';
import { verifyChain } from './verify-chain.ts';

const MASTER_KEY = Buffer.alloc(32, 5);
const PERSON: Actor = {
  kind: 'user',
  id: '00000000-0000-7000-8000-0000000000aa',
  name: 'Ada',
  ip: '192.0.2.7',
  userAgent: 'browser',
  requestId: 'request-1',
};

let nowMs = Date.parse('2026-11-26T12:00:00Z');
let databaseUrl: string;
let accounts: Accounts;
let client: Client;
let owner: string;
const chain = new AuditChain(MASTER_KEY);
const trail = new AuditTrail(chain, () => nowMs);

beforeAll(async () => {
  databaseUrl = await createDatabase();
  accounts = openAccounts({ databaseUrl, masterKey: MASTER_KEY, now: () => nowMs });
  await accounts.migrate();
  owner = (await accounts.users.create({ email: 'owner@example.com', name: 'Owner', password: 'owner password' })).id;
  client = new Client(databaseUrl);
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await accounts.close();
  await closeDatabases();
});

const sql: RunSql = async (text, values) => (await client.query(text, [...values])).rows;
const newOrg = (name = 'Org') => accounts.organizations.create(SYSTEM_ACTOR, { name, ownerUserId: owner });

async function inTransaction(work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  await work().then(
    () => client.query('COMMIT'),
    async (error: unknown) => {
      await client.query('ROLLBACK');
      throw error;
    },
  );
}

/** Appends `count` entries after the one of the creation. */
async function appendSome(orgId: OrgId, count: number): Promise<void> {
  for (let at = 1; at <= count; at += 1) {
    nowMs += 1;
    const target = { kind: 'key', id: `key-${at}`, name: `Key ${at}` };
    await inTransaction(() =>
      trail.append(sql, orgId, PERSON, { action: 'key.update', target, before: { n: at }, after: { n: at + 1 } }),
    );
  }
}

describe('what is appended', () => {
  it('is read back as it was and verifies, whatever it holds', async () => {
    const orgId = await newOrg();
    const facts = fc.option(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' })));
    const text = fc.string({ unit: 'binary', maxLength: 50 });
    const change = fc.record({
      action: fc.constant('key.update' as const),
      target: fc.record({ kind: text, id: fc.option(text), name: fc.option(text) }),
      before: facts,
      after: facts,
    });
    const actor = fc.record({
      kind: fc.constantFrom('user' as const, 'key' as const, 'system' as const),
      id: fc.option(text),
      name: text,
      ip: fc.option(text),
      userAgent: fc.option(text),
      requestId: fc.option(text),
    });
    let entries = 1;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(actor, change), { minLength: 5, maxLength: 15 }), async (written) => {
        await inTransaction(async () => {
          for (const [by, what] of written) {
            nowMs += 1;
            await trail.append(sql, orgId, by, what);
          }
        });
        entries += written.length;
        expect(await accounts.audit.verify(orgId)).toMatchObject({ entries, brokenAt: null });
      }),
      { numRuns: 8 },
    );
    const numbers = { n: [1e21, 5e-324, 1.7976931348623157e308, -0, 0.1, 2 ** 53 + 2], $type: 'Json', __proto__: 1 };
    await inTransaction(() =>
      trail.append(sql, orgId, PERSON, {
        action: 'key.update',
        target: { kind: 'k', id: null, name: null },
        after: { ...numbers, '10': 1, '9': 2, b: null, a: [] },
      }),
    );
    const [last] = (await accounts.audit.list(orgId, {}, 1)).items;
    expect(last?.after).toEqual({ ...numbers, n: numbers.n.map((n) => n + 0), '10': 1, '9': 2, b: null, a: [] });
    expect(await accounts.audit.verify(orgId)).toMatchObject({ brokenAt: null });
  });

  it('comes from many at once without a gap', async () => {
    const orgId = await newOrg();
    const key = (at: number) => accounts.apiKeys.create(orgId, SYSTEM_ACTOR, { name: `key ${at}`, kind: 'signed' });
    const verdicts = await Promise.all([
      ...Array.from({ length: 20 }, (_, at) => key(at).then(() => undefined)),
      ...Array.from({ length: 5 }, () => accounts.audit.verify(orgId)),
    ]);
    expect(verdicts.every((verdict) => verdict === undefined || verdict.brokenAt === null)).toBe(true);
    expect(await accounts.audit.verify(orgId)).toMatchObject({ entries: 21, brokenAt: null });
  });

  it('needs an organization', async () => {
    const nowhere = parseOrgId('00000000-0000-7000-8000-000000000000');
    const change = { action: 'key.update', target: { kind: 'k', id: null, name: null } } as const;
    await expect(inTransaction(() => trail.append(sql, nowhere, PERSON, change))).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await accounts.audit.verify(nowhere)).toMatchObject({ brokenAt: { problem: 'head-missing' } });
  });
});

describe('organizations that are older than the audit log', () => {
  it('get a first entry with the migration, and later a chain that is gone is a broken one', async () => {
    const url = await createDatabase();
    await migrateAccounts(url, { migrations: (await readMigrations()).slice(0, 3) });
    const old = new Client(url);
    await old.connect();
    const ids = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];
    for (const id of ids) {
      await old.query('INSERT INTO organizations (id, name, created_at) VALUES ($1, $2, now())', [id, `Org ${id}`]);
    }
    const upgraded = openAccounts({ databaseUrl: url, masterKey: MASTER_KEY });
    await upgraded.migrate();
    const [first, second] = ids.map(parseOrgId) as [OrgId, OrgId];
    expect(await upgraded.audit.verify(first)).toMatchObject({ entries: 1, brokenAt: null });
    expect((await upgraded.audit.list(second, {}, 10)).items).toMatchObject([
      { seq: 1n, action: 'organization.create', actor: { kind: 'system' }, target: { id: second } },
    ]);
    await old.query('DELETE FROM audit_entries');
    await old.query('DELETE FROM audit_heads');
    await old.end();
    await upgraded.migrate();
    const missing = { entries: 0, brokenAt: { seq: 0, id: null, problem: 'head-missing' } };
    expect(await upgraded.audit.verify(first)).toMatchObject(missing);
    await upgraded.close();
  });
});

describe('reading', () => {
  it('filters, newest first, and sees one organization only', async () => {
    const [orgId, other] = [await newOrg(), await newOrg('Other')];
    await appendSome(orgId, 5);
    await appendSome(other, 1);
    const seqs = async (filter: Parameters<Accounts['audit']['list']>[1], limit = 10, before?: bigint) => {
      const { items, next } = await accounts.audit.list(orgId, filter, limit, before);
      expect(items.every((entry) => entry.orgId === orgId)).toBe(true);
      return [items.map(({ seq }) => Number(seq)), next];
    };
    expect(await seqs({})).toEqual([[6, 5, 4, 3, 2, 1], null]);
    expect(await seqs({}, 2)).toEqual([[6, 5], 5n]);
    expect(await seqs({}, 2, 3n)).toEqual([[2, 1], null]);
    expect(await seqs({ action: 'organization.create' })).toEqual([[1], null]);
    expect(await seqs({ actor: PERSON.id ?? '' }, 1)).toEqual([[6], 6n]);
    expect(await seqs({ target: 'key-2' })).toEqual([[3], null]);
    expect(await seqs({ seq: 2 })).toEqual([[2], null]);
    expect(await seqs({ seq: 2, target: 'key-2' })).toEqual([[], null]);
    expect(await seqs({ text: 'kEY 4' })).toEqual([[5], null]);
    expect(await seqs({ text: 'ada' })).toEqual([[6, 5, 4, 3, 2], null]);
    for (const text of ['%', '_', '\\', "' OR true --"]) {
      expect(await seqs({ text })).toEqual([[], null]);
    }
    expect(await seqs({ from: new Date(nowMs - 1), to: new Date(nowMs) })).toEqual([[6], null]);
    expect(await seqs({ from: new Date(nowMs - 2), to: new Date(nowMs - 1) })).toEqual([[5], null]);
  });

  it('exports all of it, oldest first, page by page, up to what was there when it began', async () => {
    const orgId = await newOrg();
    // An export does not verify: rows without hashes do.
    await client.query(
      `INSERT INTO audit_entries (org_id, seq, id, at, actor_kind, actor_name, action, target_kind, target_id, hash)
       SELECT $1, n, gen_random_uuid(), now(), 'system', '', 'key.update', 'key', 'key-' || n % 2, '' FROM generate_series(2, 1201) n`,
      [orgId],
    );
    const seen: number[] = [];
    const pages = accounts.audit.export(orgId, { target: 'key-0' });
    for await (const page of pages) {
      if (seen.length === 0) {
        await sql(`UPDATE audit_entries SET seq = 1300, target_id = 'key-0' WHERE org_id = $1 AND seq = 1`, [orgId]);
      }
      seen.push(...page.map(({ seq }) => Number(seq)));
    }
    expect(seen).toEqual(Array.from({ length: 600 }, (_, at) => 2 + 2 * at));
  });
});

it('a verification ends when its time is up, and when nobody waits for it any more', async () => {
  const orgId = await newOrg();
  let minutes = 0;
  const now = () => {
    minutes += 2;
    return minutes * 60_000;
  };
  const slow = openAccounts({ databaseUrl, masterKey: MASTER_KEY, now, poolMax: 1 });
  await expect(slow.audit.verify(orgId)).rejects.toMatchObject({ code: 'query-timeout' });
  const gone = AbortSignal.abort(new AegisError('query-cancelled'));
  await expect(slow.audit.verify(orgId, gone)).rejects.toMatchObject({ code: 'query-cancelled' });
  // Its only connection is free again.
  expect((await slow.audit.list(orgId, {}, 1)).items).toHaveLength(1);
  await slow.close();
});

describe('tampering', () => {
  let orgId: OrgId;
  let other: OrgId;

  beforeAll(async () => {
    orgId = await newOrg();
    other = await newOrg('Other');
    await appendSome(orgId, 7);
    await appendSome(other, 12);
  });

  /** What verification says after some SQL, which is then taken back. */
  async function tampered(...statements: readonly string[]) {
    const tables = ['audit_entries', 'audit_heads'];
    for (const table of tables) {
      await client.query(
        `CREATE TABLE saved_${table} AS SELECT * FROM ${table} WHERE org_id IN ('${orgId}', '${other}')`,
      );
    }
    try {
      for (const statement of statements) {
        await client.query(statement);
      }
      const verdict = await accounts.audit.verify(orgId);
      // The same in small pages.
      const read = async <Row>(text: string, values: readonly unknown[]) =>
        (await client.query(text, [...values])).rows as Row[];
      expect(await verifyChain(read, chain, orgId, () => undefined, 3)).toEqual(verdict);
      return verdict.brokenAt;
    } finally {
      for (const table of tables) {
        await client.query(`DELETE FROM ${table} WHERE org_id IN ('${orgId}', '${other}')`);
        await client.query(`INSERT INTO ${table} SELECT * FROM saved_${table}`);
        await client.query(`DROP TABLE saved_${table}`);
      }
      expect((await accounts.audit.verify(orgId)).brokenAt).toBeNull();
    }
  }

  const entry = (seq: number) => `org_id = '${orgId}' AND seq = ${seq}`;

  it('with any column of an entry is found, and the entry named', async () => {
    const changes: Readonly<Record<string, readonly string[]>> = {
      id: ["'00000000-0000-7000-8000-0000000000ff'"],
      at: ["at + interval '1 millisecond'", "'infinity'", "'-infinity'", "'294276-01-01'"],
      actor_kind: ["'system'"],
      actor_id: ["'x'", 'NULL'],
      actor_name: ["actor_name || ' '", "''"],
      action: ["'key.create'"],
      target_kind: ["'user'"],
      target_id: ["'x'", 'NULL', "''"],
      target_name: ['NULL', "'x'"],
      before: ["'{}'", 'NULL', "'null'", "'[]'", '\'{"n": 4.0000001}\'', '\'{"n": 1e400}\''],
      after: ['NULL', "'5'", '\'{"n": "4"}\''],
      ip: ['NULL', "'192.0.2.8'"],
      user_agent: ['NULL', "''"],
      request_id: ['NULL', "'request-2'"],
      hash: ["decode(repeat('00', 32), 'hex')", "'\\x'", "hash || '\\x00'"],
    };
    const columns = await sql<{ column_name: string }>(
      "SELECT column_name FROM information_schema.columns WHERE table_name = 'audit_entries'",
      [],
    );
    // These two say where the entry is: see below.
    const names = columns.map(({ column_name }) => column_name).filter((name) => name !== 'org_id' && name !== 'seq');
    expect(names.toSorted()).toEqual(Object.keys(changes).toSorted());
    for (const [column, values] of Object.entries(changes)) {
      for (const value of values) {
        const found = await tampered(`UPDATE audit_entries SET ${column} = ${value} WHERE ${entry(4)}`);
        expect(found, `${column} = ${value}`).toMatchObject({ seq: 4, problem: 'altered' });
      }
    }
  });

  it('with the place of an entry is found', async () => {
    const isMissing = (seq: number) => ({ seq, id: null, problem: 'missing' });
    expect(await tampered(`UPDATE audit_entries SET seq = 99 WHERE ${entry(4)}`)).toEqual(isMissing(4));
    expect(await tampered(`UPDATE audit_entries SET seq = 99 WHERE ${entry(8)}`)).toEqual(isMissing(8));
    expect(await tampered(`UPDATE audit_entries SET org_id = '${other}', seq = 50 WHERE ${entry(4)}`)).toEqual(
      isMissing(4),
    );
    const swap = [
      `UPDATE audit_entries SET seq = 1000 WHERE ${entry(3)}`,
      `UPDATE audit_entries SET seq = 3 WHERE ${entry(6)}`,
      `UPDATE audit_entries SET seq = 6 WHERE ${entry(1000)}`,
    ];
    expect(await tampered(...swap)).toMatchObject({ seq: 3, problem: 'altered' });
    expect(await tampered(`UPDATE audit_entries SET seq = seq + 1000 WHERE org_id = '${orgId}'`)).toEqual(isMissing(1));
  });

  it('by removing entries is found, and the first one named', async () => {
    const remove = (condition: string) =>
      tampered(`DELETE FROM audit_entries WHERE org_id = '${orgId}' AND ${condition}`);
    expect(await remove('seq = 1')).toEqual({ seq: 1, id: null, problem: 'missing' });
    expect(await remove('seq IN (4, 6)')).toEqual({ seq: 4, id: null, problem: 'missing' });
    expect(await remove('seq = 8')).toEqual({ seq: 8, id: null, problem: 'missing' });
    expect(await remove('true')).toEqual({ seq: 1, id: null, problem: 'missing' });
    const all = [
      `DELETE FROM audit_entries WHERE org_id = '${orgId}'`,
      `DELETE FROM audit_heads WHERE org_id = '${orgId}'`,
    ];
    expect(await tampered(...all)).toEqual({ seq: 0, id: null, problem: 'head-missing' });
  });

  it('with the head is found', async () => {
    const head = (change: string) => tampered(`UPDATE audit_heads SET ${change} WHERE org_id = '${orgId}'`);
    const altered = { seq: 8, id: null, problem: 'head-altered' };
    for (const change of [
      'seq = 7',
      'seq = 9',
      "hash = decode(repeat('00', 32), 'hex')",
      "mac = '\\x'",
      "mac = mac || '\\x00'",
    ]) {
      expect(await head(change), change).toEqual(altered);
    }
    const foreign = `(seq, hash, mac) = (SELECT seq, hash, mac FROM audit_heads WHERE org_id = '${other}')`;
    expect(await head(foreign)).toEqual(altered);
    const gone = `DELETE FROM audit_heads WHERE org_id = '${orgId}'`;
    expect(await tampered(gone)).toEqual({ seq: 8, id: null, problem: 'head-missing' });
    const moved = [
      `DELETE FROM audit_heads WHERE org_id = '${other}'`,
      `UPDATE audit_heads SET org_id = '${other}' WHERE org_id = '${orgId}'`,
    ];
    expect(await tampered(...moved)).toEqual({ seq: 8, id: null, problem: 'head-missing' });
    const cut = [
      `DELETE FROM audit_entries WHERE ${entry(8)}`,
      `UPDATE audit_heads SET seq = 7, hash = (SELECT hash FROM audit_entries WHERE ${entry(7)}) WHERE org_id = '${orgId}'`,
    ];
    expect(await tampered(...cut)).toEqual({ seq: 7, id: null, problem: 'head-altered' });
  });

  it('with a head of before is found while later entries are there', async () => {
    const [old] = await sql<{ seq: string; hash: string; mac: string }>(
      `SELECT seq::text, encode(hash, 'hex') AS hash, encode(mac, 'hex') AS mac FROM audit_heads WHERE org_id = '${orgId}'`,
      [],
    );
    await appendSome(orgId, 1);
    const back = `UPDATE audit_heads SET seq = ${old?.seq}, hash = '\\x${old?.hash}', mac = '\\x${old?.mac}' WHERE org_id = '${orgId}'`;
    expect(await tampered(back)).toEqual({ seq: 9, id: null, problem: 'head-altered' });
  });

  it('by adding entries is found: copied from elsewhere, or written with another key', async () => {
    const columns =
      'at, actor_kind, actor_id, actor_name, action, target_kind, target_id, target_name, before, after, ip, user_agent, request_id, hash';
    const copy = `INSERT INTO audit_entries (org_id, seq, id, ${columns})
      SELECT '${orgId}', 10, gen_random_uuid(), ${columns} FROM audit_entries WHERE org_id = '${other}' AND seq = 10`;
    expect(await tampered(copy)).toMatchObject({ seq: 10, problem: 'altered' });
    const instead = [
      `DELETE FROM audit_entries WHERE ${entry(5)}`,
      copy.replaceAll(', 10,', ', 5,').replace('seq = 10', 'seq = 5'),
    ];
    expect(await tampered(...instead)).toMatchObject({ seq: 5, problem: 'altered' });
    const thief = new AuditTrail(new AuditChain(Buffer.alloc(32, 6)), () => nowMs);
    const change = { action: 'key.update', target: { kind: 'key', id: 'k', name: null } } as const;
    await client.query('CREATE TABLE saved AS SELECT * FROM audit_heads');
    await thief.append(sql, orgId, PERSON, change);
    expect((await accounts.audit.verify(orgId)).brokenAt).toMatchObject({ seq: 10, problem: 'altered' });
  });
});
