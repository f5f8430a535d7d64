import { openMemoryLimits } from '@aegisguard/limits';
import { expect, it } from 'vitest';
import { demandLoginPace } from './login-pace.ts';

it.each([
  ['192.0.2.1', 60],
  ['2001:db8::1', 60],
  ['127.0.0.1', 600],
  ['::1', 600],
])('%s may begin %i logins at once, of each way', async (ip, count) => {
  const { limiter } = openMemoryLimits({ nowMs: () => 1_000_000 });
  for (let login = 0; login < count; login += 1) {
    await demandLoginPace(limiter, 'sso', ip);
  }
  await expect(demandLoginPace(limiter, 'sso', ip)).rejects.toMatchObject({ code: 'login-throttled' });
  await demandLoginPace(limiter, 'passkey', ip);
  await demandLoginPace(limiter, 'sso', '198.51.100.1');
});
