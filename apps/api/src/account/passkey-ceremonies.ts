import type { NewPasskey, PasskeyCredential, PasskeyUse } from '@aegisguard/accounts';
import type { PasskeyOptionsAnswer, PasskeyResponse } from '@aegisguard/model';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { z } from 'zod';
import type { PasskeyState, PasskeyStates } from './passkey-states.ts';
import type { RelyingParty } from './relying-party.ts';

/** Read when first needed, for it takes 0.4 s of the start. */
const webAuthn = () => import('@simplewebauthn/server');
const webAuthnHelpers = () => import('@simplewebauthn/server/helpers');

/** How people know the product on their authenticators. */
const NAME = 'AegisGuard';

/** Who adds a passkey. */
export interface PasskeyOwner {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  /** Their passkeys so far, which the authenticator is not to replace. */
  readonly known: readonly PasskeyCredential[];
}

/** The authenticator's answer, as far as the route checked it; the library checks the rest. */
export type AuthenticatorAnswer = z.infer<typeof PasskeyResponse>;

/** A signature to check: which ceremony it answers, and by which passkey. */
export interface SignedChallenge {
  readonly state: PasskeyState;
  readonly response: AuthenticatorAnswer;
  readonly credential: PasskeyCredential;
}

/** Begins the adding of a passkey. It should be findable without a name, and ask for a finger or PIN, but keys that can do neither are taken. */
export async function beginAdding(
  states: PasskeyStates,
  { id }: RelyingParty,
  { userId, email, name, known }: PasskeyOwner,
): Promise<PasskeyOptionsAnswer> {
  const options = await (await webAuthn()).generateRegistrationOptions({
    rpName: NAME,
    rpID: id,
    userID: Uint8Array.from(Buffer.from(userId)),
    userName: email,
    userDisplayName: name,
    attestationType: 'none',
    excludeCredentials: known.map(describe),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
  return {
    options: { ...options },
    state: await states.sign({ purpose: 'add', userId, challenge: options.challenge }),
  };
}

/** The passkey that an authenticator made; undefined when its answer does not verify. */
export async function finishAdding(
  { challenge }: PasskeyState,
  { id, origins }: RelyingParty,
  answer: AuthenticatorAnswer,
): Promise<Omit<NewPasskey, 'name'> | undefined> {
  const response = answer as unknown as RegistrationResponseJSON;
  if (!(await isWithoutCertificates(response))) {
    return undefined;
  }
  const { verified, registrationInfo } = await (await webAuthn())
    .verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: [...origins],
      expectedRPID: id,
      requireUserVerification: false,
    })
    .catch(unverified);
  if (!verified || registrationInfo === undefined) {
    return undefined;
  }
  const { credential, credentialBackedUp } = registrationInfo;
  return {
    credentialId: Buffer.from(credential.id, 'base64url'),
    publicKey: credential.publicKey,
    signCount: credential.counter,
    transports: credential.transports ?? [],
    synced: credentialBackedUp,
  };
}

/**
 * We ask for no attestation, so what comes is none, or what a key says of itself (https://www.w3.org/TR/webauthn-3/#sctn-attestation-types). Statements with certificates are refused before the library reads them: whoever made the
 * certificates chose the addresses in them, and it would ask those for revocations.
 */
async function isWithoutCertificates({ response }: RegistrationResponseJSON): Promise<boolean> {
  const { decodeAttestationObject, isoBase64URL } = await webAuthnHelpers();
  try {
    const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
    const format = attestation.get('fmt');
    return format === 'none' || (format === 'packed' && attestation.get('attStmt').get('x5c') === undefined);
  } catch {
    return false;
  }
}

/** Begins a login by one of a person's passkeys, or, for nobody in particular, by any that the authenticator finds and unlocks. */
export async function beginLogin(
  states: PasskeyStates,
  { id }: RelyingParty,
  person: { readonly userId: string; readonly known: readonly PasskeyCredential[] } | undefined,
): Promise<PasskeyOptionsAnswer> {
  const options = await (await webAuthn()).generateAuthenticationOptions({
    rpID: id,
    userVerification: person === undefined ? 'required' : 'preferred',
    ...(person === undefined ? {} : { allowCredentials: person.known.map(describe) }),
  });
  const state = {
    purpose: person === undefined ? 'login' : 'second-factor',
    userId: person?.userId ?? null,
    challenge: options.challenge,
  } as const;
  return { options: { ...options }, state: await states.sign(state) };
}

/** What the authenticator says of itself; undefined when its answer does not verify. Without password it must have checked its user. */
export async function checkSignature(
  { id, origins }: RelyingParty,
  { state, response, credential }: SignedChallenge,
): Promise<PasskeyUse | undefined> {
  const { verified, authenticationInfo } = await (await webAuthn())
    .verifyAuthenticationResponse({
      response: response as unknown as AuthenticationResponseJSON,
      expectedChallenge: state.challenge,
      expectedOrigin: [...origins],
      expectedRPID: id,
      requireUserVerification: state.purpose === 'login',
      // The counter is compared where it is stored, in one statement.
      credential: { id: response.id, publicKey: credential.publicKey, counter: 0 },
    })
    .catch(unverified);
  return verified && authenticationInfo !== undefined
    ? { signCount: authenticationInfo.newCounter, synced: authenticationInfo.credentialBackedUp }
    : undefined;
}

/** Whom the authenticator says that it signed for; undefined where it does not say. */
export function userOf({ response }: AuthenticatorAnswer): string | undefined {
  const handle = (response as Partial<AuthenticationResponseJSON['response']> | undefined)?.userHandle;
  return typeof handle === 'string' ? Buffer.from(handle, 'base64url').toString() : undefined;
}

/** The library throws at whatever an answer lacks. */
function unverified(): {
  readonly verified: false;
  readonly registrationInfo?: never;
  readonly authenticationInfo?: never;
} {
  return { verified: false };
}

function describe({ credentialId, transports }: PasskeyCredential) {
  return { id: Buffer.from(credentialId).toString('base64url'), transports: [...transports] };
}
