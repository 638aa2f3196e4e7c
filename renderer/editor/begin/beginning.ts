/** What a draft is begun from that no version is: a batch that is new, or a body out of a file. */
import { create } from 'zustand';
import { type ImportedBody, largestBodyBytes } from '../../../shared/draft.ts';
import { FailureError } from '../../../shared/failure.ts';
import { request } from '../../bridge.ts';
import { queryClient } from '../../queryClient.ts';
import { hostQuery } from '../../scenes/queries.ts';
import { reportFailure } from '../../ui/toasts.ts';

export type Beginning = { readonly kind: 'newBatch' } | { readonly kind: 'import'; readonly body: ImportedBody };

interface BeginningState {
  readonly open: Beginning | null;
  close(): void;
}

export const useBeginning = create<BeginningState>()((set) => ({
  open: null,
  close: () => set({ open: null }),
}));

export const askNewBatch = (): void => useBeginning.setState({ open: { kind: 'newBatch' } });

/** Asks for a file, in the system's dialog or by upload, and shows what is in it; nothing is written. */
export async function importBody(): Promise<void> {
  try {
    const host = queryClient.getQueryData(hostQuery().queryKey);
    const body = host?.folderChoice === 'dialog' ? (await request('chooseBodyFile', {})).body : await uploadBody();
    if (body !== null) useBeginning.setState({ open: { kind: 'import', body } });
  } catch (error) {
    reportFailure(error);
  }
}

async function uploadBody(): Promise<ImportedBody | null> {
  const file = await chosenFile();
  if (file === null) return null;
  if (file.size > largestBodyBytes) {
    // Said before tens of megabytes are sent.
    const megabytes = (file.size / 1_048_576).toFixed(1);
    throw new FailureError(
      'invalid',
      `${file.name} has ${megabytes} MB; a body may have ${largestBodyBytes / 1_048_576} MB at most. Choose the file of one scene.`,
    );
  }
  return (await request('inspectBody', { name: file.name, base64: await base64Of(file) })).body;
}

/** Null where the person thought better of it. */
function chosenFile(): Promise<File | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const address = typeof reader.result === 'string' ? reader.result : '';
      resolve(address.slice(address.indexOf(',') + 1));
    });
    reader.addEventListener('error', () =>
      reject(new FailureError('io', `${file.name} could not be read. Choose it again.`, { cause: reader.error })),
    );
    reader.readAsDataURL(file);
  });
}
