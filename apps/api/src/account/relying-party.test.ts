import { expect, it } from 'vitest';
import { relyingPartyOf } from './relying-party.ts';

const request = (host: string, protocol: 'http' | 'https' = 'http') => ({ host, protocol });

it.each([
  [undefined, request('localhost:8080'), { id: 'localhost', origin: 'http://localhost:8080' }],
  [undefined, request('Aegis.Example', 'https'), { id: 'aegis.example', origin: 'https://aegis.example' }],
  ['https://aegis.example:8443', request('10.0.0.1'), { id: 'aegis.example', origin: 'https://aegis.example:8443' }],
  [undefined, request('127.0.0.1:8080'), undefined],
  [undefined, request('[::1]:8080'), undefined],
  [undefined, request('0x7f.1'), undefined],
  ['http://192.0.2.7', request('aegis.example'), undefined],
  [undefined, request(''), undefined],
  [undefined, request('a b'), undefined],
])('public URL %s, asked %j', (publicUrl, asked, party) => {
  expect(relyingPartyOf(publicUrl, asked)).toEqual(party);
});
