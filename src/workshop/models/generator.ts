/**
 * A language model as a generator. It has no tools and no authority: it reads marked texts and answers JSON, and whatever it writes
 * meets the same gates as any code. Its name is `model/<name of the configuration>`.
 */
import type { Generator } from '#ports';
import { generateWith } from './generate.ts';
import { type Plan, planAgain, understandWith } from './understand.ts';
import { type ModelGeneratorOptions, workOf } from './work.ts';

const REPAIRS = 3;

export function modelGenerator(options: ModelGeneratorOptions): Generator {
  const name = options.name ?? `model/${options.model.name}`;
  return {
    name,
    tries: { repairs: options.repairs ?? REPAIRS, variants: options.candidates ?? 1 },
    understand: (request, context) => understandWith(workOf(options, name, context), request),
    generate: (plan, context) => generateWith(workOf(options, name, context), plan as unknown as Plan),
    planAgain,
  };
}
