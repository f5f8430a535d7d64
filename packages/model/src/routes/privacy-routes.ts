import { RangeRequest } from '../api-logs.ts';
import {
  GeoSourceAnswer,
  PrivacyFindingsAnswer,
  PrivacyPolicyAnswer,
  PrivacyPolicyRequest,
  PrivacyPreviewAnswer,
  PrivacyPreviewRequest,
} from '../api-privacy.ts';
import { defineRoute } from './route.ts';

const tag = 'Privacy';
const READ = { kind: 'permission', permission: 'organization:read' } as const;

/** What is done with personal data and secrets in telemetry. */
export const PRIVACY_ROUTES = {
  readPrivacyPolicy: defineRoute({
    id: 'readPrivacyPolicy',
    method: 'GET',
    path: '/organization/privacy',
    tag,
    summary: 'The policy, every member written out',
    access: READ,
    effect: 'read',
    answer: PrivacyPolicyAnswer,
    status: 200,
  }),
  replacePrivacyPolicy: defineRoute({
    id: 'replacePrivacyPolicy',
    method: 'PUT',
    path: '/organization/privacy',
    tag,
    summary: 'Replace the policy of the version that was read',
    access: { kind: 'permission', permission: 'organization:write' },
    effect: 'privacy.update',
    body: PrivacyPolicyRequest,
    answer: PrivacyPolicyAnswer,
    status: 200,
    problems: ['conflict'],
  }),
  previewPrivacyPolicy: defineRoute({
    id: 'previewPrivacyPolicy',
    method: 'POST',
    path: '/organization/privacy/preview',
    tag,
    summary: 'What the policy, or one that is not saved yet, makes of a text',
    description: 'The text is neither kept nor logged.',
    access: READ,
    effect: 'read',
    body: PrivacyPreviewRequest,
    answer: PrivacyPreviewAnswer,
    status: 200,
  }),
  privacyFindings: defineRoute({
    id: 'privacyFindings',
    method: 'GET',
    path: '/privacy/findings',
    tag,
    summary: 'What was found where, and what was done; never a value',
    access: READ,
    effect: 'read',
    query: RangeRequest,
    answer: PrivacyFindingsAnswer,
    status: 200,
    problems: ['rate-limited', 'query-timeout'],
  }),
  geoSource: defineRoute({
    id: 'geoSource',
    method: 'GET',
    path: '/privacy/geo',
    tag,
    summary: 'Where the places of addresses come from, and the attribution that must be shown with them',
    access: READ,
    effect: 'read',
    answer: GeoSourceAnswer,
    status: 200,
  }),
} as const;
