import { afterAll, beforeAll, expect, it } from 'vitest';
import { createResolver } from './resolve-name.ts';
import { startDnsServer, type TestDnsServer } from './testing/dns-server.ts';

const NAMES: Readonly<Record<string, readonly string[]>> = { 'two.example': ['192.0.2.1', '192.0.2.2'] };

let dns: TestDnsServer;
const asked: string[] = [];

beforeAll(async () => {
  dns = await startDnsServer((name) => {
    asked.push(name);
    return NAMES[name] ?? [];
  });
});
afterAll(() => dns.stop());

const resolver = (asksSystem: boolean) => createResolver({ asksSystem, servers: [dns.address] });

it('finds all addresses', async () => {
  expect(await resolver(false)('two.example')).toEqual([
    { address: '192.0.2.1', family: 4 },
    { address: '192.0.2.2', family: 4 },
  ]);
});

it('says when there is no such name', async () => {
  await expect(resolver(false)('none.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

it('asks nobody about this machine', async () => {
  const before = asked.length;
  for (const name of ['localhost', 'LOCALHOST.', 'a.localhost']) {
    expect((await resolver(false)(name)).map(({ address }) => address)).toEqual(['127.0.0.1', '::1']);
  }
  expect(asked).toHaveLength(before);
});

it('asks the system only where it is told to', async () => {
  // What getaddrinfo takes for an address by itself, and DNS has no name of.
  expect(await resolver(true)('127.1')).toEqual([{ address: '127.0.0.1', family: 4 }]);
  await expect(resolver(false)('127.1')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});
