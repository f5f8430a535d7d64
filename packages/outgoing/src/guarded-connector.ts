import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { MayCall } from './is-public-address.ts';
import { OutgoingError } from './outgoing-error.ts';
import type { Resolve } from './resolve-name.ts';

/** What a connector needs to know. */
export interface ConnectorOptions {
  readonly mayCall: MayCall;
  readonly connectTimeoutMs: number;
  readonly resolve: Resolve;
}

/**
 * Opens connections to addresses that may be called only. The addresses that are looked at are the very ones that are connected to: a name that means something else a moment later
 * (DNS rebinding) gains nothing by it. A name of which one address must not be called is refused as a whole.
 */
export function guardedConnector({ mayCall, connectTimeoutMs, resolve }: ConnectorOptions) {
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || !addresses.every(({ address }) => mayCall(address))) {
          callback(new OutgoingError('refused-address'), '', 0);
        } else if (options.all === true) {
          callback(null, [...addresses]);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (cause: unknown) => callback(new OutgoingError('refused-address', { cause }), '', 0),
    );
  };
  const connect = buildConnector({ lookup, timeout: connectTimeoutMs, allowH2: false });
  const guarded: typeof connect = (target, callback) => {
    // An address is not looked up, so that `lookup` never sees it.
    if (isIP(target.hostname) !== 0 && !mayCall(target.hostname)) {
      callback(new OutgoingError('refused-address'), null);
    } else {
      connect(target, callback);
    }
  };
  return guarded;
}
