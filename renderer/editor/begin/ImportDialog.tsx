/** A body out of a file: everything that is wrong in it, or where it goes; the draft is opened, nothing is written. */
import type { ImportedBody } from '../../../shared/draft.ts';
import { counted } from '../../scenes/counted.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { importBody, useBeginning } from './beginning.ts';
import { FindingList } from './FindingList.tsx';
import { ImportTarget } from './ImportTarget.tsx';
import { importedScene } from './importedScene.ts';

export function ImportDialog({ body }: { readonly body: ImportedBody }) {
  const scene = importedScene(body);
  return scene === null ? <BadBody body={body} /> : <ImportTarget body={body} scene={scene} />;
}

function BadBody({ body }: { readonly body: ImportedBody }) {
  const { close } = useBeginning.getState();
  return (
    <Dialog
      isOpen
      className="dialog--decision"
      onClose={close}
      title={`${body.name} cannot be imported`}
      glyph={{ name: 'problem', ink: 's-bad' }}
      lead={`${counted(body.errors.length, 'error')} in the file; nothing was written. Mend the file, save it and choose it again.`}
      foot={
        <>
          <span className="hint" />
          <Button onClick={close}>Cancel</Button>
          <Button
            look="primary"
            isFirstFocus
            onClick={() => {
              close();
              void importBody();
            }}
          >
            Choose a file…
          </Button>
        </>
      }
    >
      <FindingList label="Errors" severity="error" findings={body.errors} />
      {body.warnings.length > 0 && <FindingList label="Warnings" severity="warning" findings={body.warnings} />}
    </Dialog>
  );
}
