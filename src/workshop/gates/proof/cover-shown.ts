/**
 * How much of what is there a stated region covers: whoever writes code may state one that is not every row and nearly so. Live rows are
 * counted where enough are there, else rows that are made up, with numbers of every size; what reads sensitive values is asked of made-up
 * rows alone. Only counts are told. It measures; whether that is much, and whose word the region was, the kernel decides.
 */
import fc from 'fast-check';
import { type Cover, coverInWords, ENOUGH_ROWS, type EntityContract, type Expression, Fault, type Finding } from '#kernel';
import { asKept } from '#model';
import { compileJavaScript, type CompiledRule } from '#rules/javascript';
import type { Engines, GateInput } from '../gate.ts';
import { worldsAbout } from '../generated-worlds.ts';
import type { About } from './changed-statements.ts';

const WORLDS = 50;

export interface Stated {
  /** As a scope names it, and for a person. */
  readonly formula: string;
  readonly name: string;
  readonly region: Expression;
}
export interface Measuring {
  readonly candidate: GateInput;
  readonly base: GateInput;
  readonly rows: Engines['rows'];
  readonly seed: number;
}

export async function coverShown(about: About, { formula, name, region }: Stated, measuring: Measuring): Promise<Finding> {
  const { cover, few } = await measured(about, { formula, region }, measuring);
  if (cover.of === 0)
    return {
      statement: `How much of what is there the region covers that is stated of ${name}: no row was found that could be asked`,
      verdict: 'pass',
      shownBy: 'not-shown',
      covers: cover,
    };
  return {
    statement: `The region that is stated of ${name} covers ${coverInWords(cover, manyOf(about.entity))}`,
    verdict: 'pass',
    shownBy: cover.made === true ? 'tested' : 'checked',
    bound:
      cover.made === true
        ? `seed ${measuring.seed}; ${few}`
        : `${cover.newest === true ? 'the newest rows' : 'all rows'}, when it was asked`,
    covers: cover,
  };
}
/** `orderLines` as people say it. */
const manyOf = ({ plural }: EntityContract): string => plural.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

async function measured(
  { model, entity }: About,
  { formula, region }: Pick<Stated, 'formula' | 'region'>,
  { candidate, base, rows, seed }: Measuring,
): Promise<{ readonly cover: Cover; readonly few: string }> {
  const holds = asKept(region, { now: candidate.reading.model, kept: base.reading.model });
  const live = holds === undefined || rows === undefined ? null : await rows.covered(base.generation.id, entity.id, holds);
  if (live !== null && live.of >= ENOUGH_ROWS)
    return { cover: { formula, rows: live.rows, of: live.of, ...(live.newest ? { newest: true } : {}) }, few: '' };
  const few = live === null ? 'rows that are there could not be asked' : `${live.of} are there, too few to say`;
  const met = [...entity.invariants.map((invariant) => invariant.holds), region].map(compileJavaScript);
  const holdsOf = met.pop();
  const truth = (rule: CompiledRule | undefined, row: unknown, context: Parameters<CompiledRule>[1]): boolean => {
    try {
      return rule?.({ row }, context) === true;
    } catch (cause) {
      // A row of which it cannot be computed is none that a region names.
      if (cause instanceof Fault && cause.code === 'overflow') return false;
      throw cause;
    }
  };
  const worlds = fc.sample(worldsAbout(model, entity, [region], 'every-size'), { numRuns: WORLDS, seed });
  const spoken = worlds.flatMap(({ rows: made, context }) =>
    (made.get(entity.id) ?? []).flatMap((row) => (met.every((rule) => truth(rule, row, context)) ? [{ row, context }] : [])),
  );
  const inside = spoken.filter(({ row, context }) => truth(holdsOf, row, context)).length;
  return { cover: { formula, rows: inside, of: spoken.length < ENOUGH_ROWS ? 0 : spoken.length, made: true }, few };
}
