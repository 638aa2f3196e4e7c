/** The one table of handlers that all transports share. */
import { FailureError } from '../../shared/failure.ts';
import type { WorkspaceSession } from '../scenes/workspace/workspaceSession.ts';
import { type AppContext, appHandlers } from './appHandlers.ts';
import { draftHandlers } from './draftHandlers.ts';
import type { Handler, Handlers } from './handler.ts';
import { repairHandlers } from './repairHandlers.ts';
import { sceneHandlers } from './sceneHandlers.ts';

export function createHandlers(session: WorkspaceSession, context: AppContext): Handlers {
  const scenes = sceneHandlers(session);
  const revealBody: Handler<'revealBody'> = {
    input: scenes.readScene.input,
    async run({ version, ...ref }) {
      const body = await session.bodyPath(ref, version);
      const { reveal } = context.abilities;
      if (reveal === null) throw new FailureError('invalid', 'This host has no file manager to show a file in.');
      reveal(body);
      return {};
    },
  };
  return { ...scenes, ...appHandlers(context), ...draftHandlers(context), ...repairHandlers(session), revealBody };
}
