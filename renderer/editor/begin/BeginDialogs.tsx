/** The one dialog that begins a draft from something else than a version, if any is open. */

import { useBeginning } from './beginning.ts';
import { ImportDialog } from './ImportDialog.tsx';
import { NewBatchDialog } from './NewBatchDialog.tsx';
import '../../decide/decide.css';
import './begin.css';

export function BeginDialogs() {
  const open = useBeginning((state) => state.open);
  switch (open?.kind) {
    case 'newBatch':
      return <NewBatchDialog />;
    case 'import':
      return <ImportDialog body={open.body} />;
    case undefined:
      return null;
  }
}
