import { AuditExportRequest, AuditListRequest, AuditPage, AuditVerifyAnswer } from '../api-audit.ts';
import { defineRoute } from './route.ts';

const tag = 'Audit log';
const READ = { kind: 'permission', permission: 'audit:read' } as const;

/** Every mutation, in a chain of hashes. */
export const AUDIT_ROUTES = {
  listAudit: defineRoute({
    id: 'listAudit',
    method: 'GET',
    path: '/audit',
    tag,
    summary: 'Entries, newest first',
    access: READ,
    effect: 'read',
    query: AuditListRequest,
    answer: AuditPage,
    status: 200,
    problems: ['invalid-cursor'],
  }),
  verifyAudit: defineRoute({
    id: 'verifyAudit',
    method: 'GET',
    path: '/audit/verify',
    tag,
    summary: 'Prove that no entry was changed or removed, or name the first that was',
    access: READ,
    effect: 'read',
    answer: AuditVerifyAnswer,
    status: 200,
  }),
  exportAudit: defineRoute({
    id: 'exportAudit',
    method: 'GET',
    path: '/audit/export',
    tag,
    summary: 'Entries as CSV or NDJSON, oldest first, streamed',
    access: READ,
    effect: 'read',
    query: AuditExportRequest,
    answer: 'application/x-ndjson',
    status: 200,
  }),
} as const;
