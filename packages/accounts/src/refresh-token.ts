import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { isId } from './new-id.ts';

/** What a refresh token stands for. */
export interface RefreshClaim {
  readonly sessionId: string;
  /** How often the session had been refreshed when the token was made. */
  readonly generation: number;
}

const TOKEN = /^(?<sessionId>[0-9a-f-]{36})\.(?<generation>\d{1,9})\.(?<mac>[A-Za-z0-9_-]{43})$/;

/** Makes and reads refresh tokens, `<session id>.<generation>.<HMAC-SHA256>`: nothing secret has to be stored, and a token that nobody made costs no look-up. */
export class RefreshTokens {
  readonly #key: Buffer;

  constructor(masterKey: Uint8Array) {
    this.#key = Buffer.from(hkdfSync('sha256', masterKey, new Uint8Array(), 'aegisguard refresh token v1', 32));
  }

  make(claim: RefreshClaim): string {
    return `${claim.sessionId}.${claim.generation}.${this.#mac(claim).toString('base64url')}`;
  }

  /** Undefined for a text that was not made under this master key. */
  read(token: string): RefreshClaim | undefined {
    const { sessionId = '', generation = '', mac = '' } = TOKEN.exec(token)?.groups ?? {};
    const claim = { sessionId, generation: Number(generation) };
    const given = Buffer.from(mac, 'base64url');
    const made = this.#mac(claim);
    return isId(sessionId) && given.length === made.length && timingSafeEqual(given, made) ? claim : undefined;
  }

  #mac({ sessionId, generation }: RefreshClaim): Buffer {
    return createHmac('sha256', this.#key).update(`${sessionId}.${generation}`).digest();
  }
}
