/** The cache of everything that the host owns; failures of mutations are reported in one place. */
import { MutationCache, QueryClient } from '@tanstack/react-query';
import { FailureError } from '../shared/failure.ts';
import { reportFailure } from './ui/toasts.ts';

declare module '@tanstack/react-query' {
  interface Register {
    /** `isHandled`: the caller shows the failure itself (a dialog), so no toast does. */
    mutationMeta: { readonly isHandled?: boolean };
  }
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', retry: false, staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false },
    mutations: { networkMode: 'always', retry: false },
  },
  mutationCache: new MutationCache({
    onError: (error, _variables, _context, mutation) => {
      if (mutation.meta?.isHandled !== true) reportFailure(error);
    },
  }),
});

export const failureOf = (error: unknown): FailureError =>
  error instanceof FailureError ? error : new FailureError('unexpected', String(error), { cause: error });
