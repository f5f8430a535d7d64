import { expect, it } from 'vitest';
import { relyingPartyOf } from './relying-party.ts';

it.each([
  [undefined, 'localhost:8080', { id: 'localhost', origins: ['https://localhost:8080', 'http://localhost:8080'] }],
  [undefined, 'Aegis.Example', { id: 'aegis.example', origins: ['https://aegis.example', 'http://aegis.example'] }],
  ['https://aegis.example:8443', '10.0.0.1', { id: 'aegis.example', origins: ['https://aegis.example:8443'] }],
  [undefined, '127.0.0.1:8080', undefined],
  [undefined, '[::1]:8080', undefined],
  [undefined, '0x7f.1', undefined],
  ['http://192.0.2.7', 'aegis.example', undefined],
  [undefined, '', undefined],
  [undefined, 'a b', undefined],
])('public URL %s, asked %j', (publicUrl, host, party) => {
  expect(relyingPartyOf(publicUrl, { host })).toEqual(party);
});
