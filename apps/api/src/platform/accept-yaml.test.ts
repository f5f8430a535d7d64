import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { acceptYaml } from './accept-yaml.ts';

it('YAML is taken where a route says so, as the text that it is, and nowhere else', async () => {
  const instance = fastify();
  acceptYaml(instance);
  instance.post('/recording-rules/import', async ({ body }) => body);
  instance.post('/recording-rules', async ({ body }) => body);
  const payload = 'groups:\n  - name: é';
  const ask = (url: string, type: string) =>
    instance.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });
  for (const type of ['application/yaml', 'application/x-yaml', 'text/yaml; charset=utf-8']) {
    expect((await ask('/recording-rules/import', type)).json()).toEqual({ yaml: payload });
    expect((await ask('/recording-rules', type)).statusCode).not.toBe(200);
  }
});
