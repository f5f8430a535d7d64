import { expect, it } from 'vitest';
import { readOrigin } from './key-origin.ts';

it.each([
  ['https://shop.example', 'https://shop.example'],
  [' http://localhost:3000/ ', 'http://localhost:3000'],
  ['https://*.example.com', 'https://*.example.com'],
  ['*', '*'],
])('reads %s', (text, origin) => {
  expect(readOrigin(text)).toBe(origin);
});

it.each(['', 'shop.example', 'https://', 'https://shop.example/cart', 'ftp://shop.example', 'https://a b'])(
  'refuses “%s”',
  (text) => {
    expect(readOrigin(text)).toBeUndefined();
  },
);
