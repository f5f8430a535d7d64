import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';

/** What `POST /auth/passkeys/options` answers, as far as an authenticator looks at it. */
interface Options {
  readonly challenge: string;
  readonly rp: { readonly id: string };
}

const PRESENT_VERIFIED_NEW = 0x45;

/** A passkey such as an authenticator without a device makes: none attests to it. https://www.w3.org/TR/webauthn-3/#sctn-generating-an-attestation-object */
export function makePasskey({ challenge, rp }: Options, origin: string): object {
  const id = randomBytes(16);
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  // COSE (RFC 9053): kty EC2, alg ES256, crv P-256, x, y.
  const coordinate = (text: string) => Buffer.concat([Buffer.of(0x58, 32), Buffer.from(text, 'base64url')]);
  const publicKey = Buffer.concat([
    Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21),
    coordinate(x),
    Buffer.of(0x22),
    coordinate(y),
  ]);
  const authData = Buffer.concat([
    createHash('sha256').update(rp.id).digest(),
    Buffer.of(PRESENT_VERIFIED_NEW, 0, 0, 0, 0),
    Buffer.alloc(16),
    Buffer.of(0, id.length),
    id,
    publicKey,
  ]);
  // CBOR (RFC 8949): {fmt: "none", attStmt: {}, authData}.
  const attestation = Buffer.concat([
    Buffer.of(0xa3),
    cborText('fmt'),
    cborText('none'),
    cborText('attStmt'),
    Buffer.of(0xa0),
    cborText('authData'),
    Buffer.of(0x58, authData.length),
    authData,
  ]);
  const clientData = JSON.stringify({ type: 'webauthn.create', challenge, origin, crossOrigin: false });
  return {
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: Buffer.from(clientData).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    },
  };
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.of(0x60 + text.length), Buffer.from(text)]);
}
