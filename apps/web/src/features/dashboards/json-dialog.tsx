import { DashboardContent } from '@aegisguard/model';
import { Download } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { downloadText } from '../../lib/download-text.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Textarea } from '../../ui/textarea.tsx';

/** A dashboard as a file: its title in letters that every file system takes. */
function fileName(title: string): string {
  const plain = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `${plain === '' ? 'dashboard' : plain}.json`;
}

/** The dashboard as JSON, to read, copy or keep; what is exported here can be imported again. */
export function JsonDialog({
  content,
  onClose,
}: {
  readonly content: DashboardContent;
  readonly onClose: () => void;
}): ReactNode {
  const text = useMemo(() => JSON.stringify(DashboardContent.parse(content), null, 2), [content]);
  return (
    <Dialog
      size="wide"
      title="JSON"
      description="Another organization, or another AegisGuard, imports it as it is."
      onClose={onClose}
      footer={
        <>
          <CopyButton label="Copy JSON" variant="outline" text={() => text} />
          <Button
            variant="primary"
            data-autofocus=""
            onClick={() => downloadText(fileName(content.title), `${text}\n`)}
          >
            <Download aria-hidden />
            Download
          </Button>
        </>
      }
    >
      <Textarea
        readOnly
        aria-label="JSON"
        spellCheck={false}
        className="max-h-[60dvh] font-mono text-xs"
        value={text}
      />
    </Dialog>
  );
}
