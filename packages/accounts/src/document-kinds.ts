import {
  DEFAULT_PRIVACY_POLICY,
  LogPipelines,
  NO_LOG_PIPELINES,
  NO_TRACE_SAMPLING,
  PrivacyPolicy,
  TraceSampling,
} from '@aegisguard/model';
import type { DocumentKind } from './versioned-document.ts';

/** What organizations do with personal data and secrets. */
export const PRIVACY_POLICY: DocumentKind<PrivacyPolicy> = {
  columns: { value: 'privacyPolicy', version: 'privacyVersion', updatedAt: 'privacyUpdatedAt' },
  schema: PrivacyPolicy,
  none: DEFAULT_PRIVACY_POLICY,
  action: 'privacy.update',
  target: 'privacy policy',
  member: 'policy',
  conflict: 'The policy was changed since it was read. Read it again.',
};

/** What they want done with their logs. */
export const LOG_PIPELINES: DocumentKind<LogPipelines> = {
  columns: { value: 'logPipelines', version: 'logPipelinesVersion', updatedAt: 'logPipelinesUpdatedAt' },
  schema: LogPipelines,
  none: NO_LOG_PIPELINES,
  action: 'pipelines.update',
  target: 'log pipelines',
  member: 'pipelines',
  conflict: 'The pipelines were changed since they were read. Read them again.',
};

/** Which of their traces they keep. */
export const TRACE_SAMPLING: DocumentKind<TraceSampling> = {
  columns: { value: 'traceSampling', version: 'traceSamplingVersion', updatedAt: 'traceSamplingUpdatedAt' },
  schema: TraceSampling,
  none: NO_TRACE_SAMPLING,
  action: 'sampling.update',
  target: 'trace sampling',
  member: 'sampling',
  conflict: 'The rules were changed since they were read. Read them again.',
};
