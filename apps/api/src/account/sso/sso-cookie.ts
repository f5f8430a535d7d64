import type { FastifyReply, FastifyRequest } from 'fastify';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { z } from 'zod';

/** A login under way, between leaving for the provider and coming back. */
const PendingLogin = z.strictObject({
  providerId: z.string(),
  redirectUri: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Where to go on to, a path of ours. */
  next: z.string(),
});
export type PendingLogin = z.infer<typeof PendingLogin>;

const NAME = 'aegis_sso';
const PATH = '/auth/sso';
const LIFE_SECONDS = 600;
const CHARS_MAX = 4096;

/** Keeps a login under way in the browser that began it: a JWE (RFC 7516) that only this installation can read and make, so nothing has to be stored for whoever begins and never comes back. */
export class SsoCookie {
  constructor(
    /** 32 bytes. */
    private readonly key: Uint8Array,
    private readonly nowMs: () => number = Date.now,
  ) {}

  async set(reply: FastifyReply, pending: PendingLogin): Promise<void> {
    const token = await new EncryptJWT({ pending })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setExpirationTime(Math.floor(this.nowMs() / 1000) + LIFE_SECONDS)
      .encrypt(this.key);
    void reply.setCookie(NAME, token, { ...attributesFor(pending.redirectUri), maxAge: LIFE_SECONDS });
  }

  /** The login that the browser began; undefined when there is none, when it took too long, or when it is not of our making. */
  async read(request: FastifyRequest): Promise<PendingLogin | undefined> {
    const token = request.server.parseCookie(request.headers.cookie ?? '')[NAME];
    if (token === undefined || token.length > CHARS_MAX) {
      return undefined;
    }
    try {
      const { payload } = await jwtDecrypt(token, this.key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        requiredClaims: ['exp'],
        currentDate: new Date(this.nowMs()),
      });
      return PendingLogin.parse(payload.pending);
    } catch {
      return undefined;
    }
  }

  /** A login comes back once. */
  clear(reply: FastifyReply, { redirectUri }: PendingLogin): void {
    void reply.clearCookie(NAME, attributesFor(redirectUri));
  }
}

/** Lax: the provider sends the browser back from another site. */
function attributesFor(redirectUri: string) {
  return { httpOnly: true, sameSite: 'lax', path: PATH, secure: redirectUri.startsWith('https:') } as const;
}
