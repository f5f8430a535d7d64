import { SEND_WAYS } from './snippets/send-ways.ts';
import type { SendWay } from './snippets/snippet.ts';

/** Everything that a link to the page reproduces. A secret is not among it. */
export interface SendDataView {
  readonly way: SendWay;
  /** The id of the key that the snippets name. */
  readonly keyId: string | undefined;
}

/** Reads a view from the address; what is missing or makes no sense is as in the default view. */
export function parseSendDataView(parameters: URLSearchParams): SendDataView {
  const ways: readonly SendWay[] = SEND_WAYS;
  const wanted = parameters.get('via');
  const keyId = parameters.get('key');
  return {
    way: ways.find(({ id }) => id === wanted) ?? SEND_WAYS[0],
    keyId: keyId === null || keyId === '' ? undefined : keyId,
  };
}

/** Writes a view as parameters of the address; what is as in the default view is left out. */
export function printSendDataView({ way, keyId }: SendDataView): URLSearchParams {
  return new URLSearchParams([
    ...(way.id === SEND_WAYS[0].id ? [] : [['via', way.id]]),
    ...(keyId === undefined ? [] : [['key', keyId]]),
  ]);
}
