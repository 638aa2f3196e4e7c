import { expect, it } from 'vitest';
import { initials } from './initials.ts';

it('takes the first and the last word of a name, whatever parts them and whatever script it is in', () => {
  const names = ['Ana Ruiz', 'ana.ruiz', 'Ana María de la Ruiz', 'render', '渡辺', '𠮷田 茂', '', '  '];
  expect(names.map(initials)).toEqual(['AR', 'AR', 'AR', 'R', '渡', '𠮷茂', '?', '?']);
});
