import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { Dialog } from './dialog.tsx';
import { SecretBox, type SecretPart } from './secret-box.tsx';

/** Shows a secret this once. It closes only after the person has said that they kept it: not by Escape, not by a click beside it. */
export function SecretOnce({
  title,
  description = 'It is shown now and never again. Whoever has it can use it: keep it where you keep passwords.',
  parts,
  fileName,
  onClose,
}: {
  readonly title: string;
  readonly description?: ReactNode;
  readonly parts: readonly SecretPart[];
  readonly fileName: string;
  readonly onClose: () => void;
}): ReactNode {
  const [isKept, setKept] = useState(false);
  return (
    <Dialog
      isAlert
      size="wide"
      title={title}
      description={description}
      onClose={isKept ? onClose : () => undefined}
      footer={
        <Button variant="primary" disabled={!isKept} onClick={onClose}>
          Done
        </Button>
      }
    >
      <SecretBox parts={parts} fileName={fileName} />
      <Checkbox
        label="I have kept it in a safe place"
        checked={isKept}
        onChange={(event) => setKept(event.target.checked)}
      />
    </Dialog>
  );
}
