import { expect, it } from 'vitest';
import { keepAnswer, keptAnswer } from './kept-answer.ts';

it.each([
  { status: 202, contentType: 'application/json', headers: {}, body: '{"accepted":1}' },
  { status: 200, contentType: 'application/x-protobuf', headers: {}, body: Buffer.from([0, 255, 10, 128]) },
  { status: 200, contentType: 'application/x-protobuf', headers: {}, body: Buffer.alloc(0) },
  { status: 400, contentType: 'text/plain', headers: { 'x-written': '7' }, body: 'é\u0000' },
])('%j comes back as it was', (answer) => {
  expect(keptAnswer(keepAnswer(answer))).toEqual(answer);
});

it('a receipt of the first release is a native 202', () => {
  const body = '{"accepted":2,"rejected":0,"ingestId":"x"}';
  expect(keptAnswer(body)).toMatchObject({ status: 202, body, contentType: expect.stringContaining('json') });
});
