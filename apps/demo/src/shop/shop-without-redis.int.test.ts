import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { processEnv } from '@aegisguard/config';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Shop } from './shop.ts';

/** A folder for PATH with these programs, as far as the machine has them: PostgreSQL may need one, and `redis-server` is none of them. */
async function programsOnly(directory: string, names: readonly string[]): Promise<string> {
  await mkdir(directory);
  const folders = (processEnv().PATH ?? '').split(delimiter);
  for (const name of names) {
    const program = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
    if (program !== undefined) await symlink(program, join(directory, name));
  }
  return directory;
}

it('sells without Redis, while nobody takes its telemetry, and while another version takes over', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'aegis-demo-no-redis-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  vi.stubEnv('PATH', await programsOnly(join(directory, 'bin'), ['sh', 'setpriv', 'true']));
  onTestFinished(() => void vi.unstubAllEnvs());
  const said: string[] = [];
  const shop = await Shop.open({
    dataDir: join(directory, 'data'),
    target: { url: 'http://127.0.0.1:1', token: 'nobody looks at it' },
    rumKey: 'nobody looks at it',
    seed: 7,
    env: {},
    say: (line) => said.push(line),
  });
  onTestFinished(() => shop.close());
  expect(said[0]).toBe('redis-server is not installed: the shop runs without cache, stream of orders and mailer');
  const names = ['card-network', 'catalog', 'orders', 'payments', 'storefront', 'visitors'];
  expect([...shop.pids.keys()].sort()).toEqual(names);
  const product = await fetch(`${shop.url}/api/products/7`);
  expect(await product.json()).toMatchObject({ id: 7, reviews: expect.any(Number), stars: expect.any(Number) });

  const buy = async () => {
    const order = await fetch(`${shop.url}/api/checkout`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ items: [{ productId: 7, quantity: 2 }], email: 'somebody@mail.example' }),
    });
    await order.arrayBuffer();
    return order.status;
  };
  const statuses = [await buy()];
  let isDeployed = false;
  const customers = Array.from({ length: 3 }, async () => {
    while (!isDeployed) statuses.push(await buy());
  });
  for (const version of ['1.4.2', '1.4.3']) await shop.deploy('orders', version);
  isDeployed = true;
  await Promise.all(customers);
  // Some cards are declined.
  expect(statuses.filter((status) => status !== 201 && status !== 402)).toEqual([]);
});
