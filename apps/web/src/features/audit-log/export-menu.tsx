import { AUDIT_ROUTES } from '@aegisguard/model';
import { Download, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { announce } from '../../lib/announcements.ts';
import { type ApiError, asApiError } from '../../lib/api-error.ts';
import { downloadRoute } from '../../lib/download-route.ts';
import { downloadBlob } from '../../lib/download-text.ts';
import { formatBytes } from '../../lib/number-format.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuLabel, MenuTrigger } from '../../ui/dropdown-menu.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { askedEntries } from './audit-view.ts';

/** What is known of a running export. */
interface Exporting {
  /** Undefined when none runs. */
  readonly bytes: number | undefined;
  readonly error: ApiError | undefined;
  readonly start: (format: 'csv' | 'ndjson') => void;
  readonly cancel: () => void;
}

/** Runs an export of the entries that are looked at; it ends with the page. */
export function useAuditExport(orgId: string, asked: ReturnType<typeof askedEntries>): Exporting {
  const [bytes, setBytes] = useState<number>();
  const [error, setError] = useState<ApiError>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = async (format: 'csv' | 'ndjson'): Promise<void> => {
    const abort = new AbortController();
    running.current = abort;
    setError(undefined);
    setBytes(0);
    try {
      const query = { ...asked, format };
      const content = await downloadRoute(AUDIT_ROUTES.exportAudit, {
        query,
        orgId,
        signal: abort.signal,
        onBytes: setBytes,
      });
      downloadBlob(`audit-${new Date(serverNow()).toISOString().slice(0, 10)}.${format}`, content);
      announce(`The audit log is saved: ${formatBytes(content.size)}.`);
    } catch (thrown) {
      if (!abort.signal.aborted) {
        setError(asApiError(thrown));
      }
    } finally {
      setBytes(undefined);
    }
  };
  return { bytes, error, start: (format) => void start(format), cancel: () => running.current?.abort() };
}

/** Saves the entries that are looked at as a file. */
export function ExportMenu({ exporting: { bytes, start, cancel } }: { readonly exporting: Exporting }): ReactNode {
  if (bytes !== undefined) {
    return (
      <Button onClick={cancel}>
        <X aria-hidden />
        Cancel <span className="text-subtle tabular-nums">{formatBytes(bytes)}</span>
      </Button>
    );
  }
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button>
          <Download aria-hidden />
          Export
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuLabel>What the filters show, oldest first</MenuLabel>
        <MenuItem onSelect={() => start('csv')}>CSV, for spreadsheets</MenuItem>
        <MenuItem onSelect={() => start('ndjson')}>NDJSON, for programs</MenuItem>
      </MenuContent>
    </Menu>
  );
}

/** Why an export came to nothing. */
export function ExportError({ exporting: { error } }: { readonly exporting: Exporting }): ReactNode {
  return error === undefined ? null : (
    <Notice kind="error">
      Nothing was exported: {error.title}. {error.detail}
    </Notice>
  );
}
