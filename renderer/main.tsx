/** Starts the page: fonts, styles, the cache, and the app inside a boundary that shows what went wrong. */
import './styleNonce.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import './ui/frame.css';
import './ui/controls.css';
import './ui/rows.css';
import './ui/notices.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { queryClient } from './queryClient.ts';
import { ErrorBoundary } from './ui/ErrorBoundary.tsx';
import { Sprite } from './ui/Sprite.tsx';
import { TooltipProvider } from './ui/Tooltip.tsx';
// Last: it overrules what the parts say for themselves.
import './ui/forcedColors.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');

createRoot(root).render(
  <StrictMode>
    <Sprite />
    <ErrorBoundary>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider>
          <App />
        </TooltipProvider>
      </QueryClientProvider>
    </ErrorBoundary>
  </StrictMode>,
);
