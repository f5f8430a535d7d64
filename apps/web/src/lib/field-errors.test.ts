import { expect, it } from 'vitest';
import { ApiError } from './api-error.ts';
import { fieldErrors } from './field-errors.ts';

const refusal = (errors: unknown): ApiError => new ApiError('invalid-request', 'The request is not valid', { errors });

it('names fields as the form does', () => {
  const error = refusal([
    { path: '/email', message: 'is taken', index: 3 },
    { path: '/origins/1', message: 'is no origin' },
    { path: '/labels/a~1b~0c', message: 'is too long' },
  ]);
  expect(fieldErrors(error)).toEqual([
    { path: 'email', message: 'is taken' },
    { path: 'origins.1', message: 'is no origin' },
    { path: 'labels.a/b~c', message: 'is too long' },
  ]);
});

it('leaves out what is not in the part of the body that is asked for', () => {
  const error = refusal([
    { path: '/policy/ip', message: 'a' },
    { path: '/policyx', message: 'b' },
    { path: '', message: 'c' },
  ]);
  expect(fieldErrors(error, '/policy')).toEqual([{ path: 'ip', message: 'a' }]);
});

it.each([undefined, 'text', [{ path: 3 }], {}])('finds nothing in %j', (errors) => {
  expect(fieldErrors(refusal(errors))).toEqual([]);
});
