import { describe, expect, it } from 'vitest';
import type { VersionSummary } from '../../shared/manifest.ts';
import { sampleVersion } from './sampleVersion.ts';
import { isOrphan, kindText, originText, shortFingerprint } from './versionText.ts';

const version = (more: Partial<VersionSummary>) =>
  sampleVersion(4, { kind: 'pickup', source: 'rederive', parentVersion: 2, ...more });

describe('a version in words', () => {
  it('says its kind and its parent, and what has neither', () => {
    expect(originText(version({}))).toBe('pickup, from v2');
    expect(originText(version({ parentVersion: null }))).toBe('pickup');
    expect(originText(version({ source: 'legacy_flat', parentVersion: null }))).toBe('legacy flat');
    expect(originText(version({ isRegistered: false }))).toBe('on disk only');
    expect(originText(version({ isRegistered: false, isActive: true }))).toBe('flat, no manifest yet');
  });

  it('says where it came from', () => {
    expect(kindText(version({ source: 'director_note' }))).toBe('pickup, director note');
    expect(kindText(version({ source: null }))).toBe('pickup');
  });

  it('is an orphan where no entry names it, but not in a flat batch', () => {
    const [orphan, flat, registered] = [{ isRegistered: false }, { isRegistered: false, isActive: true }, {}];
    expect([orphan, flat, registered].map((more) => isOrphan(version(more)))).toEqual([true, false, false]);
  });

  it('shortens a fingerprint to seven digits, with or without a known scheme', () => {
    expect(shortFingerprint('sf1:c950e6c90f718eed')).toBe('c950e6c');
    expect(shortFingerprint('c950e6c90f718eed')).toBe('c950e6c');
  });
});
