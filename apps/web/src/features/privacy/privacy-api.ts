import {
  PrivacyFindingsAnswer,
  PrivacyPolicyAnswer,
  type PrivacyPolicyRequest,
  PrivacyPreviewAnswer,
  type PrivacyPreviewRequest,
} from '@aegisguard/model';
import type { z } from 'zod';
import { callApi } from '../../lib/api-client.ts';
import type { ApiError } from '../../lib/api-error.ts';
import { type FieldError, fieldErrors } from '../../lib/field-errors.ts';
import type { ResolvedRange } from '../../lib/time-range.ts';

const POLICY_PATH = '/organization/privacy';

/** What was found in a span of time. */
export function privacyFindings(
  orgId: string,
  { startMs, endMs }: ResolvedRange,
  signal: AbortSignal,
): Promise<PrivacyFindingsAnswer> {
  const search = new URLSearchParams({ start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString() });
  return callApi({ method: 'get', path: `/privacy/findings?${search}`, orgId, signal, answer: PrivacyFindingsAnswer });
}

/** The key under which the saved policy is cached. */
export function policyKey(orgId: string): readonly string[] {
  return ['privacy', 'policy', orgId];
}

/** The policy as it is saved. */
export function readPolicy(orgId: string, signal?: AbortSignal): Promise<PrivacyPolicyAnswer> {
  return callApi({
    method: 'get',
    path: POLICY_PATH,
    orgId,
    answer: PrivacyPolicyAnswer,
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Replaces the policy that was read as the version given; `conflict` when it has been changed since. */
export function replacePolicy(orgId: string, body: PrivacyPolicyRequest): Promise<PrivacyPolicyAnswer> {
  return callApi({ method: 'put', path: POLICY_PATH, body, orgId, answer: PrivacyPolicyAnswer });
}

/** What a policy makes of a text. */
export function previewPolicy(
  orgId: string,
  body: z.input<typeof PrivacyPreviewRequest>,
  signal: AbortSignal,
): Promise<PrivacyPreviewAnswer> {
  return callApi({ method: 'post', path: `${POLICY_PATH}/preview`, body, orgId, signal, answer: PrivacyPreviewAnswer });
}

/** What the server says of members of the policy, by their path in it: `customRules.1.pattern`. */
export function policyErrors(error: ApiError): readonly FieldError[] {
  return fieldErrors(error, '/policy');
}
