import { RotateCw } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { asApiError } from '../lib/api-error.ts';
import { Button } from '../ui/button.tsx';

/** Shows what went wrong when a page itself fails: a mistake in it, or its files are gone after an update of the server. */
export class PageBoundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override readonly state: { readonly error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) {
      return this.props.children;
    }
    return (
      <main role="alert" className="flex h-full flex-col items-center justify-center gap-3 p-6 text-center">
        <h1 className="font-semibold text-base">This page could not be shown</h1>
        <p className="max-w-md break-words text-muted">{asApiError(this.state.error).detail}</p>
        <Button variant="primary" onClick={() => location.reload()}>
          <RotateCw aria-hidden />
          Reload
        </Button>
      </main>
    );
  }
}
