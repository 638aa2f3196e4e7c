/** Copies the change list of a comparison and says so. */
import { useToasts } from '../ui/toasts.ts';
import { changeList } from './changeList.ts';
import { copyText } from './copyText.ts';
import type { ComparisonView } from './useComparisonView.ts';

export async function copyChangeList(view: ComparisonView): Promise<void> {
  const { from, to } = view.comparison;
  const isCopied = await copyText(changeList(view.comparison, view));
  useToasts
    .getState()
    .show(
      isCopied
        ? { kind: 'done', title: 'The change list is copied.', text: `v${from} → v${to}, tab-separated.` }
        : { kind: 'failed', title: 'The change list could not be copied: the system refused the clipboard.' },
    );
}
