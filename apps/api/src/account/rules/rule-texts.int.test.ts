import { pino } from 'pino';
import { afterAll, expect, it } from 'vitest';
import { RuleTexts } from './rule-texts.ts';

const texts = new RuleTexts(pino({ level: 'silent' }));
afterAll(() => texts.onModuleDestroy());

const GROUP = {
  name: 'a',
  intervalSeconds: 60,
  limit: 0,
  rules: [{ record: 'b', expr: 'up', labels: {} }],
  enabled: true,
};

it('reads what it wrote, and says what is wrong', async () => {
  expect((await texts.read(await texts.write([GROUP]))).groups).toEqual([GROUP]);
  await texts.check(GROUP);
  const bad = { ...GROUP, rules: [{ record: 'b', expr: 'sum(', labels: {} }] };
  await expect(texts.check(bad)).rejects.toMatchObject({
    code: 'invalid-request',
    members: { errors: [{ path: '/rules/0/expr' }] },
  });
  await expect(texts.read('groups: 5')).rejects.toMatchObject({
    code: 'invalid-request',
    detail: 'Line 1, column 9: groups must be a list',
    members: { errors: [{ path: '/yaml', line: 1, column: 9 }] },
  });
});

it('a long file is nobody else’s time', async () => {
  const rule = '  - {record: b, expr: sum by (job) (requests_total)}\n';
  const long = texts.read(`groups:\n- name: a\n  rules:\n${rule.repeat(7000)}`).then(({ groups }) => groups.length);
  const turn = new Promise((resolve) => setImmediate(resolve, 'another turn'));
  expect(await Promise.race([long, turn])).toBe('another turn');
  expect(await long).toBe(1);
});
