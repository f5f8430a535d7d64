import { memo, type ReactNode } from 'react';
import { HighlightedText } from '../../../ui/code-editor/highlighted-text.tsx';
import { coloredLogQl } from './logql-colors.ts';

/** A LogQL query in colours; the error's place is underlined. */
export const HighlightedQuery = memo(function HighlightedQuery({
  text,
  errorPosition,
}: {
  readonly text: string;
  readonly errorPosition: number | undefined;
}): ReactNode {
  return <HighlightedText tokens={coloredLogQl(text)} errorPosition={errorPosition} />;
});
