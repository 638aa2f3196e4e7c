/** Every command, in the order of the palette and of the list of keys. */
import { appCommands } from './appCommands.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { decisionCommands } from './decisionCommands.ts';
import { lookingCommands } from './sceneCommands.ts';

export const commandTable = (context: CommandContext): readonly Command[] => [
  ...lookingCommands(context),
  ...decisionCommands(context),
  ...appCommands(context),
];
