/** The toasts over the screen, each with the name of its batch once another one is looked at. */
import { Toaster } from '../ui/Toaster.tsx';
import { useSelection } from './selection.ts';
import { toastPlace } from './toastPlace.ts';

export function Messages() {
  const shown = useSelection((state) => state.batch);
  return <Toaster placeOf={(batch) => toastPlace(batch, shown)} />;
}
