import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FailureError } from '../../shared/failure.ts';
import { createDispatch, type DispatchOptions } from './dispatch.ts';
import type { Handlers } from './handler.ts';

interface Logged {
  readonly message: string;
  readonly details: readonly unknown[];
}

/** A table with the few requests that these tests ask; the rest of the closed table is not reached. */
function dispatchOver(table: Partial<Handlers>, before: DispatchOptions['before'] = () => null) {
  const logged: Logged[] = [];
  const log = { error: (message: string, ...details: readonly unknown[]) => void logged.push({ message, details }) };
  return { dispatch: createDispatch({ handlers: table as Handlers, log, before }), logged };
}

const openWorkspace = (run: Handlers['openWorkspace']['run']): Partial<Handlers> => ({
  openWorkspace: { input: z.strictObject({ path: z.string().min(1) }), run },
});

const neverRuns = openWorkspace(async () => {
  throw new Error('a handler ran on bad input');
});

const chooses: Partial<Handlers> = {
  chooseFolder: { input: z.strictObject({}), run: async () => ({ path: '/shows' }) },
};

describe('the dispatcher', () => {
  it('answers with the value of the handler', async () => {
    const { dispatch } = dispatchOver(chooses);
    expect(await dispatch('chooseFolder', {})).toEqual({ ok: true, value: { path: '/shows' } });
  });

  it('takes a missing input for an empty one', async () => {
    const { dispatch } = dispatchOver(chooses);
    expect(await dispatch('chooseFolder', undefined)).toMatchObject({ ok: true });
  });

  it.each(['dropEverything', 'constructor', '__proto__', 'toString', ''])(
    'refuses the unknown request "%s"',
    async (name) => {
      const { dispatch } = dispatchOver(chooses);
      expect(await dispatch(name, {})).toEqual({
        ok: false,
        failure: { code: 'invalid', message: `There is no request named "${name}".` },
      });
    },
  );

  it('answers briefly to fields without number or end', async () => {
    const { dispatch } = dispatchOver(chooses);
    const long = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`${at}`.repeat(10_000), at]));
    const reply = await dispatch('chooseFolder', long);
    expect(reply).toMatchObject({ failure: { code: 'invalid', message: expect.stringContaining(' and 4 more.') } });
    expect(JSON.stringify(reply).length).toBeLessThan(600);
  });

  it.each([undefined, null, 7, {}])('refuses a name that is no text: %s', async (name) => {
    const { dispatch } = dispatchOver(chooses);
    expect(await dispatch(name, {})).toMatchObject({ ok: false, failure: { code: 'invalid' } });
  });

  it.each([
    [{}, '"path" of openWorkspace is missing: it must be text.'],
    [{ path: 7 }, '"path" of openWorkspace must be text, not a number.'],
    [{ path: null }, '"path" of openWorkspace must be text, not null.'],
    [{ path: ['a'] }, '"path" of openWorkspace must be text, not a list.'],
    [{ path: '' }, '"path" of openWorkspace must not be empty.'],
    [{ path: '/a', all: true }, 'The input of openWorkspace has no field "all".'],
    ['/a', 'The input of openWorkspace must be an object, not text.'],
    [[], 'The input of openWorkspace must be an object, not a list.'],
  ])('says what is wrong with the input %j', async (input, message) => {
    const { dispatch } = dispatchOver(neverRuns);
    expect(await dispatch('openWorkspace', input)).toEqual({ ok: false, failure: { code: 'invalid', message } });
  });

  it('passes a failure on as plain data, with its details', async () => {
    const { dispatch, logged } = dispatchOver(
      openWorkspace(async () => {
        throw new FailureError('notFound', 'There is no folder /a.', {
          details: { path: '/a' },
          cause: new Error('ENOENT'),
        });
      }),
    );
    expect(await dispatch('openWorkspace', { path: '/a' })).toEqual({
      ok: false,
      failure: { code: 'notFound', message: 'There is no folder /a.', details: { path: '/a' } },
    });
    expect(logged).toEqual([]);
  });

  it('logs anything else under a reference, and shows the reference and nothing of the fault', async () => {
    const fault = new Error('password=hunter2');
    const { dispatch, logged } = dispatchOver(
      openWorkspace(async () => {
        throw fault;
      }),
    );
    const reply = await dispatch('openWorkspace', { path: '/a' });
    expect(reply).toMatchObject({ ok: false, failure: { code: 'unexpected' } });
    expect(JSON.stringify(reply)).not.toContain('hunter2');
    const reference = reply.ok ? '' : String(reply.failure.details?.reference);
    expect(reference).toMatch(/^[0-9a-f]{8}$/);
    expect(reply.ok ? '' : reply.failure.message).toContain(reference);
    expect(logged[0]?.message).toContain(reference);
    expect(logged[0]?.details).toContain(fault);
  });

  it('waits for what must come before, after it has looked at the input', async () => {
    const asked: string[] = [];
    const { dispatch } = dispatchOver(neverRuns, (name) => {
      asked.push(name);
      throw new FailureError('invalid', 'No workspace is open.');
    });
    expect(await dispatch('openWorkspace', { path: 7 })).toMatchObject({
      failure: { message: expect.stringContaining('"path"') },
    });
    expect(asked).toEqual([]);
    expect(await dispatch('openWorkspace', { path: '/a' })).toMatchObject({
      failure: { message: 'No workspace is open.' },
    });
    expect(asked).toEqual(['openWorkspace']);
  });
});
