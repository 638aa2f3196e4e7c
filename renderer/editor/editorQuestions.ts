/** Every question that the editor may have asked, taken back at once. */
import { useBeginning } from './begin/beginning.ts';
import { useDiscardQuestion } from './editorActions.ts';
import { useOpening } from './openEditor.ts';
import { useWriting } from './write/writing.ts';

export function closeEditorQuestions(): void {
  for (const question of [useBeginning, useDiscardQuestion, useOpening, useWriting]) question.getState().close();
}
