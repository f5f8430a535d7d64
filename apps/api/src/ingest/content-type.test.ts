import { expect, it } from 'vitest';
import { parseContentType } from './content-type.ts';

it.each([
  [undefined, '', {}],
  ['', '', {}],
  ['application/json', 'application/json', {}],
  [' APPLICATION/JSON ; Charset="utf-8"', 'application/json', { charset: 'utf-8' }],
  [
    'application/x-protobuf;proto=io.prometheus.write.v2.Request',
    'application/x-protobuf',
    { proto: 'io.prometheus.write.v2.Request' },
  ],
  ['text/plain;;=x;a', 'text/plain', {}],
])('%j', (header, mediaType, parameters) => {
  const parsed = parseContentType(header);
  expect(parsed.mediaType).toBe(mediaType);
  expect(Object.fromEntries(parsed.parameters)).toEqual(parameters);
});
