/** The shell against a stand-in for Electron, which cannot be imported outside of it: options, guards, sender check, menu. */
import type { BrowserWindow, MenuItemConstructorOptions, WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { isOurPage } from './ipc/register.ts';
import { menuTemplate } from './menu.ts';
import { externalAddress, isOwnAddress } from './origin.ts';
import { denyPermissions, guardContents } from './security.ts';
import { windowOptions } from './window.ts';

type Created = (event: unknown, contents: WebContents) => void;

const { created } = vi.hoisted(() => ({ created: [] as Created[] }));

vi.mock('electron', () => ({
  app: { on: (_name: string, listener: Created) => created.push(listener), isPackaged: true },
  BrowserWindow: class {},
  ipcMain: {},
  Menu: {},
  nativeTheme: {},
  screen: {},
}));

const files = { preload: '/app/dist/preload/preload.cjs', icon: '/app/icon.png' };
const state = { place: null, width: 1440, height: 900, isMaximized: false };

describe("the window's options", () => {
  it('give the page a sandbox and nothing of Node', () => {
    expect(windowOptions(files, state, true).webPreferences).toEqual({
      preload: files.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
    });
  });

  it('keep the window at 1024 by 700 or larger', () => {
    expect(windowOptions(files, state, true)).toMatchObject({
      minWidth: 1024,
      minHeight: 700,
      width: 1440,
      height: 900,
    });
  });

  it("show nothing before the page is drawn, on the theme's own ground", () => {
    expect(windowOptions(files, state, true)).toMatchObject({ show: false, backgroundColor: '#141414' });
    expect(windowOptions(files, state, false).backgroundColor).toBe('#e9e9e9');
  });
});

describe('our own address', () => {
  it.each(['app://picture-lock/', 'app://picture-lock/index.html?x=1#y'])('is %s', (address) => {
    expect(isOwnAddress(address)).toBe(true);
  });

  it.each([
    'app://picture-lock.evil.example/',
    'app://evil/',
    'app://user@picture-lock/',
    'http://picture-lock/',
    'https://picture-lock/',
    'file:///app://picture-lock/',
    'data:text/html,app://picture-lock/',
    'about:blank',
    '',
  ])('is not %s', (address) => {
    expect(isOwnAddress(address)).toBe(false);
  });
});

describe('an external link', () => {
  it('is opened where it is https', () => {
    expect(externalAddress('https://example.com/a?b#c')).toBe('https://example.com/a?b#c');
  });

  it.each([
    'http://example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://share/x',
    'https://name:word@example.com/',
    'ms-msdt:/id',
    'no address',
  ])('is not opened where it is %s', (address) => {
    expect(externalAddress(address)).toBeNull();
  });
});

/** The listeners that the guards put on a page, by event. */
function guarded(): {
  events: Map<string, (event: unknown) => void>;
  open: (url: string) => unknown;
  opened: string[];
} {
  const events = new Map<string, (event: unknown) => void>();
  const opened: string[] = [];
  let open: (details: { url: string }) => unknown = () => null;
  created.length = 0;
  guardContents((address) => opened.push(address));
  const contents = {
    on: (name: string, listener: (event: unknown) => void) => events.set(name, listener),
    setWindowOpenHandler: (handler: typeof open) => {
      open = handler;
    },
  };
  created[0]?.({}, contents as unknown as WebContents);
  return { events, open: (url) => open({ url }), opened };
}

describe('the guards', () => {
  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('stop %s to a stranger', (name) => {
    const { events } = guarded();
    const preventDefault = vi.fn();
    events.get(name)?.({ url: 'https://evil.example/', preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(1);
    events.get(name)?.({ url: 'app://picture-lock/', preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(1);
  });

  it('stop every webview', () => {
    const preventDefault = vi.fn();
    guarded().events.get('will-attach-webview')?.({ preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(1);
  });

  it('open no window, and hand https links alone to the system', () => {
    const { open, opened } = guarded();
    for (const url of ['https://example.com/', 'file:///etc/passwd', 'app://picture-lock/', 'nonsense']) {
      expect(open(url)).toEqual({ action: 'deny' });
    }
    expect(opened).toEqual(['https://example.com/']);
  });

  it('deny every permission', () => {
    const handlers = new Map<string, (...given: unknown[]) => unknown>();
    const keep = (name: string) => (handler: (...given: unknown[]) => unknown) => handlers.set(name, handler);
    denyPermissions({
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
    } as unknown as Parameters<typeof denyPermissions>[0]);
    const answer = vi.fn();
    handlers.get('request')?.({}, 'media', answer);
    expect(answer).toHaveBeenCalledWith(false);
    expect(handlers.get('check')?.()).toBe(false);
    expect(handlers.get('device')?.()).toBe(false);
  });
});

describe('the sender check', () => {
  const mainFrame = { url: 'app://picture-lock/' };
  const windowWith = (frame: object, isDestroyed = false) =>
    ({ isDestroyed: () => isDestroyed, webContents: { mainFrame: frame } }) as unknown as BrowserWindow;
  const from = (frame: object | null) => ({ senderFrame: frame }) as Parameters<typeof isOurPage>[0];

  it('admits the main frame of our window at our origin', () => {
    expect(isOurPage(from(mainFrame), windowWith(mainFrame))).toBe(true);
  });

  it('refuses another frame at our origin', () => {
    expect(isOurPage(from({ url: 'app://picture-lock/' }), windowWith(mainFrame))).toBe(false);
  });

  it('refuses our main frame at another origin', () => {
    const moved = { url: 'https://evil.example/' };
    expect(isOurPage(from(moved), windowWith(moved))).toBe(false);
  });

  it('refuses a frame that is gone, and a window that is closed', () => {
    expect(isOurPage(from(null), windowWith(mainFrame))).toBe(false);
    expect(isOurPage(from(mainFrame), null)).toBe(false);
    expect(isOurPage(from(mainFrame), windowWith(mainFrame, true))).toBe(false);
  });
});

describe('the application menu', () => {
  const items = (chosen: string[]): MenuItemConstructorOptions[] =>
    menuTemplate((command) => chosen.push(command)).flatMap((menu) =>
      Array.isArray(menu.submenu) ? menu.submenu : [],
    );

  it('sends each of its commands to the page', () => {
    const chosen: string[] = [];
    for (const item of items(chosen)) {
      if (item.click !== undefined) Reflect.apply(item.click, item, []);
    }
    expect(chosen).toEqual(['openWorkspace', 'openSample', 'undo', 'showPalette', 'showKeys']);
  });

  it('leaves the keys of a text field to the field', () => {
    const undo = items([]).find((item) => item.label === 'Undo');
    expect(undo?.registerAccelerator ?? false).toBe(false);
  });

  it('offers no developer tools in a packed app', () => {
    expect(items([]).some((item) => item.role === 'toggleDevTools')).toBe(false);
  });
});
