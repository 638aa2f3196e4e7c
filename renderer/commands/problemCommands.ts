/** Commands about what is wrong: to see it, to check everything anew, and the way back. */
import { countProblems } from '../problems/problemGroups.ts';
import { useProblems } from '../problems/problemsState.ts';
import { showProblems } from '../problems/showProblems.ts';
import { stopVerifying, verifyEverything } from '../problems/verify.ts';
import { counted } from '../scenes/counted.ts';
import { useView } from '../view.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';

const everywhere = { group: 'Everywhere', isInPalette: true } as const;

export function problemCommands({ allBatches, host, screen }: CommandContext): readonly Command[] {
  const { errors, warnings } = countProblems(allBatches);
  const isVerifying = useProblems.getState().verification.kind === 'underWay';
  return [
    {
      ...everywhere,
      id: 'showProblems',
      title: 'Show the problems',
      hint: counted(errors + warnings, 'problem'),
      glyph: 'problem',
      disabledReason: screen === 'problems' ? 'They are shown.' : host?.workspace ? null : 'No workspace is open.',
      run: showProblems,
    },
    isVerifying
      ? {
          ...everywhere,
          id: 'stopVerifying',
          title: 'Stop checking everything',
          glyph: 'stop',
          disabledReason: null,
          run: stopVerifying,
        }
      : {
          ...everywhere,
          id: 'verifyEverything',
          title: 'Check everything anew',
          hint: 'every manifest, body and ledger',
          glyph: 'problem',
          disabledReason: host?.workspace ? null : 'No workspace is open.',
          run: () => {
            showProblems();
            void verifyEverything();
          },
        },
  ];
}

export const problemScreenCommands = (): readonly Command[] => [
  {
    group: 'Problems',
    isInPalette: true,
    id: 'leaveProblems',
    title: 'Back to Scenes',
    glyph: 'right',
    disabledReason: null,
    run: () => useView.getState().show('scenes'),
  },
];
