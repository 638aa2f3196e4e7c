import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCommandLine, parseElectronCommandLine } from './commandLine.ts';
import { defaultDataFolder } from './dataFolder.ts';

describe('the command line', () => {
  it('knows its words', () => {
    const words = ['--data', '/d', '--workspace=/w', '--root', '/a', '--root', '/b', '--port', '8080', '--open'];
    expect(parseCommandLine(words)).toEqual({
      data: '/d',
      workspace: '/w',
      roots: ['/a', '/b'],
      port: 8080,
      opensBrowser: true,
    });
    expect(parseCommandLine([])).toMatchObject({ data: undefined, roots: [], port: undefined, opensBrowser: false });
  });

  it.each([['--unknown'], ['folder'], ['--data'], ['--port', 'x'], ['--port', '70000'], ['--port', '1.5']])(
    'refuses %s',
    (...words) => {
      expect(() => parseCommandLine(words)).toThrow();
    },
  );

  it('says what it knows to who gives it something else', () => {
    expect(() => parseCommandLine(['--workspce', '/w'])).toThrow(/--workspce.*What is known: .*--workspace DIR/s);
  });

  it.each(['--workspace', '--data', '--root'])('opens no folder by an empty %s', (word) => {
    expect(() => parseCommandLine([word, ''])).toThrow(`${word} names no folder`);
    expect(() => parseCommandLine([`${word}=`])).toThrow(`${word} names no folder`);
  });

  it("finds its words between Electron's own", () => {
    const words = ['--no-sandbox', '--inspect=0', '.', '--data', '/d', '--remote-debugging-port=0', '--workspace=/w'];
    expect(parseElectronCommandLine(words)).toEqual({ data: '/d', workspace: '/w' });
    expect(parseElectronCommandLine(['.', '--data'])).toEqual({ data: undefined, workspace: undefined });
    const lacking = ['.', '--data', '--workspace='];
    expect(parseElectronCommandLine(lacking)).toEqual({ data: undefined, workspace: undefined });
  });
});

describe('the data folder', () => {
  const machine = (platform: NodeJS.Platform, environment: Record<string, string> = {}) =>
    defaultDataFolder({ platform, home: '/home/mara', environment });

  it("is where Electron keeps an app's data on each system", () => {
    expect(machine('linux')).toBe('/home/mara/.config/Picture Lock');
    expect(machine('linux', { XDG_CONFIG_HOME: '/conf' })).toBe('/conf/Picture Lock');
    expect(machine('darwin')).toBe('/home/mara/Library/Application Support/Picture Lock');
    expect(machine('win32', { APPDATA: path.join('/roaming') })).toBe('/roaming/Picture Lock');
  });
});
