/**
 * The candidate: new text of each file that changes, tests included. What it may alter was fixed when it was understood, and
 * the examples that bind it are put in here, whatever the generator wrote under their names, and those of plain new fields that nothing shows.
 */
import type { AcceptanceExample, Candidate } from '#change';
import { type ChangeId, type Digest, isRefusal, type Refusal, type Scope } from '#kernel';
import type { Dispute, Generator, Understood } from '#ports';
import { withBinding } from './binding-examples.ts';
import { withShownFields } from './shown-fields.ts';
import { type ChangeParts, contextOf, exampleName, type Situation } from './parts.ts';

export interface GenerateInput {
  readonly id: string;
  readonly situation: Situation;
  readonly generator: Generator;
  readonly base: Digest;
  readonly understood: Extract<Understood, { kind: 'understood' }>;
  readonly binding: readonly AcceptanceExample[];
}

export interface Made {
  readonly candidate: Candidate;
  /** As the generator wrote them, before the examples that bind were put in: all that it may be shown of it again. */
  readonly written: Candidate['files'];
  /** What it says of the examples that bind it. */
  readonly disputes: readonly Dispute[];
}

export async function generate(
  { id, situation, generator, base, understood, binding }: GenerateInput,
  parts: ChangeParts,
): Promise<Made | Refusal> {
  const change: ChangeId = situation.request.id;
  const from = await parts.base(base);
  const generated = await generator.generate(understood.plan, contextOf(parts, from, situation));
  if (isRefusal(generated)) return generated;
  const bound = binding.length === 0 ? generated.files : await withBinding(generated.files, binding, change, from, parts.engines.reader);
  const { files, notes } = await withShownFields(bound, from, parts.engines);
  return {
    candidate: {
      id,
      change,
      base,
      generator: generator.name,
      files,
      scope: withStated(understood.scope, situation.request.acceptance ?? []),
      notes: [...understood.notes, ...generated.notes, ...notes],
    },
    written: generated.files,
    disputes: generated.disputes ?? [],
  };
}

/** Who asks may put an example of their own in the place of an earlier one of its name. */
const withStated = (scope: Scope, stated: readonly AcceptanceExample[]): Scope =>
  scope.tests === undefined || stated.length === 0
    ? scope
    : { ...scope, tests: [...new Set([...scope.tests, ...stated.map((one) => `${one.component}#${exampleName(one)}`)])] };
