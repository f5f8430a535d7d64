import { ApiError, asApiError } from './api-error.ts';

/** By the names of what browsers throw. They do not say more: https://www.w3.org/TR/webauthn-3/#sctn-privacy-considerations-client */
const WORDS: Readonly<Record<string, string>> = {
  NotAllowedError: 'No passkey was used. Try again, or choose another way.',
  AbortError: 'No passkey was used. Try again, or choose another way.',
  InvalidStateError: 'This device has a passkey for your account already.',
  SecurityError: 'Passkeys do not work at this address. Open AegisGuard by its host name, over https.',
  NotSupportedError: 'This device cannot make a passkey that AegisGuard takes.',
};

/** What went wrong with a passkey: the browser's errors in plain words, others as they are. */
export function asPasskeyError(error: unknown): ApiError {
  const words = error instanceof Error ? WORDS[error.name] : undefined;
  return words === undefined || error instanceof ApiError
    ? asApiError(error)
    : new ApiError('passkey', words, { cause: error });
}
