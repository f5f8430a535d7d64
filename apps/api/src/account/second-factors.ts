import { AegisError, type MfaRequiredAnswer } from '@aegisguard/model';
import { Inject, Injectable } from '@nestjs/common';
import { ENGINES, type Engines } from '../platform/engines.ts';

/** Second factors in a login by password. */
@Injectable()
export class SecondFactors {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  /** What a login that gave the right password is answered when it needs one more step; undefined when it is done. */
  async required(userId: string): Promise<MfaRequiredAnswer | undefined> {
    if (await this.engines.accounts.users.hasSecondFactor(userId)) {
      // Never let somebody in with the password alone who asked for more.
      throw new AegisError('unavailable', { internal: 'second factors cannot be checked yet' });
    }
    return undefined;
  }
}
