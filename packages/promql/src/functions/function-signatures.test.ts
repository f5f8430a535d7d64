import { expect, it } from 'vitest';
import { FUNCTION_SIGNATURES, findFunction } from './function-signatures.ts';

it('names every function once', () => {
  const names = FUNCTION_SIGNATURES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => findFunction(name)?.name === name)).toBe(true);
  expect(findFunction('nosuch')).toBeUndefined();
});

it.each([
  ['rate', ['matrix'], 0, 'vector', undefined],
  ['histogram_quantile', ['scalar', 'vector'], 0, 'vector', undefined],
  ['label_replace', ['vector', 'string', 'string', 'string', 'string'], 0, 'vector', undefined],
  ['info', ['vector', 'vector'], 1, 'vector', true],
  ['max_of', ['scalar', 'scalar'], 0, 'scalar', true],
  ['sort_by_label', ['vector', 'string'], -1, 'vector', true],
])('%s takes %j', (name, parameters, optional, returns, isExperimental) => {
  expect(findFunction(name)).toEqual({
    name,
    parameters,
    optional,
    returns,
    ...(isExperimental === true && { isExperimental }),
  });
});
