/** Every command of the screen that is shown, in the order of the palette and of the list of keys. */
import { appCommands } from './appCommands.ts';
import { bulkCommands } from './bulkCommands.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { decisionCommands } from './decisionCommands.ts';
import { editCommands } from './editCommands.ts';
import { editorCommands } from './editorCommands.ts';
import { problemCommands, problemScreenCommands } from './problemCommands.ts';
import { lookingCommands } from './sceneCommands.ts';

/** No key of one screen acts on another. */
function screenCommands(context: CommandContext): readonly Command[] {
  switch (context.screen) {
    case 'scenes':
      return [
        ...lookingCommands(context),
        ...decisionCommands(context),
        ...editCommands(context),
        ...bulkCommands(context),
      ];
    case 'editor':
      return editorCommands(context);
    case 'problems':
      return problemScreenCommands();
  }
}

export const commandTable = (context: CommandContext): readonly Command[] => [
  ...screenCommands(context),
  ...appCommands(context),
  ...problemCommands(context),
];
