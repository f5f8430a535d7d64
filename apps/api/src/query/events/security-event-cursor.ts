import type { CursorKind } from '../../platform/page-cursors.ts';
import { LOG_CURSOR, type LogCursor } from '../log-cursor.ts';

/** Cursors of lists of security events, which are in the same total order as logs: time, batch and index. */
export const SECURITY_EVENT_CURSOR: CursorKind<LogCursor> = { ...LOG_CURSOR, name: 'security-event-cursor' };
