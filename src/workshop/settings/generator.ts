/**
 * The generator of settings: no model, no guess. What it reads it says back with the old value and the new one; of what it is not
 * sure it asks. It writes theseus.json and nothing else, and leaves every line of it that the wish does not touch.
 */
import type { Json, Scope } from '#kernel';
import { settingsProblems, type SystemReading } from '#model';
import type { Generator, GeneratorContext, Understood } from '#ports';
import { editJson } from './edit-json.ts';
import { pointsOf, readWish, type SettingsReading, valueOf } from './read-wish.ts';
import type { Edit } from './wish.ts';

const FILE = 'theseus.json';
type Wished = Extract<SettingsReading, { kind: 'wish' }>;

export const settingsGenerator: Generator = {
  name: 'settings',
  async understand(text, context): Promise<Understood> {
    const reading = context.reading as unknown as SystemReading;
    if (!reading.ok) throw new TypeError('the base of a change does not read');
    const wish = readWish(text, reading.model, pointsOf(reading));
    switch (wish.kind) {
      case 'none':
        return { kind: 'refused', why: 'This names no setting and no strategy of this system.', words: [], nearest: [] };
      case 'refused':
        return { kind: 'refused', why: wish.why };
      case 'already':
        return { kind: 'nothing-to-do', echo: [], why: wish.why };
      case 'wish':
        return understood(wish, context);
    }
  },
  async generate(plan, context) {
    const { edits } = plan as unknown as { readonly edits: readonly Edit[] };
    return { files: { [FILE]: written(context, edits) }, notes: [] };
  },
};

function understood(wish: Wished, context: GeneratorContext): Understood {
  const problems = settingsProblems(written(context, wish.edits));
  if (problems.length > 0) return { kind: 'refused', why: `That cannot be set: ${problems.join('; ')}.` };
  if (!wish.sure)
    return {
      kind: 'question',
      why: 'This seems to be a wish for a setting. Is this meant?',
      options: [{ sentence: wish.sentence, meaning: wish.edits.map(told).join(' ') }],
    };
  return {
    kind: 'understood',
    echo: [wish.sentence, ...wish.edits.map(told)],
    notes: [
      wish.of === 'policy'
        ? 'Roles and policy change when a person has approved it.'
        : 'No code is written: all strategies stand in the source.',
    ],
    scope: scopeOf(wish),
    risk: wish.of === 'policy' ? 'high' : 'medium',
    plan: { edits: wish.edits } as unknown as Json,
  };
}

/** What `JSON` drops from a plan, an edit without a value, takes the member away. */
const written = (context: GeneratorContext, edits: readonly Edit[]): string =>
  edits.reduce((text, edit) => editJson(text, edit.path, edit.value), context.sources[FILE] ?? '{}');
const told = ({ path, value, was }: Edit): string => `${path.join('.')}: ${valueOf(value)}, until now ${valueOf(was)}.`;
const scopeOf = ({ point }: Wished): Scope => ({
  components: point === undefined ? [] : [point.component],
  members: ['settings'],
  tests: [],
  data: [],
});
