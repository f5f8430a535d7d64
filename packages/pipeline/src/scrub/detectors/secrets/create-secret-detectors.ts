import type { PrivacyPolicy } from '@aegisguard/model';
import type { Detector } from '../../detector.ts';
import { createApiKeyDetector } from './api-key.ts';
import { authorizationDetector, bearerDetector } from './authorization.ts';
import { commandLineUserDetector } from './command-line-user.ts';
import { jwtDetector } from './jwt.ts';
import { kubernetesSecretDetector } from './kubernetes-secret.ts';
import { markedKeyDetector } from './marked-key.ts';
import { privateKeyDetector } from './private-key.ts';
import { createValueDetectors } from './secret.ts';
import { urlPasswordDetector } from './url-password.ts';

/**
 * Everything that finds secrets. Some share a name: they find the same kind by other signs, and need other features of a text.
 *
 * Not found, and why:
 *
 * | what | why |
 * | --- | --- |
 * | a line in the middle of a key's block, logged alone | base64 like any other |
 * | `---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----`, PuTTY's files | no five dashes, by which blocks are found |
 * | keys of 40 hexadecimal digits or a UUID without a vendor's name (Sourcegraph's, Heroku's) | commits and ids look the same |
 * | UUIDs and hashes under names that only hint at secrets (`auth`, `key`) | keys of caches look the same |
 * | keys of `[A-Za-z0-9+/]` without 16 characters in a row that are no `+` or `/` | `TextFeature.longRun` rules them out |
 * | a second and further word of a value without quotes: `password: correct horse` | sentences look the same |
 * | `credentials "x"`: a name and a value with nothing but a blank between | the same |
 * | values of fields whose name hints at a vendor, shorter than 16 characters | `TextFeature.longRun` rules them out |
 * | passwords of URLs that are encoded as a whole: `https%3A%2F%2Fu%3Ap%40h` | rare |
 */
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
    ...createValueDetectors(policy),
    kubernetesSecretDetector,
  ];
}
