import { DashboardVariable } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { type ReadValues, resolveVariables } from './resolve-variables.ts';
import { scopeOf } from './resolved-variable.ts';
import { substituteQuery } from './substitute.ts';
import { ALL } from './variable-scope.ts';

const variable = (name: string, more: object): DashboardVariable =>
  DashboardVariable.parse({ name, type: 'query', ...more });

/** Answers with the label and the selector, so that tests see what was asked. */
const read: ReadValues = async (query) => {
  if (query.kind === 'label-values') {
    return ['b', 'a', `${query.label} of ${query.selector}`];
  }
  return ['m10', 'm9', 'other'];
};

const resolve = (variables: readonly DashboardVariable[], wanted: Record<string, readonly string[]> = {}) =>
  resolveVariables(variables, new Map(Object.entries(wanted)), new Map(), read);

it('asks with the values of those that a query depends on, whatever the order', async () => {
  const [pod, namespace] = await resolve(
    [
      variable('pod', { query: 'label_values(up{namespace="$namespace", a="x,y"}, pod)' }),
      variable('namespace', { query: 'label_values(namespace)' }),
    ],
    { namespace: ['b'] },
  );
  expect(namespace?.value.values).toEqual(['b']);
  expect(pod?.offered).toEqual(['a', 'b', 'pod of up{namespace="b", a="x,y"}']);
  expect(pod?.value.values).toEqual(['a']);
});

it('a circle of variables still ends', async () => {
  const resolved = await resolve([
    variable('a', { query: 'label_values(up{x="$b"}, a)' }),
    variable('b', { query: 'label_values(up{x="$a"}, b)' }),
  ]);
  expect(resolved.map(({ variable: { name } }) => name)).toEqual(['a', 'b']);
});

it('takes the first group of a regex, and sorts numbers as such', async () => {
  const [numbers] = await resolve([variable('n', { query: 'metrics(.*)', regex: '/m(\\d+)/', sort: 'number' })]);
  expect(numbers?.offered).toEqual(['9', '10']);
});

it('of values that are gone it falls back to All or the first', async () => {
  const query = 'label_values(up, job)';
  const [one, many, all] = await resolve(
    [
      variable('one', { query }),
      variable('many', { query, isMulti: true, hasAll: true }),
      variable('all', { query, hasAll: true, current: [ALL] }),
    ],
    { one: ['gone'], many: ['gone', 'b'] },
  );
  expect(one?.value.values).toEqual(['a']);
  expect(many?.value).toMatchObject({ values: ['b'], isAll: false });
  expect(all?.value).toMatchObject({ values: all?.offered, isAll: true });
});

it('custom values keep their order; a text is what was typed', async () => {
  const resolved = await resolve(
    [
      variable('c', { type: 'custom', options: ['z', 'a'] }),
      variable('t', { type: 'text', query: 'api' }),
      variable('k', { type: 'constant', query: 'fixed' }),
    ],
    { t: ['web.*'] },
  );
  expect(substituteQuery('$c $t $k', scopeOf(resolved))).toBe('z web.* fixed');
  expect(substituteQuery('up{job=~"$t"}', scopeOf(resolved))).toBe('up{job=~"web.*"}');
});

it('says why values are not known, and goes on with what was chosen', async () => {
  const [bad, broken] = await resolve(
    [variable('bad', { query: 'nonsense' }), variable('broken', { query: 'metrics(.*)', regex: '(' })],
    { bad: ['kept'] },
  );
  expect(bad?.problem).toMatch(/^Use label_values/);
  expect(bad?.value.values).toEqual(['kept']);
  expect(broken?.problem).toBeTypeOf('string');
});
