import { errors } from 'jose';
import { z } from 'zod';
import type { SigningKeys } from '../platform/signing-keys.ts';

const AUDIENCE = 'aegisguard:passkey';
const LIFE_SECONDS = 300;

/** A ceremony that was begun: what for, by whom if that is known, and the challenge that must be signed. */
const PasskeyState = z.object({
  purpose: z.enum(['add', 'second-factor', 'login']),
  userId: z.string().nullable(),
  challenge: z.string(),
});
export type PasskeyState = z.infer<typeof PasskeyState>;

/** Keeps ceremonies with the browser that begins them, so that any process can end them. A state holds nothing that its browser does not know, so it is signed, not sealed. */
export class PasskeyStates {
  constructor(private readonly keys: SigningKeys) {}

  sign(state: PasskeyState): Promise<string> {
    return this.keys.sign(AUDIENCE, LIFE_SECONDS, { ...state });
  }

  /** Undefined for a state that is forged, expired, or of a ceremony for something or somebody else. */
  async verify(
    text: string,
    purpose: PasskeyState['purpose'],
    userId: string | null,
  ): Promise<PasskeyState | undefined> {
    try {
      const state = PasskeyState.parse(await this.keys.verify(AUDIENCE, text, ['challenge']));
      return state.purpose === purpose && state.userId === userId ? state : undefined;
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
        return undefined;
      }
      throw error;
    }
  }
}
