/** Catches what breaks while drawing and shows a screen that can be read, instead of an empty window. */
import { Component, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { EmptyState } from './EmptyState.tsx';

interface ErrorBoundaryState {
  readonly error: Error | null;
}

export class ErrorBoundary extends Component<{ readonly children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null };

  static getDerivedStateFromError(thrown: unknown): ErrorBoundaryState {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <main className="app">
        <EmptyState
          title="This screen could not be drawn"
          glyph="problem"
          actions={
            <>
              <Button look="primary" onClick={() => this.setState({ error: null })}>
                Show it again
              </Button>
              <Button onClick={() => location.reload()}>Reload Picture Lock</Button>
            </>
          }
        >
          <p className="empty__text">
            Nothing was written and nothing is lost: decisions are made in the host, not in this window. If it happens
            again, pass this on to whoever looks after Picture Lock.
          </p>
          <p className="empty__text mono">{error.message}</p>
        </EmptyState>
      </main>
    );
  }
}
