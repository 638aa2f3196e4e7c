/** The known fields of a scene and of its beats, and what each has to be; fields that are not named here may be anything. */

export type FieldShape =
  | { readonly kind: 'text' }
  /** Has to name something. */
  | { readonly kind: 'id' }
  | { readonly kind: 'number'; readonly unit: string; readonly isWhole: boolean }
  | { readonly kind: 'list'; readonly of: FieldShape }
  | {
      readonly kind: 'object';
      readonly fields: Readonly<Record<string, FieldShape>>;
      /** Older pipelines wrote one text in its place. */
      readonly mayBeText?: boolean;
    };

const text: FieldShape = { kind: 'text' };
const id: FieldShape = { kind: 'id' };

export const beatShape: FieldShape = {
  kind: 'object',
  fields: {
    beat_id: id,
    summary: text,
    shot: {
      kind: 'object',
      fields: {
        shot_id: id,
        shot_type: text,
        camera: {
          kind: 'object',
          mayBeText: true,
          fields: { move: text, lens_mm: { kind: 'number', unit: 'millimetres', isWhole: false } },
        },
        duration_s: { kind: 'number', unit: 'seconds', isWhole: false },
        characters: { kind: 'list', of: text },
        dialogue: { kind: 'list', of: { kind: 'object', fields: { character: text, line: text } } },
        raw: { kind: 'object', fields: { description: text, source_text_hash: text } },
      },
    },
  },
};

/** "beats" and "scene_id" are judged apart: without them it is no scene at all. */
export const sceneShape: FieldShape = {
  kind: 'object',
  fields: {
    schema_version: { kind: 'number', unit: '', isWhole: true },
    episode: { kind: 'number', unit: '', isWhole: true },
    title: text,
  },
};

/** "a text", as the middle of a sentence. */
export function shapeInWords(shape: FieldShape): string {
  switch (shape.kind) {
    case 'text':
      return 'a text';
    case 'id':
      return 'a text that is not empty';
    case 'number':
      if (shape.isWhole) return 'a whole number, 0 or more';
      return `a number of ${shape.unit}, 0 or more`;
    case 'list':
      return shape.of.kind === 'text' ? 'a list of texts' : 'a list of objects';
    case 'object':
      return shape.mayBeText === true ? 'an object or a text' : 'an object';
  }
}
