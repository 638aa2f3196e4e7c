/** The body that every run writes: large enough to fill several pages, told apart by the duration of its first shot. */

const beatCount = 12;

export const faultScene = (batchId: string, duration: number) => ({
  schema_version: 1,
  scene_id: batchId,
  episode: 1,
  title: 'EXT. PIER – DAWN',
  beats: Array.from({ length: beatCount }, (_, index) => ({
    beat_id: `beat_${String(index + 1).padStart(3, '0')}`,
    summary: 'Mara waits for the ferry, 渡辺 counts the crates.',
    shot: {
      shot_id: `shot_${String(index + 1).padStart(3, '0')}`,
      shot_type: 'wide',
      duration_s: index === 0 ? duration : 2.5,
      characters: ['MARA', '渡辺'],
      dialogue: [{ character: 'MARA', line: 'You said nine.' }],
      raw: { description: 'Fog. '.repeat(20), source_text_hash: `sha256:${String(index).repeat(8)}` },
    },
  })),
});
