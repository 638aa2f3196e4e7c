/** Scenes as the pipeline writes them, of any number of beats, the same at every run. */
import { createHash } from 'node:crypto';

const names = ['MARA', 'INES', 'TOBIAS', 'JUNE', 'THE PILOT', 'OLD PETTER', '渡辺', 'SØREN'];
const actions = [
  'counts the crates twice and stops at nine',
  'folds the chart along the old crease',
  'sets the key on the table between them',
  'reads the tide table aloud, "wrong"',
  'hangs the lantern lower than it should be – by a hand',
];
const lines = ["It didn't fail. It was asked.", 'Leave it lit.', 'You said nine.', 'Nobody bids before the bell.'];
const types = ['insert', 'close_up', 'wide', 'over_shoulder'];
const moves = ['static', 'pan_left', 'handheld', 'dolly_in'];

/** A small generator of our own (mulberry32): `Math.random` cannot be seeded. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
const pick = <Item>(random: Random, items: readonly [Item, ...Item[]] | readonly Item[]): Item | undefined =>
  items[Math.floor(random() * items.length)];
const numbered = (prefix: string, value: number): string => `${prefix}${String(value).padStart(4, '0')}`;

const hashOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

function makeBeat(index: number, random: Random) {
  const who = pick(random, names) ?? '';
  const summary = `${who} ${pick(random, actions)}.`;
  const boards = Array.from({ length: Math.floor(random() * 3) }, (_, at) => ({
    board_id: `${numbered('BD', index)}_${at}`,
    image: `boards/ep_001/${numbered('BD', index)}_${at}.png`,
    seed: Math.floor(random() * 1e9),
  }));
  return {
    beat_id: numbered('B', index),
    summary,
    shot: {
      shot_id: numbered('EP001_SH', index * 10),
      shot_type: pick(random, types),
      camera: { move: pick(random, moves), lens_mm: pick(random, [18, 35, 50, 85]) },
      duration_s: Math.round(random() * 800 + 100) / 100,
      characters: [who, pick(random, names)],
      dialogue: random() < 0.6 ? [{ character: who, line: pick(random, lines) }] : [],
      raw: {
        description: summary,
        source_text_hash: hashOf(`${index} ${summary}`),
        render_flags: { upscale: random() < 0.2, steps: 30 },
      },
    },
    boards,
    status: 'open',
  };
}

export function makeScene(beatCount: number, seed = 7) {
  const random = makeRandom(seed);
  return {
    schema_version: 1,
    scene_id: 'BATCH_003',
    episode: 1,
    title: 'INT. FISH MARKET – DAWN',
    beats: Array.from({ length: beatCount }, (_, index) => makeBeat(index + 1, random)),
  };
}

export type PipelineScene = ReturnType<typeof makeScene>;

/** A scene whose compact JSON has about that many bytes. */
export function makeSceneOfBytes(bytes: number): PipelineScene {
  const sample = Buffer.byteLength(JSON.stringify(makeScene(200))) / 200;
  return makeScene(Math.round(bytes / sample));
}

/** A later version of it: a tenth of the beats edited, a twentieth moved anywhere. */
export function makeLaterVersion(scene: PipelineScene, seed = 11): PipelineScene {
  const random = makeRandom(seed);
  const beats = scene.beats.map((beat, index) => {
    if (index % 10 !== 3) return beat;
    const summary = `${beat.summary} Again.`;
    const raw = { ...beat.shot.raw, description: summary, source_text_hash: hashOf(summary) };
    return { ...beat, summary, shot: { ...beat.shot, raw } };
  });
  for (let moved = 0; moved < scene.beats.length / 20; moved += 1) {
    const [beat] = beats.splice(Math.floor(random() * beats.length), 1);
    if (beat) beats.splice(Math.floor(random() * beats.length), 0, beat);
  }
  return { ...scene, beats };
}
