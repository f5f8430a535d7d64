import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { sampleCurl } from './sample-curl.ts';

it('signs the body that it sends', () => {
  const command = sampleCurl('http://localhost:8080')
    .replace('<key id>', 'my-key')
    .replace('<secret>', 's3cret, with "signs"');
  // A shell function instead of curl shows what would be sent.
  const sent = execFileSync('sh', ['-c', `curl() { for argument; do printf '%s\\n' "$argument"; done; }\n${command}`], {
    encoding: 'utf8',
  }).split('\n');
  const body = sent[sent.indexOf('--data') + 1] ?? '';
  expect(JSON.parse(body)).toEqual({ logs: [{ service: 'hello', level: 'info', message: 'my first log' }] });
  const signature = createHmac('sha256', 's3cret, with "signs"').update(body).digest('hex');
  expect(sent).toContain(`x-signature: sha256=${signature}`);
  expect(sent).toContain('x-org-key: my-key');
  expect(sent).toContain('http://localhost:8080/v1/logs');
});
