/**
 * Completes a candidate, whoever wrote it: stored fields that it adds, and that no example writes or reads, get an example of rows that have them. Why: a plain field
 * needs no thought to be shown, so nobody is sent back for it, neither a person who edits by hand nor a model for another round; from then on no later change loses the
 * field unnoticed. Never: more than that. What a field states beside being there (bounds, what two may not both have, why null is refused) its author shows, and
 * an example that does not hold is left out.
 */
import { type EntityContract, Fault } from '#kernel';
import { type Engines, type GateInput, gateInput, missingExample } from '#gates';
import { type Example, type ExampleStep, printTests, withExamples } from '#model';
import { applied } from './binding-examples.ts';

type Files = { readonly [path: string]: string | null };

export async function withShownFields(
  files: Files,
  base: GateInput,
  engines: Engines,
): Promise<{ readonly files: Files; readonly notes: readonly string[] }> {
  const nothing = { files, notes: [] };
  if (!Object.keys(files).some((path) => path.startsWith('entities/') && !path.endsWith('.test.ts'))) return nothing;
  const whole = applied(base.files, files);
  const input = await readIfItReads(whole, engines);
  if (input === undefined) return nothing;
  const made: { [path: string]: string | null } = { ...files };
  const notes: string[] = [];
  const { model, tests } = input.reading;
  const examples = tests.flatMap((one) => one.examples);
  for (const entity of model.entities) {
    const added = addedTo(entity, base);
    const named = added.length === 0 ? new Set() : new Set(examples.flatMap((example) => namesIn(example, entity.name)));
    const fields = added.filter((name) => !named.has(name));
    const missing = fields.length === 0 ? undefined : await missingExample(input, entity, fields, engines);
    if (missing === undefined) continue;
    const { path } = missing;
    const there = tests.find((one) => one.path === path) ?? { examples: [], properties: [] };
    const example = called(missing.example, new Set([...there.examples, ...there.properties].map(({ name }) => name)));
    const text = whole[path];
    made[path] =
      (text === undefined ? undefined : withExamples(text, [example])) ??
      printTests({ examples: [...there.examples, example], properties: there.properties }, model);
    notes.push(`No example showed ${fields.join(', ')} of ${entity.name}: "${example.name}" was added to ${path}.`);
  }
  return { files: made, notes };
}

/** By a name that nothing beside it has: one from before a field was renamed may have the usual one. */
function called(example: Example, taken: ReadonlySet<string>): Example {
  let name = example.name;
  for (let count = 2; taken.has(name); count += 1) name = `${example.name} (${count})`;
  return { ...example, name };
}

/** What does not read, or ends the process that reads it, is refused for that by the gates. */
async function readIfItReads(files: GateInput['files'], engines: Engines): Promise<GateInput | undefined> {
  try {
    const input = await gateInput(files, engines);
    return 'ok' in input ? undefined : input;
  } catch (cause) {
    if (cause instanceof Fault && cause.code === 'parser-died') return undefined;
    throw cause;
  }
}

function addedTo(entity: EntityContract, base: GateInput): readonly string[] {
  const before = base.reading.model.entities.find(({ id }) => id === entity.id);
  const known = new Set(before?.fields.map(({ id }) => id));
  return entity.fields.filter(({ id, derived }) => derived === undefined && !known.has(id)).map(({ name }) => name);
}

/** Fields of rows of an entity that an example writes or reads. What a call answers may be of any. */
function namesIn({ steps }: Example, entity: string): readonly string[] {
  const rows = new Set<string>();
  const keysOf = (step: ExampleStep): readonly string[] => [
    ...('with' in step ? Object.keys(step.with ?? {}) : []),
    ...('then' in step && step.then !== undefined && !Array.isArray(step.then) ? Object.keys(step.then) : []),
  ];
  return steps.flatMap((step) => {
    const of = 'create' in step ? step.create : 'find' in step ? step.find : undefined;
    if (of === entity && 'as' in step && step.as !== undefined) rows.add(step.as);
    const row = 'update' in step ? step.update : 'read' in step ? step.read : undefined;
    return of === entity || 'call' in step || (row !== undefined && rows.has(row)) ? keysOf(step) : [];
  });
}
