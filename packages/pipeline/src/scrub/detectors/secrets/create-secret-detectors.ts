import type { PrivacyPolicy } from '@aegisguard/model';
import type { Detector } from '../../detector.ts';
import { createApiKeyDetector } from './api-key.ts';
import { authorizationDetector, bearerDetector } from './authorization.ts';
import { commandLineUserDetector } from './command-line-user.ts';
import { jwtDetector } from './jwt.ts';
import { kubernetesSecretDetector } from './kubernetes-secret.ts';
import { markedKeyDetector } from './marked-key.ts';
import { privateKeyDetector } from './private-key.ts';
import { createSecretDetector } from './secret.ts';
import { urlPasswordDetector } from './url-password.ts';

/** Everything that finds secrets. Some share a name: they find the same kind by other signs, and need other features of a text. */
export function createSecretDetectors(policy: PrivacyPolicy): readonly Detector[] {
  return [
    privateKeyDetector,
    authorizationDetector,
    bearerDetector,
    commandLineUserDetector,
    urlPasswordDetector,
    jwtDetector,
    createApiKeyDetector(policy),
    markedKeyDetector,
    createSecretDetector(policy),
    kubernetesSecretDetector,
  ];
}
