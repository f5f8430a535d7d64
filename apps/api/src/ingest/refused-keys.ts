import type { ErrorCode } from '@aegisguard/model';
import type { KeyWatch } from '../platform/key-watch.ts';
import type { IngestExchange } from './ingest-exchange.ts';
import type { KeyDirectory } from './key-directory.ts';

/** Most often a sender's clock. */
const UNREADABLE = 'The signature cannot be read, or its timestamp is more than five minutes off.';

/** Tells organizations of requests that were refused in the name of their keys. Only refused requests pay for it, and the known key costs what the unknown one does. */
export class RefusedKeys {
  constructor(
    private readonly keys: KeyDirectory,
    private readonly watch: KeyWatch,
  ) {}

  /** Behind the answer: nobody waits for it. */
  tell(exchange: IngestExchange, code: ErrorCode): void {
    const { claim, key, origin, request, route } = exchange;
    const use = { ip: request.clientAddress, target: route.path };
    const isUnreadable = claim?.kind === 'signed' && claim.signature === undefined;
    if (code === 'unauthorized' && claim !== undefined && claim.keyId !== '') {
      // The gateway works with usable keys only; ended ones are known here. A look-up that fails now is one that the next request makes again.
      this.keys.known(claim.keyId).then(
        (known) => this.watch.proofRefused(known, { ...use, message: isUnreadable ? UNREADABLE : undefined }),
        () => undefined,
      );
    } else if (code === 'forbidden' && key !== undefined) {
      const isForeign = key.kind === 'browser' && key.scopes.includes(route.scope);
      if (isForeign) {
        this.watch.originRefused(key, origin ?? '', use);
      } else {
        this.watch.scopeRefused(key, use);
      }
    }
  }
}
