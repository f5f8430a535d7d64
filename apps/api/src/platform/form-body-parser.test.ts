import fastify from 'fastify';
import { expect, it } from 'vitest';
import { acceptForms, withForm } from './form-body-parser.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

it('reads a form where the table says so, and refuses it elsewhere', async () => {
  const instance = fastify();
  acceptForms(instance);
  instance.post('/prometheus/api/v1/query', async ({ query, body }) => withForm(query, body));
  instance.post('/auth/login', async () => 'never');
  const payload = 'query=a%2Bb+c&match[]=x&match[]=y';
  const url = '/prometheus/api/v1/query?query=z&limit=3&match[]=v';
  const taken = await instance.inject({ method: 'POST', url, headers: FORM, payload });
  expect(taken.json()).toEqual({ query: 'a+b c', limit: '3', 'match[]': ['x', 'y', 'v'] });
  const refused = await instance.inject({ method: 'POST', url: '/auth/login', headers: FORM, payload });
  expect(refused.body).not.toContain('never');
});

it.each([
  [{ a: '1' }, undefined, { a: '1' }],
  [{}, { a: '1' }, { a: '1' }],
  [{ a: '1', b: '2' }, { a: '3' }, { a: '3', b: '2' }],
  [{ 'a[]': '1' }, { 'a[]': ['2', '3'] }, { 'a[]': ['2', '3', '1'] }],
])('%j and the form %j', (query, form, merged) => {
  expect(withForm(query, form)).toEqual(merged);
});

it('a form cannot name what objects have', () => {
  const form = JSON.parse('{"__proto__": ["x", "y"]}') as object;
  expect(Object.getPrototypeOf(withForm({}, form))).toBe(Object.prototype);
});
