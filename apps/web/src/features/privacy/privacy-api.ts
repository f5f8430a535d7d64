import {
  type Asking,
  PRIVACY_ROUTES,
  type PrivacyFindingsAnswer,
  type PrivacyPolicyAnswer,
  type PrivacyPolicyRequest,
  type PrivacyPreviewAnswer,
} from '@aegisguard/model';
import type { ApiError } from '../../lib/api-error.ts';
import { callRoute } from '../../lib/call-route.ts';
import { type FieldError, fieldErrors } from '../../lib/field-errors.ts';
import { askedRange, type ResolvedRange } from '../../lib/time-range.ts';

/** What was found in a span of time. */
export function privacyFindings(
  orgId: string,
  range: ResolvedRange,
  signal: AbortSignal,
): Promise<PrivacyFindingsAnswer> {
  return callRoute(PRIVACY_ROUTES.privacyFindings, { query: askedRange(range), orgId, signal });
}

/** The key under which the saved policy is cached. */
export function policyKey(orgId: string): readonly string[] {
  return ['privacy', 'policy', orgId];
}

/** The policy as it is saved. */
export function readPolicy(orgId: string, signal?: AbortSignal): Promise<PrivacyPolicyAnswer> {
  return callRoute(PRIVACY_ROUTES.readPrivacyPolicy, { orgId, ...(signal === undefined ? {} : { signal }) });
}

/** Replaces the policy that was read as the version given; `conflict` when it has been changed since. */
export function replacePolicy(orgId: string, body: PrivacyPolicyRequest): Promise<PrivacyPolicyAnswer> {
  return callRoute(PRIVACY_ROUTES.replacePrivacyPolicy, { body, orgId });
}

/** What a policy makes of a text. */
export function previewPolicy(
  orgId: string,
  body: Asking<typeof PRIVACY_ROUTES.previewPrivacyPolicy>['body'],
  signal: AbortSignal,
): Promise<PrivacyPreviewAnswer> {
  return callRoute(PRIVACY_ROUTES.previewPrivacyPolicy, { body, orgId, signal });
}

/** What the server says of members of the policy, by their path in it: `customRules.1.pattern`. */
export function policyErrors(error: ApiError): readonly FieldError[] {
  return fieldErrors(error, '/policy');
}
