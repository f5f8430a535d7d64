import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { FIRST_LOG_BODY, signedCurl } from './signed-curl.ts';

const REQUEST = {
  origin: 'http://localhost:8080',
  path: '/v1/logs',
  key: 'my-key',
  secret: 's3cret, with "signs"',
} as const;

/** The arguments that curl would get: a shell function stands in for it and shows them. */
function argumentsOf(command: string): string[] {
  const script = `curl() { for argument; do printf '%s\\n' "$argument"; done; }\n${command}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\n');
}

function signatureOf(body: string): string {
  return createHmac('sha256', REQUEST.secret).update(body).digest('hex');
}

it('signs the body that it sends', () => {
  const sent = argumentsOf(signedCurl({ ...REQUEST, body: FIRST_LOG_BODY }));
  const body = sent[sent.indexOf('--data') + 1] ?? '';
  expect(JSON.parse(body)).toEqual({ logs: [{ service: 'hello', level: 'info', message: 'my first log' }] });
  expect(sent).toContain(`x-signature: sha256=${signatureOf(body)}`);
  expect(sent).toContain('x-org-key: my-key');
  expect(sent).toContain('http://localhost:8080/v1/logs');
});

it('signs a body that the shell makes', () => {
  const sent = argumentsOf(signedCurl({ ...REQUEST, body: `$(printf '{"n":%s}' 17)`, isExpression: true }));
  const body = sent[sent.indexOf('--data') + 1] ?? '';
  expect(body).toBe('{"n":17}');
  expect(sent).toContain(`x-signature: sha256=${signatureOf(body)}`);
});
