import type { PrivacyPolicy } from '@aegisguard/model';
import type { Detector } from './detector.ts';
import { createCardDetector } from './detectors/card.ts';
import { createEmailDetector } from './detectors/email.ts';
import { createIbanDetector } from './detectors/iban.ts';
import { createIpv4Detector } from './detectors/ipv4.ts';
import { createIpv6Detector } from './detectors/ipv6.ts';
import { createPhoneDetector } from './detectors/phone.ts';
import { createSecretDetectors } from './detectors/secrets/create-secret-detectors.ts';
import { createSsnDetector } from './detectors/ssn.ts';

/** Makes the detectors of a policy, in the order of `DETECTORS`; some makers make several. */
export const ALL_DETECTORS: readonly ((policy: PrivacyPolicy) => Detector | readonly Detector[])[] = [
  createSecretDetectors,
  createEmailDetector,
  createIbanDetector,
  createCardDetector,
  createSsnDetector,
  createPhoneDetector,
  createIpv4Detector,
  createIpv6Detector,
];
