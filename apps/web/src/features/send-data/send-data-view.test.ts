import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseSendDataView, printSendDataView } from './send-data-view.ts';
import { SEND_WAYS } from './snippets/send-ways.ts';

it('a view is read back as it was written', () => {
  const views = fc.record({
    way: fc.constantFrom(...SEND_WAYS),
    keyId: fc.option(fc.string({ unit: 'binary', minLength: 1 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(views, (view) => {
      expect(parseSendDataView(new URLSearchParams(printSendDataView(view).toString()))).toEqual(view);
    }),
  );
});

it('what makes no sense is the default', () => {
  expect(parseSendDataView(new URLSearchParams('via=carrier-pigeon&key='))).toEqual({
    way: SEND_WAYS[0],
    keyId: undefined,
  });
});
