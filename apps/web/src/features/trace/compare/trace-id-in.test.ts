import { expect, it } from 'vitest';
import { traceIdIn } from './trace-id-in.ts';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';

it.each([
  [ID, ID],
  [` ${ID.toUpperCase()}\n`, ID],
  [`https://aegis.example/o/11112222333344445555666677778888/traces/${ID}?view=flame`, ID],
  [`trace_id=${ID}`, ID],
  [`${ID}0`, undefined],
  ['4bf92f35', undefined],
  ['', undefined],
])('the trace of %j is %s', (text, id) => {
  expect(traceIdIn(text)).toBe(id);
});
