import { expect, it } from 'vitest';
import { secretText } from './secret-box.tsx';

it('writes a single secret as it is, so that a program can read the file', () => {
  expect(secretText([{ label: 'Token', value: 'agt_abc' }])).toBe('agt_abc\n');
});

it('writes several with their names, and lists below theirs', () => {
  const parts = [
    { label: 'Key', value: 'k1' },
    { label: 'Codes', value: 'aa\nbb' },
  ];
  expect(secretText(parts)).toBe('Key: k1\nCodes:\naa\nbb\n');
});
