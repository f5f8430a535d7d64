import type { ReactNode } from 'react';
import { encode } from 'uqr';
import { qrPath } from './qr-path.ts';

/** Modules of white around a QR code (ISO/IEC 18004 wants four). */
const QUIET = 4;

/** A text as a QR code; dark on white in both themes, since not every camera reads the other. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const { data, size } = encode(text, { border: QUIET, ecc: 'M' });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-44 shrink-0 rounded-md bg-qr-light"
    >
      <path d={qrPath(data)} className="fill-qr-dark" />
    </svg>
  );
}
