/** The one decision dialog that is open, if any; the focus goes back to where the question was asked. */
import { useEffect, useRef } from 'react';
import { useGridFocus } from '../compare/gridFocus.ts';
import { useSelection } from '../scenes/selection.ts';
import { ChangedBodyDialog } from './ChangedBodyDialog.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';
import { type OpenDecision, useDecisions } from './decisions.ts';
import { PreviewDialog } from './PreviewDialog.tsx';
import './decide.css';

export function DecisionDialogs() {
  const open = useDecisions((state) => state.open);
  useReturnedFocus(open !== null);
  return open && <DialogOf open={open} />;
}

function DialogOf({ open }: { readonly open: OpenDecision }) {
  switch (open.step.kind) {
    case 'preview':
      return <PreviewDialog open={open} />;
    case 'changedBody':
      return <ChangedBodyDialog open={open} />;
    case 'conflict':
      // Every conflict is a question of its own: the focus starts on the way back again.
      return <ConflictDialog key={open.step.now.revision} open={open} now={open.step.now} />;
  }
}

const canTakeFocus = (element: HTMLElement): boolean => element.isConnected && !element.matches(':disabled');

/**
 * One dialog follows another, so each knows only the one before as its opener; and the button that asked may be
 * disabled by what was decided. Then the table of beats takes the focus.
 */
function useReturnedFocus(isOpen: boolean): void {
  const opener = useRef<HTMLElement | null>(null);
  const wasOpen = useRef(false);
  if (isOpen && !wasOpen.current && opener.current === null && document.activeElement instanceof HTMLElement) {
    opener.current = document.activeElement;
  }
  useEffect(() => {
    if (wasOpen.current && !isOpen) {
      const back = opener.current;
      opener.current = null;
      // After the dialog's own attempt.
      setTimeout(() => {
        if (back && back !== document.body && canTakeFocus(back)) back.focus();
        else useGridFocus.getState().goToBeat(useSelection.getState().beat);
      });
    }
    wasOpen.current = isOpen;
  }, [isOpen]);
}
